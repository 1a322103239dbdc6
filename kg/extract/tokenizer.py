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
    return _join_names(words, spaces) if "-" in words else (words, spaces)


def _join_names(words: Sequence[str], spaces: Sequence[bool]) -> tuple[list[str], list[bool]]:
    """The same with one word for the parts of each name with hyphens."""
    names: list[str] = []
    behind: list[bool] = []
    at = 0
    for hyphen in [place for place, word in enumerate(words[:-1]) if word == "-"]:
        joined = 0 < at == hyphen
        names += words[at:hyphen]
        behind += spaces[at:hyphen]
        at = hyphen
        # What was joined just now may go on, whatever sign it ends in.
        glued = bool(names) and not (spaces[hyphen] or behind[-1]) and (joined or names[-1][-1].isalnum())
        if glued and _joins(names[-1], words[hyphen + 1]):
            names[-1] = f"{names[-1]}-{words[hyphen + 1]}"
            behind[-1] = spaces[hyphen + 1]
            at = hyphen + 2
    return names + list(words[at:]), behind + list(spaces[at:])


def _joins(left: str, right: str) -> bool:
    """Whether a hyphen between two words is inside a name: both sides hold a capital or a digit, or "top-1"."""
    if not right[0].isalnum():
        return False
    return not (_LOWER_WORD.match(right) or (_LOWER_WORD.match(left) and not right.isdigit()))
