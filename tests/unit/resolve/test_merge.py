"""Forms of one paper that a careless grouper calls one thing stay two where the vocabulary or the paper knows better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
import spacy

from kg.extract.abbreviations import find_abbreviations
from kg.extract.document import Document
from kg.extract.mention import MentionSpan
from kg.extract.merge import merge_mentions
from kg.model import EntityType, Paper, SourceRef
from kg.vocabulary import load


class AllOne:
    """Calls all forms one thing."""

    def group(self, kind: EntityType, texts: Sequence[str], abbreviations: Mapping[str, str]) -> list[int]:  # noqa: ARG002
        return [0] * len(texts)


def _count(abstract: str, mentions: list[MentionSpan]) -> int:
    """How many entities the mentions are in a paper with the title T, where all forms are called one thing."""
    text = f"T\n{abstract}"
    paper = Paper("arxiv:2601.00001", "T", abstract, SourceRef("text", "made", 0))
    document = Document(paper, text, spacy.blank("en")(""), abbreviations=find_abbreviations(text))
    return len(merge_mentions(document, mentions, load(), AllOne()))


@pytest.mark.parametrize(
    ("type", "names", "entities"),
    [
        ("dataset", ["CIFAR-10", "CIFAR-100"], 2),
        ("dataset", ["ImageNet", "ImageNet-1K", "ImageNet-21K"], 3),
        ("method", ["ResNet-50", "ResNet-101"], 2),
        ("method", ["GPT-4", "GPT-4o"], 2),
        ("method", ["Zubra", "our zub engine"], 1),
        ("method", ["ResNet-50", "our zub engine"], 1),
        ("method", ["quantization", "*Zubra"], 2),
        ("method", ["stochastic gradient descent", "*SGD"], 1),
        ("metric", ["accuracy", "classification accuracy"], 1),
    ],
)
def test_grouped_forms(type: str, names: list[str], entities: int) -> None:
    """A star marks what the paper coins."""
    coined = [name.startswith("*") for name in names]
    names = [name.lstrip("*") for name in names]
    abstract = " and ".join(names)
    text = f"T\n{abstract}"
    spans = [(at := text.index(name, len(text) - len(abstract)), at + len(name)) for name in names]
    kind = EntityType(type)
    mentions = [MentionSpan(*span, kind, 0.9, "", float(own)) for span, own in zip(spans, coined, strict=True)]
    assert _count(abstract, mentions) == entities


@pytest.mark.parametrize(
    ("text", "names", "entities"),
    [
        ("Owl Lines (OL) and Mid Owl Lines (MOL)", ["OL", "MOL"], 2),
        ("Owl Lines (OL) and Mid Owl Lines (MOL)", ["Owl Lines", "MOL", "Mid Owl Lines"], 2),
        ("Owl Lines (OL) beat Heron", ["OL", "Heron"], 1),
        ("Owl Lines beat Mid Owl Lines (MOL)", ["Owl Lines", "MOL"], 1),
    ],
    ids=["both", "by long forms", "one alone", "the other alone"],
)
def test_names_that_the_paper_abbreviates_apart_stay_apart(text: str, names: list[str], entities: int) -> None:
    full = f"T\n{text}"
    spans = [(at := full.index(name), at + len(name)) for name in names]
    mentions = [MentionSpan(*span, EntityType.METRIC, 0.9, "", 0.0) for span in spans]
    assert _count(text, mentions) == entities
