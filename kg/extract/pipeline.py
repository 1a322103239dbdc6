"""The whole extraction: tokens, sentences, abbreviations, mentions, entities, claims."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from threadpoolctl import ThreadpoolController

from kg.errors import KgError
from kg.extract.claims import ClaimFinder
from kg.extract.collector import look_seldom
from kg.extract.document import Document
from kg.extract.entities import EntityFinder
from kg.extract.merge import merge_mentions
from kg.extract.reader import read_document
from kg.extract.version import extractor
from kg.model import Entity, Paper, Record
from kg.vocabulary import Vocabulary, load

BATCH = 64
"""Papers that are read at a time, each step for all of them."""


class ExtractionPipeline:
    """Makes records of papers. Made by `load`; not thread-safe."""

    def __init__(self, vocabulary: Vocabulary, entities: EntityFinder, claims: ClaimFinder) -> None:
        self._vocabulary = vocabulary
        self._entities = entities
        self._claims = claims
        self._extractor = extractor()
        self._threads = ThreadpoolController()

    @classmethod
    def load(cls) -> ExtractionPipeline:
        """The pipeline with the vocabulary and the weights that ship with the package."""
        vocabulary = load()
        return cls(vocabulary, EntityFinder.load(vocabulary), ClaimFinder.load())

    def extract(self, papers: Iterable[Paper], *, workers: int = 1, batch_size: int = BATCH) -> Iterator[Record]:
        """A record for each paper, in order; the same bytes whatever the number of workers and the size of a batch."""
        waiting = iter(papers)
        batches = iter(lambda: list(islice(waiting, batch_size)), [])
        if workers <= 1:
            for batch in batches:
                yield from self.read_all(batch)
        else:
            yield from _in_processes(batches, workers)

    def read(self, paper: Paper) -> Record:
        """The record of one paper."""
        return self.read_all([paper])[0]

    def read_all(self, papers: Sequence[Paper]) -> list[Record]:
        """The records of several papers, which takes less time than one by one."""
        return self.records(papers, [self.document(paper) for paper in papers])

    def records(self, papers: Sequence[Paper], documents: Sequence[Document]) -> list[Record]:
        """The records of papers from their documents, whose entities are set; a record keeps what was too long to read."""
        # The products of a paper are too small to share out: threads would only wait for each other, and their sums vary.
        with self._threads.limit(limits=1, user_api="blas"):
            for document, entities in zip(documents, self.entities(documents), strict=True):
                document.entities = entities
            claims = [self._claims.find_claims(document) for document in documents]
        return [
            Record(paper, tuple(document.entities), own, self._extractor)
            for paper, document, own in zip(papers, documents, claims, strict=True)
        ]

    def entities(self, documents: Sequence[Document]) -> list[list[Entity]]:
        """The entities of each paper."""
        found = self._entities.find_all(documents)
        vocabulary, aliases = self._vocabulary, self._entities.aliases
        return [
            merge_mentions(document, mentions, vocabulary, aliases)
            for document, mentions in zip(documents, found, strict=True)
        ]

    def document(self, paper: Paper) -> Document:
        """Tokens, sentences and abbreviations of a paper."""
        return read_document(paper)


def _in_processes(batches: Iterator[list[Paper]], workers: int) -> Iterator[Record]:
    """Batches in worker processes, results in order; at most two batches a worker are under way."""
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
    pending: list[Future[list[Record]]] = []
    try:
        pending += [pool.submit(_work, batch) for batch in islice(batches, 2 * workers)]
        while pending:
            done = pending.pop(0).result()
            pending.extend(pool.submit(_work, batch) for batch in islice(batches, 1))
            yield from done
    except BrokenProcessPool as exc:
        raise KgError("a worker process died (out of memory?); run again with fewer --workers") from exc
    finally:
        if pending:  # interrupted: nobody wants what is under way
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()
        pool.shutdown(cancel_futures=True)


_worker: ExtractionPipeline | None = None


def _start_worker() -> None:
    global _worker
    # Ctrl-C goes to every process of a terminal; the parent alone decides what then happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()
    _worker = ExtractionPipeline.load()


def _work(papers: Sequence[Paper]) -> list[Record]:
    assert _worker is not None, "the initializer has run"
    return _worker.read_all(papers)
