"""Unlabelled abstracts as rows of word numbers, for vectors and pre-training."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import SourceError
from kg.extract.entities.words import plain_words

LEAST = 12
"""Occurrences in the corpora from which a word has a vector of its own."""
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Corpus:
    """Abstracts one after the other: `ids` number the spellings, `offsets[i]` is where abstract i begins."""

    spellings: list[str]
    ids: NDArray[np.int32]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def lower(self) -> list[str]:
        """The key of each spelling in the table of known words."""
        return [word[:_LONGEST].lower() for word in self.spellings]

    def known(self, least: int = LEAST) -> dict[str, int]:
        """Words that occur often enough → rows from 1, the commonest first."""
        counts: Counter[str] = Counter()
        times = np.bincount(self.ids, minlength=len(self.spellings)).tolist()
        for word, count in zip(self.lower(), times, strict=True):
            counts[word] += count
        often = sorted((word for word, n in counts.items() if n >= least), key=lambda word: (-counts[word], word))
        return {word: row for row, word in enumerate(often, 1)}


def read_corpus(paths: Sequence[Path], limit: int | None = None) -> Corpus:
    """The words of every title and abstract of gzipped JSON Lines files; `limit` is a number of abstracts."""
    numbers: dict[str, int] = {}
    ids: list[NDArray[np.int32]] = []
    for title, abstract in read_texts(paths, limit):
        words = plain_words(title + "\n" + abstract)
        ids.append(np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int32))
    offsets = np.cumsum([0, *(len(part) for part in ids)])
    return Corpus(list(numbers), np.concatenate(ids), offsets)


def read_texts(paths: Sequence[Path], limit: int | None = None) -> Iterator[tuple[str, str]]:
    """Titles and abstracts with single spaces, of at most `limit` papers of all files. Raises `SourceError`."""
    count = 0
    for path in paths:
        try:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    if limit is not None and count >= limit:
                        return
                    paper = json.loads(line)
                    count += 1
                    yield " ".join(paper["title"].split()), " ".join(paper["abstract"].split())
        except (OSError, EOFError, ValueError, KeyError) as exc:
            raise SourceError(f"{path}: not gzipped abstracts, one JSON object a line: {exc}") from exc
