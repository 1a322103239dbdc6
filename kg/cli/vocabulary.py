"""`kg vocabulary`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.render import Format, print_rows
from kg.model import EntityType, Rows

app = typer.Typer(help="The names that kg knows; KG_VOCABULARY names a file of your own.", no_args_is_help=True)


@app.command("list")
def list_terms(
    kind: Annotated[EntityType, typer.Argument(help="Which names.")],
    form: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
) -> None:
    """List the known names of a type.

    Example: kg vocabulary list metric
    """
    from kg.vocabulary import load

    rows = [(term.name, ", ".join(term.aliases), term.broader) for term in load().of_type(kind)]
    print_rows(Rows(("name", "aliases", "broader"), list(rows)), form)


@app.command("find")
def find(name: Annotated[str, typer.Argument(help="A name or alias.")]) -> None:
    """Say what a name stands for.

    Example: kg vocabulary find CIFAR10
    """
    from kg.errors import NotFoundError
    from kg.vocabulary import load

    found = load().candidates(name)
    if not found:
        raise NotFoundError(f"{name!r} is not in the vocabulary")
    print_rows(Rows(("type", "name", "broader"), [(t.type.value, t.name, t.broader) for t in found]), Format.TABLE)
