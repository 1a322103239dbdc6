"""The words of a document as the recogniser sees them: without white space and mark-up, with spans and folded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add

from kg.extract.document import Document
from kg.extract.markup import is_markup
from kg.extract.tokenizer import split_text
from kg.vocabulary import fold
from kg.vocabulary.fold import NO_PLURALS

_CACHE_SIZE = 1 << 17
BREAK = "\n"
"""Stands for a sign that no name runs across."""
_BREAKS = frozenset(".,;:()?!\n")
Squashed = tuple[str, bool]
_tokens: dict[str, tuple[str, Squashed, bool]] = {}
"""Tokens that were met: the token itself, which finds itself faster than a copy does, its `squash`, whether it is a word."""


def squash(word: str) -> Squashed:
    """The folded letters of a word with its plural s kept, and whether that s may be dropped at a name's end."""
    return (_tokens.get(word) or _meet(word))[1]


def _meet(token: str) -> tuple[str, Squashed, bool]:
    if len(_tokens) >= _CACHE_SIZE:
        _tokens.clear()
    # A letter behind keeps `fold` from dropping the plural; a word in front makes a lone letter's s visible.
    full = BREAK if token in _BREAKS else fold(token + "q")[:-1]
    lone = token[-1:] in "sS" and not token[-2:-1].isalnum()
    squashed = full, not (len(token) < 2 or lone or token in NO_PLURALS)
    _tokens[token] = known = token, squashed, not (token.isspace() or is_markup(token))
    return known


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel lists over the words of a document; `title` is the number of words before the abstract."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    title: int
    squashed: list[Squashed]
    """`squash` of each word."""

    def __len__(self) -> int:
        return len(self.words)

    def form(self, first: int, last: int) -> str:
        """The text from word `first` to word `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]


def words_of(document: Document) -> Words:
    """The words of a document; the line break between title and abstract is a word of its own."""
    tokens = document.tokens
    known = [_tokens.get(token) or _meet(token) for token in tokens]
    starts = [0, *accumulate(map(add, map(len, tokens), document.spaces))]
    break_at = len(document.paper.title)
    place = bisect_right(starts, break_at) - 1
    if place < len(tokens):
        known[place], starts[place] = (BREAK, squash(BREAK), True), break_at
    kept = [(word, folded, start) for (word, folded, is_word), start in zip(known, starts, strict=False) if is_word]
    words = [word for word, _, _ in kept]
    firsts = [start for _, _, start in kept]
    ends = [*map(add, firsts, map(len, words))]
    title = bisect_left(firsts, break_at)
    return Words(document.text, words, firsts, ends, title, [folded for _, folded, _ in kept])


def plain_words(text: str) -> list[str]:
    """The words of a text that is no document, for training on unlabelled abstracts; line breaks are words."""
    return [word for word in split_text(text)[0] if word == BREAK or not (word.isspace() or is_markup(word))]


def keys_at(squashed: Sequence[tuple[str, bool]], first: int, last: int) -> str:
    """The folding key of the words from `first` to `last`, as `kg.vocabulary.fold` gives it for their text."""
    key = "".join([full for full, _ in squashed[first : last + 1]])
    return drop_plural(key.replace(BREAK, ""), squashed[last][1])


def drop_plural(key: str, may: bool) -> str:
    """A key without its plural s."""
    return key[:-1] if may and len(key) > 3 and key[-1] == "s" and key[-2] != "s" else key
