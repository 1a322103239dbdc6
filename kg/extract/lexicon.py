"""Mentions of names that the vocabulary knows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.extract.document import Document
from kg.extract.mention import MentionSpan
from kg.vocabulary import Term, Vocabulary, fold

LONGEST = 7
"""Tokens of the longest name that is looked for."""


class Lexicon:
    """Finds vocabulary names in documents, the longest at each place."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._terms: dict[str, tuple[Term, bool]] = {}
        self._first: dict[str, int] = {}
        for term in vocabulary:
            for form in (term.name, *term.aliases):
                self._add(form, term, sure=True)
            for form in term.ambiguous:
                self._add(form, term, sure=False)

    def _add(self, form: str, term: Term, *, sure: bool) -> None:
        key = fold(form)
        if not key or (key in self._terms and (self._terms[key][1] or not sure)):
            return
        self._terms[key] = (term, sure)
        head = key[:3]
        self._first[head] = max(self._first.get(head, 0), len(form.split()) + form.count("-") * 2 + 1)

    def find(self, document: Document) -> Iterator[MentionSpan]:
        """Non-overlapping mentions, from left to right, the longest first at each token."""
        text, tokens = document.text, list(document.doc)
        starts = [token.idx for token in tokens]
        ends = [token.idx + len(token.text) for token in tokens]
        index = 0
        while index < len(tokens):
            found = self._longest(text, starts, ends, index)
            if found is None:
                index += 1
                continue
            last, term, sure = found
            yield MentionSpan(starts[index], ends[last], term.type, 0.8 if sure else 0.5, "vocabulary")
            index = last + 1

    def _longest(self, text: str, starts: list[int], ends: list[int], index: int) -> tuple[int, Term, bool] | None:
        head = _fold(text[starts[index] : ends[index]])
        if not head:
            return None
        reach = self._first.get(head[:3]) if len(head) >= 3 else LONGEST
        if reach is None:
            return None
        for last in range(min(len(starts), index + min(reach, LONGEST)) - 1, index - 1, -1):
            form = text[starts[index] : ends[last]]
            if "\n" in form or (not form[-1].isalnum() and form[-1] not in "+#*"):
                continue
            known = self._terms.get(_fold(form))
            if known is not None and _case_fits(form, known[0]):
                return last, *known
        return None


@lru_cache(maxsize=1 << 15)
def _fold(text: str) -> str:
    return fold(text)


def _case_fits(form: str, term: Term) -> bool:
    """A name in capitals does not stand for a lower-case word of ordinary English ("set" is not SET)."""
    if not form.islower() or len(form) > 6:
        return True
    return any(other.islower() and fold(other) == fold(form) for other in term.forms)
