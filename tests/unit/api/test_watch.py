"""`watch` after later builds: papers that were read, facts that changed, papers that are gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fixtures.bundles import fixture_records
from fixtures.graph import add_records, build_fixture_graph

from kg.api.build import rebuild, remove_papers
from kg.api.graph import Graph
from kg.api.watch import Watched, watch
from kg.errors import NotFoundError
from kg.graph.difference import entities_of, facts_of
from kg.model import Record

RECORDS = [record for record in fixture_records() if any(claim.dataset_ids for claim in record.claims)][:2]
PAPER = RECORDS[0]
CLAIM = next(claim for claim in PAPER.claims if claim.dataset_ids)
DATASET = CLAIM.dataset_ids[0]
NAME = next(entity.name for entity in PAPER.entities if entity.id == DATASET)
NUMBERED = {one for fact in facts_of(PAPER) if "claim" in fact for one in entities_of(fact)}
NUMBERLESS = next(entity.id for entity in PAPER.entities if entity.id not in NUMBERED)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A graph of one paper, built in 2031; what follows is of 2032."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1924992000")
    built = build_fixture_graph(tmp_path / "g", [PAPER])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1956528000")
    return built


def revise(path: Path, **changed: Any) -> None:
    """Publish the paper with its claim changed."""
    claims = tuple(replace(one, **changed) if one is CLAIM else one for one in PAPER.claims)
    publish(path, replace(PAPER, claims=claims))


def publish(path: Path, record: Record) -> None:
    """Publish a revision of the paper."""
    add_records(path, [replace(record, paper=replace(record.paper, title=f"{record.paper.title} (revised)"))])
    rebuild(path)


def watched(path: Path, name: str = DATASET, since: str = "2032", **options: str) -> Watched:
    with Graph(path) as graph:
        return watch(graph, name, since, **options)


def told(path: Path, name: str = DATASET) -> list[tuple[Any, ...]]:
    rows = watched(path, name).rows.dicts()
    return [(row["part"], row["change"], row["value"], row["before"]) for row in rows if row["claim"] == CLAIM.id]


def test_building_again_lists_nothing(path: Path) -> None:
    rebuild(path)
    assert watched(path) == Watched(watched(path).entity, watched(path).rows)
    assert watched(path).rows.rows == []


def test_changed_number_is_listed_with_what_it_was(path: Path) -> None:
    revise(path, value=12345.0)
    shown = f"{CLAIM.value:g}{CLAIM.unit}" if CLAIM.unit in ("%", "x", "") else f"{CLAIM.value:g} {CLAIM.unit}"
    assert told(path) == [("changed", "changed result", 12345, shown)]
    (row,) = watched(path).rows.dicts()
    assert (row["value_before"], row["why"], row["at"]) == (CLAIM.value, "text revised", "2032-01-01T00:00:00Z")
    rebuild(path)
    assert len(watched(path).rows.rows) == 1


def test_number_with_another_id_is_still_the_one_that_changed(path: Path) -> None:
    others = [one for one in PAPER.claims if one is not CLAIM and DATASET not in one.dataset_ids]
    publish(path, replace(PAPER, claims=(replace(CLAIM, id="claim/other", value=12345.0), *others)))
    assert [row["change"] for row in watched(path).rows.dicts()][:1] == ["changed result"]


def test_changed_link_is_listed_with_what_it_was(path: Path) -> None:
    revise(path, metric="sheer luck", metric_id=None)
    ((_, change, _, before),) = told(path)
    assert change == "changed result"
    assert str(before).startswith("metric ")


def test_result_that_is_taken_back_is_listed(path: Path) -> None:
    publish(path, replace(PAPER, claims=tuple(one for one in PAPER.claims if one is not CLAIM)))
    assert told(path) == [("changed", "removed result", CLAIM.value, None)]


def test_there_and_back_is_no_change(path: Path) -> None:
    revise(path, value=12345.0)
    add_records(path, [PAPER])
    rebuild(path)
    assert watched(path).rows.rows == []


@pytest.mark.parametrize("name", [DATASET, NAME], ids=["id", "name"])
def test_removed_paper_is_listed_even_where_nobody_else_names_the_thing(path: Path, name: str) -> None:
    remove_papers(path, [PAPER.paper.id])
    found = watched(path, name)
    assert (found.entity.id, found.entity.papers) == (DATASET, 0)
    assert {row["change"] for row in found.rows.dicts()} == {"removed paper"}
    assert told(path, name) == [("changed", "removed paper", CLAIM.value, None)]


def test_unknown_name_is_refused(path: Path) -> None:
    with pytest.raises(NotFoundError, match="named 'no such thing'"):
        watched(path, "no such thing")


def test_paper_that_was_read_since_is_listed_once(path: Path) -> None:
    add_records(path, [RECORDS[1]])
    rebuild(path)
    name = next(claim.dataset_ids[0] for claim in RECORDS[1].claims if claim.dataset_ids)
    rows = [row for row in watched(path, name).rows.dicts() if row["paper"] == RECORDS[1].paper.id]
    assert {(row["part"], row["change"], row["at"]) for row in rows} == {
        ("read", "read result", "2032-01-01T00:00:00Z")
    }
    published = watched(path, name, "1990").rows.dicts()
    assert {row["part"] for row in published if row["paper"] == RECORDS[1].paper.id} == {"published"}


def test_paper_that_names_it_no_longer_is_listed(path: Path) -> None:
    publish(path, replace(PAPER, entities=tuple(one for one in PAPER.entities if one.id != NUMBERLESS)))
    assert [(row["part"], row["change"]) for row in watched(path, NUMBERLESS).rows.dicts()] == [
        ("changed", "no longer named")
    ]


@pytest.mark.parametrize(
    ("since", "note"), [("2032", ()), ("2030", ("the graph's journal begins on 2031-01-01: what was read or changed",))]
)
def test_what_the_journal_cannot_know_is_said(path: Path, since: str, note: tuple[str, ...]) -> None:
    assert tuple(text[: len(note[0])] for text in watched(path, since=since).notes) == note


def test_graph_without_a_journal_says_so(path: Path) -> None:
    (path / "journal" / "1.jsonl").unlink()
    assert watched(path).notes[0].startswith("this graph has no journal yet")


def test_papers_without_a_date_are_counted(path: Path) -> None:
    undated = replace(PAPER.paper, id="title:undated", published=None, year=None)
    add_records(path, [replace(PAPER, paper=undated, claims=())])
    rebuild(path)
    assert watched(path).notes == (
        "1 of 2 papers that name it have no date of publication; they count from when they are read",
    )
