"""`train`: the weights of the package anew, from annotated papers and unlabelled abstracts."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import BadZipFile

from kg import vocabulary
from kg.errors import MissingExtraError, SourceError
from kg.extract.claims.finder import ClaimFinder
from kg.extract.entities.finder import EntityFinder


def train_entities(
    papers: Sequence[Path],
    corpora: Sequence[Path],
    work: Path,
    *,
    out: Path | None = None,
    predictions: Path | None = None,
    start: Path | None = None,
    encoder: Path | None = None,
    seed: int = 1,
) -> Path:
    """Trains the entity recogniser and returns the folder of its weights: `out`, else the package's own.

    `predictions` is a file for the entities of each paper as found without it, which `train_claims` learns on; `start` is a folder with the
    weights of a recogniser that labels abstracts and learns on, and without it a teacher labels them; `encoder` is what `kg.training.teacher.unpack` reads.
    Raises `SourceError` for files that are not there or weights that are none, `MissingExtraError` without torch.
    """
    _check(*papers, *corpora)
    _check_encoder(encoder)
    if start is not None:
        _check(start / "network.npz", start / "memory.txt")
        _check_weights(lambda: EntityFinder.load(vocabulary.load(), start), start)
        _check_labelled(corpora)
    if not corpora and not (work / "pretrained.npz").is_file():
        raise SourceError(f"{work} holds no pretrained.npz to start from: name unlabelled abstracts by --corpus")
    try:
        import kg.training.entity_teacher  # noqa: F401
        from kg.extract.entities.finder import WEIGHTS
        from kg.training.entities import run
    except ModuleNotFoundError as exc:
        raise MissingExtraError(str(exc.name), "train,teacher") from exc
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    folder = WEIGHTS if out is None else out
    run(papers, corpora, work, out=folder, predictions=predictions, encoder=encoder, before=start, seed=seed)
    return folder


def train_all(
    papers: Sequence[Path], corpora: Sequence[Path], work: Path, *, encoder: Path | None = None, seed: int = 1
) -> tuple[Path, Path]:
    """Trains the entity recogniser, then what finds and links claims, on the entities as found in unseen papers.

    Returns the folders of their weights, which are the package's own. Raises as the two do.
    """
    predictions = work / "found.jsonl"
    first = train_entities(papers, corpora, work, predictions=predictions, encoder=encoder, seed=seed)
    return first, train_claims(papers, predictions, corpora=corpora, work=work, encoder=encoder, seed=seed)


def train_claims(
    papers: Sequence[Path],
    entities: Path,
    *,
    corpora: Sequence[Path] = (),
    work: Path | None = None,
    out: Path | None = None,
    start: Path | None = None,
    encoder: Path | None = None,
    seed: int = 1,
) -> Path:
    """Trains what finds and links claims and returns the folder of its weights: `out`, else the package's own.

    With unlabelled abstracts and a folder to work in, a teacher labels them to learn from as well, and beside it the finder whose
    weights the folder `start` has. Raises `SourceError` for files that are not there or weights that are none,
    `MissingExtraError` without torch, or without what the teacher needs.
    """
    _check(*papers, entities, *corpora)
    _check_encoder(encoder)
    if start is not None:
        _check(start / "numbers.npz")
        _check_weights(lambda: ClaimFinder.load(start), start)
        _check_labelled(corpora)
    if corpora and work is None:
        raise SourceError("a folder to work in is needed for unlabelled abstracts: name it by --work")
    try:
        if corpora:
            import kg.training.claim_labels  # noqa: F401

        from kg.extract.claims.finder import WEIGHTS
        from kg.training.claims import run
    except ModuleNotFoundError as exc:
        raise MissingExtraError(str(exc.name), "train,teacher" if corpora else "torch") from exc
    folder = WEIGHTS if out is None else out
    run(papers, entities, corpora=corpora, work=work, out=folder, start=start, encoder=encoder, seed=seed)
    return folder


def write_annotated(annotations: Path, corpora: Sequence[Path], out: Path) -> tuple[int, int]:
    """Writes the annotated papers of a file of annotations kept apart (`kg.training.standoff`) whose abstracts are in `corpora`.

    Returns how many were written, and how many annotations there are. Raises `SourceError` where a file is not there or none is found.
    """
    import orjson

    from kg.training.standoff import join, read_rows

    _check(annotations, *corpora)
    rows = read_rows(annotations)
    papers = join(rows, corpora)
    if not papers:
        raise SourceError(f"none of the abstracts that {annotations} is about is in the files of --corpus")
    try:
        out.write_bytes(b"".join(orjson.dumps(paper) + b"\n" for paper in papers))
    except OSError as exc:
        raise SourceError(f"{out}: {exc.strerror}") from exc
    return len(papers), len(rows)


def _check_labelled(corpora: Sequence[Path]) -> None:
    if not corpora:
        raise SourceError("there is nothing for the finder of --start to label: name unlabelled abstracts by --corpus")


def _check_weights(load: Callable[[], object], folder: Path) -> None:
    try:
        load()
    except (OSError, EOFError, KeyError, TypeError, ValueError, BadZipFile, zlib.error) as exc:
        raise SourceError(f"{folder}: not weights that this version reads ({exc})") from exc


def _check_encoder(encoder: Path | None) -> None:
    if encoder is not None and not encoder.exists():
        raise SourceError(f"{encoder}: no such file or folder")


def _check(*paths: Path) -> None:
    for path in paths:
        if not path.is_file():
            raise SourceError(f"{path}: no such file")
