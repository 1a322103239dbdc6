"""Names, entities and records by key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures.bundles import fixture_entities, fixture_records

from kg.catalog import Catalog, CatalogEntity, CatalogWriter, write_catalog
from kg.errors import GraphError
from kg.model import EntityType

RECORDS = fixture_records()
EXTRA = [
    CatalogEntity(
        EntityType.DATASET, "dataset/owl-10", "Owl-10", 5, ("OWL 10", "Owl Images"), reasons=(("OWL 10", "spelling"),)
    ),
    CatalogEntity(EntityType.DATASET, "dataset/owl-100", "Owl-100", 2),
    CatalogEntity(EntityType.METHOD, "method/owl-10", "Owl-10", 9),
    CatalogEntity(EntityType.METHOD, "method/unused", "Unused", 0),
]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """The fixture records and some owls."""
    path = tmp_path_factory.mktemp("catalog") / "1.db"
    write_catalog(path, [*fixture_entities(RECORDS), *EXTRA], RECORDS)
    opened = Catalog(path)
    yield opened
    opened.close()


@pytest.mark.parametrize("text", ["Owl-10", "owl 10", "OWL10", "owl images"])
def test_name_is_found_by_any_spelling(catalog: Catalog, text: str) -> None:
    assert [hit.id for hit in catalog.find(text, types=[EntityType.DATASET])] == ["dataset/owl-10"]


def test_most_used_comes_first_where_a_name_is_shared(catalog: Catalog) -> None:
    assert [hit.id for hit in catalog.find("owl-10")] == ["method/owl-10", "dataset/owl-10"]


@pytest.mark.parametrize("text", ["", "  ", "nothing like it", "Owl-1000", "' OR 1=1 --"])
def test_unknown_name_is_not_found(catalog: Catalog, text: str) -> None:
    assert catalog.find(text) == []


def test_typing_error_suggests_the_likest_first(catalog: Catalog) -> None:
    hits = catalog.suggest("Owll-100", types=[EntityType.DATASET])
    assert [hit.id for hit in hits] == ["dataset/owl-100", "dataset/owl-10"]
    assert catalog.suggest("zzzzzzzz") == []


def test_entity_keeps_every_detail(catalog: Catalog) -> None:
    assert catalog.entity("dataset/owl-10") == EXTRA[0]
    assert catalog.entity("dataset/none") is None
    assert list(catalog.entities(EntityType.METHOD)) == sorted(
        (e for e in [*fixture_entities(RECORDS), *EXTRA] if e.type is EntityType.METHOD), key=lambda e: e.id
    )


def test_records_come_back_whole_and_in_order(catalog: Catalog) -> None:
    assert list(catalog.records()) == RECORDS
    assert catalog.record(RECORDS[-1].paper.id) == RECORDS[-1]
    assert catalog.record("arxiv:none") is None


def test_paper_is_found_by_claim_id_title_and_part_of_its_title(catalog: Catalog) -> None:
    record = RECORDS[0]
    assert catalog.paper_of_claim(record.claims[0].id) == record.paper.id
    assert catalog.paper_of_claim("claim/none") is None
    for text in (record.paper.id, record.paper.title, record.paper.title.upper()):
        assert [hit.id for hit in catalog.papers(text)] == [record.paper.id]
    (hit, *_) = catalog.papers(record.paper.title[:-6])
    assert (hit.id, hit.likeness >= 80) == (record.paper.id, True)


def test_counts_leave_out_what_no_paper_names(catalog: Catalog) -> None:
    counts = catalog.counts()
    assert counts["paper"] == len(RECORDS)
    assert counts["claim"] == len({claim.id for record in RECORDS for claim in record.claims})
    used = [e for e in [*fixture_entities(RECORDS), *EXTRA] if e.papers]
    assert {kind.value: counts[kind.value] for kind in EntityType} == {
        kind.value: sum(e.type is kind for e in used) for kind in EntityType
    }


def test_most_used_are_ranked(catalog: Catalog) -> None:
    assert [e.id for e in catalog.most_used(EntityType.DATASET, 2)] == ["dataset/owl-10", "dataset/owl-100"]


def test_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no catalog; build the graph again"):
        Catalog(tmp_path / "none.db")


@pytest.mark.parametrize("content", [b"", b"junk", b"SQLite format 3\0" + bytes(200)])
def test_damaged_file_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1.db").write_bytes(content)
    with pytest.raises(GraphError, match=r"1\.db: damaged: .*; delete it and build again"):
        Catalog(tmp_path / "1.db")


def test_writer_reads_back_before_it_is_closed(tmp_path: Path) -> None:
    writer = CatalogWriter(tmp_path / "1.db")
    for record in RECORDS[:2]:
        writer.add_record(record)
    assert [r.paper.id for r in writer.records()] == [r.paper.id for r in RECORDS[:2]]
    assert writer.counts()["paper"] == 2
    writer.close()
