"""Fixtures of the behaviour suite: each store in turn, empty or with the small graph."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import graphs
import pytest
from registry import Place, StoreCase
from services.processes import Unavailable

from kg.mapping.bundle import Bundle
from kg.stores import Store

_MODULES = sorted(path.stem for path in Path(__file__).parent.glob("stores_*.py"))
CASES: list[StoreCase] = [case for name in _MODULES for case in importlib.import_module(name).CASES]


def _param(case: StoreCase) -> object:
    marks = [pytest.mark.services, pytest.mark.xdist_group(case.name)] if case.server else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """URLs of the servers that were started so far; all are stopped at the end."""
    with ExitStack() as stack:
        yield _Servers(stack, tmp_path_factory)


class _Servers(dict[str, str]):
    """Starts a server when it is first asked for."""

    def __init__(self, stack: ExitStack, folders: pytest.TempPathFactory) -> None:
        self._stack = stack
        self._folders = folders

    def start(self, case: StoreCase) -> str:
        if case.name not in self:
            assert case.server is not None
            try:
                self[case.name] = self._stack.enter_context(case.server(self._folders.mktemp(case.name)))
            except Unavailable as exc:
                (pytest.fail if os.environ.get("CI") else pytest.skip)(str(exc))
        return self[case.name]


@pytest.fixture(params=[_param(case) for case in CASES])
def place(request: pytest.FixtureRequest, servers: _Servers, tmp_path: Path) -> Place:
    """Where one store may be opened, with nothing in it."""
    case: StoreCase = request.param
    if case.server is None:
        return Place(case, str(tmp_path / "store"))
    url = servers.start(case)
    if case.clear is not None:
        case.clear(url)
    return Place(case, url)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """An empty store, open for writing."""
    opened = place.open()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def bundles() -> list[Bundle]:
    """The small graph."""
    return graphs.small_graph()


@pytest.fixture
def loaded(store: Store, bundles: list[Bundle]) -> Store:
    """A store with the small graph."""
    store.put(bundles)
    return store
