"""Mentions of one paper into entities: one for each real thing, whatever its spellings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from kg.extract.document import Document
from kg.extract.introduced import is_introduced
from kg.extract.mention import MentionSpan
from kg.model import Entity, EntityType
from kg.resolve.forms import abbreviates, find_term
from kg.resolve.key import fold, identify
from kg.vocabulary import Term, Vocabulary

_ORDER = {kind: place for place, kind in enumerate(EntityType)}


@dataclass(frozen=True, slots=True)
class _Cluster:
    """What is known of mentions that are one thing."""

    kind: EntityType
    term: Term | None
    forms: frozenset[str]
    introduced: bool

    @classmethod
    def of(cls, document: Document, kind: EntityType, group: Sequence[MentionSpan], vocabulary: Vocabulary) -> _Cluster:
        term = _term(document, kind, group, vocabulary)
        return cls(kind, term, frozenset(_forms(document, group)), _is_own(document, kind, group))

    def joined(self, other: _Cluster) -> _Cluster:
        """Both as one."""
        return _Cluster(
            self.kind, self.term or other.term, self.forms | other.forms, self.introduced or other.introduced
        )


class Grouper(Protocol):
    """Tells which forms of one type are one thing."""

    def group(self, kind: EntityType, texts: Sequence[str], abbreviations: Mapping[str, str]) -> list[int]:
        """For each form the number of the first form that it is one with."""


def merge_mentions(
    document: Document, mentions: Iterable[MentionSpan], vocabulary: Vocabulary, aliases: Grouper | None = None
) -> list[Entity]:
    """The entities of a document in order of first mention.

    Overlapping mentions: the better score wins, then the longer. Forms of one key (spelling, plural, case), a
    short form and its long form, aliases of one vocabulary term, and what `aliases` groups become one entity.
    """
    kept = _without_overlaps(mentions)
    links = {fold(short): fold(long) for short, long in document.abbreviations.items()}
    groups: dict[str, list[MentionSpan]] = defaultdict(list)
    for mention in kept:
        key = fold(document.text[mention.start : mention.end])
        groups[links.get(key, key)].append(mention)
    clusters: dict[tuple[EntityType, str], list[MentionSpan]] = defaultdict(list)
    for key, group in groups.items():
        kind = _vote(group)
        term = _term(document, kind, group, vocabulary)
        clusters[kind, key if term is None else fold(term.name)].extend(group)
    if aliases is not None:
        clusters = _grouped(document, clusters, aliases, vocabulary)
    entities = [_to_entity(document, kind, group, vocabulary) for (kind, _), group in clusters.items()]
    return _distinct(entities)


def _grouped(
    document: Document,
    clusters: Mapping[tuple[EntityType, str], list[MentionSpan]],
    aliases: Grouper,
    vocabulary: Vocabulary,
) -> dict[tuple[EntityType, str], list[MentionSpan]]:
    """Clusters joined as `aliases` says, but never what is known as two, or known and coined here."""
    joined: dict[tuple[EntityType, str], list[MentionSpan]] = {}
    for kind in EntityType:
        own = [(key, group) for (other, key), group in clusters.items() if other == kind]
        forms = [(number, form) for number, (_, group) in enumerate(own) for form in _forms(document, group)]
        groups = (
            aliases.group(kind, [form for _, form in forms], document.abbreviations)
            if len(own) > 1
            else [0] * len(forms)
        )
        root = list(range(len(own)))
        joins = [(n, forms[first][0]) for (n, _), first in zip(forms, groups, strict=True) if n != forms[first][0]]
        read = [_Cluster.of(document, kind, group, vocabulary) for _, group in own] if joins else []
        for number, other in joins:
            low, high = sorted((root[number], root[other]))
            if not _are_apart(read[low], read[high]):
                read[low] = read[low].joined(read[high])
                root = [low if place == high else place for place in root]
        for number, (_, group) in enumerate(own):
            joined.setdefault((kind, own[root[number]][0]), []).extend(group)
    return joined


def _are_apart(one: _Cluster, other: _Cluster) -> bool:
    """Whether two clusters are known as two datasets or methods, or one is known and the other coined here."""
    if one.kind not in (EntityType.METHOD, EntityType.DATASET):
        return False
    if one.term is not None and other.term is not None:
        return one.term != other.term
    known, new = (one, other) if one.term is not None else (other, one)
    if known.term is None or not new.introduced:
        return False
    return not any(abbreviates(a, b) or abbreviates(b, a) for a in known.term.forms for b in new.forms)


def _forms(document: Document, group: Sequence[MentionSpan]) -> list[str]:
    return sorted({document.text[mention.start : mention.end] for mention in group})


def _without_overlaps(mentions: Iterable[MentionSpan]) -> list[MentionSpan]:
    ordered = sorted(mentions, key=lambda m: m.start)
    if all(one.end <= other.start for one, other in pairwise(ordered)):
        return ordered
    best = sorted(ordered, key=lambda m: (-m.score, m.start - m.end, m.start, _ORDER[m.type]))
    kept: list[MentionSpan] = []
    for mention in best:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def _vote(group: Sequence[MentionSpan]) -> EntityType:
    votes: Counter[EntityType] = Counter()
    for mention in group:
        votes[mention.type] += round(1000 * mention.score)
    return min(votes, key=lambda kind: (-votes[kind], _ORDER[kind]))


def _term(document: Document, kind: EntityType, group: Sequence[MentionSpan], vocabulary: Vocabulary) -> Term | None:
    forms = {document.text[mention.start : mention.end] for mention in group}
    definitions = _definitions(document, forms)
    introduced = bool(definitions) and _is_own(document, kind, group)
    return find_term(vocabulary, kind, forms, definitions, introduced=introduced)


def _definitions(document: Document, forms: Iterable[str]) -> dict[str, str]:
    """The short ones of the forms with the long forms that the paper gives them."""
    longs = {fold(short): long for short, long in document.abbreviations.items()}
    return {form: longs[fold(form)] for form in forms if fold(form) in longs}


def _is_own(document: Document, kind: EntityType, group: Sequence[MentionSpan]) -> bool:
    """Whether the paper presents it: as judged with the mentions, else by where they stand."""
    if kind not in (EntityType.METHOD, EntityType.DATASET):
        return False
    judged = [mention.introduced for mention in group if mention.introduced is not None]
    if judged:
        return max(judged) >= 0.5
    return is_introduced(document.text, len(document.paper.title), [(m.start, m.end) for m in group])


def _to_entity(document: Document, kind: EntityType, group: Sequence[MentionSpan], vocabulary: Vocabulary) -> Entity:
    text = document.text
    spans = sorted({(m.start, m.end) for m in group})
    forms = Counter(text[start:end] for start, end in spans)
    term = _term(document, kind, group, vocabulary)
    name = _name(kind, forms, _definitions(document, forms), vocabulary) if term is None else term.name
    return Entity(
        type=kind,
        id=identify(kind, name),
        name=name,
        forms=tuple(sorted(forms)),
        mentions=tuple(document.to_mention(start, end) for start, end in spans),
        confidence=round(max(m.score for m in group), 3),
        introduced=_is_own(document, kind, group),
    )


def _name(kind: EntityType, forms: Counter[str], definitions: dict[str, str], vocabulary: Vocabulary) -> str:
    """The commonest form, of equals the longest; a short form that the vocabulary has for another thing is none."""
    taken = {form for form in definitions if vocabulary.lookup(kind, form) or vocabulary.unsure(kind, form)}
    free = [form for form in forms if form not in taken] or [definitions[form] for form in sorted(taken)]
    return min(free, key=lambda form: (-forms[form], -len(form), form))


def _distinct(entities: Sequence[Entity]) -> list[Entity]:
    """Entities of one id joined; in order of first mention."""
    by_id: dict[str, Entity] = {}
    for entity in entities:
        known = by_id.get(entity.id)
        by_id[entity.id] = entity if known is None else join_entities(known, entity)
    return sorted(by_id.values(), key=lambda e: (e.mentions[0].field == "abstract", e.mentions[0], e.id))


def join_entities(first: Entity, second: Entity) -> Entity:
    """Two entities of one id as one."""
    return Entity(
        type=first.type,
        id=first.id,
        name=first.name,
        forms=tuple(sorted({*first.forms, *second.forms})),
        mentions=tuple(sorted({*first.mentions, *second.mentions}, key=lambda m: (m.field == "abstract", m))),
        confidence=max(first.confidence, second.confidence),
        introduced=first.introduced or second.introduced,
    )
