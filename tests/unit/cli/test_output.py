"""What commands print: tables, machine formats, one-line errors."""

import csv
import io
import json

import pytest

ASK = ("ask", "which papers report results on CIFAR-10")
QUERIES = {
    "ask": ASK,
    "query": ("query", "papers-on-dataset", "dataset=CIFAR-10"),
    "query --list": ("query", "--list"),
    "sparql": (
        "sparql",
        "SELECT ?paper ?title { ?p a kg:Paper ; dcterms:identifier ?paper ; dcterms:title ?title } ORDER BY ?paper",
    ),
    "cypher": ("cypher", "MATCH (p:Paper) RETURN p.id AS paper, p.title AS title ORDER BY paper"),
    "stats": ("stats",),
    "stats --top": ("stats", "--top", "3"),
}


def where(words, graph):  # type: ignore[no-untyped-def]
    return words if "--list" in words else (*words, "--graph", graph)


@pytest.mark.parametrize("name", QUERIES)
def test_every_format_holds_the_same_rows(kg, graph, name) -> None:  # type: ignore[no-untyped-def]
    words = where(QUERIES[name], graph)
    printed = {form: kg(*words, "--format", form) for form in ("json", "jsonl", "csv", "md", "table")}
    assert {done.code for done in printed.values()} == {0}
    rows = json.loads(printed["json"].out)
    assert rows
    assert [json.loads(line) for line in printed["jsonl"].out.splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(printed["csv"].out)))
    assert [list(row) for row in table] == [list(row) for row in rows]
    assert len(printed["md"].out.splitlines()) == len(rows) + 2
    assert len(printed["table"].out.splitlines()) == len(rows) + 1


def test_machine_rows_name_paper_and_claim(kg, graph) -> None:  # type: ignore[no-untyped-def]
    rows = json.loads(kg(*ASK, "--graph", graph, "-f", "json").out)
    assert {"paper", "title", "claim", "value", "unit", "metric", "quote"} <= set(rows[0])
    reported = {row["paper"] for row in rows if row["claim"]}
    assert {"sample:0001", "sample:0002", "sample:0008", "sample:0009"} <= reported


def test_people_read_claims_as_phrases(kg, graph) -> None:  # type: ignore[no-untyped-def]
    out = kg("query", "claims-of-paper", "paper=sample:0010", "--graph", graph).out
    assert "8–10x" in out
    assert "value_high" not in out


def test_pipe_gets_plain_tabs_and_notes_go_to_stderr(kg, graph) -> None:  # type: ignore[no-untyped-def]
    done = kg(*ASK, "--graph", graph)
    lines = [line.split("\t") for line in done.out.splitlines()]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert "\x1b" not in done.out + done.err
    assert done.err == "Papers with their results on CIFAR-10\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("ask", "which papers report results on CIFAR-11"), "did you mean CIFAR-10"),
        (("query", "papers-on-dataset", "dataset=CIFARR-10"), "did you mean CIFAR-10"),
        (("query", "papers-on-datasett", "dataset=CIFAR-10"), "papers-on-dataset"),
        (("query", "papers-on-dataset"), "dataset"),
        (("query", "papers-on-dataset", "CIFAR-10"), "write parameters as name=value"),
        (("show", "TideNett"), "did you mean TideNet"),
        (("show", "claim/000000000000"), "no claim"),
        (("sparql", "SELECT ?x WHERE"), "does not parse"),
        (("cypher", "MATCH (n RETURN n"), "does not parse"),
        (("sparql", "DELETE WHERE { ?s ?p ?o }"), ""),
        (("sparql", "@no-such-file.rq"), "No such file"),
        (("ask", ""), ""),
        (("ask", "zzzz qqqq"), ""),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_is_unknown_or_wrong_is_one_line_and_exit_1(kg, graph, words, message) -> None:  # type: ignore[no-untyped-def]
    done = kg(*words, "--graph", graph)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error: ")
    assert message in done.err
    assert len(done.err.splitlines()) == 1
    assert "internal error" not in done.err


@pytest.mark.parametrize(
    "words", [ASK, ("query", "papers-on-dataset", "dataset=x"), ("show", "x"), ("stats",), ("export",)]
)
def test_missing_graph_says_how_to_build(kg, tmp_path, words) -> None:  # type: ignore[no-untyped-def]
    done = kg(*words, "--graph", tmp_path / "none")
    assert (done.code, done.out) == (1, "")
    assert "build one with: kg build" in done.err


def test_show_prints_a_paper_a_claim_and_an_entity(kg, graph) -> None:  # type: ignore[no-untyped-def]
    paper = kg("show", "sample:0001", "--graph", graph)
    assert "TideNet (introduced here)" in paper.out
    data = json.loads(kg("show", "sample:0001", "--graph", graph, "--json").out)
    claim = kg("show", data["claims"][0]["id"], "--graph", graph)
    assert data["claims"][0]["evidence"]["quote"] in claim.out
    assert json.loads(kg("show", data["claims"][0]["id"], "--graph", graph, "--json").out)["paper"] == "sample:0001"
    assert "CIFAR-10 (dataset/cifar-10)" in kg("show", "CIFAR-10", "--graph", graph).out


def test_export_gives_the_records_back(kg, graph) -> None:  # type: ignore[no-untyped-def]
    lines = kg("export", "--format", "records", "--graph", graph).out.splitlines()
    assert [json.loads(line)["id"] for line in lines][:2] == ["sample:0001", "sample:0002"]
