"""The rules of the question grammar: each takes what it knows from the normal form and fills in a draft.

Order counts: rules that need more words around a name stand before those that need fewer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.ask.dates import after
from kg.ask.intent import Change, EntityFilter, Form, Named, NamedPaper, Order, Role, Target, ValueFilter
from kg.ask.normal import Normal
from kg.ask.words import SPEED_METRICS, TARGET_NOUNS
from kg.catalog import Catalog
from kg.errors import QuestionError
from kg.model import EntityType

M, D, X, T = EntityType.METHOD, EntityType.DATASET, EntityType.METRIC, EntityType.TASK

_SIGN = r"@\d+"
_JOIN = r"(?: ,(?: and| or)?| and(?: also)?| or| nor| and/or| as well as)(?: (?:on|with|using|for|the|by|in|over|against|also|either|both))*"
_LIST = rf"(?:(?:both|either|the|all of|any of) )*{_SIGN}(?:{_JOIN} {_SIGN})*"
_NOUN = {target: "(?:" + nouns.replace(" ", "|") + ")" for target, nouns in TARGET_NOUNS.items()}
_PRESENT = r"(?:introduc|propos|present|releas|creat|invent)(?:e|es|ed|ing|s)"
_BETTER = r"(?:better|worse|faster|slower|more accurate|stronger|cheaper|smaller)"
_OVER = r"(?:over|above|more than|greater than|larger than|higher than|exceeding|beyond|better than|at more than)"
_UNDER = r"(?:under|below|less than|fewer than|lower than|smaller than)"
_LEAST = r"(?:at least|no less than|not less than|a minimum of|minimum of|starting from)"
_MOST = r"(?:at most|no more than|not more than|up to|a maximum of|maximum of|no higher than)"


@dataclass
class Draft:
    """An intent in the making."""

    normal: Normal
    catalog: Catalog
    target: Target | None = None
    form: Form = Form.LIST
    filters: list[EntityFilter] = field(default_factory=list)
    papers: list[NamedPaper] = field(default_factory=list)
    value: ValueFilter | None = None
    change: Change | None = None
    since: str | None = None
    before: str | None = None
    authors_least: int | None = None
    authors_most: int | None = None
    order: Order | None = None
    limit: int | None = None
    results: bool = False
    evaluated: bool = False
    introduced: bool = False
    with_authors: bool = False
    by_use: bool = False

    def take(self, pattern: str) -> re.Match[str] | None:
        """Cut the first match of a pattern of whole words out of the text."""
        match = re.search(rf"(?<= )(?:{pattern})(?= )", self.normal.text)
        if match is not None:
            self.normal.cut(match)
        return match

    def has(self, pattern: str) -> bool:
        """Whether whole words match a pattern."""
        return re.search(rf"(?<= )(?:{pattern})(?= )", self.normal.text) is not None

    def named(self, sign: str, preferred: tuple[EntityType, ...]) -> Named:
        """The entity of a sign `@0`."""
        return self.normal.names[int(sign[1:])].resolve(preferred)

    def type_of(self, sign: str, preferred: tuple[EntityType, ...]) -> EntityType:
        """Its type."""
        return self.normal.names[int(sign[1:])].best_type(preferred)


Rule = Callable[[Draft], None]


def signs(text: str) -> list[str]:
    """The signs of names in a piece of the text."""
    return re.findall(_SIGN, text)


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
        rf"(?:{_NOUN['paper']} )?(?:(?:that|which) )?(?:are |is )?(?:most )?(?:like|similar to|related to|resembl\w+|close to) (?:the )?(?:paper )?(?P<p>&\d+)"
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
        asks = rf"(?:what|which)?(?: {_NOUN['claim']})? ?(?:does|do|did|is|are|was|were)? ?(?:the )?(?:paper )?&\d+ (?:claim|report|show|achieve|find|state|say|measure)\w*"
        others = "|".join(noun for kind, noun in _NOUN.items() if kind != "claim")
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
        rf"(?<= ){_NOUN['paper']} (?:(?:that|which) )?(?:are )?(?:like|similar to|related to) (@\d+) ",
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


def take_comparison(draft: Draft) -> None:
    """Two methods side by side: compare, versus, better than, how much faster."""
    a, b = rf"(?P<a>{_SIGN})", rf"(?P<b>{_SIGN})"
    does = "(?:does|do|did|has)"
    if match := draft.take(
        rf"how much (?P<how>{_BETTER}) (?:is|are|was|does|do) {a}(?: \w+)? (?:than|over|compared (?:to|with)) {b}"
        rf"|(?:is|are|was) (?P<a2>{_SIGN}) (?:any )?(?P<how2>faster|slower) than (?P<b2>{_SIGN})"
    ):
        _against(draft, match["a"] or match["a2"], match["b"] or match["b2"])
        _how(draft, match["how"] or match["how2"])
    elif match := draft.take(rf"(?:how much|does|do|did)(?: {does})? {a} (?:improve|gain)\w*(?: over| on| upon)? {b}"):
        if draft.type_of(match["b"], (M,)) is M:
            _against(draft, match["a"], match["b"])
        else:
            draft.filters += [_one(draft.named(match["a"], (M,))), _one(draft.named(match["b"], (D, X)))]
            draft.target, draft.change = Target.CLAIM, Change.IMPROVEMENT
    elif match := draft.take(
        rf"(?:is|are|was|does|do|did) {a} (?:really |actually )?(?:{_BETTER} than|beat|outperform|surpass) {b}"
        rf"|how much {does} (?P<a2>{_SIGN}) (?:outperform|beat|surpass) (?P<b2>{_SIGN})"
    ):
        _pair(draft, [match["a"] or match["a2"], match["b"] or match["b2"]])
    elif match := _side_by_side(draft):
        _pair(draft, signs(match["l"]))


def _side_by_side(draft: Draft) -> re.Match[str] | None:
    joined = rf"(?P<l>{_SIGN}(?: (?:, and|,|and|with|to|versus|against|or) {_SIGN})+)"
    if draft.has(rf"{_SIGN} versus {_SIGN}"):
        return draft.take(joined)
    lead = (
        r"compare|comparing|(?:a |the |direct )*comparisons? (?:of|between)|(?:what is )?(?:the )?differences? between"
    )
    return draft.take(rf"(?:{lead}) (?:the )?{joined}") or draft.take(
        rf"how (?:does|do|did) (?P<l>{_SIGN} compare (?:to|with|against) {_SIGN})"
    )


def _one(named: Named, role: Role = Role.ANY, *, negated: bool = False) -> EntityFilter:
    return EntityFilter(named.type, (named,), role, negated)


def _against(draft: Draft, a: str, b: str) -> None:
    draft.filters += [_one(draft.named(a, (M,))), _one(draft.named(b, (M,)), Role.BASELINE)]
    draft.target = Target.CLAIM


def _pair(draft: Draft, found: list[str]) -> None:
    names = tuple(draft.named(sign, (M,)) for sign in found)
    if any(named.type is not M for named in names):
        raise QuestionError(f"only methods and papers can be compared, not {' and '.join(n.name for n in names)}")
    draft.filters.append(EntityFilter(M, names))
    draft.target, draft.form = Target.CLAIM, Form.COMPARE


def _how(draft: Draft, word: str) -> None:
    if word in ("faster", "slower"):
        found = [hit for name in SPEED_METRICS for hit in draft.catalog.find(name, types=[X])]
        if not found:
            raise QuestionError("this graph has no metric of speed")
        names = {hit.id: Named(X, hit.id, hit.name) for hit in found}
        draft.filters.append(EntityFilter(X, tuple(names.values())))


def _accuracy(draft: Draft) -> None:
    found = draft.catalog.find("accuracy", types=[X])
    if not found:
        raise QuestionError("this graph has no accuracies")
    draft.filters.append(EntityFilter(X, (Named(X, found[0].id, found[0].name),)))


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
        (rf"(?:with |by |from |having )?(?:{_OVER}) {number} {people}", 1, None),
        (rf"(?:with |by |from |having )?(?:{_LEAST}) {number} {people}", 0, None),
        (rf"(?:with |by |from |having )?{number} or more {people}", 0, None),
        (rf"(?:with |by |from |having )?(?:{_UNDER}) {number} {people}", None, -1),
        (rf"(?:with |by |from |having )?(?:{_MOST}) {number} {people}", None, 0),
        (rf"(?:with |by |from |having )?(?:exactly |only )?{number} {people}", 0, 0),
    ):
        if match := draft.take(pattern):
            count = int(draft.normal.numbers[int(match["n"])].value)
            draft.authors_least = None if low is None else count + low
            draft.authors_most = None if high is None else count + high
            return


def take_ranking(draft: Draft) -> None:
    """ "best", "top 5", "highest", "most used", "latest 3"."""
    number = r"(?: #(?P<n>\d+))?"
    if match := draft.take(
        r"(?:the )?(?:top|#(?P<k>\d+)|top #(?P<n>\d+))?(?: ?most)(?: often| widely| commonly| frequently)? (?:used|popular|common|frequent|studied|reported|mentioned|cited by papers)|most (?:often|widely|commonly|frequently)|(?:widely|commonly|frequently|often) used|popular|common|frequent"
    ):
        draft.by_use = True
        _limit(draft, match["n"] or match["k"])
    elif match := draft.take(rf"(?:the )?(?P<w>fastest|slowest|most accurate|least accurate){number}"):
        draft.form, draft.order = Form.BEST, Order.WORST if match["w"] in ("slowest", "least accurate") else Order.BEST
        _limit(draft, match["n"])
        _how(draft, "faster") if match["w"].endswith("est") else _accuracy(draft)
    elif match := draft.take(rf"(?:the )?(?:#(?P<k>\d+) )?(?:latest|newest|most recent|recent|last){number}"):
        draft.order = Order.NEWEST
        _limit(draft, match["n"] or match["k"])
    elif match := draft.take(rf"(?:the )?(?:#(?P<k>\d+) )?(?:oldest|earliest|first){number}"):
        draft.order = Order.OLDEST
        _limit(draft, match["n"] or match["k"])
    for words, order in (
        ("highest|largest|biggest|greatest|maximum|max", Order.HIGHEST),
        ("lowest|smallest|minimum|min", Order.LOWEST),
        ("worst|poorest", Order.WORST),
        (
            "best(?:-performing|-known| performing| reported)?|top(?:-performing| performing)?|leading|strongest|state of the art",
            Order.BEST,
        ),
    ):
        if match := draft.take(rf"(?:the )?(?:#(?P<k>\d+) )?(?:{words}){number}"):
            draft.order, draft.form = order, Form.BEST
            _limit(draft, match["n"] or match["k"])
            return


def _limit(draft: Draft, number: str | None) -> None:
    if number is not None:
        value = draft.normal.numbers[int(number)].value
        if value < 1 or value != int(value) or value > 10_000:
            raise QuestionError(f"{value:g} is not a number of rows")
        draft.limit = int(value)


def take_values(draft: Draft) -> None:
    """Bounds on a claim's value."""
    lead = r"(?:(?:of|with|by|to|at|is|are|that is|that are|reach\w*|achiev\w*|scor\w*) )*"
    if match := draft.take(r"(?:about|around|approximately|roughly|circa|nearly|almost) #(?P<n>\d+)"):
        raise QuestionError(f"{draft.normal.shown(match[0])!r} is not a bound; say between which values")
    n, m = r"(?:an? )?#(?P<n>\d+)", r"#(?P<m>\d+)"
    patterns: list[tuple[str, bool, bool, bool]] = [
        (rf"{lead}(?:between|from) {n} (?:and|to) {m}", True, True, False),
        (rf"{lead}{_LEAST} {n}|{lead}{n.replace('<n>', '<n2>')} or (?:more|better|higher|above)", True, False, False),
        (rf"{lead}{_MOST} {n}|{lead}{n.replace('<n>', '<n2>')} or (?:less|fewer|lower|below)", False, True, False),
        (rf"{lead}{_OVER} {n}", True, False, True),
        (rf"{lead}{_UNDER} {n}", False, True, True),
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
    for words, start in (("since|starting(?: in| from)?|from %\\d+ on", "own"), ("after|later than", "next")):
        if match := draft.take(rf"{lead}(?:{words}) {d}(?: onwards?)?"):
            day = draft.normal.dates[int(match["d"])]
            draft.since = day if start == "own" else after(day)
    for words, end in (("before|prior to|earlier than", "own"), ("until|till|through|up to|by", "next")):
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


def take_shape(draft: Draft) -> None:
    """Counting, trends and years."""
    if draft.take(
        rf"(?:the )?(?:number|count) of {_NOUN['paper']}(?: published)? (?:per|by|each|every|for each) year|how many {_NOUN['paper']} (?:per|each|every|a) year"
    ):
        draft.form, draft.target = Form.PER_YEAR, Target.PAPER
    elif draft.take("(?:per|by|each|every|for each) year|yearly|year by year"):
        draft.form = Form.PER_YEAR
        draft.take(r"(?:the )?(?:trends?|growth|evolution|development)(?: of| in)?|(?:the )?(?:number|count) of")
    elif match := draft.take(
        rf"how (?:many|much) (?P<x>{_SIGN})(?= (?:do|does|did|has|have|had|is in|are in|in|of) (?:the |an? )?{_SIGN})"
    ):
        # "how many parameters does M have" asks for the number itself, not for how many results there are.
        named = draft.named(match["x"], (X,))
        if named.type is not X:
            raise QuestionError(f"how many of what? {named.name} is a {named.type.value}; ask for papers or results")
        draft.filters.append(_one(named))
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


_ITS_BASELINES = (
    rf"(?:what|which)(?: (?:baselines?|{_NOUN['method']}))? (?:is|are|was|were) (?P<m>{_SIGN}) (?:being )?"
    r"(?:compared|benchmarked|evaluated|measured) (?:to|with|against)(?= $)"
    rf"|(?:(?:what|which) )?(?:are )?(?:the )?baselines? (?:of|for|used by|used in|used for) (?P<m2>{_SIGN})"
    rf"|(?:what|which) baselines? (?:does|do|did) (?P<m3>{_SIGN}) (?:use|have|beat|outperform|compare (?:to|with|against))"
)


def take_baselines(draft: Draft) -> None:
    """What a claim compares with."""
    if match := draft.take(_ITS_BASELINES):
        draft.filters += [
            _one(draft.named(next(filter(None, match.groups())), (M,))),
            EntityFilter(M, (), Role.BASELINE),
        ]
        draft.target = Target.CLAIM
        return
    words = (
        r"(?:when |as )?compar\w+ (?:to|with|against)|relative to|versus|than|(?:outperform|beat|surpass|exceed)(?:s|ing|ed|en)?"
        r"|(?:that |which )?(?:do |does |perform\w* )?better than|(?:improv|gain)\w* (?:over|on|upon|compared (?:to|with))|with respect to|over|against|faster than|slower than"
    )
    for found_at in re.finditer(
        rf"(?<= )(?P<w>{words}) (?:the )?(?P<l>(?:baselines? )?{_LIST})(?= )", draft.normal.text
    ):
        found = signs(found_at["l"])
        if all(draft.type_of(sign, (M,)) is M for sign in found):
            if found_at["w"].startswith("improv") and draft.change is None:
                draft.change = Change.IMPROVEMENT
            names = tuple(draft.named(sign, (M,)) for sign in found)
            draft.filters.append(EntityFilter(M, names, Role.BASELINE))
            if re.match("faster|slower", found_at["w"]):
                _how(draft, "faster")
            draft.normal.cut(found_at)
            return
    if match := draft.take(rf"(?P<x>{_SIGN}) (?:the )?(?P<m>{_SIGN})") if _speeds_up(draft) else None:
        draft.filters.append(_one(draft.named(match["m"], (M,)), Role.BASELINE))
        draft.filters.append(_one(draft.named(match["x"], (X,))))
    if match := draft.take(
        rf"(?:with|using|have|against) (?P<l>{_LIST}) as (?:a |the |their )?(?:baselines?|reference)"
    ):
        draft.filters.append(EntityFilter(M, tuple(draft.named(s, (M,)) for s in signs(match["l"])), Role.BASELINE))


def _speeds_up(draft: Draft) -> bool:
    """Whether "speed up" is a verb here: "methods that speed up M"."""
    match = re.search(rf" ({_SIGN}) (?:the )?({_SIGN}) ", draft.normal.text)
    if match is None or not draft.normal.names[int(match[1][1:])].text.lower().startswith(("speed up", "speeds up")):
        return False
    return draft.type_of(match[1], (X,)) is X and draft.type_of(match[2], (M,)) is M


def take_negations(draft: Draft) -> None:
    """ "without M", "that do not use D", "but not on D"."""
    verbs = r"(?:us\w+|evaluat\w+|test\w+|report\w*|mention\w*|benchmark\w*|appl\w+|rely|need\w*|work\w*)"
    no = r"(?:without|excluding|except(?: for)?|(?:is |are |was |were |do |does |did |have |has )?(?:not|never)|no|neither|other than|but not)"
    small = r"(?:on|with|using|the|for|in|by|any|a|been|results|numbers|claims|evaluated|being|to)"
    while match := draft.take(rf"(?:but |and |that |which )*{no}(?: {verbs}| {small})* (?P<l>{_LIST})"):
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
        rf"(?P<who>who (?:first )?|which \w+ (?:first )?|(?:{_NOUN['paper']}) (?:that |which )?(?:first )?)?{_PRESENT} (?:the )?(?:{_NOUN['method']} |{_NOUN['dataset']} )?(?P<l>{_LIST})"
    ):
        _introduces(draft, match["l"])
        draft.with_authors = bool(match["who"]) and match["who"].startswith("who")
        return
    if match := draft.take(
        rf"(?:where|when|who|by whom|in which {_NOUN['paper']}|which {_NOUN['paper']})? ?(?:was|were|is|are) (?P<l>{_LIST}) (?:first |originally )?{_PRESENT}(?: by| in)?"
    ):
        _introduces(draft, match["l"])
        return
    nouns = "|".join(f"(?P<{kind}>{_NOUN[kind]})" for kind in ("dataset", "method"))
    small = r"(?:(?:a|an|any|the|their|own|its|new|novel|some) )*"
    if draft.has(f"{_NOUN['paper']}|who|how many {_NOUN['paper']}") and (
        match := draft.take(
            rf"{_PRESENT} {small}(?:{nouns})|(?:with|of) (?:a|an) (?:new|novel) (?:{nouns.replace('<', '<own_')})"
        )
    ):
        groups = match.groupdict()
        kind = D if groups["dataset"] or groups["own_dataset"] else M
        draft.filters.append(EntityFilter(kind, (), Role.INTRODUCED))
        draft.target = Target.PAPER
    elif draft.take(rf"(?:new|novel)(?= {_NOUN['dataset']}| {_NOUN['method']})") or draft.take(
        rf"(?:newly )?{_PRESENT}"
    ):
        draft.introduced = True


