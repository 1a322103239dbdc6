"""What an annotated paper says of numbers and names, and what one does whose claims alone are annotated."""

from __future__ import annotations

from kg.extract.document import Document
from kg.extract.reader import read_document
from kg.model import Entity, EntityType, Paper, SourceRef
from kg.training.agree import gold_paper

ABSTRACT = "The Zorba Network (ZN) beats Heron."
PAPER = Paper("x:1", "Counting", ABSTRACT, SourceRef("text", "x", 1))
GOLD = {"methods": [{"forms": ["Heron", "the bird finder"]}], "datasets": [], "metrics": [], "tasks": [], "claims": []}


def _document() -> Document:
    document = read_document(PAPER)
    found = ("Zorba Network", "ZN")
    document.entities = [Entity(EntityType.METHOD, "method/zorba", found[0], found, (), 1.0, True)]
    return document


def test_names_mean_the_same_that_are_annotated_as_one() -> None:
    paper = gold_paper(_document(), GOLD)
    assert paper.same("method", "Heron", "the bird finder")
    assert paper.same("method", "zorba networks", "Zorba Network")
    assert not paper.same("method", "ZN", "Zorba Network")


def test_where_claims_alone_are_annotated_those_that_are_found_as_one() -> None:
    paper = gold_paper(_document(), GOLD | {"claims_only": True})
    assert paper.same("method", "ZN", "Zorba Network")
    assert not paper.same("task", "ZN", "Zorba Network")
    assert not paper.same("method", "Heron", "the bird finder")
