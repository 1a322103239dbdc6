"""The journal beside a graph: what each build read, changed and took out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fixtures.bundles import fixture_records
from fixtures.graph import add_records, build_fixture_graph

from kg.api.build import rebuild, remove_papers
from kg.api.correct import correct
from kg.api.graph import Graph
from kg.errors import GraphError
from kg.graph.journal import Journal
from kg.model import Record

RECORDS = [record for record in fixture_records() if record.claims][:3]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A graph of two papers, built in 2021."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1609459200")
    return build_fixture_graph(tmp_path / "g", RECORDS[:2])


def later(path: Path, monkeypatch: pytest.MonkeyPatch, *records: Record) -> None:
    """Build in 2022."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640995200")
    add_records(path, records)
    rebuild(path)


def journal(path: Path, since: str = "") -> Journal:
    with Graph(path) as graph:
        return graph.journal(since=since)


def changed(record: Record, value: float) -> Record:
    """The paper after a revision that changed a number."""
    paper = replace(record.paper, title=f"{record.paper.title} (revised)")
    return replace(record, paper=paper, claims=(replace(record.claims[0], value=value), *record.claims[1:]))


def test_first_build_begins_the_journal(path: Path) -> None:
    assert journal(path) == Journal((), "2021-01-01T00:00:00Z")


def test_new_and_revised_papers_are_told_with_what_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(path, monkeypatch, RECORDS[2], changed(RECORDS[0], 12345.0))
    read, revised = journal(path).entries
    assert (read.at, read.paper, read.change) == ("2022-01-01T00:00:00Z", RECORDS[2].paper.id, "read")
    assert (revised.paper, revised.change, revised.why) == (RECORDS[0].paper.id, "changed", "text revised")
    (gone,), (come,) = revised.gone, revised.come
    assert (gone["value"], come["value"]) == (RECORDS[0].claims[0].value, 12345.0)


def test_building_again_adds_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(path, monkeypatch, changed(RECORDS[0], 12345.0))
    before = {file.name: file.read_bytes() for file in (path / "journal").iterdir()}
    later(path, monkeypatch, changed(RECORDS[0], 12345.0))
    assert {file.name: file.read_bytes() for file in (path / "journal").iterdir()} == before


def test_a_revision_without_other_facts_is_no_change(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(path, monkeypatch, changed(RECORDS[0], RECORDS[0].claims[0].value))
    assert journal(path).entries == ()


def test_removed_papers_leave_their_facts_in_the_journal(path: Path) -> None:
    remove_papers(path, [RECORDS[0].paper.id])
    (entry,) = journal(path).entries
    assert (entry.paper, entry.change, entry.come) == (RECORDS[0].paper.id, "removed", ())
    assert [fact["claim"] for fact in entry.gone if "claim" in fact] == [claim.id for claim in RECORDS[0].claims]


def test_corrections_are_changes_that_say_so(path: Path) -> None:
    correct(path, "drop-claim", {"claim": RECORDS[0].claims[0].id})
    (entry,) = journal(path).entries
    assert (entry.change, entry.why, len(entry.gone), entry.come) == ("changed", "names or corrections", 1, ())


def test_since_leaves_out_what_was_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later(path, monkeypatch, RECORDS[2])
    assert len(journal(path, "2022").entries) == len(journal(path, "2022-01-01").entries) == 1
    assert journal(path, "2022-01-02").entries == ()


def test_graph_without_a_journal_begins_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path / "journal" / "1.jsonl").unlink()
    assert journal(path) == Journal((), None)
    later(path, monkeypatch, RECORDS[2])
    assert journal(path).begins == "2022-01-01T00:00:00Z"
    assert [entry.change for entry in journal(path).entries] == ["read"]


def test_lost_catalog_begins_the_journal_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path / "catalog" / "1.db").write_bytes(b"not a catalog, but long enough to be one" * 100)
    later(path, monkeypatch, RECORDS[2])
    assert journal(path) == Journal((), "2022-01-01T00:00:00Z")


def test_journal_of_a_build_that_was_not_published_does_not_count(path: Path) -> None:
    (path / "journal" / "2.jsonl").write_text('{"at":"2030-01-01","generation":2,"compared":true}\n{"paper":"x"}\n')
    assert journal(path).entries == ()
    remove_papers(path, [RECORDS[0].paper.id])
    assert [entry.change for entry in journal(path).entries] == ["removed"]


def test_damaged_journal_is_named(path: Path) -> None:
    (path / "journal" / "1.jsonl").write_text("{half")
    with pytest.raises(GraphError, match=r"1\.jsonl: damaged journal"):
        journal(path)
