"""An annotated paper to train on: which number is which claim, and which names mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from kg.extract.document import Document
from kg.model import Entity, EntityType
from kg.quantity import Quantity

_KINDS = {"metric": "metrics", "datasets": "datasets", "method": "methods", "baseline": "methods", "task": "tasks"}
_SKIP = {"the", "a", "an", "of", "in", "our", "on"}


def fold(name: str) -> str:
    """Lower case without punctuation and plural ending: CIFAR10 = CIFAR-10, GNNs = GNN."""
    folded = re.sub(r"[^a-z0-9+*#]+", "", name.casefold())
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss") else folded


def words(name: str) -> set[str]:
    """The folded words of a name without articles."""
    return {fold(word) for word in re.split(r"[^A-Za-z0-9]+", name) if word} - _SKIP


class GoldPaper:
    """The annotation of one paper."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self._forms = {
            role: {fold(form): i for i, entity in enumerate(data[kind]) for form in entity["forms"]}
            for role, kind in _KINDS.items()
        }

    def same(self, role: str, a: str, b: str) -> bool:
        """Whether two names are one: equal when folded, one within the other, or forms of one entity."""
        if fold(a) == fold(b):
            return True
        first, second = words(a), words(b)
        if first and second and (first <= second or second <= first):
            return True
        forms = self._forms[role]
        return fold(a) in forms and forms[fold(a)] == forms.get(fold(b))

    def align(self, document: Document, quantities: Sequence[Quantity]) -> list[dict[str, Any] | None]:
        """For each number the claim that it states; each claim goes to one number at most."""
        out: list[dict[str, Any] | None] = [None] * len(quantities)
        for claim in self.data["claims"]:
            start, end = self._span(document, claim)
            over = [i for i, q in enumerate(quantities) if q.start < end and start < q.end and out[i] is None]
            if over:
                out[min(over, key=lambda i: abs(quantities[i].value - claim["value"]))] = claim
        return out

    def _span(self, document: Document, claim: dict[str, Any]) -> tuple[int, int]:
        for name, text in (("abstract", document.paper.abstract), ("title", document.paper.title)):
            at = text.find(claim["context"])
            if at >= 0:
                start = at + claim["context"].find(claim["quote"]) + (document.shift if name == "abstract" else 0)
                return start, start + len(claim["quote"])
        return -1, -1


def gold_paper(document: Document, gold: dict[str, Any]) -> GoldPaper:
    """The annotation of a document. Where claims alone are annotated, names mean the same that are forms of one entity found."""
    if gold.get("claims_only"):
        forms = {
            f"{kind.value}s": [{"forms": entity.forms} for entity in document.entities if entity.type is kind]
            for kind in EntityType
        }
        return GoldPaper({**gold, **forms})
    return GoldPaper(gold)


def annotated(document: Document, gold: dict[str, Any]) -> Document:
    """The document with the annotated entities: all places of their forms, the longer first where they overlap.

    The document itself where claims alone are annotated.
    """
    if gold.get("claims_only"):
        return document
    named = [(kind, entity) for kind in EntityType for entity in gold[f"{kind.value}s"]]
    places = {
        (start, start - end, number): (start, end)
        for number, (_, entity) in enumerate(named)
        for form in entity["forms"]
        for start, end in _places(document.text, form)
    }
    taken: list[tuple[int, int]] = []
    spans: dict[int, list[tuple[int, int]]] = {}
    for (_, _, number), (start, end) in sorted(places.items(), key=lambda item: (item[0][1], item[0][0], item[0][2])):
        if all(end <= a or b <= start for a, b in taken):
            taken.append((start, end))
            spans.setdefault(number, []).append((start, end))
    entities = [_entity(document, *named[number], sorted(found)) for number, found in spans.items()]
    entities.sort(key=lambda entity: (entity.mentions[0].field == "abstract", entity.mentions[0]))
    return replace(document, entities=entities, doubtful=[])


def _places(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Where a form stands as a name of its own, not within a longer word; a plural s may follow."""
    pattern = (r"(?<![^\W_])" if form[0].isalnum() else "") + re.escape(form)
    if form[-1].isalnum():
        pattern += r"(?![^\W_s])"
    for match in re.finditer(pattern, text):
        yield match.span()


def _entity(document: Document, kind: EntityType, entity: dict[str, Any], spans: list[tuple[int, int]]) -> Entity:
    forms = tuple(sorted({document.text[start:end] for start, end in spans}))
    mentions = tuple(document.to_mention(start, end) for start, end in spans)
    return Entity(kind, f"{kind.value}/annotated", forms[0], forms, mentions, 1.0, bool(entity.get("introduced")))
