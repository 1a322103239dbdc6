"""How every way of finding entities is measured: the same papers, the same merging, the same abstracts on the clock.

A way gives scored mentions (`MentionSpan`) for documents. It is fitted to four fifths of the annotated papers
(`train*.jsonl`), a threshold for each type is chosen on the fifth that was held back, and it is scored on that fifth
(a little flattered by the choice), on `dev.jsonl` and on `dev-2025.jsonl`. Mentions become entities by the project's
own merging with the pairs of forms that ship, so that only the finding differs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from threadpoolctl import threadpool_limits

from kg.errors import KgError
from kg.evaluate import Evaluation, evaluate, read_gold
from kg.extract.document import Document
from kg.extract.entities.alias import AliasNetwork
from kg.extract.entities.finder import EntityFinder
from kg.extract.entities.memory import TYPES, Match
from kg.extract.entities.words import Letters
from kg.extract.markup import trim_span
from kg.extract.mention import MentionSpan
from kg.extract.merge import merge_mentions
from kg.extract.reader import read_document
from kg.model import EntityType, Paper, SourceRef
from kg.training.corpus import read_texts
from kg.training.entity_gold import Example, make_example
from kg.vocabulary import Vocabulary, load

FOLDS = 5
"""Of this many annotated papers one is held back to choose thresholds on."""
GRID = tuple(place / 100 for place in range(5, 76, 5))
WARM, TIMED = 300, 500
Mentions = list[MentionSpan]
Find = Callable[[Iterable[Document]], Iterator[Mentions]]
Thresholds = dict[EntityType, float]
DECIDED: Thresholds = dict.fromkeys(TYPES, 0.0)
"""Of a way that gives only what it has decided on."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Annotated papers: to fit to, to choose thresholds on, of the pages, of 2025."""

    fit: list[Example]
    held: list[Example]
    dev: list[Example]
    late: list[Example]


@dataclass(frozen=True, slots=True)
class Place:
    """Words `first` to `last` (included) of a paper are an annotated name; `label` as in `Example.labels`."""

    first: int
    last: int
    label: int


