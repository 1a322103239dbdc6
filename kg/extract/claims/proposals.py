"""Names that no entity covers: capitalised words and words of a name's shape, which a number may still belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from kg.model import Mention

_PIECE = r"(?:[A-Z][\w.+*'’-]*[\w+*]|[A-Z]|[a-z]+[A-Z][\w.+*-]*[\w+*]|[a-z]+-[A-Z][\w.+*-]*[\w+*]|[A-Za-z]+-?\d[\w.+*-]*\w|[A-Za-z]+-?\d)"
# Of most words, which are lower-case, one look tells that no piece begins there.
_RUN = re.compile(
    r"(?<![\w\\@-])(?=[A-Z]|[a-z]+-?[A-Z\d])"
    rf"{_PIECE}(?:[ -](?:{_PIECE}|v?\d[\w.]*\w|\d)(?![\w%]))*(?![\w%])"
)
_OPENERS = frozenset(
    "a an the we our in on for to this these those it its by with as at from of and or but however moreover further furthermore additionally "
    "finally specifically while when since although though also such through using unlike compared despite experiments experimental results "
    "extensive evaluation evaluations across here there both each all one two three first second third under over among most many more "
    "existing recent current previous prior based given if then thus hence therefore i.e e.g our notably importantly surprisingly remarkably "
    "empirically empirical theoretically overall beyond after before during yet not no new what how why can do does is are towards toward "
    "code source project page abstract models methods results large deep neural machine learning language".split()
)
_NOT_NAMES = frozenset(
    "AI ML NLP GPU GPUs CPU CPUs TPU LLM LLMs VLM VLMs MLLM MLLMs DNN DNNs SOTA SoTA I II III IV API URL Fig Table Section Eq".split()
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that may be an entity: its form, its mentions, and where the recogniser was in doubt the type."""

    forms: tuple[str, ...]
    mentions: tuple[Mention, ...]
    introduced: bool = False
    confidence: float = 0.0
    kind: str = ""


def propose(
    text: str, title_end: int, sentences: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> list[Proposal]:
    """Names of the text outside the spans `taken` (sorted), in order of first mention."""
    starts = {start for start, _ in sentences[1:]}
    firsts = [start for start, _ in taken]
    reach = [*accumulate((end for _, end in taken), max)]  # how far the spans up to each go
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _RUN.finditer(text):
        start, end = match.span()
        if start in starts or start < title_end:
            start = _skip_opener(text, start, end, start in starts)
            if start >= end:
                continue
        name = text[start:end]
        if (
            name in _NOT_NAMES
            or (len(name) < 2)
            or ((before := bisect_left(firsts, end)) and reach[before - 1] > start)
        ):
            continue
        found.setdefault(name, []).append((start, end))
    out = []
    for name, spans in found.items():
        mentions = tuple(_mention(a, b, title_end) for a, b in spans)
        out.append(Proposal((name,), mentions))
    return out


def _mention(start: int, end: int, title_end: int) -> Mention:
    if start < title_end:
        return Mention("title", start, end)
    return Mention("abstract", start - title_end - 1, end - title_end - 1)


def _skip_opener(text: str, start: int, end: int, opens: bool) -> int:
    """Behind the word that only begins the sentence; the end where the run is that word alone."""
    word = re.match(r"[A-Za-z'’.]+(?![\w-])", text[start:end])
    if word and word.group().lower() in _OPENERS:
        start += word.end()
        while start < end and text[start] == " ":
            start += 1
        return start
    if opens and word and word.end() == end - start and word.group()[1:].islower():
        return end
    return start
