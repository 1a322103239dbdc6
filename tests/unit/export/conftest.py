"""The fixture graph for the export tests."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from fixtures.bundles import fixture_bundles

from kg.export import export_format
from kg.mapping.bundle import Bundle
from kg.vocab import BASE


@pytest.fixture(scope="session")
def bundles() -> list[Bundle]:
    """The fixture graph."""
    return fixture_bundles()


@pytest.fixture(scope="session")
def written(bundles: list[Bundle]) -> Callable[[str], bytes]:
    """The fixture graph in a format that is one file."""

    def write(form: str) -> bytes:
        out = io.BytesIO()
        export_format(form).write(lambda: bundles, out, BASE)
        return out.getvalue()

    return write
