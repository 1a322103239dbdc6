"""Trains the entity recogniser: `python -m kg.training.entities TRAIN.jsonl ... --corpus ABSTRACTS.jsonl.gz ... --work FOLDER`.

1. Word vectors from the unlabelled abstracts, 2. the encoder pre-trained on them (kept in the work folder and read
again from there), 3. a network for each fold of the annotated papers, which judges the papers that it has not
seen: thresholds are chosen by these judgements, and `--predictions` keeps them as records for training the claim
linkers on, 4. a teacher that reads with a transformer, fitted to what the first fold's network was, labels some thousand
abstracts, 5. a student learns from half of them beside all annotated papers (half as much each), 6. the network for use
learns in the same way from all of them, labelled by the mean of what the teacher and that student think.
With `--start`, a recogniser fitted earlier labels abstracts in place of 4 to 6, and learns on from these and the annotated papers.
Papers whose claims alone are annotated are labelled as the unlabelled ones are, and what their claims name is laid over the labels.
Names of a paper that only it taught are hidden from it.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch

from kg.evaluate import read_gold
from kg.extract.document import Document
from kg.extract.entities.finder import WEIGHTS, EntityFinder
from kg.extract.reader import read_document
from kg.extract.version import extractor
from kg.model import Paper, Record, SourceRef
from kg.records import write_records
from kg.training import pretrain
from kg.training.alias import fit_aliases
from kg.training.claim_names import lay_over
from kg.training.corpus import read_corpus
from kg.training.encoder import TrainedEncoder
from kg.training.entity_gold import Example, make_example
from kg.training.entity_network import Fitting, NetworkSettings, TrainedForms
from kg.training.entity_spans import prepare
from kg.training.teach import Labels, label_all, mean_of, read_unlabelled, teach
from kg.training.thresholds import Judged, choose_thresholds
from kg.training.vectors import count_vectors
from kg.vocabulary import Vocabulary, load

log = logging.getLogger(__name__)
Gold = Mapping[str, Any]
FOLDS = 4
TAUGHT = 45_000
"""Abstracts of each corpus, at most, that students learn from."""
TAUGHT_BY_FINDER = 8_000
"""The same where a recogniser fitted earlier labels them."""


def for_student(settings: NetworkSettings) -> NetworkSettings:
    """How the student is fitted: with ten times the papers it needs less to keep it from learning them by heart."""
    return replace(settings, seed=settings.seed + 1, epochs=4, drop=0.1, drop_row=0.08, drop_form=0.15)


def to_go_on(settings: NetworkSettings) -> NetworkSettings:
    """How a recogniser fitted earlier learns on: less far from where it is."""
    return replace(for_student(settings), epochs=3, rate=0.0012)


def fit_finder(
    examples: Sequence[Example],
    start: Path | EntityFinder,
    vocabulary: Vocabulary,
    settings: NetworkSettings,
    taught: Sequence[tuple[Document, Labels]] = (),
) -> EntityFinder:
    """A finder fitted to annotated papers, and to papers that teachers labelled; with thresholds of 0.5.

    It starts from a file with a pre-trained encoder, or where a finder fitted earlier ended; its pairs of forms are joined as by that one.
    """
    torch.set_num_threads(1)
    memory, spans = prepare(examples, vocabulary)
    spans += [teach(document, labels, memory) for document, labels in taught]
    torch.manual_seed(settings.seed)
    if isinstance(start, EntityFinder):
        network = TrainedForms.of(start.forms, settings.drop_form)
        fitting, aliases = Fitting(spans, TrainedEncoder.of(start.encoder), settings, network), start.aliases
    else:
        fitting, aliases = Fitting(spans, pretrain.load(start), settings), fit_aliases(examples, seed=settings.seed)
    return EntityFinder(memory, *fitting.run(), aliases)


def fit_folds(
    examples: Sequence[Example], start: Path, vocabulary: Vocabulary, settings: NetworkSettings, jobs: int = 1
) -> list[EntityFinder]:
    """For each fold (paper i is of fold i modulo `FOLDS`) a finder fitted to all papers but those of the fold."""
    parts = [[e for i, e in enumerate(examples) if i % FOLDS != fold] for fold in range(FOLDS)]
    fit = partial(fit_finder, start=start, vocabulary=vocabulary, settings=settings)
    # One thread a process: threads of one small network wait for each other more than they work.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_log) as pool:
        return list(pool.map(fit, parts))


def _start_log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(process)d %(message)s")


def read_examples(paths: Sequence[Path]) -> list[Example]:
    """Annotated papers, one JSON object a line, but for those whose claims alone are annotated. Raises `SourceError`."""
    return [make_example(document, gold) for document, gold in _read(paths, claims_only=False)]


def read_named(paths: Sequence[Path]) -> list[tuple[Document, Gold]]:
    """The papers that have annotated claims, and no annotated entities. Raises `SourceError`."""
    return [(document, gold) for document, gold in _read(paths, claims_only=True) if gold["claims"]]


def _read(paths: Sequence[Path], *, claims_only: bool) -> Iterator[tuple[Document, Gold]]:
    for path in paths:
        for place, gold in enumerate(read_gold(path)):
            if gold.get("claims_only", False) == claims_only:
                source = SourceRef("gold", path.name, place)
                yield read_document(Paper(gold["id"], gold["title"], gold["abstract"], source)), gold


def judge(example: Example, finder: EntityFinder) -> Judged | None:
    """What a finder thinks of a paper's forms."""
    judged = finder.judge(example.words, example.document.abbreviations)
    return None if judged is None else Judged(example, *judged, finder.aliases)


