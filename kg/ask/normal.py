"""A question in normal form: one line of lower-case words in which names, numbers and dates are signs.

`@0` is a name, `&0` a paper, `#0` a number with its unit, `%0` a date. The rules of `kg.ask.rules` read this
line and cut out what they take; what is left at the end was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.ask.names import Found, NameFinder, Token, split_question
from kg.ask.slips import slip_of_word
from kg.ask.words import CONTRACTIONS, GRAMMAR, MONTHS, NUMBER_WORDS
from kg.catalog import Catalog
from kg.quantity.units import match_unit

_NUMBER = re.compile(r"(?P<sign><=|>=|<|>|=|~)?(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<scale>[kKMB](?![A-Za-z/]))?")
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$")
_YEARS = re.compile(r"((?:19|20)\d\d)[-–]((?:19|20)\d\d)$")
_DECADE = re.compile(r"((?:19|20)\d0)s$")
_SHORT_YEAR = re.compile(r"['’](\d\d)$")
_SCALES = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SIGNS = {"<": "under", ">": "over", "<=": "at most", ">=": "at least", "=": "exactly", "~": "around"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit ("" for none)."""

    value: float
    unit: str

    @property
    def shown(self) -> str:
        """As a person writes it: "90%", "5 year"."""
        return f"{self.value:g}{self.unit if self.unit in ('', '%', 'x') else f' {self.unit}'}"


@dataclass
class Normal:
    """The normal form, and what its signs stand for."""

    text: str
    names: list[Found] = field(default_factory=list)
    papers: list[Found] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def cut(self, match: re.Match[str]) -> None:
        """Take a piece out of the text; what stood around it stays apart."""
        self.text = f"{self.text[: match.start()]} | {self.text[match.end() :]}"

    def shown(self, text: str) -> str:
        """A piece of the text with names and numbers as they were typed."""
        text = re.sub(r"@(\d+)", lambda m: self.names[int(m[1])].text, text)
        text = re.sub(r"&(\d+)", lambda m: self.papers[int(m[1])].text, text)
        text = re.sub(r"#(\d+)", lambda m: self.numbers[int(m[1])].shown, text)
        return re.sub(r"%(\d+)", lambda m: self.dates[int(m[1])], text)


def normalize(question: str, catalog: Catalog) -> Normal:
    """The normal form of a question. Raises `QuestionError` for one that is empty, too long or ambiguous."""
    tokens = split_question(question)
    finder = NameFinder(catalog)
    found = {name.start: name for name in finder.find(tokens)}
    normal = Normal("")
    found = _longer(tokens, found, finder)
    found |= _misspelt(tokens, found, finder, normal)
    words: list[str] = []
    at = 0
    while at < len(tokens):
        if at in found:
            name = found[at]
            words.append(_sign_of(name, normal))
            at = name.end
            continue
        taken = _number_or_date(tokens, at, normal, words, found)
        if not taken:
            words.append(_corrected(tokens[at].word, normal))
            taken = 1
        at += taken
    normal.text = f" {' '.join(words)} "
    return normal


def _sign_of(name: Found, normal: Normal) -> str:
    if name.paper is not None:
        normal.papers.append(name)
        return f"&{len(normal.papers) - 1}"
    normal.names.append(name)
    if name.corrected:
        normal.notes.append(f"{name.text!r} read as {name.hits[0].name}")
    return f"@{len(normal.names) - 1}"


def _corrected(word: str, normal: Normal) -> str:
    if word in CONTRACTIONS:
        return CONTRACTIONS[word]
    if word in GRAMMAR or not word.isalpha():
        return word
    known = slip_of_word(word)
    if known is None or word.rstrip("s") in GRAMMAR:
        return word
    normal.notes.append(f"{word!r} read as {known!r}")
    return known


