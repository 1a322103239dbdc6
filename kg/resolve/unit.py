"""What the corpus says of one name: the papers that use it, its forms, and what else is called so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Entity, EntityType
from kg.resolve.forms import abbreviates, bare, defined_forms, find_term, look_up
from kg.resolve.key import fold, fold_words, identify, strip_markup
from kg.vocabulary import Term, Vocabulary


@dataclass(slots=True)
class Unit:
    """All entities of records with one key. `others` are keys of further forms that a paper gives the same thing
    (its abbreviation): key → papers; `bag` counts the vocabulary's terms named beside it."""

    type: EntityType
    term: Term | None = None
    papers: int = 0
    introduced: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    others: Counter[str] = field(default_factory=Counter)
    example: dict[str, str] = field(default_factory=dict)
    """Key of another form → the first paper (by id) that gives it."""
    bag: Counter[str] = field(default_factory=Counter)

    @property
    def has_senses(self) -> bool:
        """Whether a short form may stand for it, so that the company it keeps is worth knowing."""
        return bool(self.others) or bool(self.term and self.term.ambiguous)


@dataclass(frozen=True, slots=True)
class Reading:
    """How one entity of a record is read: the key of its unit, its term, and keys of its other forms."""

    key: str
    term: Term | None
    others: tuple[str, ...]


def make_key(kind: EntityType, name: str, vocabulary: Vocabulary) -> str:
    """The key of a name that no term has: "method:zubnet"."""
    return f"{kind.value}:{fold(bare(kind, strip_markup(name), vocabulary))}"


def read_entity(entity: Entity, vocabulary: Vocabulary) -> Reading:
    """The unit of an entity: by the vocabulary where it knows a form, else by its longest form."""
    kind = entity.type
    forms = {entity.name, *entity.forms}
    named = look_up(vocabulary, kind, entity.name)
    if named is None or identify(kind, named.name) != entity.id:
        named = find_term(vocabulary, kind, forms, defined_forms(forms), introduced=entity.introduced)
    if named is not None:
        key = identify(kind, named.name)
        forms.update(named.forms)
        rest = [form for form in entity.forms if look_up(vocabulary, kind, bare(kind, form, vocabulary)) is not named]
    else:
        longest = min(forms, key=lambda form: (-len(fold_words(form)), -len(form), form))
        key = make_key(kind, longest, vocabulary)
        rest = [form for form in forms if digits(form) == digits(longest)]
    others = {make_key(kind, form, vocabulary) for form in rest if _is_short_or_long(form, forms)} - {key}
    return Reading(key, named, tuple(sorted(others)))


def _is_short_or_long(form: str, forms: Iterable[str]) -> bool:
    """Whether a form stands for another one, or another for it: only that holds for other papers too."""
    return any(abbreviates(form, other) or abbreviates(other, form) for other in forms)


def digits(text: str) -> list[str]:
    """The digits of a name; names that differ in them are versions, not spellings."""
    return [c for c in text if c.isdigit()]


def add_entity(unit: Unit, entity: Entity, reading: Reading, paper: str, beside: Iterable[str]) -> None:
    """Count an entity of a record into its unit; `beside` are ids of terms in the same paper."""
    unit.papers += 1
    unit.introduced += entity.introduced
    unit.forms.update(entity.forms or (entity.name,))
    unit.ids.add(entity.id)
    for other in reading.others:
        unit.others[other] += 1
        unit.example[other] = min(paper, unit.example.get(other, paper))
    if unit.has_senses:
        unit.bag.update(beside)
