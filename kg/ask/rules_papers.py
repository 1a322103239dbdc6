"""Rules for papers, and for those who wrote them."""

from __future__ import annotations

import re

from kg.ask.draft import Draft
from kg.ask.grammar import LEAST, MOST, NOUN, OVER, UNDER, D, M
from kg.ask.intent import Form, NamedPaper, Target
from kg.errors import QuestionError


def refuse_two_questions(draft: Draft) -> None:
    """ "who uses M, and for what": half an answer would be taken for a whole one."""
    if match := re.search(
        r"(?<= )(?:and|or|,) (?:(?:for|on|with|in|by|to) )?(?:what|why|how|when|where|who)(?= .*)", draft.normal.text
    ):
        asked = draft.normal.shown(draft.normal.text[match.start() :]).strip()
        raise QuestionError(f"not understood: {asked!r}; ask one question at a time")


def take_papers(draft: Draft) -> None:
    """Papers named by id or title; "papers like P"."""
    if draft.take(
        rf"(?:{NOUN['paper']} )?(?:(?:that|which) )?(?:are |is )?(?:most )?(?:like|similar to|related to|resembl\w+|close to) (?:the )?(?:paper )?(?P<p>&\d+)"
    ):
        draft.form, draft.target = Form.SIMILAR, Target.PAPER
        draft.papers = [_paper(draft, 0)]
        return
    if draft.take(
        r"(?:who|by whom)(?: (?:wrote|authored|published)| (?:is|are) the authors? of)(?= (?:the )?(?:paper )?&)|(?:list |show |give )?(?:me )?(?:the )?(?:names of the )?authors? of(?= (?:the )?(?:paper )?&)"
    ):
        draft.target, draft.with_authors = Target.PAPER, True
    elif draft.take(r"when (?:was|were)(?= (?:the )?(?:paper )?&\d+ (?:published|written|released))"):
        draft.target = Target.PAPER
    if "&" in draft.normal.text:
        draft.papers = [_paper(draft, number) for number in range(len(draft.normal.papers))]
        if draft.take(r"compar\w+|versus|difference between"):
            draft.target = Target.CLAIM
        asks = rf"(?:what|which)?(?: {NOUN['claim']})? ?(?:does|do|did|is|are|was|were)? ?(?:the )?(?:paper )?&\d+ (?:claim|report|show|achieve|find|state|say|measure)\w*"
        others = "|".join(noun for kind, noun in NOUN.items() if kind != "claim")
        if draft.target is None and not draft.has(f"how many|{others}") and draft.take(asks):
            draft.target = Target.CLAIM
        while draft.take(r"(?:(?:of|in|from|by|made by|made in|for) )?(?:the )?(?:paper )?&\d+"):
            pass


def _paper(draft: Draft, number: int) -> NamedPaper:
    paper = draft.normal.papers[number].paper
    assert paper is not None
    return paper


def take_similar_by_method(draft: Draft) -> None:
    """ "papers like M": like the paper that proposes M."""
    match = re.search(
        rf"(?<= ){NOUN['paper']} (?:(?:that|which) )?(?:are )?(?:like|similar to|related to) (@\d+) ",
        draft.normal.text,
    )
    if match is None:
        return
    name = draft.named(match[1], (M, D))
    found = [r.paper for r in draft.catalog.records() if any(e.id == name.id and e.introduced for e in r.entities)]
    if len(found) != 1:
        raise QuestionError(f"{name.name} is not a paper; put the paper's title in quotation marks")
    draft.papers = [NamedPaper(found[0].id, found[0].title)]
    draft.form, draft.target = Form.SIMILAR, Target.PAPER
    draft.normal.cut(match)
    draft.normal.text += " "


def take_authors(draft: Draft) -> None:
    """Bounds on the number of authors."""
    people = r"(?:authors?|people|writers?)"
    number = r"#(?P<n>\d+)"
    if draft.take(
        r"(?:by a |with a |a |by )?(?:single|one|sole)(?: |-)author(?:ed)?(?:s)?|single-author(?:ed)?|by (?:a single|one) (?:author|person)|with (?:a single|only one|one) author"
    ):
        draft.authors_least = draft.authors_most = 1
        return
    for pattern, low, high in (
        (rf"(?:with |by |from |having )?(?:{OVER}) {number} {people}", 1, None),
        (rf"(?:with |by |from |having )?(?:{LEAST}) {number} {people}", 0, None),
        (rf"(?:with |by |from |having )?{number} or more {people}", 0, None),
        (rf"(?:with |by |from |having )?(?:{UNDER}) {number} {people}", None, -1),
        (rf"(?:with |by |from |having )?(?:{MOST}) {number} {people}", None, 0),
        (rf"(?:with |by |from |having )?(?:exactly |only |just )?{number} {people}", 0, 0),
    ):
        if match := draft.take(pattern):
            count = int(draft.normal.numbers[int(match["n"])].value)
            draft.authors_least = None if low is None else count + low
            draft.authors_most = None if high is None else count + high
            return