def _introduces(draft: Draft, names: str) -> None:
    for sign in signs(names):
        draft.filters.append(_one(draft.named(sign, (D, M)), Role.INTRODUCED))
    draft.target = draft.target or Target.PAPER


def take_changes(draft: Draft) -> None:
    """Which changes claims state."""
    for words, change in (
        ("improvements?(?: of| in| by)?|gains?(?: of| in)?|improv(?:e|es|ed|ing)(?: by)?", Change.IMPROVEMENT),
        ("increases?(?: of| in| by)?|increas(?:ed|ing)(?: by)?", Change.INCREASE),
        (
            "reductions?(?: of| in| by)?|decreases?(?: of| in| by)?|drops?(?: of| in| by)?|reduc(?:e|es|ed|ing)(?: by)?|decreas(?:ed|ing)|savings?(?: of| in)?",
            Change.DECREASE,
        ),
    ):
        if draft.take(rf"(?:an? |the )?(?:{words})"):
            draft.change = change
            return


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
        _accuracy(draft) if match["w"] == "accurate" else _how(draft, "faster")
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
        for kind, nouns in _NOUN.items()
        if (match := re.search(rf"(?<= ){nouns}(?= )", text))
    ]
    found.sort(key=lambda item: item[0])
    if found and draft.target is None:
        draft.target = found[0][1]
    if draft.target is None and draft.has("who|whose|anyone|anybody|someone|somebody"):
        draft.target = Target.PAPER
    if draft.target is Target.PAPER and draft.has(
        rf"report(?:s|ed|ing)? ?(?:any |some |their |its |on )?(?:{_NOUN['claim']}|performance|@\d+|on)|(?:with|have|has|having|give|gives|giving|achieve\w*) (?:any |some )?{_NOUN['claim']}|{_NOUN['claim']} (?:on|for|reported)|report(?:s|ed|ing)?"
    ):
        draft.results = True
    if draft.has(r"(?:evaluat|test|benchmark|report|compar|achiev|scor|perform|result|measur)\w*"):
        draft.evaluated = True
    _cut_nouns(draft)


