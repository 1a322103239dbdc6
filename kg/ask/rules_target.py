"""Rules for what is asked for, and in which shape."""

from __future__ import annotations

import re

from kg.ask.draft import Draft, by_accuracy, by_speed, one, signs
from kg.ask.grammar import NOUN, SIGN, D, M, X
from kg.ask.intent import Form, Target
from kg.errors import QuestionError


def take_shape(draft: Draft) -> None:
    """Counting, trends and years."""
    # How the answer is to be printed is not what is asked.
    draft.take(r"(?:in|as) (?:a |the )?(?:table|list)(?= $)")
    draft.take(
        r"(?:do|does|did) (?:people|researchers|others)(?= (?:report|use|measure|propose|apply|employ|address|study)(?: |$))"
    )
    if draft.take(
        rf"(?:the )?(?:number|count) of {NOUN['paper']}(?: published)? (?:per|by|each|every|for each) year|how many {NOUN['paper']} (?:per|each|every|a) year"
    ):
        draft.form, draft.target = Form.PER_YEAR, Target.PAPER
    elif draft.take("(?:per|by|each|every|for each) year|yearly|year by year"):
        draft.form = Form.PER_YEAR
        draft.take(r"(?:the )?(?:trends?|growth|evolution|development)(?: of| in)?|(?:the )?(?:number|count) of")
    elif match := draft.take(
        rf"how (?:many|much) (?P<x>{SIGN})(?= (?:do|does|did|has|have|had|is in|are in|in|of) (?:the |an? )?{SIGN})"
    ):
        # "how many parameters does M have" asks for the number itself, not for how many results there are.
        named = draft.named(match["x"], (X,))
        if named.type is not X:
            raise QuestionError(f"how many of what? {named.name} is a {named.type.value}; ask for papers or results")
        draft.filters.append(one(named))
        draft.target = Target.CLAIM
        draft.take(r"(?:need|hav|requir|tak|consum|contain|cost)\w*(?= \|| $)|ha[sd](?= $)")
    elif draft.take(r"how many|how much(?= papers)|(?:the )?(?:total )?number of|count(?: of)?(?: all)?(?: the)?"):
        draft.form = Form.COUNT
    elif draft.take(
        r"(?:the )?(?:trends?|evolution|history|progress|development)(?: of| in| for)?|how (?:has|have|did|does)(?= .*(?:chang|evolv|develop|progress))"
    ):
        draft.form = Form.TREND
        draft.take(r"(?:been )?(?:chang|evolv|improv|develop|progress)(?:e|es|ed|ing)?")
    if (
        draft.take(r"over time|over the years|through(?:out)? (?:the years|time)|across (?:the )?years|with time")
        and draft.form is Form.LIST
    ):
        draft.form = Form.TREND


_TARGET_FORMS: tuple[tuple[str, Target | None], ...] = (
    # Wording → what it asks for; None: things of the type of the name.
    (
        r"what (?:was|is|were|has|have|are)(?= @\d+ (?:been )?(?:evaluated|tested|benchmarked|measured|reported) on)",
        Target.DATASET,
    ),
    (r"where (?:was|is|were|has|have)(?= @\d+ (?:been )?(?:evaluated|tested|benchmarked))", Target.DATASET),
    (r"on (?:what|which) (?:was|is|were)(?= @\d+ (?:evaluated|tested|benchmarked))", Target.DATASET),
    (
        r"what(?: else)? (?:is|are|was|were|gets)(?= @\d+ (?:often |usually |commonly )?(?:used|evaluated|combined|reported|tested) (?:together |along |in combination )?with)",
        None,
    ),
    (r"what (?:is|are|was|were)(?= @\d+ (?:used|applied|good) (?:for|to))", Target.TASK),
    (
        r"what (?:does|do|did|is|are)(?= @\d+ (?:claim|report|achieve|reach|get|score|show|perform|obtain)\w*)",
        Target.CLAIM,
    ),
    (
        r"how well (?:does|do|did)(?= @\d+ (?:perform|do|work|fare|score))|how (?:does|do|did)(?= @\d+ (?:perform|fare|score))",
        Target.CLAIM,
    ),
    (r"how (?:does|do|did)(?= @\d+ do (?:on|in|for) @)", Target.CLAIM),
    (r"(?:the )?performances?(?= of (?:the )?@)", Target.CLAIM),
    (r"(?:anything|something)(?= (?:on|about|for|with|using|in) )", Target.PAPER),
    (r"how good (?:is|are)(?= @)|what is known about(?= @)", Target.CLAIM),
    (r"what(?= (?:beats?|outperforms?|surpasses))|what (?:is|are)(?= better than)", Target.CLAIM),
    (r"how much(?= (?:@|(?:does|do|did|is|has|was|can) @))", Target.CLAIM),
    (r"what (?:is|was) new|anything new", Target.PAPER),
)


def take_target_forms(draft: Draft) -> None:
    """Wordings that say what is asked for without its noun."""
    if draft.target is not None:
        return
    if match := draft.take(r"how (?P<w>fast|slow|accurate) (?:is|are|was)(?= @)"):
        draft.target = Target.CLAIM
        by_accuracy(draft) if match["w"] == "accurate" else by_speed(draft, "faster")
        return
    if draft.take(
        r"what (?:do|does|did) (?:people|researchers|they|others|papers|everyone|we) (?:evaluate|test|benchmark)(?= @\d+ on)"
    ):
        # Those who evaluate a family of methods name it, though their numbers are of a method of their own.
        draft.target = Target.DATASET
        return
    for pattern, target in _TARGET_FORMS:
        if draft.take(pattern):
            draft.target = target or Target(draft.type_of(signs(draft.normal.text)[0], (D, M)).value)
            draft.evaluated = target is Target.DATASET
            return


def take_target(draft: Draft) -> None:
    """The first noun for a kind of thing is what is asked for."""
    text = draft.normal.text
    found = [
        (match.start(), Target(kind), match)
        for kind, nouns in NOUN.items()
        if (match := re.search(rf"(?<= ){nouns}(?= )", text))
    ]
    found.sort(key=lambda item: item[0])
    if found and draft.target is None:
        draft.target = found[0][1]
    if draft.target is None and draft.has("who|whose|anyone|anybody|someone|somebody"):
        draft.target = Target.PAPER
    if draft.target is Target.PAPER and draft.has(
        rf"report(?:s|ed|ing)? ?(?:any |some |their |its |on )?(?:{NOUN['claim']}|performance|@\d+|on)|(?:with|have|has|having|give|gives|giving|achieve\w*) (?:any |some )?{NOUN['claim']}|{NOUN['claim']} (?:on|for|reported)|report(?:s|ed|ing)?"
    ):
        draft.results = True
    if draft.has(r"(?:evaluat|test|benchmark|report|compar|achiev|scor|perform|result|measur)\w*"):
        draft.evaluated = True
    _cut_nouns(draft)


def _cut_nouns(draft: Draft) -> None:
    """Take the target's noun, and nouns that only fill the sentence."""
    if draft.target is not None:
        draft.take(NOUN[draft.target.value])
    for kind in ("claim",):
        while draft.take(NOUN[kind]):
            pass
    if draft.target is not Target.PAPER:
        while draft.take(NOUN["paper"]):
            pass
    # "the CIFAR-10 dataset", "the method SLAB": the noun says what the name is.
    for kind in ("dataset", "method", "metric", "task"):
        while draft.take(rf"{NOUN[kind]}(?= @)|(?<=@\d ){NOUN[kind]}|(?<=@\d\d ){NOUN[kind]}"):
            pass
