"""Papers made of names: each names its entities in a text, as an extractor would find them there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.abbreviations import find_abbreviations
from kg.extract.document import Document
from kg.extract.mention import MentionSpan
from kg.extract.merge import merge_mentions
from kg.model import EntityType, Extractor, Paper, Record, SourceRef
from kg.resolve import Resolver
from kg.vocabulary import load

_DEFINITION = re.compile(r"(?P<long>.+) \((?P<short>[^()]+)\)")


def make_record(number: int, type: str, *cells: str) -> Record:
    """A paper that names each cell; "long form (SHORT)" is a definition and names one entity by both forms."""
    text, spans = "We study", []
    for cell in cells:
        match = _DEFINITION.fullmatch(cell)
        parts = [match["long"], match["short"]] if match else [cell]
        start = len(text) + 1
        text += f" {cell}, then"
        for part in parts:
            at = text.index(part, start)
            spans.append(MentionSpan(at, at + len(part), EntityType(type), 0.9, "test"))
    text += " more."
    paper = Paper(f"arxiv:2601.{number:05}", "A study", text, SourceRef("text", "made", number))
    full = f"A study\n{text}"
    document = Document(paper, full, abbreviations=find_abbreviations(full))
    moved = [MentionSpan(s.start + 8, s.end + 8, s.type, s.score, s.rule) for s in spans]
    return Record(paper, tuple(merge_mentions(document, moved, load())), (), Extractor("test", "1"))


@dataclass(frozen=True)
class Pair:
    """Two names, each in a paper of its own, and definitions that stand in other papers."""

    type: str
    a: str
    b: str
    elsewhere: tuple[str, ...]

    def records(self) -> list[Record]:
        """The papers; the first names `a`, the second `b`."""
        return [make_record(n, self.type, cell) for n, cell in enumerate((self.a, self.b, *self.elsewhere))]


def resolve(records: list[Record], **options: object) -> list[Record]:
    """The records with the corpus's ids."""
    resolver = Resolver(**options)  # type: ignore[arg-type]
    for record in records:
        resolver.observe(record)
    resolver.finish()
    return [resolver.apply(record) for record in records]


def is_one(pair: Pair) -> bool:
    """Whether the two names of a pair resolve to one entity."""
    first, second, *_ = resolve(pair.records())
    return {e.id for e in first.entities} == {e.id for e in second.entities}