def _cut_nouns(draft: Draft) -> None:
    """Take the target's noun, and nouns that only fill the sentence."""
    if draft.target is not None:
        draft.take(_NOUN[draft.target.value])
    for kind in ("claim",):
        while draft.take(_NOUN[kind]):
            pass
    if draft.target is not Target.PAPER:
        while draft.take(_NOUN["paper"]):
            pass
    # "the CIFAR-10 dataset", "the method SLAB": the noun says what the name is.
    for kind in ("dataset", "method", "metric", "task"):
        while draft.take(rf"{_NOUN[kind]}(?= @)|(?<=@\d ){_NOUN[kind]}|(?<=@\d\d ){_NOUN[kind]}"):
            pass


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
    if draft.value is not None or draft.change is not None:
        # A number is one of a metric: "compression over 4x" is no task.
        types = tuple(sorted(types, key=lambda kind: (kind is T) - (kind is X)))
    sure = {next(iter(kinds)) for sign in found if len(kinds := draft.normal.names[int(sign[1:])].types) == 1}
    return (*sure, *types) if len(found) > 1 and len(sure) == 1 else types


def take_names(draft: Draft) -> None:
    """What is left of names: filters by their types; "and" wants all where papers are asked for, "or" any."""
    words = "|".join([*_PREFERRED, _USE])
    pattern = rf"(?:(?P<w>{words}) )?(?:the |both |either |a |an |any )*(?P<l>{_LIST})"
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


RULES: tuple[Rule, ...] = (
    refuse_two_questions,
    take_papers,
    take_similar_by_method,
    take_comparison,
    take_authors,
    take_dates,
    take_ranking,
    take_values,
    take_shape,
    take_target_forms,
    take_negations,
    take_introductions,
    take_baselines,
    take_changes,
    take_target,
    take_names,
)
"""In the order in which they are tried."""