class Bench:
    """Papers, vocabulary, and what ships, for comparison."""

    def __init__(self, gold: Path, corpus: Path) -> None:
        read = {path.name: read_examples(path) for path in sorted(gold.glob("*.jsonl"))}
        train = [example for name, part in read.items() if name.startswith("train") for example in part]
        self.papers = Papers(
            [example for number, example in enumerate(train) if number % FOLDS],
            train[::FOLDS],
            read["dev.jsonl"],
            read["dev-2025.jsonl"],
        )
        self.vocabulary: Vocabulary = load()
        self.shipped = EntityFinder.load(self.vocabulary)
        self.aliases: AliasNetwork | None = self.shipped.aliases
        self.clock = [
            Paper(f"clock:{number}", title, abstract, SourceRef("text", corpus.name, number))
            for number, (title, abstract) in enumerate(islice(read_texts([corpus]), WARM + TIMED))
        ]

    def row(self, what: str, find: Find, size: int | None, *, thresholds: Thresholds | None = None) -> None:
        """Prints a line of the table: F1 by type on dev / dev-2025 / the fifth held back, speed, size, thresholds."""
        parts = (self.papers.dev, self.papers.late, self.papers.held)
        found = [list(find(example.document for example in part)) for part in parts]
        chosen = self.choose(found[2]) if thresholds is None else thresholds
        scores = [self.score(part, mentions, chosen) for part, mentions in zip(parts, found, strict=True)]
        cells = [
            " / ".join(f"{score.tallies[kind.value].f1:.3f}".lstrip("0") for score in scores).strip() for kind in TYPES
        ]
        ships = self.speed(lambda documents: map(self.shipped.find, documents), DECIDED)
        speed = self.speed(find, chosen)
        weight = "–" if size is None else f"{size / 1e6:.1f} MB"
        print(f"| {what} | {' | '.join(cells)} | {speed:.0f} ({speed / ships:.2f}) | {weight} |", flush=True)
        print(f"  thresholds {[chosen[kind] for kind in TYPES]}, ships {ships:.0f}/s", flush=True)

    def choose(self, found: Sequence[Mentions]) -> Thresholds:
        """For each type the threshold with the best F1 on the fifth held back."""
        scores = {level: self.score(self.papers.held, found, dict.fromkeys(TYPES, level)) for level in GRID}
        return {kind: max(GRID, key=lambda level: scores[level].tallies[kind.value].f1) for kind in TYPES}

    def score(self, examples: Sequence[Example], found: Sequence[Mentions], thresholds: Thresholds) -> Evaluation:
        """Entities against the annotation."""
        records = []
        for example, mentions in zip(examples, found, strict=True):
            kept = [mention for mention in mentions if mention.score >= thresholds[mention.type]]
            entities = merge_mentions(example.document, kept, self.vocabulary, self.aliases)
            listed = [
                {"type": e.type.value, "name": e.name, "forms": list(e.forms), "introduced": e.introduced}
                for e in entities
            ]
            records.append({"id": example.gold["id"], "title": example.gold["title"], "entities": listed, "claims": []})
        return evaluate([example.gold for example in examples], records)

    def speed(self, find: Find, thresholds: Thresholds) -> float:
        """Abstracts a second of processor time, from a paper to its entities, after a warm-up."""
        self._read(find, thresholds, self.clock[:WARM])
        started = time.process_time()
        self._read(find, thresholds, self.clock[WARM:])
        return (len(self.clock) - WARM) / (time.process_time() - started)

    def _read(self, find: Find, thresholds: Thresholds, papers: Sequence[Paper]) -> None:
        documents = [read_document(paper) for paper in papers]
        for document, mentions in zip(documents, find(documents), strict=True):
            kept = [mention for mention in mentions if mention.score >= thresholds[mention.type]]
            merge_mentions(document, kept, self.vocabulary, self.aliases)


def read_examples(path: Path) -> list[Example]:
    """Annotated papers of a file. Raises `SourceError`."""
    return [
        make_example(
            read_document(Paper(gold["id"], gold["title"], gold["abstract"], SourceRef("gold", path.name, place))), gold
        )
        for place, gold in enumerate(read_gold(path))
    ]


def annotated(example: Example) -> list[Place]:
    """Where annotated names stand, optional ones too: of those that overlap the longest."""
    letters = Letters(example.words.squashed)
    matches = [Match(*place, key) for key in example.labels for place in letters.find(key)]
    taken = bytearray(len(example.words))
    places = []
    for match in sorted(matches, key=lambda match: (match.first - match.last, match)):
        if not any(taken[match.first : match.last + 1]):
            taken[match.first : match.last + 1] = b"\1" * (match.last + 1 - match.first)
            places.append(Place(match.first, match.last, example.labels[match.key]))
    return sorted(places, key=lambda place: place.first)


def mention_of(text: str, start: int, end: int, kind: EntityType, score: float) -> MentionSpan | None:
    """A mention without dressing and lone brackets; None where nothing is left."""
    first, last = trim_span(text, start, end)
    return MentionSpan(first, last, kind, score) if first < last else None


def folder_size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def parse(doc: str | None, *more: tuple[str, type, object]) -> argparse.Namespace:
    """The command line that all ways share, with more options: name, type, default."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("gold", type=Path, help="folder with train*.jsonl, dev.jsonl, dev-2025.jsonl")
    parser.add_argument("corpus", type=Path, help="unlabelled abstracts (.jsonl.gz); the first are read on the clock")
    for name, kind, default in more:
        parser.add_argument(name, type=kind, default=default)
    return parser.parse_args()


def run(main: Callable[[], None]) -> None:
    """Runs a way on one thread; what is wrong with its input is told in one line."""
    try:
        with threadpool_limits(limits=1):
            main()
    except KgError as exc:
        raise SystemExit(str(exc)) from exc
