r"""Tokens fit for papers: names with hyphens, versions and mark-up have boundaries where entities begin and end.

A hyphen parts a word where one side is plain lower-case ("CLIP-based", "multi-modal") and stays inside a name
("ResNet-50", "Qwen2.5-VL-7B", "top-1"); a double hyphen, a slash and every LaTeX command, brace and dollar sign
is a token of its own. Text is covered without gaps, so a spaCy `Doc` made of it (`kg.extract.spacy_component`) has the text as its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = re.compile(
    r"""
  (?:
    \\[A-Za-z]+ | \\.                                     # a LaTeX command
  | -{2,} | \.{3}
  | (?:e\.g|i\.e|w\.r\.t|etc|et\ al|vs|cf|resp|approx|Fig|Eq)\.(?=\W)   # usual abbreviations
  | ['’](?:s|re|ve|ll|d|m|t)\b                            # 's
  | \d+(?:[.,]\d+)+(?![A-Za-z\d])                         # 1,000 and 94.3
  | [^\W_]+ (?: (?:\.(?=\d)|[_@&](?=[^\W_])|['’](?!s\b)(?=[a-z])) [^\W_]+ )*   # Qwen2.5, snake_case, pass@1, Q&A
    (?: \+{1,2}(?![\w$]) | \#(?!\w) )?                    # C++, NeRF+, C#
  | \S
  ) \ ?                                                   # with the space behind it
  | \s+
    """,
    re.VERBOSE | re.DOTALL,
)
_LOWER_WORD = re.compile(r"[^\W\d_A-Z]{2,}\Z")


def split_text(text: str) -> tuple[list[str], list[bool]]:
    """The words of a text and whether a single space follows each; all other white space is words of its own.

    Joining each word with its space gives the text back, so offsets follow from lengths.
    """
    pieces = _TOKEN.findall(text)
    spaces = [piece[-1] == " " and piece != "\\ " and not piece.isspace() for piece in pieces]
    words = [piece[:-1] if space else piece for piece, space in zip(pieces, spaces, strict=True)]
    if "-" in words:
        _join_names(words, spaces)
    return words, spaces


def _join_names(words: list[str], spaces: list[bool]) -> None:
    """Makes one word of the parts of each name with hyphens, in place."""
    at, joined = 1, -1
    while at + 1 < len(words):
        if words[at] != "-":
            at = words.index("-", at) if "-" in words[at:] else len(words)
        elif _is_glued(words, spaces, at, at - 1 == joined) and _joins(words[at - 1], words[at + 1]):
            joined = at - 1
            words[joined : at + 2] = [f"{words[joined]}-{words[at + 1]}"]
            spaces[joined : at + 2] = [spaces[at + 1]]
        else:
            at += 1


def _is_glued(words: Sequence[str], spaces: Sequence[bool], at: int, joined: bool) -> bool:
    """Whether the hyphen `at` touches both neighbours, and the first is a word."""
    return not (spaces[at] or spaces[at - 1]) and (joined or words[at - 1][-1].isalnum())


def _joins(left: str, right: str) -> bool:
    """Whether a hyphen between two words is inside a name: both sides hold a capital or a digit, or "top-1"."""
    if not right[0].isalnum():
        return False
    return not (_LOWER_WORD.match(right) or (_LOWER_WORD.match(left) and not right.isdigit()))
