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
from kg.extract.document import Document
from kg.extract.entities import EntityFinder
from kg.extract.merge import merge_mentions
from kg.extract.reader import read_document
from kg.extract.version import extractor
from kg.model import Entity, Paper, Record
from kg.vocabulary import Vocabulary, load

BATCH = 64
"""Papers that one process takes at a time."""


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
        """A record for each paper, in order; the same bytes whatever the number of workers."""
        if workers <= 1:
            for paper in papers:
                yield self.read(paper)
        else:
            yield from _in_processes(papers, workers, batch_size)

    def read(self, paper: Paper) -> Record:
        """The record of one paper."""
        return self.record(paper, self.document(paper))

    def record(self, paper: Paper, document: Document) -> Record:
        """The record of a paper from its document, whose entities are set; the record keeps what was too long to read."""
        # The products of a paper are too small to share out: threads would only wait for each other, and their sums vary.
        with self._threads.limit(limits=1, user_api="blas"):
            document.entities = self.entities(document)
            claims = self._claims.find_claims(document)
        return Record(paper, tuple(document.entities), claims, self._extractor)

    def entities(self, document: Document) -> list[Entity]:
        """The entities of a paper."""
        mentions = self._entities.find(document)
        return merge_mentions(document, mentions, self._vocabulary, self._entities.aliases)

    def document(self, paper: Paper) -> Document:
        """Tokens, sentences and abbreviations of a paper."""
        return read_document(paper)


def _in_processes(papers: Iterable[Paper], workers: int, size: int) -> Iterator[Record]:
    """Batches in worker processes, results in order; at most two batches a worker are under way."""
    iterator = iter(papers)
    batches = iter(lambda: list(islice(iterator, size)), [])
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
    _worker = ExtractionPipeline.load()


def _work(papers: Sequence[Paper]) -> list[Record]:
    assert _worker is not None, "the initializer has run"
    return [_worker.read(paper) for paper in papers]
