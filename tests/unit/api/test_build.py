"""What a build does to a graph: adds, revises, removes, and nothing where nothing changed."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fixtures.bundles import fixture_records
from fixtures.graph import add_records, build_fixture_graph

from kg.api.build import build, rebuild, remove_papers
from kg.api.extract import ReadingReport, read_papers
from kg.api.graph import Graph
from kg.api.stats import stats
from kg.errors import GraphError, NotFoundError, SourceError

RECORDS = fixture_records()[:6]
PAPERS = [record.paper.id for record in RECORDS]
COUNT = {
    "sparql": "SELECT ?id { ?p a kg:Paper ; dcterms:identifier ?id }",
    "cypher": "MATCH (p:Paper) RETURN p.id AS id",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A graph of six papers."""
    return build_fixture_graph(tmp_path / "g", RECORDS)


def ids(path: Path) -> dict[str, set[str]]:
    """The papers by view: catalog and both stores."""
    with Graph(path) as graph:
        found = {"catalog": {record.paper.id for record in graph.catalog.records()}}
        for name in ("oxigraph", "ladybug"):
            store = graph.store(name)
            found[name] = {str(row[0]) for row in store.query(COUNT[store.dialect.value]).rows}
    return found


def everywhere(papers: list[str]) -> dict[str, set[str]]:
    return {key: set(papers) for key in ("catalog", "oxigraph", "ladybug")}


def test_build_publishes_every_view(path: Path) -> None:
    assert ids(path) == everywhere(PAPERS)
    with Graph(path) as graph:
        assert dict(stats(graph).rows)["papers"] == 6
        assert graph.published.papers == 6


def test_rebuild_without_a_change_publishes_nothing(path: Path) -> None:
    report = rebuild(path)
    assert (report.published, report.generation, report.papers) == (False, 1, 6)


def test_removed_papers_leave_every_view(path: Path) -> None:
    report = remove_papers(path, [PAPERS[0], "arxiv:none"])
    assert (report.removed, report.missing, report.published, report.generation) == (1, ["arxiv:none"], True, 2)
    assert ids(path) == everywhere(PAPERS[1:])
    assert not remove_papers(path, [PAPERS[0]]).published


def test_revised_paper_takes_back_its_old_claims(path: Path) -> None:
    revised = replace(RECORDS[0], paper=replace(RECORDS[0].paper, title="Revised"), claims=RECORDS[0].claims[:1])
    add_records(path, [revised])
    rebuild(path)
    with Graph(path) as graph:
        record = graph.record("Revised")
        assert (record.paper.id, len(record.claims)) == (PAPERS[0], 1)
        for old in RECORDS[0].claims[1:]:
            assert graph.catalog.paper_of_claim(old.id) is None
    assert ids(path) == everywhere(PAPERS)


def test_reader_keeps_its_generation_while_a_build_publishes(path: Path) -> None:
    with Graph(path) as graph:
        remove_papers(path, PAPERS[:2])
        assert len(list(graph.catalog.records())) == 6
        assert len(graph.store("oxigraph").query(COUNT["sparql"]).rows) == 6
    assert ids(path) == everywhere(PAPERS[2:])


def test_earlier_generations_are_deleted(path: Path) -> None:
    for paper in PAPERS[:3]:
        remove_papers(path, [paper])
    assert sorted(entry.name for entry in (path / "rdf").iterdir()) == ["3", "4"]


def test_base_is_kept_by_later_builds(tmp_path: Path) -> None:
    add_records(tmp_path / "g", RECORDS[:1])
    build([], tmp_path / "g", base="https://example.org/kg/")
    add_records(tmp_path / "g", RECORDS[1:2])
    rebuild(tmp_path / "g")
    with Graph(tmp_path / "g") as graph:
        assert graph.published.base == "https://example.org/kg/"
        (row,) = (
            graph.store()
            .query("SELECT (COUNT(*) AS ?n) { ?p a kg:Paper FILTER(STRSTARTS(STR(?p), 'https://example.org/kg/')) }")
            .rows
        )
        assert row == (2,)


@pytest.mark.parametrize(
    ("base", "message"),
    [("https://other.example/", "another base needs a new graph directory"), ("not an iri", "cannot be the base")],
)
def test_base_that_the_graph_cannot_have_is_refused(path: Path, base: str, message: str) -> None:
    with pytest.raises(GraphError, match=message):
        build([], path, base=base)
    assert ids(path) == everywhere(PAPERS)


def test_graph_of_another_version_is_left_alone(path: Path, tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD)
    (path / "graph.toml").write_text("format = 99\n")
    before = sorted((path / "records").iterdir())
    with pytest.raises(GraphError, match="format 99"):
        build([str(tmp_path / "good.jsonl")], path)
    assert sorted((path / "records").iterdir()) == before


@pytest.mark.parametrize("view", ["catalog/1.db", "rdf/1", "lpg/1.lbug"])
def test_lost_view_is_made_again(path: Path, view: str) -> None:
    lost = path / view
    if lost.is_dir():
        shutil.rmtree(lost)
    else:
        lost.unlink()
    assert rebuild(path).published
    assert ids(path) == everywhere(PAPERS)


def test_report_counts_what_stats_counts(path: Path) -> None:
    (path / "rdf" / "1").rename(path / "lost")
    counts = rebuild(path).counts
    with Graph(path) as graph:
        assert {f"{kind}s": count for kind, count in counts.items()} == dict(stats(graph).rows)


def test_unknown_names_suggest(path: Path) -> None:
    with Graph(path) as graph:
        assert graph.entity("cifar 10").id == "dataset/cifar-10"
        with pytest.raises(NotFoundError, match="did you mean CIFAR-10"):
            graph.entity("CIFARR-10")
        with pytest.raises(NotFoundError, match="no paper"):
            graph.record("No such title at all")


def test_removing_from_no_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here"):
        remove_papers(tmp_path / "none", PAPERS)


GOOD = '{"title": "A", "abstract": "Text."}\n'


def test_unreadable_input_among_others_is_reported(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD)
    report = ReadingReport()
    inputs = [str(tmp_path / "none.txt"), str(tmp_path / "good.jsonl")]
    assert [paper.title for paper in read_papers(inputs, None, report)] == ["A"]
    assert (len(report.failures), report.warnings) == (1, [])


def test_prune_refuses_to_go_on_without_an_input(path: Path) -> None:
    (path.parent / "good.jsonl").write_text(GOOD)
    with pytest.raises(SourceError, match="cannot open"):
        build([str(path.parent / "none.txt"), str(path.parent / "good.jsonl")], path, prune=True)
    assert ids(path) == everywhere(PAPERS)


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"one\.txt"):
        list(read_papers([str(tmp_path / "one.txt"), str(tmp_path / "two.txt")], None, ReadingReport()))
