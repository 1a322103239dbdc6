"""Makes a document of a paper: its tokens, sentences and abbreviations, before anything is found in it."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.abbreviations import find_abbreviations
from kg.extract.document import SEPARATOR, Document
from kg.extract.sentences import split_sentences
from kg.extract.tokenizer import split_text
from kg.model import Paper

MAX_CHARACTERS = 20_000
"""Of an abstract that is read; what comes after is kept in the record and not searched."""


def read_document(paper: Paper) -> Document:
    """Tokens, sentences and abbreviations of a paper."""
    read = paper
    if max(len(paper.title), len(paper.abstract)) > MAX_CHARACTERS:
        abstract = paper.abstract[:MAX_CHARACTERS] if len(paper.title) <= MAX_CHARACTERS else ""
        read = replace(paper, abstract=abstract, title=paper.title[:MAX_CHARACTERS])
    text = read.title + SEPARATOR + read.abstract
    if not _encodable(text):
        # Lone surrogates cannot be written anywhere; a stand-in of the same length keeps the offsets.
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    tokens, spaces = split_text(text)
    return Document(read, text, tokens, spaces, split_sentences(text, len(read.title)), find_abbreviations(text))


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
