"""Mentions of one paper that are one thing: their forms, whether the paper presents it, the vocabulary's term for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.document import Document
from kg.extract.introduced import is_introduced
from kg.extract.mention import MentionSpan
from kg.model import EntityType
from kg.resolve.forms import find_term
from kg.resolve.key import fold
from kg.vocabulary import Term, Vocabulary


@dataclass(slots=True)
class Cluster:
    """What is known of mentions that are one thing."""

    kind: EntityType
    mentions: Sequence[MentionSpan]
    forms: Sequence[str]
    """Each once, in order of the alphabet."""
    definitions: Mapping[str, str]
    """The short ones of the forms with the long forms that the paper gives them."""
    meanings: frozenset[str]
    """The keys of long forms that the paper abbreviates, each of which one of the forms is or is short for."""
    introduced: bool
    term: Term | None

    def joined(self, other: Cluster) -> Cluster:
        """Both as one, as far as can be told without reading the mentions again."""
        return Cluster(
            self.kind,
            [*self.mentions, *other.mentions],
            sorted({*self.forms, *other.forms}),
            {**self.definitions, **other.definitions},
            self.meanings | other.meanings,
            self.introduced or other.introduced,
            self.term or other.term,
        )


class ClusterReader:
    """Reads groups of mentions of one document."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self._vocabulary = vocabulary
        self._longs = {fold(short): long for short, long in document.abbreviations.items()}
        self.links = {short: fold(long) for short, long in self._longs.items()}
        """The key of each short form that the paper defines → that of its long form."""
        self._defined = frozenset(self.links.values())

    def read(self, kind: EntityType, mentions: Sequence[MentionSpan]) -> Cluster:
        """What is known of mentions of one thing."""
        text = self._document.text
        forms = sorted({text[mention.start : mention.end] for mention in mentions})
        keys = [(form, fold(form)) for form in forms] if self._longs else []
        definitions = {form: self._longs[key] for form, key in keys if key in self._longs}
        meanings = self._defined.intersection(self.links.get(key, key) for _, key in keys)
        introduced = self._is_own(kind, mentions)
        term = find_term(self._vocabulary, kind, forms, definitions, introduced=introduced)
        return Cluster(kind, mentions, forms, definitions, meanings, introduced, term)

    def unite(self, parts: Sequence[Cluster]) -> Cluster:
        """Clusters of one type as one."""
        if len(parts) == 1:
            return parts[0]
        return self.read(parts[0].kind, [mention for part in parts for mention in part.mentions])

    def _is_own(self, kind: EntityType, mentions: Sequence[MentionSpan]) -> bool:
        """Whether the paper presents it: as judged with the mentions, else by where they stand."""
        if kind not in (EntityType.METHOD, EntityType.DATASET):
            return False
        judged = [mention.introduced for mention in mentions if mention.introduced is not None]
        if judged:
            return max(judged) >= 0.5
        document = self._document
        return is_introduced(document.text, len(document.paper.title), [(m.start, m.end) for m in mentions])