def start_from(corpora: Sequence[Path], folder: Path, settings: pretrain.PretrainSettings) -> Path:
    """The file with the pre-trained encoder, made if it is not there."""
    path = folder / "pretrained.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        corpus = read_corpus(corpora)
        vectors = count_vectors(corpus, corpus.known(), settings.width, settings.seed)
        pretrain.save(pretrain.pretrain(corpus, vectors, settings), path)
    return path


def train(
    examples: Sequence[Example],
    corpora: Sequence[Path],
    start: Path,
    vocabulary: Vocabulary,
    settings: NetworkSettings,
    *,
    named: Sequence[tuple[Document, Gold]] = (),
    predictions: Path | None = None,
    encoder: Path | None = None,
    before: EntityFinder | None = None,
    jobs: int = 1,
) -> EntityFinder:
    """The finder for use, with thresholds chosen on folds.

    `named` are papers with annotated claims alone; `predictions` is a file for the records of the folds, `encoder` has the transformer that the
    teacher starts from, as `kg.training.teacher.unpack` reads it; a finder fitted `before` labels abstracts in place of teacher and student, and learns on.
    """
    folds = _kept(start.parent, lambda: fit_folds(examples, start, vocabulary, settings, jobs), vocabulary)
    judged = [one for i, example in enumerate(examples) if (one := judge(example, folds[i % FOLDS]))]
    thresholds = choose_thresholds(judged, vocabulary)
    if predictions is not None:
        with predictions.open("wb") as out:
            write_records(_records(judged, thresholds, vocabulary), out)
    documents = [document for document, _ in named]
    documents += read_unlabelled(corpora, TAUGHT if before is None else TAUGHT_BY_FINDER)

    def taught(labels: Sequence[Labels]) -> list[tuple[Document, Labels]]:
        over = [lay_over(one, *paper) for one, paper in zip(labels, named, strict=False)]
        return list(zip(documents, [*over, *labels[len(over) :]], strict=True))

    if before is not None:
        labels = label_all(documents, before, jobs)
        finder = fit_finder(examples, before, vocabulary, to_go_on(settings), taught(labels))
        return replace(finder, thresholds=thresholds)
    fit = partial(fit_finder, examples, start, vocabulary, for_student(settings))
    labels = label_all(documents, _teacher(examples, start, vocabulary, encoder, settings.seed), jobs)
    student = fit(taught(labels)[::2])
    labels = [mean_of(*both) for both in zip(labels, label_all(documents, student, jobs), strict=True)]
    return replace(fit(taught(labels)), thresholds=thresholds)


