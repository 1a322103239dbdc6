"""Makes a document of a paper: its tokens, sentences and abbreviations, before anything is found in it."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.abbreviations import find_abbreviations
from kg.extract.document import SEPARATOR, Document
from kg.extract.sentences import split_sentences
from kg.extract.tokenizer import make_tokenizer
from kg.model import Paper

MAX_CHARACTERS = 20_000
"""Of an abstract that is read; what comes after is kept in the record and not searched."""


class DocumentReader:
    """Called with a paper, gives its document. Loads spaCy's tokens when made."""

    def __init__(self) -> None:
        import spacy

        self._tokenize = make_tokenizer(spacy.blank("en"))

    def __call__(self, paper: Paper) -> Document:
        """Tokens, sentences and abbreviations of a paper."""
        read = replace(paper, abstract=paper.abstract[:MAX_CHARACTERS], title=paper.title[:MAX_CHARACTERS])
        if len(read.title) < len(paper.title):
            read = replace(read, abstract="")
        text = read.title + SEPARATOR + read.abstract
        if not _encodable(text):
            # Lone surrogates cannot be encoded by the tokenizer; a stand-in of the same length keeps the offsets.
            text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
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
