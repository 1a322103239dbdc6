"""The list of formats."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.api.export import FORMAT_NAMES, is_folder
from kg.cli.export import ExportFormat
from kg.errors import KgError
from kg.export import FORMATS


def test_command_offers_every_format() -> None:
    assert tuple(form.value for form in ExportFormat) == FORMAT_NAMES


def test_formats_that_fill_a_folder() -> None:
    assert {name for name in FORMAT_NAMES if is_folder(name)} == {"neo4j-csv", "parquet"}


def test_unknown_format_is_refused() -> None:
    with pytest.raises(KgError, match="no export format 'xls'; known: nquads"):
        is_folder("xls")


def test_every_format_has_a_summary_and_tests_import_no_spacy() -> None:
    assert all(form.summary for form in FORMATS.values())
    code = "import kg.api.export, kg.export.jsonld, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
