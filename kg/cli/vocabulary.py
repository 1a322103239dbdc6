"""`kg vocabulary`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.render import Format, print_note, print_rows
from kg.cli.streams import on_terminal
from kg.model import EntityType, Rows

app = typer.Typer(
    help="The names that kg knows: those of the package, of files named by KG_VOCABULARY, and of the graph.",
    no_args_is_help=True,
    rich_markup_mode="rich" if on_terminal() else None,
)
File = Annotated[
    Path | None,
    typer.Option("--file", help="Your own vocabulary file; else the first of KG_VOCABULARY, else that of the graph."),
]
COLUMNS = ("type", "name", "aliases", "direction", "unit", "broader")


@app.command("list")
def list_terms(
    kind: Annotated[EntityType | None, typer.Argument(help="Which names; all where left out.")] = None,
    own: Annotated[bool, typer.Option("--own", help="Only names of your own files.")] = False,
    graph: options.Graph = options.GRAPH,
    form: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
) -> None:
    """List the known names.

    Example: kg vocabulary list metric
    """
    from kg.api.vocabulary import known_terms

    terms = [term for term in known_terms(graph, own=own) if kind is None or term.type is kind]
    print_rows(Rows(COLUMNS, [_row(term) for term in terms]), form)


@app.command("find")
def find(
    name: Annotated[str, typer.Argument(help="A name or alias.")],
    graph: options.Graph = options.GRAPH,
    form: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
) -> None:
    """Say what a name stands for.

    Example: kg vocabulary find CIFAR10
    """
    from kg.api.vocabulary import find_terms

    print_rows(Rows(COLUMNS, [_row(term) for term in find_terms(graph, name)]), form)


@app.command("add")
def add(
    kind: Annotated[EntityType, typer.Argument(help="What it is.")],
    name: Annotated[str, typer.Argument(help="The name as it is to be shown.")],
    aliases: Annotated[
        list[str] | None,
        typer.Option("--alias", "-a", help='Another name; with a "?" at its end one that needs context. Repeatable.'),
    ] = None,
    broader: Annotated[str, typer.Option(help="The name of its family.")] = "",
    direction: Annotated[str, typer.Option(help="Of a metric: higher or lower is better, or none.")] = "",
    unit: Annotated[str, typer.Option(help="Of a metric.")] = "",
    file: File = None,
    graph: options.Graph = options.GRAPH,
) -> None:
    """Add a name to your own vocabulary, or aliases to one that is known.

    The next build finds it in all papers that it is given.

    Example: kg vocabulary add dataset "Zoo Images" --alias ZooIm
    """
    from kg.api.vocabulary import add_name

    given = {"aliases": "|".join(aliases or []), "broader": broader, "direction": direction, "unit": unit}
    path, term = add_name(kind, name, given, file=file, graph=graph)
    print_note(f"{path}: {term.type.value} {term.name}")


@app.command("check")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Your own files; else those in use.")
    ] = None,
    graph: options.Graph = options.GRAPH,
) -> None:
    """Check the vocabulary files; exit with 1 where something is wrong.

    Example: kg vocabulary check names.tsv
    """
    from kg.api.vocabulary import check_files

    problems = check_files(files or [], graph=graph)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(1)
    print_note("no problems")


def _row(term: object) -> tuple[str, ...]:
    from kg.vocabulary import Term

    assert isinstance(term, Term)
    aliases = ", ".join((*term.aliases, *(f"{alias}?" for alias in term.ambiguous)))
    return (term.type.value, term.name, aliases, term.direction, term.unit, term.broader)
