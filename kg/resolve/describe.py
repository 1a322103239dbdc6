"""The resolved entities with their names, families and the reason of every merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from kg.model import EntityType
from kg.resolve.corrected import Corrections
from kg.resolve.families import is_family, iter_families
from kg.resolve.forms import bare, defined_forms, look_up
from kg.resolve.key import fold, identify
from kg.resolve.names import choose_name, clean, natural
from kg.resolve.unit import Unit, make_key
from kg.vocabulary import Term, Vocabulary
from kg.vocabulary.directions import direction_of


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a form belongs to an entity."""

    form: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedEntity:
    """An entity of the corpus; `broader` are ids of its family."""

    type: EntityType
    id: str
    name: str
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    reasons: tuple[Merge, ...]
    direction: str | None = None
    unit: str | None = None


@dataclass(slots=True)
class Group:
    """The units that are one entity. `reasons` are those of whole units: key → reason."""

    id: str
    type: EntityType
    units: dict[str, Unit]
    reasons: dict[str, str]

    @property
    def term(self) -> Term | None:
        """The vocabulary's term that the entity is, if any; the key of its unit is the id."""
        unit = self.units.get(self.id)
        return None if unit is None else unit.term

    @property
    def forms(self) -> Counter[str]:
        """Every form with the number of papers that use it."""
        counts: Counter[str] = Counter()
        for unit in self.units.values():
            counts.update(unit.forms)
        return counts

    def name(self, corrections: Corrections, vocabulary: Vocabulary, words: Set[str] = frozenset()) -> str:
        """The name that users see: given by hand, the vocabulary's, or the usual spelling.

        `words` are written in lower case inside other names.
        """
        if self.id in corrections.names:
            return corrections.names[self.id]
        term = self.term
        if term is not None:
            return term.name
        forms = self.forms
        if len(forms) == 1:
            return natural(self.type, bare(self.type, clean(next(iter(forms))), vocabulary), words)
        own = [form for form in forms if corrections.id_of(self.id, form) == self.id] or list(forms)
        bared: Counter[str] = Counter()
        for form in own:
            bared[bare(self.type, clean(form), vocabulary)] += 2 * forms[form]
        if any(unit.introduced for unit in self.units.values()):
            # What a paper coins goes by its short name, even where the long one stands as often.
            bared.update(short for short in defined_forms(bared) if len(short) > 2)
        return natural(self.type, choose_name(bared), words)


def describe(
    group: Group,
    name: str,
    broader: Sequence[str],
    vocabulary: Vocabulary,
    corrections: Corrections,
    company: Sequence[str],
) -> ResolvedEntity:
    """One entity with all its names; `company` are forms that were taken for it by the papers around them."""
    term = group.term
    reasons: dict[str, str] = {}
    for key, unit in sorted(group.units.items()):
        for form in sorted(unit.forms):
            if corrections.id_of(group.id, form) == group.id and clean(form) != name:
                reasons.setdefault(clean(form), _reason(group, key, unit, form, name, vocabulary))
    for form in company:
        reasons.setdefault(clean(form), "means this in papers that name the same things beside it")
    aliases = {*reasons, *((term.name, *term.aliases) if term else ())} - {name}
    return ResolvedEntity(
        type=group.type,
        id=group.id,
        name=name,
        aliases=tuple(sorted(aliases)),
        broader=tuple(broader),
        reasons=tuple(Merge(form, reason) for form, reason in sorted(reasons.items())),
        direction=_direction(group.type, name, term),
        unit=(term.unit or None) if term else None,
    )


def _direction(kind: EntityType, name: str, term: Term | None) -> str | None:
    if term is not None and term.direction:
        return term.direction
    return direction_of(name) if kind is EntityType.METRIC else None


def _reason(group: Group, key: str, unit: Unit, form: str, name: str, vocabulary: Vocabulary) -> str:
    if key in group.reasons:
        return group.reasons[key]
    if fold(clean(form)) == fold(name):
        return "the same but for spelling"
    own = vocabulary.lookup(unit.type, clean(form))
    if own is not None and own is unit.term:
        return "an alias in the vocabulary"
    short, called = make_key(unit.type, form, vocabulary), make_key(unit.type, name, vocabulary)
    own = look_up(vocabulary, unit.type, bare(unit.type, clean(form), vocabulary))
    if short == called or (own is not None and own is unit.term):
        return "the same with a word for what it is"
    if short in unit.example:
        return f"so called in {unit.example[short]}"
    if called in unit.example:
        return f"the long form, given in {unit.example[called]}"
    return "the same words as another name of it"


def find_broader(
    group: Group, name: str, ids: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[str, Term | None] | None:
    """The id of the entity's family, and its term where no paper names it: the vocabulary's, else by its name.

    `ids` are the ids of all units by key.
    """
    term = group.term
    if term is not None and term.broader:
        parent = vocabulary.lookup(term.type, term.broader)
        return None if parent is None else (identify(parent.type, parent.name), parent)
    for family in iter_families(group.type, name):
        known = look_up(vocabulary, group.type, family)
        if known is not None:
            found = identify(known.type, known.name) if is_family(family, known.name) else group.id
        else:
            found = ids.get(make_key(group.type, family, vocabulary), group.id)
        if found != group.id:
            return found, known
    return None
