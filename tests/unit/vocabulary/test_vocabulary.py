"""The vocabulary: what it finds by which spelling, the package's own files, and files of a user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import EntityType
from kg.vocabulary import ENVIRONMENT, add_term, also_reading, check, fold, load, make_term

HEADER = "type\tname\taliases\tdirection\tunit\tbroader"


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_package_files_have_no_problem() -> None:
    assert check() == []


@pytest.mark.parametrize(("kind", "least"), [("dataset", 600), ("metric", 300), ("method", 800), ("task", 500)])
def test_package_knows_enough_names(kind: str, least: int) -> None:
    assert len(load().of_type(kind)) >= least


@pytest.mark.parametrize(
    ("kind", "spelling", "name"),
    [
        ("dataset", "CIFAR 10", "CIFAR-10"),
        ("dataset", "SQuAD v2.0", "SQuAD 2.0"),
        ("method", "ViTs", "Vision Transformer"),
        ("method", "VITS", "VITS"),
        ("method", "ViT-S", "ViT-S"),
        ("method", "group relative policy optimisation", "GRPO"),
        ("metric", "accuracies", "accuracy"),
        ("metric", "FLOPS", "FLOPs"),
    ],
)
def test_lookup_finds_a_name_in_any_spelling(kind: str, spelling: str, name: str) -> None:
    term = load().lookup(kind, spelling)
    assert term is not None
    assert term.name == name


def test_ambiguous_abbreviation_is_no_sure_name() -> None:
    vocabulary = load()
    assert vocabulary.lookup("method", "DP") is None
    assert {t.name for t in vocabulary.unsure("method", "DP")} == {"differential privacy", "dynamic programming"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("C++", "C"), ("β-VAE", "VAE"), ("ViT-S", "ViTs"), ("YOLOv3", "YOLOv5"), ("U-Net++", "U-Net"), ("A*", "A")],
)
def test_fold_keeps_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_users_file_adds_names_and_aliases(tmp_path: Path) -> None:
    file = write(
        tmp_path / "own.tsv", "dataset\tZoo Images\tZooIm|ZI?\t\t\t", "dataset\tCIFAR-10\tTiny Pictures Ten\t\t\t"
    )
    vocabulary = load([file])
    for name, found in [("zooim", "Zoo Images"), ("Tiny pictures ten", "CIFAR-10"), ("CIFAR10", "CIFAR-10")]:
        term = vocabulary.lookup("dataset", name)
        assert term is not None
        assert term.name == found
    assert vocabulary.lookup("dataset", "ZI") is None
    assert load().lookup("dataset", "ZooIm") is None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("dataset\tZoo\tCIFAR10\t\t\t", "alias 'CIFAR10' belongs to 'CIFAR-10'"),
        ("datset\tZoo\t\t\t\t", "type 'datset'"),
        ("metric\tzoo score\t\tup\t\t", "direction 'up'"),
        ("metric\tzoo score\t\thigher\tlightyear\t", "unit 'lightyear'"),
        ("dataset\tZoo-3\t\t\t\tNo Such Family", "no dataset is named 'No Such Family'"),
        ("dataset\t--\t\t\t\t", "no letter or digit"),
        ("dataset\tZoo?\t\t\t\t", "only an alias may need context"),
        ("dataset\tZoo\ta\tb\tc\td\te\tf\tg", "9 columns"),
        ("metric\tzoo score\tscore\t\t\t", "too general"),
    ],
)
def test_check_names_file_line_and_fault(tmp_path: Path, row: str, message: str) -> None:
    file = write(tmp_path / "own.tsv", "dataset\tFirst\t\t\t\t", row)
    (problem,) = check([file])
    assert problem.line == 3
    assert message in problem.message
    assert str(problem).startswith(f"{file}:3: ")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"name\taliases\n", b"type\tname\tcolour\n"])
def test_file_that_is_no_vocabulary_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "own.tsv"
    file.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        load([file])
    assert str(caught.value).startswith(f"{file}:")
    assert "\n" not in str(caught.value)


def test_add_term_makes_the_file_and_joins_aliases(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    add_term(file, make_term(EntityType.DATASET, {"name": "Zoo Images", "aliases": "ZooIm"}))
    term = add_term(file, make_term(EntityType.DATASET, {"name": "zoo-images", "aliases": "ZImg|ZI?"}))
    assert (term.name, term.aliases, term.ambiguous) == ("Zoo Images", ("ZooIm", "ZImg"), ("ZI",))
    assert check([file]) == []


def test_add_term_that_does_not_fit_leaves_the_file(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    add_term(file, make_term(EntityType.DATASET, {"name": "Zoo Images"}))
    before = file.read_bytes()
    with pytest.raises(SourceError, match="belongs to 'MNIST'"):
        add_term(file, make_term(EntityType.DATASET, {"name": "Zoo Images", "aliases": "MNIST"}))
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["own.tsv"]


def test_file_of_a_graph_is_read_only_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    file = write(tmp_path / "vocabulary.tsv", "dataset\tZoo Images\tZooIm\t\t\t")
    with also_reading(file):
        assert load().lookup("dataset", "ZooIm") is not None
    assert load().lookup("dataset", "ZooIm") is None
    assert ENVIRONMENT not in os.environ
    with also_reading(tmp_path / "absent.tsv"):
        assert load().lookup("dataset", "ZooIm") is None
