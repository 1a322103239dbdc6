"""Rules for ranks, values and dates."""

from __future__ import annotations

import re

from kg.ask.dates import after
from kg.ask.draft import Draft, by_accuracy, by_speed, limit_rows
from kg.ask.grammar import LEAST, MOST, NOUN, OVER, UNDER
from kg.ask.intent import Form, Order, ValueFilter
from kg.errors import QuestionError


def take_row_counts(draft: Draft) -> None:
    """ "show 3 papers on D"; what counts things of each paper ("papers with 3 datasets") is refused."""
    if match := draft.take(r"(?:about|around|approximately|roughly|circa|nearly|almost) #(?P<n>\d+)"):
        raise QuestionError(f"{draft.normal.shown(match[0])!r} is not a bound; say between which values")
    nouns = "|".join(NOUN.values())
    bounds = f"(?:{LEAST}|{MOST}|{OVER}|{UNDER}|exactly)"
    of_each = (
        rf"(?:with|having|have|has|in|on|using|that use|use|by) (?:(?:{bounds}|only|just) )?#(?P<n>\d+)"
        rf"|{bounds} #(?P<m>\d+)"
    )
    match = re.search(rf"(?<= )(?:{of_each}) (?:different |distinct )?(?:{nouns})(?= )", draft.normal.text)
    if match and not draft.normal.numbers[int(match["n"] or match["m"])].unit:
        raise QuestionError(f"not understood: {draft.normal.shown(match[0])!r}; what there is of each is not counted")
    if match := draft.take(rf"(?:the )?#(?P<n>\d+)(?= (?:{nouns}) )"):
        if draft.normal.numbers[int(match["n"])].unit:
            raise QuestionError(f"not understood: {draft.normal.shown(match[0])!r}")
        limit_rows(draft, match["n"])


def take_ranking(draft: Draft) -> None:
    """ "best", "top 5", "highest", "most used", "latest 3"."""
    number = r"(?: #(?P<n>\d+))?"
    if match := draft.take(
        r"(?:the )?(?:top|#(?P<k>\d+)|top #(?P<n>\d+))?(?: ?most)(?: often| widely| commonly| frequently)? (?:used|popular|common|frequent|studied|reported|mentioned|cited by papers)|most (?:often|widely|commonly|frequently)|(?:widely|commonly|frequently|often) used|popular|common|frequent"
    ):
        draft.by_use = True
        limit_rows(draft, match["n"] or match["k"])
    elif match := draft.take(rf"(?:the )?(?P<w>fastest|slowest|most accurate|least accurate){number}"):
        draft.form, draft.order = Form.BEST, Order.WORST if match["w"] in ("slowest", "least accurate") else Order.BEST
        limit_rows(draft, match["n"])
        by_speed(draft, "faster") if match["w"].endswith("est") else by_accuracy(draft)
    elif match := draft.take(rf"(?:the )?(?:#(?P<k>\d+) )?(?:latest|newest|most recent|recent|last){number}"):
        draft.order = Order.NEWEST
        limit_rows(draft, match["n"] or match["k"])
    elif match := draft.take(rf"(?:the )?(?:#(?P<k>\d+) )?(?:oldest|earliest|first){number}"):
        draft.order = Order.OLDEST
        limit_rows(draft, match["n"] or match["k"])
    if draft.take(r"(?:used|evaluated|reported|studied|mentioned) (?:the )?most(?: often| commonly| frequently)?"):
        draft.by_use = True
    for words, order in (
        ("highest|largest|biggest|greatest|maximum|max", Order.HIGHEST),
        ("lowest|smallest|minimum|min|fewest|least(?= @)", Order.LOWEST),
        ("worst|poorest", Order.WORST),
        (
            "best(?:-performing|-known| performing| reported)?|top(?:-performing| performing)?|leading|strongest|state of the art|leaderboards?|rankings?",
            Order.BEST,
        ),
    ):
        if match := draft.take(rf"(?:the )?(?:#(?P<k>\d+) )?(?:{words}){number}"):
            draft.order, draft.form = order, Form.BEST
            limit_rows(draft, match["n"] or match["k"])
            return


