"""The network that ships with one part of its evidence taken away, fitted anew each time.

    python bench/ways/ablations.py ../shared/gold ../shared/corpora/arxiv-2025-100k.jsonl.gz --start .cache/training/pretrained.npz

`--start` is the pre-trained encoder that `kg train entities` leaves in its work folder; `--epochs` and `--only NAME`
cut it short. Each network is fitted as `kg train entities` fits one, without the student's step, to four fifths of the
annotated papers. Needs the extra `torch`. Seeded; torch is not bit-exact between machines.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from measure import Bench, Mentions, folder_size, parse, run

from kg.extract.document import Document
from kg.extract.entities.candidates import Candidates
from kg.extract.entities.finder import EntityFinder, Look, choose
from kg.extract.entities.memory import Memory
from kg.extract.entities.words import Words, words_of
from kg.training.entity_gold import Example, remember, without
from kg.training.entity_spans import Spans, make_spans
from kg.vocabulary import Vocabulary

REPETITION, ONCE = 3, 101
"""Column of the context rows that says how often a word comes, and the row of the table for once."""
FLOOR = 0.05


@dataclass(frozen=True, slots=True)
class Ablation:
    """What is left: evidence over the paper, the vocabulary, names that annotated papers taught, the title."""

    name: str
    what: str
    pooled: bool = True
    listed: bool = True
    taught: bool = True
    titled: bool = True


ABLATIONS = (
    Ablation("whole", "network over forms, nothing taken away"),
    Ablation("alone", "… each place judged alone: no pooling, repetition or partner", pooled=False),
    Ablation("unknown", "… no known names: neither vocabulary nor taught", listed=False, taught=False),
    Ablation("untitled", "… not told where the title is", titled=False),
    Ablation("untaught", "… vocabulary, but no taught names", taught=False),
    Ablation("unlisted", "… taught names, but no vocabulary", listed=False),
)


class PlaceFinder(EntityFinder):
    """A finder that judges each place of a form alone."""

    def look(self, words: Words, abbreviations: Mapping[str, str]) -> Look:
        """As what ships sees a paper, but each place is a candidate of its own, without partner."""
        seen = EntityFinder.look(self, words, abbreviations)
        c = seen.candidates
        keys = np.repeat(np.array(c.keys, object), np.diff(c.offsets)).tolist()
        return replace(seen, candidates=Candidates(keys, c.firsts, c.lasts, np.arange(len(keys) + 1)))


def parted(spans: Spans) -> Spans:
    """A paper to learn from in which each place is a form of its own, and no word comes twice."""
    times = np.diff(spans.offsets)
    spans.context[:, REPETITION] = ONCE
    return replace(
        spans,
        keys=np.repeat(np.array(spans.keys, object), times).tolist(),
        offsets=np.arange(int(times.sum()) + 1),
        labels=np.repeat(spans.labels, times),
        introduced=np.repeat(spans.introduced, times),
        always=np.repeat(spans.always, times),
        partners={},
        shorts=set(),
    )


def prepare(ablation: Ablation, examples: Sequence[Example], vocabulary: Vocabulary) -> tuple[Memory, list[Spans]]:
    """As `kg.training.entities.prepare`, without what the ablation takes away."""
    counts, own = remember(examples) if ablation.taught else ({}, [{} for _ in examples])
    memory = Memory(counts, vocabulary if ablation.listed else Vocabulary(()))
    papers = []
    for example, mine in zip(examples, own, strict=True):
        one = example if ablation.titled else replace(example, words=replace(example.words, title=0))
        spans = make_spans(one, memory, without(counts, mine, memory.index.find(one.words)))
        papers.append(spans if ablation.pooled else parted(spans))
    return memory, papers


def fit(ablation: Ablation, bench: Bench, start: Path, epochs: int) -> EntityFinder:
    """A network fitted to the papers."""
    import torch

    from kg.training import pretrain
    from kg.training.entity_network import Fitting, NetworkSettings

    torch.set_num_threads(1)
    settings = NetworkSettings(epochs=epochs)
    memory, papers = prepare(ablation, bench.papers.fit, bench.vocabulary)
    torch.manual_seed(settings.seed)
    encoder, forms = Fitting(papers, pretrain.load(start), settings).run()
    if not ablation.pooled:  # however often a word comes, it has the one row that was learned
        encoder.context[ONCE:] = encoder.context[ONCE]
    return (EntityFinder if ablation.pooled else PlaceFinder)(memory, encoder, forms, bench.aliases)


def find(ablation: Ablation, finder: EntityFinder, documents: Iterable[Document]) -> Iterator[Mentions]:
    """Mentions of documents, also unlikely ones."""
    for document in documents:
        words = words_of(document)
        judged = finder.judge(words if ablation.titled else replace(words, title=0), document.abbreviations)
        yield [] if judged is None else choose(words, *judged, (FLOOR,) * 4)[0]


def main() -> None:
    """Fits each network and prints its row."""
    given = parse(__doc__, ("--start", Path, None), ("--epochs", int, 7), ("--only", str, ""))
    if given.start is None or importlib.util.find_spec("torch") is None:
        raise SystemExit("this needs --start PRETRAINED.npz and torch: pip install 'paperkg[torch]'")
    bench = Bench(given.gold, given.corpus)
    for ablation in ABLATIONS:
        if given.only and ablation.name not in given.only.split(","):
            continue
        began = time.process_time()
        finder = fit(ablation, bench, given.start, given.epochs)
        print(f"  {ablation.name}: fitted in {time.process_time() - began:.0f} s", flush=True)
        with TemporaryDirectory() as folder:
            finder.save(Path(folder))
            size = folder_size(Path(folder))
        bench.row(ablation.what, partial(find, ablation, finder), size)


if __name__ == "__main__":
    run(main)
