"""What the vocabulary holds: terms, and the index that finds them by any of their spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model import EntityType
from kg.vocabulary.fold import fold, fold_words

DIRECTIONS = ("higher", "lower", "none")
"""How a metric is read: more is better, less is better, or neither."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name that the field uses. Fields that its type does not have are empty strings.

    `aliases` name this term and nothing else of its type; `ambiguous` are abbreviations that need context.
    `direction` and `unit` belong to metrics, `kind` to methods, `domain` to datasets and tasks;
    `broader` is the name of the family of the same type ("ImageNet" for "ImageNet-1K").
    """

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    direction: str = ""
    unit: str = ""
    kind: str = ""
    domain: str = ""
    broader: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The name, then every alias, those that need context last."""
        return (self.name, *self.aliases, *self.ambiguous)


@dataclass(slots=True)
class Vocabulary:
    """Terms of all four types, found by name or alias in any spelling that `fold` unifies.

    Made once by `kg.vocabulary.load` and not changed afterwards.
    """

    terms: tuple[Term, ...]
    _sure: dict[str, dict[str, Term]] = field(init=False, repr=False)
    _unsure: dict[str, list[Term]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._sure = {kind.value: {} for kind in EntityType}
        self._unsure = {}
        for term in self.terms:
            index = self._sure[term.type]
            index[fold(term.name)] = term
            for alias in term.ambiguous:
                self._unsure.setdefault(fold(alias), []).append(term)
        # Names first, then aliases: an alias never hides a name.
        for term in self.terms:
            index = self._sure[term.type]
            for alias in term.aliases:
                index.setdefault(fold(alias), term)
        # British spellings and irregular plurals are found last, so that they never hide a name or an alias.
        for term in self.terms:
            index = self._sure[term.type]
            for form in (term.name, *term.aliases):
                index.setdefault(fold_words(form), term)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def lookup(self, type: str, name: str) -> Term | None:
        """The term of that type with that name or alias; None for an alias that needs context."""
        index = self._sure[type]
        return index.get(fold(name)) or index.get(fold_words(name))

    def unsure(self, type: str, name: str) -> tuple[Term, ...]:
        """The terms of that type for which the name is an abbreviation that needs context."""
        return tuple(term for term in self._unsure.get(fold(name), ()) if term.type == type)

    def candidates(self, name: str) -> tuple[Term, ...]:
        """Every term, of any type, that the name may mean: sure ones first, then those that need context."""
        key = fold(name)
        sure = [index[key] for index in self._sure.values() if key in index]
        return (*sure, *(term for term in self._unsure.get(key, ()) if term not in sure))

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        """The term's family, the family's family and so on, nearest first."""
        chain: list[Term] = []
        while term.broader and (parent := self.lookup(term.type, term.broader)) and parent not in chain:
            chain.append(parent)
            term = parent
        return tuple(chain)

    def of_type(self, type: str) -> tuple[Term, ...]:
        """All terms of one type, in the vocabulary's order."""
        return tuple(term for term in self.terms if term.type == type)


def sort_key(term: Term) -> tuple[str, str]:
    """The order of a vocabulary file: by name without regard to case."""
    return term.name.casefold(), term.name


def sorted_terms(terms: Iterable[Term]) -> list[Term]:
    """Terms in a vocabulary file's order."""
    return sorted(terms, key=sort_key)
