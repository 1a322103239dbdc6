"""The name that users see, chosen among the forms that papers use, and the id that follows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from functools import lru_cache

from kg.model import EntityType
from kg.resolve.key import fold, identify, strip_markup
from kg.vocabulary.spelling import to_singular


@lru_cache(maxsize=1 << 16)
def clean(form: str) -> str:
    """A form as it is shown: without mark-up, quotes or punctuation at its ends."""
    return strip_markup(form).strip(" -–—,.;:\"'`“”‘’") or form


def choose_name(forms: Counter[str]) -> str:
    """The usual spelling: the wording that most papers use, in the singular, its capitals as most write them.

    A descriptive name in lower case wins over the Title Case that titles give it.
    """
    if len(forms) == 1:
        return clean(next(iter(forms)))
    wordings: dict[str, Counter[str]] = defaultdict(Counter)
    for form, count in forms.items():
        wordings[fold(clean(form))][clean(form)] += count
    wording = min(wordings.items(), key=lambda item: (-item[1].total(), -len(item[0]), item[0]))[1]
    plain = Counter({form: count for form, count in wording.items() if not _is_plural(form)}) or wording
    total = plain.total()
    natural = Counter({form: count for form, count in plain.items() if form.islower() and " " in form})
    if natural.total() * 4 >= total:
        plain = natural
    return min(plain, key=lambda form: (-plain[form], _shouts(form), -len(form), form))


def natural(kind: EntityType, name: str, words: Set[str]) -> str:
    """A descriptive name in the singular and without the capital of a sentence's start: "probabilistic circuit".

    Only methods change their number, but not "mixture of agents"; only a first word that stands in lower case
    elsewhere loses its capital.
    """
    first, space, rest = name.partition(" ")
    if not space:
        return name
    head, last = rest[: rest.rfind(" ") + 1], rest[rest.rfind(" ") + 1 :]
    if kind is EntityType.METHOD and last[1:].islower() and " of " not in name and (rest.islower() or head):
        rest = head + to_singular(last)
    return f"{first.lower() if rest.islower() and first.lower() in words else first} {rest}"


def _is_plural(form: str) -> bool:
    last = form.split()[-1]
    return to_singular(last) != last


def _shouts(form: str) -> bool:
    return form.isupper() and len(form) > 5


def choose_id(kind: EntityType, names: Iterable[str]) -> str:
    """The id of the spelling with most parts ("zub-former" before "zubformer"): the same whichever is commoner."""
    return min((identify(kind, name) for name in names), key=lambda one: (-one.count("-"), one))
