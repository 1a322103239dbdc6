"""The words of a document as the recogniser sees them: without white space and mark-up, with spans and folded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from operator import add
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kg.extract.document import Document
from kg.extract.markup import is_markup
from kg.extract.tokenizer import split_text
from kg.vocabulary import fold
from kg.vocabulary.fold import NO_PLURALS

_MOST = 1 << 16
"""Words after which a lexicon is left for an empty one."""
LONGEST = 8
"""Words of the longest name that is looked for."""
BREAK = "\n"
"""Stands for a sign that no name runs across."""
_BREAKS = frozenset(".,;:()?!\n")
Squashed = tuple[str, bool]
_Entry = tuple[str, Squashed, bool, int]
"""A token itself, which finds itself faster than a copy does, its `squash`, whether it is a word, its number."""


class Lexicon:
    """Tokens that were met, numbered from 0: what a part of the recogniser works out of a word it keeps by number.

    Several threads may read; a number, once given, is for good.
    """

    def __init__(self, tokens: Iterable[str] = ()) -> None:
        self._lock = Lock()
        self._entries: dict[str, _Entry] = {}
        self.tokens: list[str] = []
        """By number."""
        self.squashed: list[Squashed] = []
        """`squash` by number."""
        self.read(tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    def __reduce__(self) -> tuple[type[Lexicon], tuple[list[str]]]:
        return Lexicon, (self.tokens,)  # a copy in another process has the same numbers

    def read(self, tokens: Iterable[str]) -> list[_Entry]:
        """What is known of each token."""
        get = self._entries.get
        return [get(token) or self._meet(token) for token in tokens]

    def _meet(self, token: str) -> _Entry:
        with self._lock:
            entry = self._entries.get(token)
            if entry is None:
                squashed, is_word = squash(token), not (token.isspace() or is_markup(token))
                entry = token, squashed, is_word, len(self.tokens)
                self.squashed.append(squashed)
                self.tokens.append(token)
                self._entries[token] = entry
        return entry


def squash(word: str) -> Squashed:
    """The folded letters of a word with its plural s kept, and whether that s may be dropped at a name's end."""
    # A letter behind keeps `fold` from dropping the plural; a word in front makes a lone letter's s visible.
    full = BREAK if word in _BREAKS else fold(word + "q")[:-1]
    lone = word[-1:] in "sS" and not word[-2:-1].isalnum()
    return full, not (len(word) < 2 or lone or word in NO_PLURALS)


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
    numbers: NDArray[np.int64]
    """Of each word in `lexicon`."""
    lexicon: Lexicon

    def __len__(self) -> int:
        return len(self.words)

    def form(self, first: int, last: int) -> str:
        """The text from word `first` to word `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]


_lexicon = Lexicon()


def words_of(document: Document) -> Words:
    """The words of a document; the line break between title and abstract is a word of its own."""
    global _lexicon
    if len(_lexicon) > _MOST:
        _lexicon = Lexicon()
    lexicon, tokens = _lexicon, document.tokens
    entries = lexicon.read(tokens)
    starts = [0, *accumulate(map(add, map(len, tokens), document.spaces))]
    break_at = len(document.paper.title)
    place = bisect_right(starts, break_at) - 1
    if place < len(tokens):
        [(token, squashed, _, number)] = lexicon.read([BREAK])
        entries[place], starts[place] = (token, squashed, True, number), break_at
    starts.pop()  # the end of the text
    are_words = [is_word for _, _, is_word, _ in entries]
    if not all(are_words):
        entries, starts = [*compress(entries, are_words)], [*compress(starts, are_words)]
    words = [token for token, _, _, _ in entries]
    ends = [*map(add, starts, map(len, words))]
    return Words(
        document.text,
        words,
        starts,
        ends,
        bisect_left(starts, break_at),
        [squashed for _, squashed, _, _ in entries],
        np.array([number for _, _, _, number in entries], np.int64),
        lexicon,
    )


class Letters:
    """The folded letters of all words of a text in a row."""

    def __init__(self, squashed: Sequence[Squashed]) -> None:
        fulls = [full for full, _ in squashed]
        self._squashed = squashed
        self._text = "".join(fulls)
        self._ends = [*accumulate(map(len, fulls))]

    def of(self, place: int) -> str:
        """Those of one word."""
        return self._squashed[place][0]

    def key(self, first: int, last: int) -> str:
        """The folding key of the words from `first` to `last`, as `kg.vocabulary.fold` gives it for their text; breaks are kept."""
        start = self._ends[first] - len(self._squashed[first][0])
        return drop_plural(self._text[start : self._ends[last]], self._squashed[last][1])

    def find(self, key: str) -> Iterator[tuple[int, int]]:
        """The first and last words of all places that spell a key, in order; they do not overlap."""
        text, ends = self._text, self._ends
        at = text.find(key)
        while at >= 0:
            first = bisect_right(ends, at)
            if at + len(self._squashed[first][0]) == ends[first]:
                for end in (at + len(key), at + len(key) + 1):  # the key, and its plural
                    last = bisect_left(ends, end)
                    if last >= len(ends) or last - first >= LONGEST:
                        break
                    if ends[last] == end and drop_plural(text[at:end], self._squashed[last][1]) == key:
                        yield first, last
            at = text.find(key, ends[first])


def plain_words(text: str) -> list[str]:
    """The words of a text that is no document, for training on unlabelled abstracts; line breaks are words."""
    return [word for word in split_text(text)[0] if word == BREAK or not (word.isspace() or is_markup(word))]


def drop_plural(key: str, may: bool) -> str:
    """A key without its plural s."""
    return key[:-1] if may and len(key) > 3 and key[-1] == "s" and key[-2] != "s" else key
