"""Claims corrected by hand: links set, taken away and given back, with names as people write them."""

import shutil
from pathlib import Path

import pytest
from fixtures.bundles import fixture_records
from fixtures.graph import build_fixture_graph

from kg.api.build import remove_papers
from kg.api.correct import correct
from kg.api.graph import Graph
from kg.api.show import find_claim
from kg.errors import CorrectionError, GraphError
from kg.graph import GraphDirectory
from kg.model import Claim, EntityType

RECORDS = fixture_records()[:25]
CLAIM = next(c for r in RECORDS for c in r.claims if c.metric_id and c.method_id and len(c.dataset_ids) == 1)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_fixture_graph(tmp_path_factory.mktemp("built") / "g", RECORDS)


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "g")
    return tmp_path / "g"


def set_claim(path: Path, field: str, value: str) -> Claim:
    correct(path, "set-claim", {"claim": CLAIM.id, "field": field, "value": value})
    return claim(path)


def claim(path: Path) -> Claim:
    with Graph(path) as graph:
        return find_claim(graph, CLAIM.id).claim


def names(path: Path, kind: EntityType) -> list[str]:
    with Graph(path) as graph:
        return [entity.name for entity in graph.catalog.most_used(kind, 3)]


def test_datasets_are_set_by_name_taken_away_and_given_back(path: Path) -> None:
    before = claim(path)
    first, second, *_ = names(path, EntityType.DATASET)
    assert len(set_claim(path, "datasets", f"{first}, {second}").dataset_ids) == 2
    emptied = set_claim(path, "datasets", "")
    assert (emptied.dataset_ids, emptied.datasets) == ((), ())
    with Graph(path) as graph:
        rows = graph.store("oxigraph").query(
            "SELECT ?d { ?c dcterms:identifier $id ; kg:onDataset ?d }", {"id": CLAIM.id}
        )
        assert not rows.rows
    for number in ("1", "2"):
        correct(path, "undo", {"number": number})
    assert claim(path) == before


@pytest.mark.parametrize("role", ["metric", "method"])
def test_link_is_set_and_taken_away_by_its_short_name(path: Path, role: str) -> None:
    wanted = next(name for name in names(path, EntityType(role)))
    linked = set_claim(path, role, wanted)
    assert [link.rule for link in linked.links if link.role == role] == ["set by hand"]
    emptied = set_claim(path, role, "")
    assert (getattr(emptied, role), getattr(emptied, f"{role}_id")) == (None, None)
    assert role not in [link.role for link in emptied.links]


def test_link_follows_a_later_merge(path: Path) -> None:
    one, two, *_ = names(path, EntityType.METRIC)
    set_claim(path, "metric", one)
    correct(path, "merge", {"id": one, "into": two})
    with Graph(path) as graph:
        assert claim(path).metric_id == graph.entity(two).id


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("value", "", "value: '' is not a number"),
        ("value", "nan", "is not a number"),
        ("value_high", "abc", "is not a number"),
        ("kind", "sideways", "sideways"),
        ("colour", "red", "no field 'colour' to set; known: value"),
    ],
)
def test_value_that_does_not_fit_is_refused(path: Path, field: str, value: str, message: str) -> None:
    with pytest.raises(CorrectionError, match=message):
        set_claim(path, field, value)


def test_upper_end_of_a_range_is_taken_away(path: Path) -> None:
    assert set_claim(path, "value_high", "1e3").value_high == 1000
    assert set_claim(path, "value_high", "").value_high is None


def test_entity_that_only_a_correction_names_outlives_its_papers(path: Path) -> None:
    with Graph(path) as graph:
        entity = next(e for e in reversed(graph.catalog.most_used(EntityType.DATASET, 500)) if e.papers == 1)
        (paper,) = [r.paper.id for r in graph.catalog.records() if entity.id in {x.id for x in r.entities}]
    set_claim(path, "datasets", entity.id)
    remove_papers(path, [paper])
    with Graph(path) as graph:
        ids = {row[0] for row in graph.store("ladybug").query("MATCH (d:Dataset) RETURN d.id").rows}
        assert set(claim(path).dataset_ids) <= ids


def test_correction_beside_a_build_is_refused_and_not_kept(path: Path) -> None:
    with GraphDirectory(path).locked(), pytest.raises(GraphError, match="another build"):
        set_claim(path, "value", "1")
    assert not GraphDirectory(path).corrections.exists()
