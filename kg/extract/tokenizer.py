r"""Tokens fit for papers: names with hyphens, versions and mark-up have boundaries where entities begin and end.

A hyphen parts a word where one side is plain lower-case ("CLIP-based", "multi-modal") and stays inside a name
("ResNet-50", "Qwen2.5-VL-7B", "top-1"); a double hyphen, a slash and every LaTeX command, brace and dollar sign
is a token of its own. Text is covered without gaps, so a spaCy `Doc` made of it (`kg.extract.spacy_component`) has the text as its own.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    \\[A-Za-z]+ | \\.                                     # a LaTeX command
  | -{2,} | \.{3}
  | (?:e\.g|i\.e|w\.r\.t|etc|et\ al|vs|cf|resp|approx|Fig|Eq)\.(?=\W)   # usual abbreviations
  | ['’](?:s|re|ve|ll|d|m|t)\b                            # 's
  | \d+(?:[.,]\d+)+(?![A-Za-z\d])                         # 1,000 and 94.3
  | [^\W_]+ (?: (?:\.(?=\d)|[_@&](?=[^\W_])|['’](?!s\b)(?=[a-z])) [^\W_]+ )*   # Qwen2.5, snake_case, pass@1, Q&A
    (?: \+{1,2}(?![\w$]) | \#(?!\w) )?                    # C++, NeRF+, C#
  | \s+
  | .
    """,
    re.VERBOSE | re.DOTALL,
)
_LOWER_WORD = re.compile(r"[^\W\d_A-Z]{2,}\Z")


def split_text(text: str) -> tuple[list[str], list[bool]]:
    """The words of a text and whether a single space follows each; all other white space is words of its own.

    Joining each word with its space gives the text back, so offsets follow from lengths.
    """
    words: list[str] = []
    spaces: list[bool] = []
    pieces = _TOKEN.findall(text)
    glued = False  # whether the last word ends where the next piece starts and so may be joined by a hyphen
    index, count = 0, len(pieces)
    while index < count:
        piece = pieces[index]
        index += 1
        if piece == " ":
            if words and not spaces[-1]:
                spaces[-1] = True
                glued = False
                continue
        elif piece == "-" and glued and index < count and _joins(words[-1], pieces[index]):
            words[-1] = f"{words[-1]}-{pieces[index]}"
            index += 1
            continue
        elif piece[0] == " " and words and not spaces[-1]:
            spaces[-1] = True
            piece = piece[1:]
        words.append(piece)
        spaces.append(False)
        glued = piece[-1].isalnum()
    return words, spaces


def _joins(left: str, right: str) -> bool:
    """Whether a hyphen between two words is inside a name: both sides hold a capital or a digit, or "top-1"."""
    if not right[0].isalnum():
        return False
    return not (_LOWER_WORD.match(right) or (_LOWER_WORD.match(left) and not right.isdigit()))
