"""`train`: the weights of the package anew, from annotated papers and unlabelled abstracts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from kg.errors import MissingExtraError, SourceError


def train_entities(
    papers: Sequence[Path], corpora: Sequence[Path], work: Path, *, out: Path | None = None, seed: int = 1
) -> Path:
    """Trains the entity recogniser and returns the folder of its weights: `out`, else the package's own.

    Raises `SourceError` for files that are not there, `MissingExtraError` without torch.
    """
    for path in (*papers, *corpora):
        if not path.is_file():
            raise SourceError(f"{path}: no such file")
    if not corpora and not (work / "pretrained.npz").is_file():
        raise SourceError(f"{work} holds no pretrained.npz to start from: name unlabelled abstracts by --corpus")
    try:
        from kg.extract.entities.finder import WEIGHTS
        from kg.training.entities import run
    except ModuleNotFoundError as exc:
        raise MissingExtraError(str(exc.name), "train,torch") from exc
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    folder = WEIGHTS if out is None else out
    run(papers, corpora, work, out=folder, seed=seed)
    return folder
