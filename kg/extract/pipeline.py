"""The whole extraction: tokens, sentences, abbreviations, mentions, entities, claims."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice

from kg.errors import KgError
from kg.extract.abbreviations import find_abbreviations
from kg.extract.claims import ClaimFinder
from kg.extract.coined import find_coined
from kg.extract.document import SEPARATOR, Document
from kg.extract.lexicon import Lexicon
from kg.extract.merge import merge_mentions
from kg.extract.sentences import split_sentences
from kg.extract.tokenizer import make_tokenizer
from kg.extract.version import extractor
from kg.model import Paper, Record
from kg.vocabulary import Vocabulary, load

MAX_CHARACTERS = 20_000
"""Of an abstract that is read; what comes after is kept in the record and not searched."""
BATCH = 64
"""Papers that one process takes at a time."""


class ExtractionPipeline:
    """Makes records of papers. Made by `load`; not thread-safe."""

    def __init__(self, vocabulary: Vocabulary, claims: ClaimFinder) -> None:
        import spacy

        self._tokenize = make_tokenizer(spacy.blank("en"))
        self._vocabulary = vocabulary
        self._lexicon = Lexicon(vocabulary)
        self._claims = claims
        self._extractor = extractor()

    @classmethod
    def load(cls) -> ExtractionPipeline:
        """The pipeline with the vocabulary and the weights that ship with the package."""
        return cls(load(), ClaimFinder.load())

    def extract(self, papers: Iterable[Paper], *, workers: int = 1, batch_size: int = BATCH) -> Iterator[Record]:
        """A record for each paper, in order; the same bytes whatever the number of workers."""
        if workers <= 1:
            for paper in papers:
                yield self.read(paper)
        else:
            yield from _in_processes(papers, workers, batch_size)

    def read(self, paper: Paper) -> Record:
        """The record of one paper."""
        document = self.document(paper)
        mentions = [*self._lexicon.find(document), *find_coined(document)]
        document.entities = merge_mentions(document, mentions, self._vocabulary)
        claims = self._claims.find_claims(document)
        return Record(paper, tuple(document.entities), claims, self._extractor)

    def document(self, paper: Paper) -> Document:
        """Tokens, sentences and abbreviations of a paper."""
        read = replace(paper, abstract=paper.abstract[:MAX_CHARACTERS], title=paper.title[:MAX_CHARACTERS])
        if len(read.title) < len(paper.title):
            read = replace(read, abstract="")
        text = read.title + SEPARATOR + read.abstract
        # Lone surrogates cannot be encoded by the tokenizer; a stand-in of the same length keeps the offsets.
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if not _encodable(text) else text
        document = Document(read, text, self._tokenize(text))
        document.sentences = split_sentences(text, len(read.title))
        document.abbreviations = find_abbreviations(text)
        return document


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _in_processes(papers: Iterable[Paper], workers: int, size: int) -> Iterator[Record]:
    """Batches in worker processes, results in order; at most two batches a worker are under way."""
    iterator = iter(papers)
    batches = iter(lambda: list(islice(iterator, size)), [])
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker) as pool:
            pending = [pool.submit(_work, batch) for batch in islice(batches, 2 * workers)]
            while pending:
                done = pending.pop(0).result()
                pending.extend(pool.submit(_work, batch) for batch in islice(batches, 1))
                yield from done
    except BrokenProcessPool as exc:
        raise KgError("a worker process died (out of memory?); run again with fewer --workers") from exc


_worker: ExtractionPipeline | None = None


def _start_worker() -> None:
    global _worker
    _worker = ExtractionPipeline.load()


def _work(papers: Sequence[Paper]) -> list[Record]:
    assert _worker is not None, "the initializer has run"
    return [_worker.read(paper) for paper in papers]
