"""What the journal of a graph says of a method, dataset, metric or task: papers read, facts changed, papers gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kg.api.graph import Graph
from kg.graph.difference import Fact, difference, entities_of, lane_of
from kg.graph.journal import Entry
from kg.model import Value, plain_number

Row = dict[str, Value]

_COMPARED = ("kind", "bound", "metric", "method", "datasets", "baseline", "baseline_value", "task")


def papers_read(entries: Sequence[Entry]) -> dict[str, str]:
    """Id → time of each paper that was read and is still there."""
    read: dict[str, str] = {}
    for entry in entries:
        if entry.change == "read":
            read[entry.paper] = entry.at
        elif entry.change == "removed":
            read.pop(entry.paper, None)
    return read


def changes(graph: Graph, entries: Sequence[Entry], entity_id: str) -> Iterator[Row]:
    """A row for each fact about an entity that changed, newest first: what it is now, and `before`.

    Papers that were read in the same time are left out: all they say is new. What came and went again is no change.
    """
    by_paper: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_paper[entry.paper].append(entry)
    last = sorted((group for group in by_paper.values()), key=lambda group: (group[-1].at, group[-1].paper))
    for group in reversed(last):
        if not any(entry.change == "read" for entry in group):
            yield from _of_paper(graph, group, entity_id)


def _of_paper(graph: Graph, group: Sequence[Entry], entity_id: str) -> Iterator[Row]:
    gone, come = difference(
        [fact for entry in group for fact in entry.gone], [fact for entry in group for fact in entry.come]
    )
    removed = group[-1].change == "removed"
    about = {"paper": group[-1].paper, "title": group[-1].title, "published": group[-1].published}
    about |= {"at": group[-1].at, "why": "paper removed" if removed else group[-1].why}
    own_gone, own_come = ([fact for fact in facts if entity_id in entities_of(fact)] for facts in (gone, come))
    rows = [*_claims(graph, own_gone, own_come, removed)] or [*_entities(own_gone, own_come, removed)]
    yield from ({**about, **row} for row in rows)


def _claims(graph: Graph, gone: Sequence[Fact], come: Sequence[Fact], removed: bool) -> Iterator[Row]:
    old, new = ([fact for fact in facts if "claim" in fact] for facts in (gone, come))
    pairs = _pairs(old, new)
    partner = {id(after): before for before, after in pairs}
    for fact in new:
        before = partner.get(id(fact))
        row = _claim_row(graph, fact)
        if before is None:
            yield {"change": "added result", **row}
        else:
            was = _claim_row(graph, before)
            yield {"change": "changed result", **row, "value_before": was["value"], "before": _before(was, row)}
    paired = {id(before) for before, _ in pairs}
    for fact in old:
        if id(fact) not in paired:
            yield {"change": "removed paper" if removed else "removed result", **_claim_row(graph, fact)}


def _pairs(old: Sequence[Fact], new: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Claims before and after that are one: of the same number in the text, or alone in saying something of their lane."""
    by_id = {fact["claim"]: fact for fact in new}
    pairs = [(fact, by_id[fact["claim"]]) for fact in old if fact["claim"] in by_id]
    done = {fact["claim"] for fact, _ in pairs}
    rest_old, rest_new = ([fact for fact in facts if fact["claim"] not in done] for facts in (old, new))
    alone_old, alone_new = (Counter(map(lane_of, facts)) for facts in (rest_old, rest_new))
    by_lane = {lane_of(fact): fact for fact in rest_new}
    for fact in rest_old:
        lane = lane_of(fact)
        if alone_old[lane] == alone_new[lane] == 1:
            pairs.append((fact, by_lane[lane]))
    return pairs


def _entities(gone: Sequence[Fact], come: Sequence[Fact], removed: bool) -> Iterator[Row]:
    """A row where the paper names the entity no longer, or newly, or presents it no longer or newly."""
    if gone and come:
        yield {"change": "now presented" if come[0]["introduced"] else "no longer presented"}
    elif come:
        yield {"change": "now named"}
    elif gone:
        yield {"change": "removed paper" if removed else "no longer named"}


def _claim_row(graph: Graph, fact: Fact) -> Row:
    """A fact in the columns of claims, entities by the names that they have now."""
    kept = ("claim", "value", "value_high", "unit", "kind", "bound", "baseline_value", "quote", "sentence")
    row: Row = {name: fact[name] for name in kept}
    for role in ("metric", "method", "baseline", "task"):
        row[role] = _name(graph, fact[f"{role}_id"]) or fact[role]
    row["datasets"] = [_name(graph, one) or one for one in fact["dataset_ids"]] or list(fact["datasets"])
    return row


def _name(graph: Graph, entity_id: str | None) -> str | None:
    entity = None if entity_id is None else graph.catalog.entity(entity_id)
    return None if entity is None else entity.name


def _before(old: Row, new: Row) -> str:
    """What was otherwise: "93.5%", "method ResNet"."""
    parts = []
    if (old["value"], old["value_high"]) != (new["value"], new["value_high"]):
        parts.append(_number(old))
    return ", ".join([*parts, *(f"{name} {_words(old[name])}" for name in _COMPARED if old[name] != new[name])])


def _words(value: Value) -> str:
    if isinstance(value, list):
        return " and ".join(map(str, value)) or "none"
    return "none" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _number(row: Row) -> str:
    unit = str(row["unit"])
    numbers = (row["value"], row["value_high"])
    number = "–".join(f"{plain_number(float(n)):g}" for n in numbers if isinstance(n, int | float))
    return f"{number}{unit if unit in ('%', 'x', '') else f' {unit}'}"
