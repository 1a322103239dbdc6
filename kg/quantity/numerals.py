"""Numbers as digits and as words."""

from __future__ import annotations

import re

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, float] = {word: float(i) for i, word in enumerate(UNITS)}
WORDS |= {word: float(10 * i) for i, word in enumerate(TENS, start=2)}
SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "B": 1e9,
    "T": 1e12,
}
PARTS: dict[str, float] = {
    "half": 1 / 2,
    "halve": 1 / 2,
    "third": 1 / 3,
    "quarter": 1 / 4,
    "fourth": 1 / 4,
    "fifth": 1 / 5,
    "sixth": 1 / 6,
    "seventh": 1 / 7,
    "eighth": 1 / 8,
    "ninth": 1 / 9,
    "tenth": 1 / 10,
    "hundredth": 1 / 100,
    "thousandth": 1 / 1000,
}
VERBS: dict[str, float] = {
    "halv": 1 / 2,
    "doubl": 2.0,
    "tripl": 3.0,
    "quadrupl": 4.0,
    "quintupl": 5.0,
}

# "1,283", "1{,}283", "0.87", ".87"; in page residue also "86. 45%".
DIGITS = r"(?:\d{1,3}(?:(?:,|\{,\})\d{3})+(?![\d])(?:\.\d+)?|\d+\.\d+|\d+|\.\d+)"
POWER = r"(?:\s?(?:\\times|\\cdot|×|x|\$\\times\$)\s?\$?10\s?\^\s?\{?\s?[-−]?\d{1,3}\}?|[eE][-−+]?\d{1,3}(?![\w.]))"
WORD = "(?:" + "|".join(sorted((*TENS, *UNITS), key=len, reverse=True)) + ")"
NUMBER_WORDS = rf"{WORD}(?:[- ]{WORD})?"


def parse_digits(text: str) -> float:
    """ "1,283.5" → 1283.5; the text must match `DIGITS`."""
    return float(text.replace("{,}", "").replace(",", "").replace(" ", ""))


def parse_power(text: str) -> float:
    """The factor of a scientific notation: " \\times 10^{-8}" or "e-8" → 1e-8; infinities are cut to 1e300."""
    digits = re.search(r"[-−+]?\d{1,3}\}?$", text)
    exponent = int(digits.group().rstrip("}").replace("−", "-")) if digits else 0
    return 10.0 ** max(-300, min(300, exponent))


def parse_words(text: str) -> float:
    """ "ninety-two" → 92.0."""
    return sum(WORDS[word] for word in re.split(r"[- ]", text.lower()))
