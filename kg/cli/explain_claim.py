"""How `kg show` and `kg explain` print a claim: its sentence in colour, and each link with what made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli.phrase import value as phrase
from kg.cli.render import Format, print_json, print_rows, stdout_console
from kg.model import Claim, Link, Rows, record_to_dict

if TYPE_CHECKING:
    from rich.text import Text

    from kg.api.show import ClaimView

_STYLES = {"metric": "magenta", "datasets": "yellow", "method": "cyan", "baseline": "blue", "task": "white underline"}


def show_claim(view: ClaimView, json: bool) -> None:
    """Print a claim; as JSON it is the claim of the record, with the paper's id and title."""
    claim, record = view.claim, view.record
    if json:
        data = next(c for c in record_to_dict(record)["claims"] if c["id"] == claim.id)
        print_json({"paper": record.paper.id, "title": record.paper.title, **data})
        return
    out = stdout_console()
    out.print(f"{record.paper.title} ({record.paper.id})", style="bold", markup=False)
    out.print(_sentence(view))
    shown = (claim.kind.value, f"{claim.confidence:.2f}", "the number is a result, with this probability")
    rows = [("value", phrase(numbers_of(claim)), *shown), *_link_rows(claim)]
    print_rows(Rows(("field", "text", "id", "score", "how"), list(rows)), Format.TABLE)


def numbers_of(claim: Claim) -> dict[str, object]:
    """What a claim says of its number, as rows of answers hold it."""
    return {
        "value": claim.value,
        "value_high": claim.value_high,
        "unit": claim.unit,
        "kind": claim.kind.value,
        "bound": claim.bound.value,
    }


def _sentence(view: ClaimView) -> Text:
    """The claim's sentence with the quote in green and each linked name in its role's colour."""
    from rich.text import Text

    sentence, start, end = view.sentence
    text = Text(sentence)
    for role, name, _ in _linked(view.claim):
        at = sentence.find(name)
        if name and at >= 0:
            text.stylize(_STYLES[role], at, at + len(name))
    text.stylize("bold green", start, end)
    return text


def _linked(claim: Claim) -> Iterator[tuple[str, str, str | None]]:
    """Role, text and id of each link, in the order of `Claim.links`."""
    for role, name, entity in (
        ("method", claim.method, claim.method_id),
        ("metric", claim.metric, claim.metric_id),
        ("task", claim.task, claim.task_id),
        ("baseline", claim.baseline, claim.baseline_id),
    ):
        if name is not None or entity is not None:
            yield role, name or "", entity
    if len(claim.dataset_ids) == len(claim.datasets):
        yield from (("datasets", name, entity) for name, entity in zip(claim.datasets, claim.dataset_ids, strict=True))
    else:
        yield from (("datasets", name, None) for name in claim.datasets)
        yield from (("datasets", "", entity) for entity in claim.dataset_ids)


def _link_rows(claim: Claim) -> Iterator[tuple[str, ...]]:
    left: dict[str, list[Link]] = {}
    for made in claim.links:
        left.setdefault(made.role, []).append(made)
    for role, name, entity in _linked(claim):
        links = left.get(role, [])
        link = links.pop(0) if links else None
        score = "" if link is None else f"{link.score:.2f}"
        yield role, name, entity or "", score, "" if link is None else _how(link)


def _how(link: Link) -> str:
    return link.rule + (", from another sentence" if link.inferred else "")
