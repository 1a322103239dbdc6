"""The annotations that come with the project belong to abstracts of the shared corpora, and to none that measures it."""

from __future__ import annotations

from pathlib import Path

from kg.evaluate import read_gold
from kg.training.corpus import read_texts
from kg.training.standoff import digest, join, read_rows

FOLDER = Path(__file__).resolve().parents[2] / "annotations"


def test_every_annotation_meets_its_abstract(shared: Path) -> None:
    corpora = sorted((shared / "corpora").glob("*.jsonl.gz"))
    learned, held = (read_rows(FOLDER / f"{name}.jsonl.gz") for name in ("arxiv", "held"))
    papers = join([*learned, *held], corpora)
    assert len(papers) == len(learned) + len(held) == 5180
    for paper in papers:
        assert all(claim["quote"] in claim["context"] for claim in paper["claims"])
        assert all(
            form.strip() for kind in ("methods", "datasets") for entity in paper[kind] for form in entity["forms"]
        )
    measured = {
        digest(gold["title"], gold["abstract"])
        for name in ("dev", "dev-2025")
        for gold in read_gold(shared / "gold" / f"{name}.jsonl")
    }
    known = [row["digest"] for row in (*learned, *held)]
    assert len(set(known)) == len(known)
    assert not measured & set(known)


def test_recent_abstracts_are_no_others(shared: Path) -> None:
    recent, claims, held, measured = (
        read_rows(FOLDER / f"{name}.jsonl.gz") for name in ("recent", "claims", "held-claims", "held-recent")
    )
    assert all(row["claims_only"] for row in (*claims, *held))
    assert not any("claims_only" in row for row in (*recent, *measured))
    known = [row["digest"] for row in (*recent, *claims, *held)]
    assert len(set(known)) == len(known) == 28668
    assert {row["digest"] for row in measured} <= {row["digest"] for row in held}
    others = {
        row["digest"]
        for name in ("arxiv", "elsewhere", "held", "held-elsewhere")
        for row in read_rows(FOLDER / f"{name}.jsonl.gz")
    }
    corpora = {digest(*text) for text in read_texts(sorted((shared / "corpora").glob("*.jsonl.gz")))}
    gold = {
        digest(paper["title"], paper["abstract"])
        for path in sorted((shared / "gold").glob("*.jsonl"))
        for paper in read_gold(path)
    }
    assert not set(known) & (others | corpora | gold)
