"""A document as spaCy has it, with the entities found in it as `doc.ents`: for displaCy, matchers and pipelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.document import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


def to_doc(document: Document, vocab: Vocab) -> Doc:
    """The document's tokens over its text (title, line break, abstract); entity labels are METHOD, DATASET, METRIC, TASK.

    A mention that ends within a token is widened to the token.
    """
    from spacy.tokens import Doc

    doc = Doc(vocab, words=document.tokens, spaces=document.spaces)
    spans = [
        doc.char_span(*document.to_span(mention), label=entity.type.value.upper(), alignment_mode="expand")
        for entity in document.entities
        for mention in entity.mentions
    ]
    doc.ents = sorted((span for span in spans if span is not None), key=lambda span: span.start)
    return doc