def _teacher(
    examples: Sequence[Example], start: Path, vocabulary: Vocabulary, encoder: Path | None, seed: int
) -> EntityFinder:
    """The teacher of an earlier run, else a new one, kept beside `start`. Papers of the first fold judge it: it never sees them."""
    from kg.training import entity_teacher
    from kg.training.teacher import unpack

    folder = unpack(start.parent, encoder)
    place = entity_teacher.place_of(start.parent, folder)
    if not (place / "network.npz").exists():
        part = [example for i, example in enumerate(examples) if i % FOLDS]
        settings = entity_teacher.TeacherSettings(seed=seed)
        entity_teacher.save(entity_teacher.fit_teacher(part, start, vocabulary, settings, folder), place)
    return entity_teacher.load(place, vocabulary, folder)


def _kept(folder: Path, fit: Callable[[], Sequence[EntityFinder]], vocabulary: Vocabulary) -> list[EntityFinder]:
    """Finders of an earlier run, else new ones, kept in the folder for the next."""
    places = [folder / "folds" / str(number) for number in range(FOLDS)]
    if not all((place / "network.npz").exists() for place in places):
        for finder, place in zip(fit(), places, strict=True):
            finder.save(place)
    return [EntityFinder.load(vocabulary, place) for place in places]


def _records(judged: Sequence[Judged], thresholds: tuple[float, ...], vocabulary: Vocabulary) -> Iterator[Record]:
    """What is found in each paper, and behind it what is doubtful: that has less confidence than the threshold of its type."""
    for one in judged:
        entities = (*one.entities(thresholds, vocabulary), *one.doubtful(thresholds))
        yield Record(one.example.document.paper, entities, (), extractor())


def run(
    papers: Sequence[Path],
    corpora: Sequence[Path],
    work: Path,
    *,
    out: Path = WEIGHTS,
    predictions: Path | None = None,
    encoder: Path | None = None,
    before: Path | None = None,
    jobs: int = 2,
    seed: int = 1,
) -> None:
    """Trains from files and writes the weights to `out`; `work` keeps what later runs can start from.

    `before` is the folder with the weights of a recogniser that labels abstracts and learns on; without it a teacher labels them.
    """
    torch.set_num_threads(jobs)
    vocabulary = load()
    known = None if before is None else EntityFinder.load(vocabulary, before)
    examples = read_examples(papers)
    start = start_from(corpora, work, pretrain.PretrainSettings(seed=seed))
    settings = NetworkSettings(seed=seed)
    finder = train(
        examples, corpora, start, vocabulary, settings, named=read_named(papers),
        predictions=predictions, encoder=encoder, before=known, jobs=jobs,
    )  # fmt: skip
    finder.save(out)


def main() -> None:
    """The command line of this module; `kg train entities` is the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", nargs="+", type=Path)
    parser.add_argument("--corpus", action="append", type=Path, default=[], help="unlabelled abstracts, .jsonl.gz")
    parser.add_argument("--work", type=Path, required=True, help="folder for what later runs start from")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--predictions", type=Path, help="write the entities of each paper as found without it")
    parser.add_argument(
        "--encoder", type=Path, help="transformer that the teacher starts from; all-MiniLM-L6-v2 by default"
    )
    parser.add_argument(
        "--start",
        dest="before",
        type=Path,
        help="folder with the weights of a recogniser that labels abstracts and learns on",
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--seed", type=int, default=1)
    given = vars(parser.parse_args())
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    run(given.pop("papers"), given.pop("corpus"), given.pop("work"), **given)


if __name__ == "__main__":
    main()
