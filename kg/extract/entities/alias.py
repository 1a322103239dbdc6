"""Whether two forms of one type in one paper name the same thing: "CD-FSS" and "Cross-Domain Few-Shot Segmentation"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from kg.extract.entities.memory import TYPES
from kg.model import EntityType

Array = NDArray[np.float32]
_WORD = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+|[+*#]")
_PART = re.compile(r"[\s-]")
_STEM = 5
_HOLLOW = frozenset(
    "the a an of in on for to and with by from via using as or at under over based model models".split()
)
PAIR_FEATURES = 22
_OF_TYPE = {kind: tuple(float(kind is other) for other in TYPES) for kind in TYPES}


class Form(NamedTuple):
    """A form read for comparison: its words as stems, with abbreviations of the paper spelled out, and its letters."""

    text: str
    stems: frozenset[str]
    head: str
    first: str
    digits: frozenset[str]
    letters: str
    initials: str
    short: bool
    spelled: str
    """The letters that may be the initials of a long form; none of a form that is no short one."""
    expanded: frozenset[str]


def read_form(text: str, abbreviations: Mapping[str, str]) -> Form:
    """A form as `pair_features` compares it."""
    form = _read_plain(text)
    if not abbreviations:
        return form
    longs = [other for word in _PART.split(text) if (long := abbreviations.get(word)) for other in _words(long)]
    return form._replace(expanded=form.stems | _stems(longs)) if longs else form


def _read_plain(text: str) -> Form:
    """A form where the paper defines no abbreviation in it. Not kept: to forget kept ones costs more than to read anew."""
    words = _words(text)
    content = [word for word in words if word not in _HOLLOW] or list(words)
    stems = frozenset([word[:_STEM] for word in content])
    letters = "".join(words)
    short = len(words) <= 3 and sum(map(str.isupper, text)) >= 2
    bare = letters.rstrip("s") if len(letters) > 2 else letters
    return Form(
        text,
        stems,
        content[-1][:_STEM] if content else "",
        content[0][:_STEM] if content else "",
        frozenset([word for word in words if word[0].isdigit()]),
        letters,
        "".join([word[0] for word in words]),
        short,
        bare if short and 2 <= len(bare) <= 8 else "",
        stems,
    )


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words if word not in _HOLLOW)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def may_be_same(a: Form, b: Form) -> bool:
    """Whether two forms share enough to be looked at: a word, or the letters of an abbreviation."""
    shared = not a.expanded.isdisjoint(b.expanded) or a.letters[:4] == b.letters[:4]
    return shared or _spells(a, b) or _spells(b, a)


def pair_features(kind: EntityType, a: Form, b: Form, rivals: int) -> list[float]:
    """What speaks for two forms being one; symmetric. `rivals` is the number of forms of that type in the paper."""
    if (len(a.stems), len(a.text), a.text) > (len(b.stems), len(b.text), b.text):
        a, b = b, a
    shared, wide = len(a.stems & b.stems), len(a.expanded & b.expanded)
    likeness = Levenshtein.normalized_similarity(a.letters, b.letters)
    return [
        *_OF_TYPE[kind],
        shared / max(1, len(a.stems)),
        shared / max(1, len(b.stems)),
        wide / max(1, len(a.expanded)),
        wide / max(1, len(b.expanded)),
        float(a.head == b.head),
        float(a.first == b.first),
        float(a.digits != b.digits),
        float(bool(a.digits and b.digits) and a.digits != b.digits),
        float(_spells(a, b)),
        float(_spells(b, a)),
        likeness,
        float(b.letters.startswith(a.letters)),
        float(b.letters.endswith(a.letters)),
        float(a.short),
        float(b.short),
        float(len(a.stems) == 1),
        min(len(b.stems), 8) / 8,
        min(rivals, 10) / 10,
    ]


def _spells(short: Form, long: Form) -> bool:
    """Whether the letters of a short form are initials of the long one's words, in order."""
    letters, initials = short.spelled, long.initials
    if not letters or len(initials) < 2:
        return False
    return letters in (initials, initials[: len(letters)], initials[-len(letters) :])


@dataclass(slots=True)
class AliasNetwork:
    """A hidden layer over `pair_features`, and the probability from which two forms are one."""

    hidden: Array
    hidden_bias: Array
    top: Array
    top_bias: Array
    threshold: float = 0.5

    def group(self, kind: EntityType, texts: Sequence[str], abbreviations: Mapping[str, str]) -> list[int]:
        """For each form the number of the first form that it is one with; chains count."""
        forms = [read_form(text, abbreviations) for text in texts]
        pairs = [(i, j) for j in range(len(forms)) for i in range(j) if may_be_same(forms[i], forms[j])]
        groups = list(range(len(forms)))
        if not pairs:
            return groups
        same = self.probabilities([pair_features(kind, forms[i], forms[j], len(forms)) for i, j in pairs])
        for (i, j), likely in zip(pairs, same.tolist(), strict=True):
            if likely >= self.threshold:
                low, high = sorted((groups[i], groups[j]))
                groups = [low if group == high else group for group in groups]
        return groups

    def probabilities(self, rows: Sequence[Sequence[float]]) -> Array:
        """How likely each pair is one."""
        inside = np.maximum(np.array(rows, np.float32) @ self.hidden + self.hidden_bias, np.float32(0))
        result: Array = np.round(1 / (1 + np.exp(-(inside @ self.top + self.top_bias)))[:, 0], 3)
        return result

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What a file keeps of it."""
        names = ("hidden", "hidden_bias", "top", "top_bias")
        return {f"alias_{name}": getattr(self, name) for name in names} | {"alias_threshold": np.array(self.threshold)}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> AliasNetwork:
        """Inverse of `arrays`."""
        part = {
            name: arrays[f"alias_{name}"].astype(np.float32) for name in ("hidden", "hidden_bias", "top", "top_bias")
        }
        return cls(**part, threshold=float(arrays["alias_threshold"]))
