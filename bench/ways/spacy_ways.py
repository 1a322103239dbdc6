"""spaCy's own components as ways: `ner` by transitions, and `spancat` over the spans of `candidates.py`.

    python bench/ways/spacy_ways.py ../shared/gold ../shared/corpora/arxiv-2025-100k.jsonl.gz --way ner
    … --way ner --vectors .cache/ways/field.floret     with floret vectors of the field (made by vectors.py)
    … --way ner --pretrain 12000                       tok2vec pre-trained, as `spacy pretrain` does, on so many abstracts
    … --way spancat [--vectors …]

The tok2vec is spaCy's HashEmbedCNN, 96 wide, 4 layers. Tokens are the project's (`kg/extract/tokenizer.py`). Optional
entities are missing values for `ner`; for `spancat`, which knows none, they are left out of the papers' spans.
Seeded; spaCy gives the same weights again on one machine. Speed: `nlp.pipe` with 64 papers at a time.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice, repeat, tee
from pathlib import Path

import numpy as np
import spacy
from candidates import candidate_words
from measure import DECIDED, Bench, Mentions, annotated, folder_size, mention_of, parse, run
from numpy.typing import NDArray
from spacy.language import Language
from spacy.ml.models.multi_task import create_pretrain_characters
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example as Pair
from spacy.training.initialize import convert_vectors
from spacy.training.pretrain import make_update
from spacy.util import minibatch, registry
from thinc.api import Adam, Model, Ragged, compounding, fix_random_seed, get_current_ops, set_dropout_rate
from thinc.types import Floats2d

from kg.extract.document import Document
from kg.extract.entities.memory import TYPES
from kg.extract.entities.words import words_of
from kg.extract.spacy_component import PaperTokenizer
from kg.model import EntityType
from kg.training.corpus import read_texts
from kg.training.entity_gold import OPTIONAL, Example

KEY = "names"
FLOOR = 0.05
BATCH = 64


def tok2vec(vectors: bool) -> dict[str, object]:
    """The narrow network that both components see words through."""
    return {
        "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": True if vectors else None, "width": 96,
        "depth": 4, "embed_size": 4000, "window_size": 1, "maxout_pieces": 3, "subword_features": True,
    }  # fmt: skip


def make_pipeline(way: str, vectors: Path | None) -> Language:
    """An empty pipeline with one component."""
    nlp = spacy.blank("en")
    if vectors is not None:
        convert_vectors(nlp, vectors, truncate=0, prune=-1, mode="floret")
    inner = tok2vec(vectors is not None)
    if way == "ner":
        model: dict[str, object] = {
            "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
            "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": inner,
        }  # fmt: skip
        nlp.add_pipe("ner", config={"model": model})
    else:
        model = {
            "@architectures": "spacy.SpanCategorizer.v1", "tok2vec": inner,
            "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 128},
            "scorer": {"@layers": "spacy.LinearLogistic.v1", "nO": None, "nI": None},
        }  # fmt: skip
        suggester = {"@misc": "kg_candidates"}
        nlp.add_pipe(
            "spancat", config={"model": model, "spans_key": KEY, "threshold": FLOOR, "suggester": suggester}
        )  # fmt: skip
    return nlp


def tok2vec_of(nlp: Language) -> Model[list[Doc], list[Floats2d]]:
    """The tok2vec of the only component; `ner` has it in a chain with a layer of its own."""
    name, component = nlp.pipeline[0]
    assert isinstance(component, TrainablePipe)
    part = component.model.get_ref("tok2vec")
    return part.layers[0] if name == "ner" else part


def to_doc(nlp: Language, document: Document) -> Doc:
    """The project's tokens as a spaCy document that remembers where it comes from."""
    doc = Doc(nlp.vocab, words=document.tokens, spaces=document.spaces)
    doc.user_data["document"] = document
    return doc


@registry.misc("kg_candidates")
def make_suggester():  # type: ignore[no-untyped-def]
    """The suggester that yields the spans of `candidates.py`."""
    return suggest


def suggest(docs, *, ops=None):  # type: ignore[no-untyped-def]
    """Candidate spans of documents as spaCy wants them: token from, token to, one document after the other."""
    ops = ops or get_current_ops()
    parts = [spans_of(doc) for doc in docs]
    lengths = ops.asarray1i([len(part) for part in parts])
    return Ragged(ops.asarray2i(np.concatenate(parts)) if parts else np.zeros((0, 2), np.int32), lengths)


def spans_of(doc: Doc) -> NDArray[np.int32]:
    """Candidates of one document by token."""
    document = doc.user_data.get("document")
    if document is None:
        return np.zeros((0, 2), np.int32)
    words = words_of(document)
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    spans = [
        (starts[words.starts[first]], ends[words.ends[last]])
        for first, last in candidate_words(words.words, words.squashed)
        if words.starts[first] in starts and words.ends[last] in ends
    ]
    return np.array(spans, np.int32).reshape(-1, 2)


