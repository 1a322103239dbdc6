"""Which abstracts a teacher for claims labels."""

import gzip
import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs the extra torch")

from kg.extract.claims import ClaimFinder
from kg.extract.pipeline import ExtractionPipeline
from kg.training.claim_labels import choose_documents

ABSTRACTS = [
    "We present Nimbus for cloud counting. It reaches 91.5% accuracy on CIFAR-10.",
    "We present Stratus for cloud counting. It reaches 84.2% accuracy on CIFAR-100.",
    "We look at clouds and count none.",
]


def test_abstracts_with_claims_are_labelled_but_those_annotated(tmp_path: Path) -> None:
    corpus = tmp_path / "abstracts.jsonl.gz"
    with gzip.open(corpus, "wt") as lines:
        lines.writelines(json.dumps({"title": "Clouds", "abstract": text}) + "\n" for text in ABSTRACTS)
    entities, finder = ExtractionPipeline.load().entities, ClaimFinder.load()
    both = [document.text for document in choose_documents([corpus], entities, finder)]
    assert both == [f"Clouds\n{text}" for text in ABSTRACTS[:2]]
    (left,) = choose_documents([corpus], entities, finder, [both[0].replace(". ", ".\n  ")])
    assert left.text == both[1]
