"""Rules for comparisons: two methods, a method and its baselines, changes."""

from __future__ import annotations

import re

from kg.ask.draft import Draft, by_speed, one, signs
from kg.ask.grammar import BETTER, LIST, NOUN, SIGN, D, M, X
from kg.ask.intent import Change, EntityFilter, Form, Role, Target
from kg.errors import QuestionError


def take_comparison(draft: Draft) -> None:
    """Two methods side by side: compare, versus, better than, how much faster."""
    a, b = rf"(?P<a>{SIGN})", rf"(?P<b>{SIGN})"
    does = "(?:does|do|did|has)"
    if match := draft.take(
        rf"how much (?P<how>{BETTER}) (?:is|are|was|does|do) {a}(?: \w+)? (?:than|over|compared (?:to|with)) {b}"
        rf"|(?:is|are|was) (?P<a2>{SIGN}) (?:any )?(?P<how2>faster|slower) than (?P<b2>{SIGN})"
    ):
        _against(draft, match["a"] or match["a2"], match["b"] or match["b2"])
        by_speed(draft, match["how"] or match["how2"])
    elif match := draft.take(rf"(?:how much|does|do|did)(?: {does})? {a} (?:improve|gain)\w*(?: over| on| upon)? {b}"):
        if draft.type_of(match["b"], (M,)) is M:
            _against(draft, match["a"], match["b"])
        else:
            draft.filters += [one(draft.named(match["a"], (M,))), one(draft.named(match["b"], (D, X)))]
            draft.target, draft.change = Target.CLAIM, Change.IMPROVEMENT
    elif match := draft.take(
        rf"(?:is|are|was|does|do|did) {a} (?:really |actually )?(?:{BETTER} than|beat|outperform|surpass) {b}"
        rf"|how much {does} (?P<a2>{SIGN}) (?:outperform|beat|surpass) (?P<b2>{SIGN})"
    ):
        _pair(draft, [match["a"] or match["a2"], match["b"] or match["b2"]])
    elif match := _side_by_side(draft):
        _pair(draft, signs(match["l"]))


def _side_by_side(draft: Draft) -> re.Match[str] | None:
    joined = rf"(?P<l>{SIGN}(?: (?:, and|,|and|with|to|versus|against|or) {SIGN})+)"
    if draft.has(rf"{SIGN} versus {SIGN}"):
        return draft.take(joined)
    lead = (
        r"compare|comparing|(?:a |the |direct )*comparisons? (?:of|between)|(?:what is )?(?:the )?differences? between"
    )
    return draft.take(rf"(?:{lead}) (?:the )?{joined}") or draft.take(
        rf"how (?:does|do|did) (?P<l>{SIGN} compare (?:to|with|against) {SIGN})"
    )


def _against(draft: Draft, a: str, b: str) -> None:
    draft.filters += [one(draft.named(a, (M,))), one(draft.named(b, (M,)), Role.BASELINE)]
    draft.target = Target.CLAIM


def _pair(draft: Draft, found: list[str]) -> None:
    names = tuple(draft.named(sign, (M,)) for sign in found)
    if any(named.type is not M for named in names):
        raise QuestionError(f"only methods and papers can be compared, not {' and '.join(n.name for n in names)}")
    draft.filters.append(EntityFilter(M, names))
    draft.target, draft.form = Target.CLAIM, Form.COMPARE


_ITS_BASELINES = (
    rf"(?:what|which)(?: (?:baselines?|{NOUN['method']}))? (?:is|are|was|were) (?P<m>{SIGN}) (?:being )?"
    r"(?:compared|benchmarked|evaluated|measured) (?:to|with|against)(?= $)"
    rf"|(?:(?:what|which) )?(?:are )?(?:the )?baselines? (?:of|for|used by|used in|used for) (?P<m2>{SIGN})"
    rf"|(?:what|which) baselines? (?:does|do|did) (?P<m3>{SIGN}) (?:use|have|beat|outperform|compare (?:to|with|against))"
)


def take_baselines(draft: Draft) -> None:
    """What a claim compares with."""
    if match := draft.take(_ITS_BASELINES):
        draft.filters += [
            one(draft.named(next(filter(None, match.groups())), (M,))),
            EntityFilter(M, (), Role.BASELINE),
        ]
        draft.target = Target.CLAIM
        return
    words = (
        r"(?:when |as )?compar\w+ (?:to|with|against)|relative to|versus|than|(?:outperform|beat|surpass|exceed)(?:s|ing|ed|en)?"
        r"|(?:that |which )?(?:do |does |perform\w* )?better than|(?:improv|gain)\w* (?:over|on|upon|compared (?:to|with))|with respect to|over|against|faster than|slower than"
    )
    for found_at in re.finditer(
        rf"(?<= )(?P<w>{words}) (?:the )?(?P<l>(?:baselines? )?{LIST})(?= )", draft.normal.text
    ):
        found = signs(found_at["l"])
        if all(draft.type_of(sign, (M,)) is M for sign in found):
            if found_at["w"].startswith("improv") and draft.change is None:
                draft.change = Change.IMPROVEMENT
            names = tuple(draft.named(sign, (M,)) for sign in found)
            draft.filters.append(EntityFilter(M, names, Role.BASELINE))
            draft.won = re.match(r"outperform|beat|surpass|exceed|.*better than$", found_at["w"]) is not None
            if re.match("faster|slower", found_at["w"]):
                by_speed(draft, "faster")
            draft.normal.cut(found_at)
            return
    if match := draft.take(rf"(?P<x>{SIGN}) (?:the )?(?P<m>{SIGN})") if _speeds_up(draft) else None:
        draft.filters.append(one(draft.named(match["m"], (M,)), Role.BASELINE))
        draft.filters.append(one(draft.named(match["x"], (X,))))
    if match := draft.take(
        rf"(?:with|using|have|against) (?P<l>{LIST}) as (?:a |the |their )?(?:baselines?|reference)"
    ):
        draft.filters.append(EntityFilter(M, tuple(draft.named(s, (M,)) for s in signs(match["l"])), Role.BASELINE))


def _speeds_up(draft: Draft) -> bool:
    """Whether "speed up" is a verb here: "methods that speed up M"."""
    match = re.search(rf" ({SIGN}) (?:the )?({SIGN}) ", draft.normal.text)
    if match is None or not draft.normal.names[int(match[1][1:])].text.lower().startswith(("speed up", "speeds up")):
        return False
    return draft.type_of(match[1], (X,)) is X and draft.type_of(match[2], (M,)) is M


def take_changes(draft: Draft) -> None:
    """Which changes claims state."""
    for words, change in (
        (
            "improvements?(?: of| in| by)?|gains?(?: of| in)?|(?:improv|boost)(?:e|es|ed|ing|s)?(?: by)?",
            Change.IMPROVEMENT,
        ),
        ("increases?(?: of| in| by)?|increas(?:ed|ing)(?: by)?", Change.INCREASE),
        (
            "reductions?(?: of| in| by)?|decreases?(?: of| in| by)?|drops?(?: of| in| by)?|reduc(?:e|es|ed|ing)(?: by)?|decreas(?:ed|ing)|savings?(?: of| in)?|(?:cut(?:s|ting)?|sav(?:e|es|ed)|shrink(?:s|ing)?)(?: by)?",
            Change.DECREASE,
        ),
    ):
        if draft.take(rf"(?:an? |the )?(?:{words})"):
            draft.change = change
            return