def to_pair(nlp: Language, example: Example) -> Pair:
    """A paper and what `ner` and `spancat` shall make of it."""
    doc, truth = to_doc(nlp, example.document), to_doc(nlp, example.document)
    words = example.words
    spans: list[Span] = []
    unsure: list[Span] = []
    for place in annotated(example):
        span = truth.char_span(words.starts[place.first], words.ends[place.last], alignment_mode="expand")
        assert span is not None, "words begin and end with tokens"
        if place.label == OPTIONAL:
            unsure.append(span)
        else:
            spans.append(Span(truth, span.start, span.end, label=TYPES[place.label - 1].value))
    truth.set_ents(spans, missing=unsure, default="outside")
    truth.spans[KEY] = spans
    return Pair(doc, truth)


def fit(nlp: Language, examples: list[Example], *, minutes: float, epochs: int, start: bytes | None) -> int:
    """Fits by Adam with growing batches; no epoch begins that would end after so many minutes of processor time."""
    pairs = [to_pair(nlp, example) for example in examples]
    optimizer = nlp.initialize(lambda: pairs)
    if start is not None:
        tok2vec_of(nlp).from_bytes(start)
    began, sizes = time.process_time(), compounding(8, 32, 1.002)
    for epoch in range(1, epochs + 1):
        random.shuffle(pairs)
        losses: dict[str, float] = {}
        for batch in minibatch(pairs, size=sizes):
            nlp.update(batch, sgd=optimizer, drop=0.2, losses=losses)
        spent = time.process_time() - began
        print(f"  epoch {epoch}: {losses}, {spent:.0f} s", flush=True)
        if spent * (epoch + 1) / epoch > 60 * minutes:
            return epoch
    return epochs


def pretrained(nlp: Language, corpus: Path, count: int) -> bytes:
    """The tok2vec after one pass over so many abstracts, guessing the letters that each word begins and ends with."""
    part = tok2vec_of(nlp)
    model = create_pretrain_characters(maxout_pieces=3, hidden_size=200, n_characters=4)(nlp.vocab, part)
    model.initialize(X=[nlp.make_doc("a document to infer shapes from")])
    set_dropout_rate(model, 0.2)
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0)
    nlp.tokenizer = PaperTokenizer(nlp.vocab)
    texts = islice(read_texts([corpus]), count)
    docs = (nlp.make_doc(f"{title}\n{abstract}") for title, abstract in texts)
    total, began = 0.0, time.process_time()
    for number, batch in enumerate(minibatch(docs, size=16)):
        total += make_update(model, batch, optimizer, model.attrs["loss"])
        if number % 100 == 99:
            print(
                f"  {16 * (number + 1)} abstracts: {total / 100:.1f}, {time.process_time() - began:.0f} s", flush=True
            )
            total = 0.0
    return part.to_bytes()


def find(nlp: Language, documents: Iterable[Document]) -> Iterator[Mentions]:
    """Mentions of documents: entities of `ner` with the score 1, spans of `spancat` with their own."""
    texts, docs = tee(documents)
    for document, doc in zip(texts, nlp.pipe((to_doc(nlp, one) for one in docs), batch_size=BATCH), strict=True):
        if KEY in doc.spans:
            scored = zip(doc.spans[KEY], doc.spans[KEY].attrs["scores"].tolist(), strict=True)
        else:
            scored = zip(doc.ents, repeat(1.0))
        made = (
            mention_of(document.text, span.start_char, span.end_char, EntityType(span.label_), score)
            for span, score in scored
        )
        yield [mention for mention in made if mention is not None]


def main() -> None:
    """Fits one way and prints its row."""
    given = parse(
        __doc__, ("--way", str, "ner"), ("--vectors", Path, None), ("--pretrain", int, 0),
        ("--epochs", int, 10), ("--minutes", float, 8.0),
    )  # fmt: skip
    bench = Bench(given.gold, given.corpus)
    fix_random_seed(1)
    nlp = make_pipeline(given.way, given.vectors)
    start = (
        pretrained(make_pipeline(given.way, given.vectors), given.corpus, given.pretrain) if given.pretrain else None
    )
    done = fit(nlp, bench.papers.fit, minutes=given.minutes, epochs=given.epochs, start=start)
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(folder)
        size = folder_size(Path(folder))
    what = f"spaCy {given.way}, {done} epochs"
    what += f", {given.vectors.name}" if given.vectors else ""
    what += f", pre-trained on {given.pretrain} abstracts" if given.pretrain else ""
    bench.row(what, partial(find, nlp), size, thresholds=DECIDED if given.way == "ner" else None)


if __name__ == "__main__":
    run(main)
