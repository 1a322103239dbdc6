"""A text as the claim models see it: tokens, sentences, and where entities are mentioned."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.claims.proposals import Proposal, propose
from kg.extract.document import Document
from kg.extract.mention import MentionSpan
from kg.model import Entity
from kg.quantity import Quantity

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+|-[A-Za-z]+)*|\d[\w.,]*\w|\d|[^\w\s]")
MOST_NAMES = 128
"""Names of a paper that a number may be linked to, so that the time grows with the length of a text alone; the first ones. Of 2,244 abstracts none has over 36."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One mention of an entity: its place in the text, in tokens [first, last), and in the list of names."""

    start: int
    end: int
    first: int
    last: int
    entity: int
    sentence: int


@dataclass(slots=True)
class Passage:
    """Title and abstract with tokens; positions are code points of `text` unless called tokens."""

    text: str
    title_end: int
    sentences: Sequence[tuple[int, int]]
    entities: Sequence[Entity]
    quantities: Sequence[Quantity]
    doubtful: Sequence[Proposal] = ()
    """Names that may be entities of the type they have."""
    words: list[str] = field(default_factory=list)
    """Tokens in lower case; those that start with a digit as "#"."""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    """All mentions in order of their place."""
    tags: list[str] = field(default_factory=list)
    """Per token the first letters of the type of the entity that covers it, else ""."""
    kinds: list[str] = field(default_factory=list)
    """Per name the type of the entity, the type that it may have ("?method"), or "name"."""
    sentence_starts: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """Where the numbers that may be results start."""
    _results: list[Quantity] = field(default_factory=list)
    """Those numbers."""
    facts: dict[int, str] = field(default_factory=dict)
    """What features know of names already, by number."""
    by_name: dict[int, list[Spot]] = field(default_factory=dict)
    """What `places` knows already."""
    names: list[Entity | Proposal] = field(default_factory=list)
    """The entities, then doubtful names, then those that look like names and nothing else is known of."""

    @classmethod
    def of(cls, document: Document, quantities: Sequence[Quantity]) -> Passage:
        """A document with its sentences and entities, and the quantities of its text."""
        doubtful = [_doubtful(document, mentions) for mentions in document.doubtful]
        return cls(
            document.text, len(document.paper.title), document.sentences, document.entities, quantities, doubtful
        )

    def __post_init__(self) -> None:
        tokens = [*_TOKEN.finditer(self.text)]
        self.words = ["#" if (word := token[0])[0].isdigit() else word.lower() for token in tokens]
        self.starts = [token.start() for token in tokens]
        self.ends = [token.end() for token in tokens]
        self.sentence_starts = [start for start, _ in self.sentences]
        self._results = [quantity for quantity in self.quantities if quantity.is_candidate]
        self.numbers = [quantity.start for quantity in self._results]
        self.tags = [""] * len(self.words)
        known: list[Entity | Proposal] = [*self.entities, *self.doubtful]
        taken = sorted(
            (mention.start + shift, mention.end + shift)
            for name in known
            for mention in name.mentions
            for shift in ((0 if mention.field == "title" else self.title_end + 1),)
        )
        proposals = propose(self.text, self.title_end, self.sentences, taken)
        kinds = [entity.type.value for entity in self.entities]
        kinds += [f"?{name.kind}" for name in self.doubtful] + ["name"] * len(proposals)
        self.kinds = kinds[:MOST_NAMES]
        self.names = [*known, *proposals][:MOST_NAMES]
        self._place_entities()

    def _place_entities(self) -> None:
        for index, entity in enumerate(self.names):
            tag = self.kinds[index][:3]
            for mention in entity.mentions:
                shift = 0 if mention.field == "title" else self.title_end + 1
                start, end = mention.start + shift, mention.end + shift
                first, last = self.token_at(start), self.token_from(end)
                self.spots.append(Spot(start, end, first, max(last, first + 1), index, self.sentence_of(start)))
                if tag[0] != "?":
                    self.tags[first:last] = [tag] * (last - first)
        self.spots.sort(key=lambda spot: (spot.start, -spot.end))

    def places(self, entity: int) -> list[Spot]:
        """Where a name stands, in order."""
        if not self.by_name:
            for spot in self.spots:
                self.by_name.setdefault(spot.entity, []).append(spot)
        return self.by_name.get(entity, [])

    def count_numbers(self, start: int, end: int) -> int:
        """How many numbers that may be results start in [start, end)."""
        return max(0, bisect_left(self.numbers, end) - bisect_left(self.numbers, start))

    def number_before(self, position: int) -> Quantity | None:
        """The last number that may be a result and ends at or before a position."""
        for place in range(bisect_left(self.numbers, position) - 1, -1, -1):
            quantity = self._results[place]
            if quantity.end <= position:
                return quantity
        return None

    def token_at(self, position: int) -> int:
        """The index of the token that covers or follows a position."""
        return bisect_right(self.ends, position)

    def token_from(self, position: int) -> int:
        """The index of the first token that starts at or after a position."""
        return bisect_left(self.starts, position)

    def sentence_of(self, position: int) -> int:
        """The index of the sentence that covers a position."""
        return max(0, bisect_right(self.sentence_starts, position) - 1)

    def sentence_tokens(self, sentence: int) -> tuple[int, int]:
        """The tokens [first, last) of a sentence."""
        start, end = self.sentences[sentence]
        return self.token_from(start), self.token_from(end)

    def word(self, index: int, low: int, high: int) -> str:
        """The token at an index, or "|" outside [low, high)."""
        return self.words[index] if low <= index < high else "|"


def _doubtful(document: Document, mentions: Sequence[MentionSpan]) -> Proposal:
    """A form that the recogniser was not sure of."""
    first = mentions[0]
    forms = tuple(dict.fromkeys(document.text[mention.start : mention.end] for mention in mentions))
    places = tuple(sorted(document.to_mention(m.start, m.end) for m in mentions))
    return Proposal(forms, places, (first.introduced or 0.0) > 0.5, first.score, first.type.value)
