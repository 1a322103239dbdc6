"""How `kg explain` prints an entity."""

from __future__ import annotations

from dataclasses import asdict

from kg.api.explain import EntityView
from kg.cli.render import Format, print_json, print_rows, stdout_console
from kg.model import Rows
from kg.resolve import fold


def show_explained(view: EntityView, json: bool) -> None:
    """Print an entity: names with reasons, family, newest papers."""
    if json:
        print_json(asdict(view))
        return
    entity, out = view.entity, stdout_console()
    out.print(f"{entity.name} ({entity.id})", style="bold", markup=False)
    facts = [f"{entity.type.value} in {entity.papers:,} papers"]
    facts += [f"better when {entity.direction}"] if entity.direction in ("higher", "lower") else []
    out.print(" · ".join(facts), markup=False)
    reasons = dict(entity.reasons)
    if entity.name in reasons:
        out.print(reasons[entity.name], markup=False)
    for title, family in (("belongs to", view.broader), ("versions and kinds", view.narrower)):
        if family:
            out.print(f"{title}: " + ", ".join(f"{name} ({i})" for i, name in family), markup=False)
    unseen = "in the vocabulary; no paper here writes it so"
    written = {fold(alias) for alias in (entity.name, *reasons)}
    names = [(a, reasons.get(a, unseen)) for a in entity.aliases if a in reasons or fold(a) not in written]
    if names:
        out.print()
        print_rows(Rows(("also called", "because"), list(names)), Format.TABLE)
    if view.listed:
        out.print()
        rows = [(paper.id, paper.title, paper.published) for paper in view.listed]
        print_rows(Rows(("paper", "title", "published"), list(rows)), Format.TABLE)
