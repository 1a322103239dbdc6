"""Annotated papers joined with the records of what a recogniser found in them."""

from __future__ import annotations

from pathlib import Path

import orjson

from kg.extract.entities import EntityFinder
from kg.model import Entity, EntityType, Extractor, Mention, Paper, Record, SourceRef
from kg.records import write_records
from kg.training.claim_pairs import read_pairs
from kg.vocabulary import load

TITLE, ABSTRACT = "Pond: Reading Ripples", "Pond beats Heron on the Willow set by 3 points."


def _entity(kind: EntityType, name: str, field: str, start: int, confidence: float) -> Entity:
    mention = Mention("title" if field == "title" else "abstract", start, start + len(name))
    return Entity(kind, f"{kind.value}/{name.lower()}", name, (name,), (mention,), confidence, False)


def test_what_is_found_below_the_threshold_of_its_type_is_doubtful(tmp_path: Path) -> None:
    limits = dict(zip(EntityType, EntityFinder.load(load()).thresholds, strict=True))
    entities = (
        _entity(EntityType.METHOD, "Pond", "title", 0, limits[EntityType.METHOD]),
        _entity(EntityType.METHOD, "Heron", "abstract", ABSTRACT.index("Heron"), limits[EntityType.METHOD] - 0.01),
        _entity(EntityType.DATASET, "Willow", "abstract", ABSTRACT.index("Willow"), 0.2),
    )
    paper = Paper("p:1", TITLE, ABSTRACT, SourceRef("gold", "gold.jsonl", 0))
    found = tmp_path / "found.jsonl"
    with found.open("wb") as out:
        write_records([Record(paper, entities, (), Extractor("test", "1"))], out)
    gold = tmp_path / "gold.jsonl"
    nothing: dict[str, list[str]] = {"methods": [], "datasets": [], "metrics": [], "tasks": [], "claims": []}
    gold.write_bytes(orjson.dumps({"id": "p:1", "title": TITLE, "abstract": ABSTRACT, **nothing}))
    ((document, _),) = read_pairs([gold], found)
    assert [entity.name for entity in document.entities] == ["Pond"]
    texts = {document.text[mention.start : mention.end]: mention for group in document.doubtful for mention in group}
    assert {text: mention.type for text, mention in texts.items()} == {
        "Heron": EntityType.METHOD,
        "Willow": EntityType.DATASET,
    }
    assert texts["Willow"].score == 0.2


def test_papers_without_a_record_hold_what_the_recogniser_that_ships_finds(tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    paper = Paper("p:1", TITLE, ABSTRACT, SourceRef("gold", "gold.jsonl", 0))
    with found.open("wb") as out:
        write_records([Record(paper, (), (), Extractor("test", "1"))], out)
    nothing: dict[str, list[str]] = {"methods": [], "datasets": [], "metrics": [], "tasks": [], "claims": []}
    gold = tmp_path / "gold.jsonl"
    texts = {"title": "Image classification with ResNet-50", "abstract": "ResNet-50 reaches 76% accuracy on ImageNet."}
    gold.write_bytes(
        b"\n".join(
            [
                orjson.dumps({"id": "p:1", "title": TITLE, "abstract": ABSTRACT, **nothing}),
                orjson.dumps({"id": "p:2", **texts, **nothing}),
            ]
        )
    )
    known, other = (document for document, _ in read_pairs([gold], found))
    assert known.entities == []
    assert "ResNet-50" in {entity.name for entity in other.entities}
