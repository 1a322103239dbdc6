"""`kg show`, `kg explain`, `kg stats`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.explain_claim import numbers_of, show_claim
from kg.cli.phrase import value as phrase
from kg.cli.render import Format, cell_text, print_json, print_rows, stdout_console
from kg.model import Claim, Record, Rows, record_to_dict

What = Annotated[str, typer.Argument(help="An id, a paper's title, or a name.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def show(what: What, graph: options.Graph = options.GRAPH, json: Json = False) -> None:
    """Show a paper, a claim or an entity.

    Example: kg show CIFAR-10
    """
    from kg.api.graph import Graph
    from kg.api.show import ClaimView
    from kg.api.show import show as find

    with Graph(graph) as opened:
        found = find(opened, what)
    if isinstance(found, Record):
        _show_paper(found, json)
    elif isinstance(found, ClaimView):
        show_claim(found, json)
    else:
        _show_entity(found, json)


def explain(what: What, graph: options.Graph = options.GRAPH, json: Json = False) -> None:
    """Say how a claim was found and linked, or why an entity has its names.

    Example: kg explain claim/0a1b2c3d4e5f
    """
    from kg.api.explain import explain_entity
    from kg.api.graph import Graph
    from kg.api.show import show as find
    from kg.catalog import CatalogEntity
    from kg.cli.explain import show_explained

    with Graph(graph) as opened:
        found = find(opened, what)
        if isinstance(found, CatalogEntity):
            show_explained(explain_entity(opened, found), json)
            return
    show(what, graph, json)


def stats(
    graph: options.Graph = options.GRAPH,
    form: options.Output = Format.TABLE,
    top: Annotated[int, typer.Option(min=0, help="Name so many of each type, the most used first.")] = 0,
) -> None:
    """Count what the graph holds; with --top N also name what is used most.

    Example: kg stats --top 10
    """
    from kg.api.graph import Graph
    from kg.api.stats import most_used
    from kg.api.stats import stats as count
    from kg.model import EntityType

    with Graph(graph) as opened:
        rows = count(opened)
        if top:
            rows = Rows(
                ("type", "id", "name", "papers"),
                [(kind.value, *row) for kind in EntityType for row in most_used(opened, kind, top).rows],
            )
    print_rows(rows, form)


def _show_paper(record: Record, json: bool) -> None:
    if json:
        print_json(record_to_dict(record))
        return
    paper, out = record.paper, stdout_console()
    out.print(paper.title, style="bold", markup=False)
    authors = ", ".join(paper.authors) if paper.authors else f"{paper.author_count or '?'} authors"
    out.print(f"{paper.id} · {paper.published or paper.year or 'no date'} · {authors}\n", markup=False)
    out.print(_highlighted(record))
    for entity in record.entities:
        mark = " (introduced here)" if entity.introduced else ""
        out.print(f"{entity.type.value:8} {entity.name}{mark}", markup=False)
    if record.claims:
        out.print()
        rows = [_claim_row(claim) for claim in record.claims]
        print_rows(Rows(("claim", "value", "metric", "method", "datasets", "baseline"), list(rows)), Format.TABLE)


def _claim_row(claim: Claim) -> tuple[str, ...]:
    shown = phrase(numbers_of(claim))
    metric, method, baseline = (
        text or entity or ""
        for text, entity in (
            (claim.metric, claim.metric_id),
            (claim.method, claim.method_id),
            (claim.baseline, claim.baseline_id),
        )
    )
    datasets = claim.datasets if len(claim.datasets) == len(claim.dataset_ids) else claim.dataset_ids or claim.datasets
    return (claim.id, shown, metric, method, ", ".join(datasets), baseline)


def _highlighted(record: Record) -> object:
    from rich.text import Text

    text = Text(record.paper.abstract + "\n")
    for entity in record.entities:
        for mention in entity.mentions:
            if mention.field == "abstract":
                text.stylize("cyan", mention.start, mention.end)
    for claim in record.claims:
        if claim.evidence.field == "abstract":
            text.stylize("bold green", claim.evidence.start, claim.evidence.end)
    return text


def _show_entity(entity: object, json: bool) -> None:
    from dataclasses import asdict

    from kg.catalog import CatalogEntity

    assert isinstance(entity, CatalogEntity)
    if json:
        print_json(asdict(entity))
        return
    out = stdout_console()
    out.print(f"{entity.name} ({entity.id})", style="bold", markup=False)
    facts = [f"{entity.type.value} in {entity.papers} papers"]
    facts += [f"broader: {', '.join(entity.broader)}"] if entity.broader else []
    facts += [f"better when {entity.direction}"] if entity.direction in ("higher", "lower") else []
    out.print(" · ".join(facts), markup=False)
    if entity.reasons:
        print_rows(Rows(("also called", "because"), [(a, b) for a, b in entity.reasons]), Format.TABLE)
    elif entity.aliases:
        out.print("also called: " + cell_text(list(entity.aliases)), markup=False)
