"""Rules for names: denied, presented, or simply named."""

from __future__ import annotations

import re

from kg.ask.draft import Draft, one, signs
from kg.ask.grammar import LIST, NOUN, PRESENT, D, M, T, X
from kg.ask.intent import EntityFilter, Form, Named, Role, Target
from kg.errors import QuestionError
from kg.model import EntityType


def take_negations(draft: Draft) -> None:
    """ "without M", "that do not use D", "but not on D"."""
    verbs = r"(?:us\w+|evaluat\w+|test\w+|report\w*|mention\w*|benchmark\w*|appl\w+|rely|need\w*|work\w*)"
    no = r"(?:without|excluding|except(?: for)?|(?:is |are |was |were |do |does |did |have |has )?(?:not|never)|no|neither|other than|but not)"
    small = r"(?:on|with|using|the|for|in|by|any|a|been|results|numbers|claims|evaluated|being|to)"
    while match := draft.take(rf"(?:but |and |that |which )*{no}(?: {verbs}| {small})* (?P<l>{LIST})"):
        by_type: dict[EntityType, list[Named]] = {}
        preferred = _denied_types(f"{draft.normal.text[: match.start()]}{match[0]}")
        for sign in signs(match["l"]):
            named = draft.named(sign, preferred)
            by_type.setdefault(named.type, []).append(named)
        draft.filters += [EntityFilter(kind, tuple(names), negated=True) for kind, names in by_type.items()]


def _denied_types(text: str) -> tuple[EntityType, ...]:
    """What a denied name is, by the last verb or preposition before it: "use A but not B", "on A but not B"."""
    words = re.findall(r" (us\w+|propos\w+|with|without|appl\w+|employ\w*|on|evaluat\w+|test\w+|report\w*)(?= )", text)
    uses = bool(words) and re.match("us|propos|with|appl|employ", words[-1])
    return (M, D, T, X) if uses and words[-1] != "without" else (D, M, T, X)


def take_introductions(draft: Draft) -> None:
    """What papers propose, introduce, present."""
    if match := draft.take(
        rf"(?P<who>who (?:first )?|which \w+ (?:first )?|(?:{NOUN['paper']}) (?:that |which )?(?:first )?)?{PRESENT} (?:the )?(?:{NOUN['method']} |{NOUN['dataset']} )?(?P<l>{LIST})"
    ):
        _introduces(draft, match["l"])
        draft.with_authors = bool(match["who"]) and match["who"].startswith("who")
        return
    if match := draft.take(
        rf"(?:where|when|who|by whom|in which {NOUN['paper']}|which {NOUN['paper']})? ?(?:was|were|is|are) (?P<l>{LIST}) (?:first |originally )?{PRESENT}(?: by| in)?"
    ):
        _introduces(draft, match["l"])
        return
    nouns = "|".join(f"(?P<{kind}>{NOUN[kind]})" for kind in ("dataset", "method"))
    small = r"(?:(?:a|an|any|the|their|own|its|new|novel|some) )*"
    if draft.has(f"{NOUN['paper']}|who|how many {NOUN['paper']}") and (
        match := draft.take(
            rf"{PRESENT} {small}(?:{nouns})|(?:with|of) (?:a|an) (?:new|novel) (?:{nouns.replace('<', '<own_')})"
        )
    ):
        groups = match.groupdict()
        kind = D if groups["dataset"] or groups["own_dataset"] else M
        draft.filters.append(EntityFilter(kind, (), Role.INTRODUCED))
        draft.target = Target.PAPER
    elif draft.take(rf"(?:new|novel)(?= {NOUN['dataset']}| {NOUN['method']})") or draft.take(rf"(?:newly )?{PRESENT}"):
        draft.introduced = True


def _introduces(draft: Draft, names: str) -> None:
    for sign in signs(names):
        draft.filters.append(one(draft.named(sign, (D, M)), Role.INTRODUCED))
    draft.target = draft.target or Target.PAPER


_PREFERRED: dict[str, tuple[EntityType, ...]] = {
    "on": (D, T, M, X),
    "over": (D, T, M, X),
    "in": (D, T, X, M),
    "for": (T, D, M, X),
    "about": (T, M, D, X),
    "with": (M, X, D, T),
    "using": (M, D, X, T),
    "of": (M, X, D, T),
    "by": (X, M, D, T),
    "from": (M, D, T, X),
    "to": (T, D, M, X),
}


_DEFAULT = (D, M, T, X)


_USE = r"us(?:e|es|ed)|employ(?:s|ed|ing)?|appl(?:y|ies|ied|ying)|utili[sz](?:e|es|ed|ing)"


def _preferred(draft: Draft, word: str, found: list[str]) -> tuple[EntityType, ...]:
    """Which types the names of a list have, the likeliest first."""
    types = _PREFERRED["using"] if re.fullmatch(_USE, word) else _PREFERRED.get(word, _DEFAULT)
    ranked = draft.form is Form.BEST and not word
    if draft.value is not None or draft.change is not None or ranked:
        # A number is one of a metric: "compression over 4x" is no task.
        types = tuple(sorted(types, key=lambda kind: (kind is T) - (kind is X)))
    sure = {next(iter(kinds)) for sign in found if len(kinds := draft.normal.names[int(sign[1:])].types) == 1}
    return (*sure, *types) if len(found) > 1 and len(sure) == 1 else types


def take_names(draft: Draft) -> None:
    """What is left of names: filters by their types; "and" wants all where papers are asked for, "or" any."""
    words = "|".join([*_PREFERRED, _USE])
    pattern = rf"(?:(?P<w>{words}) )?(?:the |both |either |a |an |any )*(?P<l>{LIST})"
    while match := draft.take(pattern):
        preferred = _preferred(draft, match["w"] or "", signs(match["l"]))
        names = [draft.named(sign, preferred) for sign in signs(match["l"])]
        if " or " in match["l"] and " and " in match["l"].replace("and/or", "or"):
            raise QuestionError(f"{draft.normal.shown(match['l'])!r} mixes 'and' with 'or'; ask twice")
        together = not re.search(r" (?:or|and/or|either) ", match[0])
        if draft.target is Target.CLAIM and "both" not in match[0]:
            together = False
        for kind in dict.fromkeys(named.type for named in names):
            same = tuple(named for named in names if named.type is kind)
            groups = [(named,) for named in same] if together else [same]
            draft.filters += [EntityFilter(kind, group) for group in groups]
