"""Annotated papers joined with what a recogniser found in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.evaluate import read_gold
from kg.extract.document import Document
from kg.extract.entities import EntityFinder
from kg.extract.mention import MentionSpan
from kg.extract.merge import merge_mentions
from kg.extract.reader import read_document
from kg.model import Entity, EntityType, Paper, SourceRef
from kg.records import iter_records
from kg.vocabulary import load

Pair = tuple[Document, dict[str, Any]]


def read_pairs(papers: Sequence[Path], entities: Path) -> list[Pair]:
    """Annotated papers as documents that hold the entities of the records in `entities`, joined by id.

    Papers without a record hold what the recogniser that ships finds, so it should not have learned from them.
    """
    vocabulary = load()
    recogniser = EntityFinder.load(vocabulary)
    limits = dict(zip(EntityType, recogniser.thresholds, strict=True))
    found = {record.paper.id: record.entities for record in iter_records(entities)}
    pairs: list[Pair] = []
    for path in papers:
        for place, gold in enumerate(read_gold(path)):
            document = read_document(
                Paper(gold["id"], gold["title"], gold["abstract"], SourceRef("gold", path.name, place))
            )
            mentions = recogniser.find(document)  # leaves the states of words
            pairs.append((document, dict(gold)))
            if (known := found.get(gold["id"])) is None:
                document.entities = merge_mentions(document, mentions, vocabulary, recogniser.aliases)
                continue
            document.entities = [entity for entity in known if entity.confidence >= limits[entity.type]]
            document.doubtful = [
                _mentions(document, entity) for entity in known if entity.confidence < limits[entity.type]
            ]
    return pairs


def _mentions(document: Document, entity: Entity) -> list[MentionSpan]:
    spans = [
        (document.offset(mention.field, mention.start), document.offset(mention.field, mention.end))
        for mention in entity.mentions
    ]
    own = float(bool(entity.introduced))
    return [MentionSpan(start, end, entity.type, entity.confidence, "learned", own) for start, end in spans]
