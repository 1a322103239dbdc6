"""The extraction as a spaCy pipeline: a tokenizer and one component, `kg_paper`.

    nlp = spacy.blank("en")
    nlp.tokenizer = PaperTokenizer(nlp.vocab)
    nlp.add_pipe("kg_paper")
    doc = nlp("Zorba-Net reaches 98.2% accuracy on CIFAR-10.")
    list(doc.sents), doc.ents, doc.spans["claims"], doc._.claims

spaCy finds the factory by the entry point that the package installs, so the component fits any pipeline, behind any
tokenizer. `kg.extract.pipeline` runs the same parts without making a `Doc` of each paper, which is quicker; what is
found is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extract.document import SEPARATOR, Document
from kg.extract.pipeline import ExtractionPipeline
from kg.extract.tokenizer import split_text
from kg.model import Field, Paper, Record, SourceRef

if TYPE_CHECKING:
    from spacy.vocab import Vocab

CLAIMS = "claims"
"""Key of `doc.spans` and name of the extension attribute."""


class PaperTokenizer:
    """Tokens that the recogniser was trained on: entities begin and end with one."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A document over the whole text, white space included."""
        words, spaces = split_text(text)
        return Doc(self.vocab, words=words, spaces=spaces)


class PaperComponent:
    """Reads a `Doc` as a paper's abstract, or as title, line break and abstract where `title` is set.

    Sets sentence starts; `doc.ents` with the labels METHOD, DATASET, METRIC and TASK and the entity's id as `ent_id_`;
    `doc.spans["claims"]` with the quotes, labelled by the claim's kind; and `doc._.claims` with a dictionary for each
    of them, as in the record format. What ends within a token is widened to it.
    """

    def __init__(self, title: bool) -> None:
        self.title = title
        self._pipeline = ExtractionPipeline.load()
        if not Doc.has_extension(CLAIMS):
            Doc.set_extension(CLAIMS, default=[])

    def __call__(self, doc: Doc) -> Doc:
        """The same document, annotated."""
        head, separator, rest = doc.text.partition(SEPARATOR) if self.title else ("", "", "")
        title, abstract = (head, rest) if separator else ("", doc.text)
        paper = Paper("doc:0", title, abstract, SourceRef("text", "doc", 0))
        start: dict[Field, int] = {"title": 0, "abstract": len(title) + len(separator)}
        document = self._pipeline.document(paper)
        [record] = self._pipeline.records([paper], [document])
        _set_sentences(doc, document, start)
        doc.ents = list(_entity_spans(doc, record, start))
        _set_claims(doc, record, start)
        return doc


def _set_sentences(doc: Doc, document: Document, start: dict[Field, int]) -> None:
    mentions = [document.to_mention(first, last) for first, last in document.sentences]
    starts = {mention.start + start[mention.field] for mention in mentions}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts


def _entity_spans(doc: Doc, record: Record, start: dict[Field, int]) -> Iterator[Span]:
    places = [
        (start[mention.field] + mention.start, mention, entity)
        for entity in record.entities
        for mention in entity.mentions
    ]
    end = 0
    for first, mention, entity in sorted(places, key=itemgetter(0)):
        label, last = entity.type.value.upper(), first + mention.end - mention.start
        span = doc.char_span(first, last, label=label, span_id=entity.id, alignment_mode="expand")
        if span is not None and span.start >= end:
            end = span.end
            yield span


def _set_claims(doc: Doc, record: Record, start: dict[Field, int]) -> None:
    doc.spans[CLAIMS] = []
    values: list[dict[str, Any]] = []
    for claim, written in zip(record.claims, record.to_dict()["claims"], strict=True):
        place = claim.evidence
        first = start[place.field] + place.start
        last = start[place.field] + place.end
        span = doc.char_span(first, last, label=claim.kind.value.upper(), alignment_mode="expand")
        if span is not None:
            doc.spans[CLAIMS].append(span)
            values.append(written)
    setattr(doc._, CLAIMS, values)


@Language.factory(
    "kg_paper",
    default_config={"title": False},
    assigns=["token.is_sent_start", "doc.ents", "doc.spans", "doc._.claims"],
)
def make_component(nlp: Language, name: str, title: bool) -> PaperComponent:
    """The component `kg_paper`."""
    return PaperComponent(title)
