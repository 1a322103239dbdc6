"""What each short form of the corpus means, which units are one thing, and the id of each thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import EntityType
from kg.resolve.forms import abbreviates, bare, cut_kind
from kg.resolve.key import identify
from kg.resolve.names import choose_id, choose_name, clean
from kg.resolve.senses import join_wordings
from kg.resolve.unit import Unit, make_key
from kg.vocabulary import Term, Vocabulary


class Meanings:
    """Decides over the units of a corpus, once all are known; `why` and `contested` are its results.

    `why`: key of a unit that was joined to another → reason. `contested`: key of a short form that means several
    things → their keys; which one is meant is for each paper to say.
    """

    def __init__(self, units: dict[str, Unit], vocabulary: Vocabulary) -> None:
        self._units = units
        self._vocabulary = vocabulary
        self._into: dict[str, str] = {}
        self.why: dict[str, str] = {}
        self.contested: dict[str, tuple[str, ...]] = {}
        self._ids: dict[str, str] = {}

    def decide(self) -> None:
        """Join units, and give each root its id."""
        meant: dict[str, set[str]] = defaultdict(set)
        for key, unit in self._units.items():
            for other in unit.others:
                meant[other].add(key)
        for short in sorted(self._units):
            if self._units[short].term is None:
                self._decide(short, meant.get(short, set()))
        for key in sorted(self._units):
            self._join_to_name(key)
        members: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._units):
            members[self.root(key)].append(key)
        for root, keys in members.items():
            self._ids[root] = self._make_id(root, keys, meant)

    def id_of(self, key: str) -> str:
        """The id of the thing that a unit is."""
        return self._ids[self.root(key)]

    def root(self, key: str) -> str:
        """The unit that stands for all that were joined to it."""
        while (target := self._into.get(key)) is not None:
            key = target
        return key

    def _decide(self, short: str, meanings: set[str]) -> None:
        unit = self._units[short]
        joined = join_wordings([key for key in meanings if key != short and self._writes(key, unit)], self._units)
        for key, into in joined.items():
            if key != into and self._units[key].term is None:
                self._join(key, into, f"the same words as “{self._spoken(into)}”")
        senses = {self.root(key) for key in joined.values()} - {short}
        senses |= {identify(unit.type, term.name) for term in self._unsure_of(short)}
        coined = unit.introduced and all(self._introduced(key) for key in senses)
        if not senses or coined:
            return
        if len(senses) > 1:
            self.contested[short] = tuple(sorted(senses))
            return
        (target,) = senses
        if target not in self._units:
            (term,) = self._unsure_of(short)
            self._units[target] = Unit(unit.type, term)
        self._join(short, target, self._reason_of_short(short, target))

    def _join_to_name(self, key: str) -> None:
        """Join "Zubra model" to "Zubra" where papers name that by itself."""
        unit = self._units[key]
        if unit.term is not None:
            return
        for form in sorted(unit.forms):
            rest = cut_kind(unit.type, clean(form))
            other = None if rest is None else self._units.get(make_key(unit.type, rest, self._vocabulary))
            if other is not None and rest in other.forms:
                self._join(
                    key, make_key(unit.type, rest or "", self._vocabulary), "the same with a word for what it is"
                )
                return

    def _writes(self, key: str, unit: Unit) -> bool:
        """Whether a unit that has the short form among its own writes it with the same capitals."""
        forms = {form.removesuffix("s") for form in self._units[key].forms}
        return any(form.removesuffix("s") in forms for form in unit.forms)

    def _unsure(self, kind: EntityType, form: str) -> tuple[Term, ...]:
        return self._vocabulary.unsure(kind, clean(form))

    def _unsure_of(self, key: str) -> set[Term]:
        """What the vocabulary says the unit's own name may mean."""
        kind = self._units[key].type
        own = [form for form in self._units[key].forms if make_key(kind, form, self._vocabulary) == key]
        if kind is not EntityType.METRIC:
            # A word ("reconstruction") says more than an abbreviation; as a metric it was measured, so it is meant.
            own = [form for form in own if not form.islower()]
        return {term for form in own for term in self._unsure(kind, form)}

    def _introduced(self, key: str) -> bool:
        unit = self._units.get(key)
        return unit is not None and unit.term is None and unit.introduced > 0

    def _reason_of_short(self, short: str, target: str) -> str:
        unit = self._units[target]
        papers = unit.others[short]
        if not papers:
            return f"short for “{self._spoken(target)}” in the vocabulary, and no paper here means another {unit.type}"
        more = f" and {papers - 1} more" if papers > 1 else ""
        return f"short for “{self._spoken(target)}”: so defined in {unit.example[short]}{more}, nowhere otherwise"

    def _spoken(self, key: str) -> str:
        unit = self._units[key]
        return unit.term.name if unit.term else choose_name(unit.forms)

    def _join(self, source: str, target: str, reason: str) -> None:
        source, target = self.root(source), self.root(target)
        if source != target:
            self._into[source] = target
            self.why[source] = reason

    def _make_id(self, root: str, keys: Sequence[str], meant: dict[str, set[str]]) -> str:
        unit = self._units[root]
        if unit.term is not None:
            return root
        forms = Counter({form: 0 for key in keys for form in self._units[key].forms})
        for key in keys:
            forms.update(self._units[key].forms)
        shorts = [form for form in forms if self._is_own_short(form, root, forms, meant)]
        if shorts:
            return identify(unit.type, min(shorts, key=lambda form: (-forms[form], form)))
        longs = [form for form in forms if make_key(unit.type, form, self._vocabulary) == root]
        return choose_id(unit.type, [bare(unit.type, clean(form), self._vocabulary) for form in longs or forms])

    def _is_own_short(self, form: str, root: str, forms: Counter[str], meant: dict[str, set[str]]) -> bool:
        """Whether a short form means this thing and nothing else, so that it may be the id."""
        kind = self._units[root].type
        key = make_key(kind, form, self._vocabulary)
        if key not in meant or self._vocabulary.lookup(kind, form) or self._unsure(kind, form):
            return False
        if {self.root(other) for other in meant[key]} != {root} or (key in self._units and self.root(key) != root):
            return False
        return any(abbreviates(form, long) for long in forms)
