"""How a claim is explained: sentence, colours, a row for each link."""

from __future__ import annotations

import json

import pytest
from rich.text import Text

from kg.api.show import ClaimView
from kg.cli.explain_claim import _sentence, show_claim
from kg.model import Bound, Claim, Evidence, Extractor, Kind, Link, Paper, Record, SourceRef

TEXT = "Nimbus reaches 91.5% accuracy on Puddle and Brook."
CLAIM = Claim(
    id="claim/0a1b2c3d4e5f",
    value=91.5,
    unit="%",
    kind=Kind.ABSOLUTE,
    bound=Bound.EXACT,
    evidence=Evidence("abstract", 15, 20, "91.5%", 0, len(TEXT)),
    confidence=0.97,
    metric="accuracy",
    datasets=("Puddle", "Brook"),
    method="Nimbus",
    dataset_ids=("dataset/puddle", "dataset/brook"),
    method_id="method/nimbus",
    links=(
        Link("method", "named before", 0.91),
        Link("datasets", "named after", 0.83),
        Link("datasets", "carried", 0.62, True),
    ),
)
PAPER = Paper("title:0123456789", "On clouds", TEXT, SourceRef("text", "invented", 0))
VIEW = ClaimView(Record(PAPER, (), (CLAIM,), Extractor("test", "1")), CLAIM)


def test_sentence_marks_the_quote_and_the_linked_names() -> None:
    text = _sentence(VIEW)
    assert isinstance(text, Text)
    marked = {TEXT[span.start : span.end]: str(span.style) for span in text.spans}
    assert marked["91.5%"] == "bold green"
    assert set(marked) == {"91.5%", "accuracy", "Puddle", "Brook", "Nimbus"}


def test_each_link_has_its_own_row(capsys: pytest.CaptureFixture[str]) -> None:
    show_claim(VIEW, json=False)
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\t" in line]
    datasets = [row[1:] for row in rows if row[0] == "datasets"]
    assert datasets == [
        ["Puddle", "dataset/puddle", "0.83", "named after"],
        ["Brook", "dataset/brook", "0.62", "carried, from another sentence"],
    ]
    assert ["metric", "accuracy", "", "", ""] in rows


def test_json_is_the_claim_with_its_paper(capsys: pytest.CaptureFixture[str]) -> None:
    show_claim(VIEW, json=True)
    shown = json.loads(capsys.readouterr().out)
    assert (shown["paper"], shown["title"], shown["evidence"]["quote"]) == ("title:0123456789", "On clouds", "91.5%")
