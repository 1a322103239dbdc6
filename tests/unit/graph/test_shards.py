"""Record shards: the latest record of a paper counts, and half-written files do not."""

from dataclasses import replace
from pathlib import Path

import pytest
from fixtures.bundles import fixture_records

from kg.errors import GraphError
from kg.graph import Shards

RECORDS = fixture_records()


def ids(shards: Shards) -> list[str]:
    return [record.paper.id for record in shards.records()]


def test_records_come_back_in_the_order_of_first_sight(tmp_path: Path) -> None:
    Shards(tmp_path).append(RECORDS[:3])
    Shards(tmp_path).append(RECORDS[3:5])
    assert list(Shards(tmp_path).records()) == RECORDS[:5]
    assert (len(Shards(tmp_path)), Shards(tmp_path).ids()) == (5, [r.paper.id for r in RECORDS[:5]])


def test_later_record_of_a_paper_replaces_the_earlier(tmp_path: Path) -> None:
    revised = replace(RECORDS[0], paper=replace(RECORDS[0].paper, abstract="Revised."), claims=(), entities=())
    shards = Shards(tmp_path)
    shards.append(RECORDS[:2])
    before = shards.digest()
    shards.append([revised])
    assert {r.paper.id: r for r in Shards(tmp_path).records()} == {
        revised.paper.id: revised,
        RECORDS[1].paper.id: RECORDS[1],
    }
    assert Shards(tmp_path).digest() != before


def test_removed_paper_is_gone_and_may_come_back(tmp_path: Path) -> None:
    shards = Shards(tmp_path)
    shards.append(RECORDS[:2])
    assert shards.remove([RECORDS[0].paper.id, "arxiv:none"]) == 1
    assert ids(Shards(tmp_path)) == [RECORDS[1].paper.id]
    shards.append(RECORDS[:1])
    assert set(ids(Shards(tmp_path))) == {r.paper.id for r in RECORDS[:2]}


def test_has_asks_for_text_and_version(tmp_path: Path) -> None:
    shards = Shards(tmp_path)
    shards.append(RECORDS[:1])
    paper, version = RECORDS[0].paper, RECORDS[0].extractor.version
    assert shards.has(paper.id, paper.text_hash, version)
    assert not shards.has(paper.id, "0" * 16, version)
    assert not shards.has(paper.id, paper.text_hash, "other")
    assert not shards.has("arxiv:none", paper.text_hash, version)


def test_shard_without_an_index_is_not_read(tmp_path: Path) -> None:
    Shards(tmp_path).append(RECORDS[:1])
    (tmp_path / "00002.jsonl").write_text('{"half')
    (tmp_path / ".00003.index.tmp").write_text("[")
    shards = Shards(tmp_path)
    shards.append(RECORDS[1:2])
    assert ids(Shards(tmp_path)) == [r.paper.id for r in RECORDS[:2]]


def test_digest_forgets_the_order_of_building(tmp_path: Path) -> None:
    Shards(tmp_path / "a").append(RECORDS[:4])
    for record in reversed(RECORDS[:4]):
        Shards(tmp_path / "b").append([record])
    assert Shards(tmp_path / "a").digest() == Shards(tmp_path / "b").digest()


@pytest.mark.parametrize("name", ["00001.index", "00001.jsonl"])
def test_damage_names_the_file(tmp_path: Path, name: str) -> None:
    Shards(tmp_path).append(RECORDS[:2])
    (tmp_path / name).write_text("damage")
    with pytest.raises(GraphError, match=rf"{name}: damaged .*; delete it"):
        list(Shards(tmp_path).records())
