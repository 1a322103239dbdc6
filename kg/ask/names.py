"""Finding names in a question: entities and papers of the catalog, longest first, then with typing errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.ask.intent import Named, NamedPaper
from kg.ask.slips import is_slip
from kg.ask.words import CONTRACTIONS, GRAMMAR, METRIC_SENSES, NAME_PARTS
from kg.catalog import Catalog, NameHit
from kg.errors import QuestionError
from kg.model import EntityType

MAX_WORDS = 10
"""Words of a name of an entity."""
MAX_QUESTION = 1000
"""Characters of a question."""

_TOKEN = re.compile(r'"([^"]+)"|“([^”]+)”|([,;?!()]+(?=\s|$)|[()])|([^\s"“”]+)')
_TAIL = re.compile(r"[.,;:?!)\]]+$")
_PAPER_ID = re.compile(r"(?:arxiv|doi|acl|pmid|title):\S+$|\d{4}\.\d{4,5}(?:v\d+)?$", re.IGNORECASE)
_NUMERIC = re.compile(r"[<>=~]*[$]?\d[\d.,]*(?:%|[a-zA-Z×]{1,3})?$")
_DOMINANCE = 10
"""How many times more papers a reading by another type must have to win over the type that the wording suggests."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a question as typed, or what stood between quotation marks."""

    text: str
    quoted: bool = False

    @property
    def word(self) -> str:
        """In lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Found:
    """A span of tokens that is a name: of entities of one or more types, or of a paper."""

    start: int
    end: int
    text: str
    hits: tuple[NameHit, ...] = ()
    paper: NamedPaper | None = None
    corrected: bool = False

    @property
    def types(self) -> frozenset[EntityType]:
        """What it may be."""
        return frozenset(hit.type for hit in self.hits)

    def resolve(self, preferred: Sequence[EntityType]) -> Named:
        """The one entity that is meant; raises `QuestionError` where several share the name."""
        kind = self.best_type(preferred)
        hits = [hit for hit in self.hits if hit.type is kind]
        for same in (lambda hit: _plain(hit.name) == _plain(hit.alias), lambda hit: hit.name == self.text):
            if len(hits) > 1:
                hits = [hit for hit in hits if same(hit)] or hits
        if len(hits) > 1:
            names = [hit.name for hit in hits[:5]]
            raise QuestionError(f"{self.text!r} is the name of several {kind.value}s", suggestions=names)
        return Named(kind, hits[0].id, hits[0].name)

    def best_type(self, preferred: Sequence[EntityType]) -> EntityType:
        """The first preferred type that the name has, unless another is far more used."""
        counts = {kind: max(hit.papers for hit in self.hits if hit.type is kind) for kind in self.types}
        first = next((kind for kind in preferred if kind in counts), None)
        most = max(sorted(counts), key=lambda kind: counts[kind])
        if first is None or counts[most] >= _DOMINANCE * max(1, counts[first]):
            return most
        return first


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def split_question(question: str) -> list[Token]:
    """The tokens of a question; raises `QuestionError` where it is empty or too long."""
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"the question is longer than {MAX_QUESTION} characters")
    tokens: list[Token] = []
    for match in _TOKEN.finditer(question):
        quoted = match[1] or match[2]
        if quoted is not None:
            tokens.append(Token(quoted.strip(), quoted=True))
            continue
        if match[3]:
            tokens += [Token(",")] if set(match[3]) & set(",;") else []
            continue
        tokens += _word_tokens(match[4])
    if not any(token.quoted or any(char.isalnum() for char in token.text) for token in tokens):
        raise QuestionError("the question is empty; ask for example: which papers report results on CIFAR-10")
    return tokens


def _word_tokens(text: str) -> Iterator[Token]:
    bare = _TAIL.sub("", text)
    if bare.endswith(("'s", "’s")) and bare.lower().replace("’", "'") not in ("what's", "who's", "it's", "where's"):
        bare = bare[:-2]
    if bare:
        yield Token(bare)
    if set(text[len(bare) :]) & set(",;"):
        yield Token(",")


class NameFinder:
    """Finds names of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def find(self, tokens: Sequence[Token]) -> list[Found]:
        """Names spelled as the catalog knows them, longest first; no two overlap."""
        taken = [False] * len(tokens)
        found: list[Found] = []
        for start, end in _spans(tokens):
            if not any(taken[start:end]):
                name = self._lookup(tokens, start, end)
                if name is not None:
                    found.append(name)
                    taken[start:end] = [True] * (end - start)
        return sorted(found, key=lambda name: name.start)

    def _lookup(self, tokens: Sequence[Token], start: int, end: int) -> Found | None:
        text = " ".join(token.text for token in tokens[start:end])
        if any(token.text == "," for token in tokens[start:end]):
            # A comma parts names of entities, but titles have commas.
            return self.titled(text, start, end) if end - start >= 5 else None
        single = end - start == 1
        if single and (tokens[start].quoted or _PAPER_ID.match(text)):
            return self._quoted(text, start, end)
        hits = self._catalog.find(text) or self._singular(text)
        hits = [*hits, *self._metric_of(text, hits)]
        if single and not hits and "/" in text:
            entity = self._catalog.entity(text)
            if entity is not None:
                hits = [NameHit(entity.type, entity.id, entity.name, entity.name, entity.papers)]
        if hits:
            return Found(start, end, text, tuple(hits))
        return self.titled(text, start, end) if end - start >= 3 else None

    def _metric_of(self, text: str, hits: Sequence[NameHit]) -> list[NameHit]:
        """The metric that a name of something else means where a number is asked for."""
        if any(hit.type is EntityType.METRIC for hit in hits):
            return []
        names = METRIC_SENSES.get(text.lower(), ())
        found = (self._catalog.find(name, types=[EntityType.METRIC]) for name in names)
        return next((metrics[:1] for metrics in found if metrics), [])

    def _singular(self, text: str) -> list[NameHit]:
        """ "accuracies" → accuracy; the catalog itself forgets a plural s."""
        return self._catalog.find(f"{text[:-3]}y") if text.lower().endswith("ies") else []

    def _quoted(self, text: str, start: int, end: int) -> Found:
        hits = self._catalog.find(text)
        if hits:
            return Found(start, end, text, tuple(hits))
        paper = self.titled(text, start, end)
        return paper or self.paper_like(text, start, end)

    def titled(self, text: str, start: int, end: int) -> Found | None:
        """A paper with exactly this id or title."""
        names = [text, f"arxiv:{text}"] if _PAPER_ID.match(text) else [text]
        for name in names:
            hits = self._catalog.titled(name)
            if hits:
                return Found(start, end, text, paper=NamedPaper(hits[0].id, hits[0].title))
        return None

    def paper_like(self, text: str, start: int, end: int) -> Found:
        """The one paper whose title holds all these words; raises `QuestionError` with titles that are alike."""
        hits = self._catalog.papers(text)
        sure = [hit for hit in hits if hit.likeness == 100]
        if len(sure) == 1:
            return Found(start, end, text, paper=NamedPaper(sure[0].id, sure[0].title))
        if sure:
            raise QuestionError(f"{text!r} fits several papers", suggestions=[f'"{hit.title}"' for hit in sure[:3]])
        near = [f'"{hit.title}"' for hit in hits[:2]] + [hit.name for hit in self._catalog.suggest(text)[:2]]
        raise QuestionError(f"nothing in this graph is called {text!r}", suggestions=near)

    def find_misspelt(self, tokens: Sequence[Token], start: int, end: int) -> Found | None:
        """A name like a span of unknown words, where only one is and it keeps every digit."""
        text = " ".join(token.text for token in tokens[start:end])
        letters = _plain(text)
        if len(letters) < 4:
            return None
        hits = [hit for hit in self._catalog.suggest(text, limit=5, cutoff=80.0) if is_slip(letters, _plain(hit.alias))]
        if not hits:
            return None
        best = [hit for hit in hits if hit.likeness == hits[0].likeness]
        if len({hit.name for hit in best}) > 1:
            return None
        return Found(start, end, text, tuple(replace(hit, alias=hit.name) for hit in best), corrected=True)

    def suggestions(self, text: str) -> list[str]:
        """Names like `text`, for "did you mean"."""
        return [hit.name for hit in self._catalog.suggest(text, cutoff=70.0)]


def _spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Spans that may be names, longest first, then from the left."""
    for size in range(min(len(tokens), 20), 0, -1):
        for start in range(len(tokens) - size + 1):
            part = tokens[start : start + size]
            if size == 1 and part[0].quoted:
                yield start, start + 1
            elif not any(token.quoted for token in part) and _may_be_name(part):
                yield start, start + size


def _has_alnum(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _may_be_name(part: Sequence[Token]) -> bool:
    words = [token.word for token in part if token.text != ","]
    if not (_has_alnum(part[0].text) and _has_alnum(part[-1].text)):
        return False
    if len(part) == 1:
        return (
            words[0] not in GRAMMAR
            and words[0] not in CONTRACTIONS
            and not (_NUMERIC.match(words[0]) and not _PAPER_ID.match(words[0]))
        )
    return not all((word in GRAMMAR and word not in NAME_PARTS) or _NUMERIC.match(word) for word in words)