def take_values(draft: Draft) -> None:
    """Bounds on a claim's value."""
    lead = r"(?:(?:of|with|by|to|at|is|are|that is|that are|reach\w*|achiev\w*|scor\w*) )*"
    n, m = r"(?:an? )?#(?P<n>\d+)", r"#(?P<m>\d+)"
    patterns: list[tuple[str, bool, bool, bool]] = [
        (rf"{lead}(?:between|from) {n} (?:and|to) {m}", True, True, False),
        (rf"{lead}{LEAST} {n}|{lead}{n.replace('<n>', '<n2>')} or (?:more|better|higher|above)", True, False, False),
        (rf"{lead}{MOST} {n}|{lead}{n.replace('<n>', '<n2>')} or (?:less|fewer|lower|below)", False, True, False),
        (rf"{lead}{OVER} {n}", True, False, True),
        (rf"{lead}{UNDER} {n}", False, True, True),
        (rf"{lead}(?:exactly|equal to|precisely) {n}", True, True, False),
        (rf"{lead}{n}", True, True, False),
    ]
    for pattern, low, high, strict in patterns:
        if match := draft.take(pattern):
            groups = match.groupdict()
            first = draft.normal.numbers[int(groups.get("n") or groups["n2"])]
            last = draft.normal.numbers[int(groups["m"])] if groups.get("m") else first
            least, most = sorted((first.value, last.value))
            draft.value = ValueFilter(
                least if low else None, most if high else None, strict, last.unit or first.unit or None
            )
            return


def take_dates(draft: Draft) -> None:
    """Bounds on the date of publication."""
    _refuse_relative(draft)
    d = r"%(?P<d>\d+)"
    lead = r"(?:(?:that |which )?(?:were |was |are |is )?(?:published|released|written|posted|appear\w*|dated) )?"
    if match := draft.take(
        rf"{lead}(?:between|from) {d} (?:and|to|until|through) %(?P<e>\d+)|{lead}{d.replace('<d>', '<f>')} ?(?:-|–|to) ?%(?P<g>\d+)"
    ):
        first = draft.normal.dates[int(match["d"] or match["f"])]
        last = draft.normal.dates[int(match["e"] or match["g"])]
        if first > last:
            raise QuestionError(f"{first} is after {last}")
        draft.since, draft.before = first, after(last)
        return
    for words, start in (
        ("since|starting(?: in| from)?|from %\\d+ on", "own"),
        ("after|later than|newer than|more recent than", "next"),
    ):
        if match := draft.take(rf"{lead}(?:{words}) {d}(?: onwards?)?"):
            day = draft.normal.dates[int(match["d"])]
            draft.since = day if start == "own" else after(day)
    for words, end in (("before|prior to|earlier than|older than", "own"), ("until|till|through|up to|by", "next")):
        if match := draft.take(rf"{lead}(?:{words}) {d}"):
            day = draft.normal.dates[int(match["d"])]
            draft.before = day if end == "own" else after(day)
    if draft.since or draft.before:
        return
    if match := draft.take(rf"{lead}(?:from )?{d} (?:onwards?|or later)"):
        draft.since = draft.normal.dates[int(match["d"])]
    elif match := draft.take(rf"{lead}(?:(?:in|during|from|of|on)(?: the year| year)? )?{d}"):
        day = draft.normal.dates[int(match["d"])]
        draft.since, draft.before = day, after(day)


def _refuse_relative(draft: Draft) -> None:
    """ "in the last 5 years": an answer must be the same next year."""
    ago = "last|past|previous|this|next|recent"
    for match in re.finditer(rf"(?<= )(?:{ago}) (?:#(?P<n>\d+)(?P<w> \w+)?|\w+)(?= )", draft.normal.text):
        number = match["n"] and draft.normal.numbers[int(match["n"])]
        last = match[0].split()[-1] if not number or not number.unit else number.unit
        if re.fullmatch("(?:year|month|week|day|decade)s?", last):
            raise QuestionError(
                f"not understood: {draft.normal.shown(match[0])!r}; say since when, such as: since 2023"
            )
