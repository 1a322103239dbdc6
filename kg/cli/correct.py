"""`kg correct`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.progress import progress_bar
from kg.cli.render import Format, print_note, print_rows


def correct(
    action: Annotated[str, typer.Argument(help="merge, split, rename, drop-claim, set-claim, undo or list.")],
    fields: Annotated[list[str] | None, typer.Argument(metavar="NAME=VALUE…", show_default=False)] = None,
    graph: options.Graph = options.GRAPH,
    form: options.Output = Format.TABLE,
) -> None:
    """Correct the graph; corrections survive every rebuild and can be undone.

    merge id= into= makes two entities one; split id= form= gives a form an entity of its own; rename id= name=;
    drop-claim claim= takes a number out that is no result; set-claim claim= field= value= sets value, value_high,
    baseline_value, unit, kind, bound, metric, method, baseline, task or datasets (parted by commas; nothing takes a
    link away); undo number=; list shows all with their numbers. Entities are given by id or by name.

    Example: kg correct merge id=method/swin into=method/swin-transformer
    """
    from kg.api.ask import parse_parameters
    from kg.api.correct import correct as run
    from kg.api.correct import list_corrections

    if action == "list":
        print_rows(list_corrections(graph), form)
        return
    with progress_bar() as progress:
        done = run(graph, action, parse_parameters(fields or []), progress=progress)
    print_note(f"correction {done.number}: {done.text}")