def _misspelt(tokens: Sequence[Token], found: dict[int, Found], finder: NameFinder, normal: Normal) -> dict[int, Found]:
    """Names among the runs of words that nothing knows, longest spans first."""
    more: dict[int, Found] = {}
    for start, end in _runs(tokens, found):
        for size in range(min(end - start, 6), 0, -1):
            for begin in range(start, end - size + 1):
                part = tokens[begin : begin + size]
                if any(other.start < begin + size and begin < other.end for other in more.values()):
                    continue
                if size == 1 and (slip_of_word(part[0].word) or part[0].text.isdigit()):
                    continue
                if all(token.word in GRAMMAR or token.text.isdigit() for token in part):
                    continue
                name = finder.find_misspelt(tokens, begin, begin + size)
                if name is not None:
                    more[begin] = name
    return more


def _longer(tokens: Sequence[Token], found: dict[int, Found], finder: NameFinder) -> dict[int, Found]:
    """The names, where one beside an unknown word is the sound part of a longer name: "Swin Trasformer"."""
    kept = dict(found)
    for start, end in _runs(tokens, found):
        before = [name for name in found.values() if name.end == start and name.paper is None]
        after = [name for name in found.values() if name.start == end and name.paper is None]
        for first, last in ((name.start, end) for name in before):
            if longer := finder.find_misspelt(tokens, first, last):
                kept[first] = longer
        for name in after:
            if longer := finder.find_misspelt(tokens, start, name.end):
                kept.pop(name.start, None)
                kept[start] = longer
    return kept


def _runs(tokens: Sequence[Token], found: dict[int, Found]) -> list[tuple[int, int]]:
    """Runs of neighbouring tokens around unknown words."""
    covered = {at for name in found.values() for at in range(name.start, name.end)}
    runs: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        plain = token.word in GRAMMAR or token.word in CONTRACTIONS or token.text == ","
        number = bool(_NUMBER.match(token.text)) and not (runs and runs[-1][1] == at)
        known = plain or number or token.word in MONTHS or token.word in NUMBER_WORDS
        if at in covered or known:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _number_or_date(tokens: Sequence[Token], at: int, normal: Normal, words: list[str], found: dict[int, Found]) -> int:
    """Put the number or date at `at` into the line; how many tokens it took (0: there is none)."""
    word = tokens[at].word
    if word in MONTHS and at + 1 < len(tokens) and re.fullmatch(r"(?:19|20)\d\d", tokens[at + 1].text):
        return _add_date(f"{tokens[at + 1].text}-{MONTHS[word]:02}", normal, words, 2)
    if years := _YEARS.match(word):
        words.append("between")
        _add_date(years[1], normal, words, 1)
        words.append("and")
        return _add_date(years[2], normal, words, 1)
    if decade := _DECADE.match(word):
        words.append("between")
        _add_date(decade[1], normal, words, 1)
        words.append("and")
        return _add_date(f"{decade[1][:3]}9", normal, words, 1)
    if short := _SHORT_YEAR.match(word):
        return _add_date(f"20{short[1]}", normal, words, 1)
    if word in NUMBER_WORDS:
        return _add_number(Number(NUMBER_WORDS[word], ""), normal, words, 1)
    if word in _SIGNS:
        words.append(_SIGNS[word])
        return 1
    match = _NUMBER.match(tokens[at].text)
    if match is None:
        return 0
    following = "" if at + 1 in found or at + 1 >= len(tokens) else " " + tokens[at + 1].text
    rest = tokens[at].text[match.end() :]
    if _DATE.match(tokens[at].text) and match_unit(following, 0) is None:
        return _add_date(tokens[at].text, normal, words, 1)
    value = float(match["digits"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
    scale = _SCALES.get(following.strip())
    if scale and not rest:
        value, used, following = value * scale, 2, ""
    else:
        used = 1
    if match["sign"]:
        words.append(_SIGNS[match["sign"]])
    unit = match_unit(rest, 0) if rest else match_unit(following, 0)
    if unit is not None and unit[1] == len(rest or following):
        return _add_number(Number(value, unit[0]), normal, words, used + (not rest))
    return 0 if rest and not match["sign"] else _add_number(Number(value, ""), normal, words, used)


def _add_number(number: Number, normal: Normal, words: list[str], taken: int) -> int:
    normal.numbers.append(number)
    words.append(f"#{len(normal.numbers) - 1}")
    return taken


def _add_date(date: str, normal: Normal, words: list[str], taken: int) -> int:
    normal.dates.append(date)
    words.append(f"%{len(normal.dates) - 1}")
    return taken
