"""What a name's form tells: a word that adds nothing ("CIFAR-10 dataset"), a short form and its long form,
and the vocabulary's term for a group of forms that name one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.model import EntityType
from kg.resolve.key import fold, fold_words, strip_markup
from kg.vocabulary import Term, Vocabulary

_HEADS = {
    EntityType.DATASET: "dataset data set benchmark corpus database test suite collection leaderboard",
    EntityType.METHOD: "model algorithm method approach architecture framework optimizer optimiser network backbone"
    " mechanism technique classifier",
    EntityType.METRIC: "score metric value measure",
    EntityType.TASK: "task problem",
}
_GENERIC = frozenset("model method algorithm approach framework technique task problem".split())
_TAIL = {
    kind: re.compile(rf"(?:\s(?:{'|'.join(re.escape(word) for word in words.split())}))+s?$", re.IGNORECASE)
    for kind, words in _HEADS.items()
}
_PARTS = re.compile(r"[-/_.]")
_DEFINITION = re.compile(r"\s*\((?P<short>[^()\s]{2,15})\)")
_SPLIT = re.compile(r"[\s-]+")
_JOINS = frozenset(["of", "for", "and", "in", "the", "on", "to", "with", "by", "from", "a", "an", "as", "or", "via"])
STEM = 5
"""Letters by which two words of long forms are compared: "convolution" and "convolutional" are alike."""


def bare(kind: EntityType, name: str, vocabulary: Vocabulary) -> str:
    """A name without words that only say what kind of thing it is: "CIFAR-10 dataset" → "CIFAR-10".

    Only where the rest is a name by itself: one that the vocabulary has, or a word with capitals or digits inside.
    "language model" and "Ising model" stay. An abbreviation in parentheses goes: "graph network (GN) model".
    """
    if " " not in name or look_up(vocabulary, kind, name) is not None:
        return name
    if "(" in name:
        name = _without_definitions(name)
    rest = _TAIL[kind].sub("", name)
    if rest == name or not rest:
        return name
    if look_up(vocabulary, kind, rest) is not None or _is_proper(rest):
        return rest
    return name


def _without_definitions(name: str) -> str:
    """ "out-of-distribution (OOD) detection" → "out-of-distribution detection"."""
    for match in reversed(list(_DEFINITION.finditer(name))):
        words = _SPLIT.split(name[: match.start()])
        ends = (" ".join(words[-count:]) for count in range(2, min(len(words), 8) + 1))
        if any(abbreviates(match["short"], end) for end in ends):
            name = name[: match.start()] + name[match.end() :]
    return name


def look_up(vocabulary: Vocabulary, kind: EntityType, name: str) -> Term | None:
    """The vocabulary's term for a name, by its own index and then by the key of names."""
    term = vocabulary.lookup(kind, name)
    return term if term is not None else _by_key(vocabulary).get((kind, fold(name)))


_indexes: list[tuple[Vocabulary, dict[tuple[EntityType, str], Term]]] = []


def _by_key(vocabulary: Vocabulary) -> dict[tuple[EntityType, str], Term]:
    for known, index in _indexes:
        if known is vocabulary:
            return index
    index = {}
    for term in vocabulary:
        for form in (term.name, *term.aliases):
            index.setdefault((term.type, fold(form)), term)
    _indexes[:] = [*_indexes[-1:], (vocabulary, index)]
    return index


def cut_kind(kind: EntityType, name: str) -> str | None:
    """A capitalised word before a word for its kind ("Zubra model" → "Zubra"): perhaps a name, if others use it."""
    rest = _TAIL[kind].sub("", name)
    return rest if rest != name and rest[:1].isupper() and rest.isalnum() else None


def _is_proper(word: str) -> bool:
    if " " in word or sum(c.isalnum() for c in word) < 3:
        return False
    return any(len(part) > 1 and not part[1:].islower() and part.isalnum() for part in _PARTS.split(word))


@lru_cache(maxsize=1 << 14)
def abbreviates(short: str, long: str) -> bool:
    """Whether `short` can stand for `long`: one word for several, its letters in order, the first one first.

    Digits must agree: "GPT-4" is no short form of "GPT-4 Turbo 2".
    """
    short, long = strip_markup(short), strip_markup(long)
    words = fold_words(long)
    if len(short.split()) > 1 or len(words) < 2 or len(short) * 3 > len(long) * 2 or words[0] in _JOINS:
        return False
    letters = fold(short)
    if not letters[:1].isalnum() or words[0][0] != letters[0] or _digits(short) != _digits(long):
        return False
    rest = iter("".join(words))
    return all(letter in rest for letter in letters if letter.isalnum())


def _digits(text: str) -> list[str]:
    return [c for c in text if c.isdigit()]


def is_same_wording(one: str, other: str) -> bool:
    """Whether two long forms differ in the ends of words or in "model", "method" and the like at most.

    "graph convolution networks" says what "graph convolutional network" says.
    """
    return _stems(one) == _stems(other)


def is_end_of(one: str, other: str) -> bool:
    """Whether one long form is the end of the other: "policy optimization" for "proximal policy optimization"."""
    short, long = sorted((_stems(one), _stems(other)), key=len)
    return len(short) > 1 and long[-len(short) :] == short


@lru_cache(maxsize=1 << 14)
def _stems(text: str) -> list[str]:
    words = [word for word in fold_words(text) if word not in _JOINS]
    while len(words) > 2 and words[-1] in _GENERIC:
        words.pop()
    return ["network"[:STEM] if word == "net" else word[:STEM] for word in words]


def defined_forms(forms: Iterable[str]) -> dict[str, str]:
    """Short form → long form among forms of one entity; the longest where several fit."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    if len(ordered) < 2:
        return {}
    return {
        short: next(long for long in ordered if abbreviates(short, long))
        for short in ordered
        if any(abbreviates(short, long) for long in ordered)
    }


def find_term(
    vocabulary: Vocabulary,
    kind: EntityType,
    forms: Iterable[str],
    definitions: Mapping[str, str],
    *,
    introduced: bool = False,
) -> Term | None:
    """The vocabulary's term for forms that name one thing, or None.

    `definitions` are short → long forms that the paper itself gives. A short form counts only where its long form
    says what the term's own long forms say: a paper's "GAN" may be its "graph alignment network".
    """
    ordered = sorted(set(forms), key=lambda form: (form in definitions, -len(form), form))
    for form in ordered:
        name = bare(kind, strip_markup(form), vocabulary)
        term = look_up(vocabulary, kind, name)
        if term is None and form in definitions:
            term = next((t for t in vocabulary.unsure(kind, name) if _says(t, definitions[form])), None)
        elif term is not None and form in definitions and not _may_say(term, form, definitions[form], introduced):
            term = None
        if term is not None:
            return term
    return None


def _may_say(term: Term, short: str, long: str, introduced: bool) -> bool:
    """Whether a known short form, defined as `long`, means the term: its long forms agree, or it has none."""
    if _says(term, long) or any(is_end_of(long, form) for form in term.forms):
        return True
    return not introduced and not any(abbreviates(short, form) for form in term.forms)


def _says(term: Term, long: str) -> bool:
    return any(is_same_wording(long, form) for form in term.forms)
