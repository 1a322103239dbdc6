"""What a word is to the tagger: rows of one embedding table, chosen by the word's spelling alone."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from itertools import groupby

SHAPES = 512
AFFIXES = 2048
NGRAMS = 8192
_LONGEST = 24
_SHAPE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "X" * 26 + "x" * 26 + "0" * 10)


def shape_of(word: str) -> str:
    """Capitals as X, small letters as x, digits as 0, runs cut to one: "ResNet-50" → "XxXx-0"."""
    return "".join([sign for sign, _ in groupby(word[:_LONGEST].translate(_SHAPE))])[:10]


def table_rows(known: int) -> int:
    """Rows of the embedding table: row 0 for unknown words, known ones, then shapes, prefixes, suffixes, n-grams."""
    return known + 1 + SHAPES + 2 * AFFIXES + NGRAMS


def rows_of(word: str, known: Mapping[str, int]) -> list[int]:
    """Rows whose sum is the word's vector; `known` maps lower-cased words to rows from 1."""
    lower = word[:_LONGEST].lower()
    base = len(known) + 1
    rows = [known.get(lower, 0), _hash(shape_of(word), SHAPES) + base]
    base += SHAPES
    rows.append(_hash(word[:3], AFFIXES) + base)
    base += AFFIXES
    rows.append(_hash(lower[-3:], AFFIXES) + base)
    base += AFFIXES
    marked = f"<{lower}>"
    places = range(max(1, len(marked) - 3))
    if marked.isascii():  # bytes are letters: encoded once, they are cut up as the letters would be
        encoded = marked.encode()
        rows += [zlib.crc32(encoded[i : i + 4]) % NGRAMS + base for i in places]
    else:
        rows += [_hash(marked[i : i + 4], NGRAMS) + base for i in places]
    if rows[0] == 0:
        rows += [row for part in lower.split("-") if (row := known.get(part))]
    return rows


def _hash(text: str, buckets: int) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % buckets
