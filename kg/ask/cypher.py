"""From an intent to Cypher that Ladybug and Neo4j read alike."""

from __future__ import annotations

from kg.ask.binding import DEFAULT_LIMIT, TYPE_OF, Binder, split_filters, year_bounds
from kg.ask.columns import columns_of
from kg.ask.intent import Change, CompiledQuery, EntityFilter, Form, Intent, Order, Role, Target
from kg.ask.lanes import rows_per_lane
from kg.model import EntityType
from kg.vocab import ENTITY_LABELS

_ANY = {
    EntityType.METHOD: "PROPOSES|USES_METHOD",
    EntityType.DATASET: "REPORTS_ON|EVALUATES_ON|INTRODUCES",
    EntityType.METRIC: "USES_METRIC",
    EntityType.TASK: "ADDRESSES",
}
_INTRODUCED = {**_ANY, EntityType.METHOD: "PROPOSES", EntityType.DATASET: "INTRODUCES"}
_OF_CLAIM = {
    EntityType.METHOD: "OF_METHOD",
    EntityType.DATASET: "ON_DATASET",
    EntityType.METRIC: "MEASURES",
    EntityType.TASK: "FOR_TASK",
}
_SIMILAR = "PROPOSES|USES_METHOD|INTRODUCES|EVALUATES_ON|ADDRESSES"

_CLAIM_DETAILS = """{optional}MATCH (c)-[:SUPPORTED_BY]->(e:Evidence)
OPTIONAL MATCH (c)-[:MEASURES]->(x:Metric)
OPTIONAL MATCH (c)-[:OF_METHOD]->(m:Method)
OPTIONAL MATCH (c)-[:AGAINST_BASELINE]->(b:Method)
OPTIONAL MATCH (c)-[:ON_DATASET]->(s:Dataset)
WITH p, c, e, x, m, b, collect(DISTINCT s.name) AS datasets
RETURN p.id AS paper, p.title AS title, p.published AS published, c.id AS claim, c.value AS value,
       c.valueHigh AS value_high, c.unit AS unit, c.kind AS kind, c.bound AS bound,
       coalesce(x.name, c.metricText) AS metric, coalesce(m.name, c.methodText) AS method, datasets,
       coalesce(b.name, c.baselineText) AS baseline, c.baselineValue AS baseline_value, e.quote AS quote,
       e.sentence AS sentence"""
_NEWEST = "coalesce(p.published, '') DESC, p.id"
_OLDEST = "CASE WHEN p.published IS NULL THEN 1 ELSE 0 END, p.published, p.id"
_LOWER = "coalesce(x.direction, 'higher') = 'lower'"
_RANKS = {
    Order.BEST: f"CASE WHEN {_LOWER} THEN c.value ELSE -c.value END",
    Order.WORST: f"CASE WHEN {_LOWER} THEN -c.value ELSE c.value END",
    Order.HIGHEST: "c.value DESC",
    Order.LOWEST: "c.value",
}
_PAIRED = {
    EntityType.METHOD: (EntityType.DATASET, EntityType.METRIC),
    EntityType.DATASET: (EntityType.METHOD, EntityType.METRIC),
    EntityType.METRIC: (EntityType.DATASET, EntityType.METHOD),
}


def to_cypher(intent: Intent) -> CompiledQuery:
    """The query of an intent in Cypher."""
    binder = Binder()
    if intent.form is Form.SIMILAR:
        text = _similar(intent, binder)
    elif intent.form is Form.COUNT:
        text = _count(intent, binder)
    elif intent.form is Form.PER_YEAR:
        text = f"{_chosen(intent, binder)}\nWITH p WHERE p.year IS NOT NULL\n"
        text += "RETURN p.year AS year, count(DISTINCT p.id) AS papers\nORDER BY year"
    elif intent.rows_are_claims or intent.claims_are_optional:
        text = _claims(intent, binder)
    elif intent.target is Target.PAPER:
        text = _papers(intent, binder)
    else:
        text = _entities(intent, binder)
    return CompiledQuery(text, binder.values, columns_of(intent), rows_per_lane(intent))


def _among(variable: str, terms: list[str]) -> str:
    return f"{variable}.id = {terms[0]}" if len(terms) == 1 else f"{variable}.id IN [{', '.join(terms)}]"


def _path(node: str, edges: str, label: str, part: EntityFilter, binder: Binder) -> str:
    """A pattern from the named thing to the paper or claim, with its WHERE: the anchor stands first."""
    where = f" WHERE {_among('f', binder.nodes(part))}" if part.names else ""
    return f"MATCH (f:{label})<-[:{edges}]-({node}){where}"


def _steps(
    node: str, label: str, parts: list[tuple[EntityFilter, str]], binder: Binder, kept: str, *, bound: bool
) -> list[str]:
    """One step a filter, each leaving `kept`; without a positive filter, `node` is matched by its label."""
    found: list[str] = []
    for part, edges in parts:
        if not part.negated:
            name = f"{node}:{label}" if not found and not bound else node
            found.append(f"{_path(name, edges, ENTITY_LABELS[part.type], part, binder)}\nWITH DISTINCT {kept}")
    if not found and not bound:
        found.append(f"MATCH ({node}:{label})\nWITH {kept}")
    for part, edges in parts:
        if part.negated:
            inner = _path(node, edges, ENTITY_LABELS[part.type], part, binder)
            found.append(
                f"MATCH ({node}) WHERE NOT EXISTS {{ {inner} }}\nWITH {kept}".replace(
                    f"MATCH ({node}) ", f"WITH {kept} ", 1
                )
            )
    return found


def _paper_steps(
    intent: Intent, parts: tuple[EntityFilter, ...], binder: Binder, kept: str, *, bound: bool
) -> list[str]:
    found: list[str] = []
    if intent.papers:
        test = _among("p", [binder.node(paper.id) for paper in intent.papers])
        found.append(
            f"WITH {kept} WHERE {test}\nWITH {kept}" if bound else f"MATCH (p:Paper) WHERE {test}\nWITH {kept}"
        )
        bound = True
    edges = [(part, (_INTRODUCED if part.role is Role.INTRODUCED else _ANY)[part.type]) for part in parts]
    found += _steps("p", "Paper", edges, binder, kept, bound=bound)
    tests = [*_date_tests(intent, binder), *_author_tests(intent, binder)]
    if tests:
        found.append(f"WITH {kept} WHERE {' AND '.join(tests)}\nWITH {kept}")
    return found


def _date_tests(intent: Intent, binder: Binder) -> list[str]:
    first, last = year_bounds(intent)
    dated, by_year = [], []
    if intent.since is not None and first is not None:
        dated.append(f"p.published >= {binder.value('since', intent.since)}")
        by_year.append(f"p.year >= {binder.value('since_year', first)}")
    if intent.before is not None and last is not None:
        dated.append(f"p.published < {binder.value('before', intent.before)}")
        by_year.append(f"p.year < {binder.value('before_year', last)}")
    if not dated:
        return []
    return [
        f"((p.published IS NOT NULL AND {' AND '.join(dated)}) OR (p.published IS NULL AND {' AND '.join(by_year)}))"
    ]


def _author_tests(intent: Intent, binder: Binder) -> list[str]:
    tests = []
    if intent.authors_least is not None:
        tests.append(f"p.authorCount >= {binder.value('authors_least', intent.authors_least)}")
    if intent.authors_most is not None:
        tests.append(f"p.authorCount <= {binder.value('authors_most', intent.authors_most)}")
    return tests


def _claim_steps(intent: Intent, parts: tuple[EntityFilter, ...], binder: Binder) -> list[str]:
    edges = [(p, "AGAINST_BASELINE" if p.role is Role.BASELINE else _OF_CLAIM[p.type]) for p in parts]
    found = _steps("c", "Claim", edges, binder, "c", bound=False)
    tests = [*_value_tests(intent, binder), *_change_tests(intent, binder)]
    if intent.form in (Form.BEST, Form.TREND) and intent.change is None:
        tests.append("c.kind = 'absolute' AND c.bound IN ['exact', 'approx']")
        tests.append("EXISTS { MATCH (c)-[:MEASURES]->(:Metric) }")
    if tests:
        found.append(f"WITH c WHERE {' AND '.join(tests)}\nWITH c")
    if intent.form is Form.COMPARE:
        found.append(_side_by_side(parts, binder))
    found.append("MATCH (p:Paper)-[:REPORTS]->(c)\nWITH DISTINCT p, c")
    if intent.form is Form.TREND:
        found.append("WITH p, c WHERE p.published IS NOT NULL\nWITH p, c")
    return found


def _change_tests(intent: Intent, binder: Binder) -> list[str]:
    if intent.change is None:
        return []
    if intent.change is not Change.IMPROVEMENT:
        return [f"c.kind = {binder.value('change', intent.change.value)}"]
    lower = "EXISTS { MATCH (c)-[:MEASURES]->(d:Metric) WHERE d.direction = 'lower' }"
    return [f"(c.kind = 'increase' OR (c.kind = 'decrease' AND {lower}))"]


def _side_by_side(parts: tuple[EntityFilter, ...], binder: Binder) -> str:
    pair = ", ".join(name for part in parts if part.type is EntityType.METHOD for name in binder.nodes(part))
    return f"""MATCH (c)-[:OF_METHOD]->(own:Method)
WHERE EXISTS {{ MATCH (c)-[:AGAINST_BASELINE]->(other:Method) WHERE other.id IN [{pair}] AND other.id <> own.id }}
   OR EXISTS {{ MATCH (c)-[:ON_DATASET]->(:Dataset)<-[:ON_DATASET]-(rival:Claim)-[:OF_METHOD]->(other:Method),
                     (c)-[:MEASURES]->(:Metric)<-[:MEASURES]-(rival)
               WHERE other.id IN [{pair}] AND other.id <> own.id }}
WITH DISTINCT c"""


def _value_tests(intent: Intent, binder: Binder) -> list[str]:
    value = intent.value
    if value is None:
        return []
    tests = []
    if value.least is not None:
        tests.append(f"c.value {'>' if value.strict else '>='} {binder.value('least', float(value.least))}")
    if value.most is not None:
        sign = "<" if value.strict else "<="
        tests.append(f"coalesce(c.valueHigh, c.value) {sign} {binder.value('most', float(value.most))}")
    if value.unit is not None:
        tests.append(f"c.unit = {binder.value('unit', value.unit)}")
    return tests


def _chosen(intent: Intent, binder: Binder) -> str:
    """Steps that leave `p`, or `p` and `c` where the question is about claims."""
    split = split_filters(intent)
    if intent.target is Target.CLAIM or intent.needs_claim:
        if intent.papers and not split.claim:
            test = _among("p", [binder.node(paper.id) for paper in intent.papers])
            start = f"MATCH (p:Paper)-[:REPORTS]->(c:Claim) WHERE {test}\nWITH DISTINCT c"
            steps = [start, *_claim_steps(intent, split.claim, binder)[1:]]
        else:
            steps = _claim_steps(intent, split.claim, binder)
        steps += _paper_steps(intent, split.paper, binder, "p, c", bound=True)
    else:
        steps = _paper_steps(intent, split.paper, binder, "p", bound=False)
    return "\n".join(steps)


def _limit(intent: Intent, binder: Binder, default: int | None = None) -> str:
    limit = intent.limit or default
    return "" if limit is None else f"\nLIMIT {binder.value('limit', limit)}"


def _claims(intent: Intent, binder: Binder) -> str:
    chosen = _chosen(intent, binder)
    if intent.claims_are_optional:
        names = [named.id for part in intent.of_type(EntityType.DATASET) for named in part.names]
        test = _among("d", [binder.node(name) for name in names])
        optional = (
            f"OPTIONAL MATCH (p)-[:REPORTS]->(c:Claim)-[:ON_DATASET]->(d:Dataset) WHERE {test}\nWITH DISTINCT p, c"
        )
        details = _CLAIM_DETAILS.format(optional="OPTIONAL ")
        order = f"CASE WHEN c.id IS NULL THEN 1 ELSE 0 END, {_NEWEST}, e.field, e.startOffset, c.id"
        return f"{chosen}\n{optional}\n{details}\nORDER BY {order}{_limit(intent, binder)}"
    details = _CLAIM_DETAILS.format(optional="")
    limit = "" if intent.ranks_each_lane else _limit(intent, binder)
    return f"{chosen}\n{details}\nORDER BY {_claim_order(intent)}{limit}"


def _claim_order(intent: Intent) -> str:
    if intent.form is Form.BEST and intent.order in _RANKS:
        return f"coalesce(x.name, ''), coalesce(x.id, ''), c.unit, c.kind, {_RANKS[intent.order]}, {_NEWEST}, c.id"
    if intent.form is Form.TREND or intent.order is Order.OLDEST:
        return f"{_OLDEST}, e.field, e.startOffset, c.id"
    if intent.form is Form.COMPARE:
        return f"coalesce(x.name, ''), c.unit, coalesce(m.name, ''), {_NEWEST}, c.id"
    if intent.papers:
        return "p.id, e.field DESC, e.startOffset, c.id"
    return f"{_NEWEST}, e.field, e.startOffset, c.id"


def _papers(intent: Intent, binder: Binder) -> str:
    authors = ", p.authors AS authors" if intent.with_authors else ""
    order = _OLDEST if intent.order is Order.OLDEST else _NEWEST
    return (
        f"{_chosen(intent, binder)}\nRETURN p.id AS paper, p.title AS title, p.published AS published{authors}"
        f"\nORDER BY {order}{_limit(intent, binder)}"
    )


def _entity_steps(intent: Intent, binder: Binder) -> str:
    kind = TYPE_OF[intent.target]
    edges = (_INTRODUCED if intent.introduced else _ANY)[kind]
    tests = []
    for part in intent.filters:
        if part.negated or not part.names or part.role is not Role.ANY:
            continue
        if part.type is kind:
            tests.append(f"NOT ({_among('e', binder.nodes(part))})")
        elif intent.evaluated and part.type in _PAIRED.get(kind, ()):
            tests.append(_linked(kind, part, binder))
    where = f"\nWHERE {' AND '.join(tests)}" if tests else ""
    return f"{_chosen(intent, binder)}\nMATCH (p)-[:{edges}]->(e:{ENTITY_LABELS[kind]}){where}"


def _linked(kind: EntityType, part: EntityFilter, binder: Binder) -> str:
    test = _among("g", binder.nodes(part))
    joined = (
        f"EXISTS {{ MATCH (p)-[:REPORTS]->(r:Claim)-[:{_OF_CLAIM[part.type]}]->(g:{ENTITY_LABELS[part.type]}), "
        f"(r)-[:{_OF_CLAIM[kind]}]->(e) WHERE {test} }}"
    )
    if {kind, part.type} != {EntityType.METHOD, EntityType.DATASET}:
        return joined
    if kind is EntityType.METHOD:
        return f"({joined} OR EXISTS {{ MATCH (p)-[:PROPOSES]->(e) }})"
    return f"({joined} OR EXISTS {{ MATCH (p)-[:PROPOSES]->(g:Method) WHERE {test} }})"


def _entities(intent: Intent, binder: Binder) -> str:
    name = intent.target.value
    return (
        f"{_entity_steps(intent, binder)}\nRETURN e.id AS {name}, e.name AS name, count(DISTINCT p.id) AS papers"
        f"\nORDER BY papers DESC, {name}{_limit(intent, binder)}"
    )


def _count(intent: Intent, binder: Binder) -> str:
    if intent.target is Target.CLAIM:
        return f"{_chosen(intent, binder)}\nRETURN count(DISTINCT c.id) AS count"
    if intent.target is Target.PAPER:
        return f"{_chosen(intent, binder)}\nRETURN count(DISTINCT p.id) AS count"
    if intent.needs_claim:
        kind = TYPE_OF[intent.target]
        tie = f"MATCH (c)-[:{_OF_CLAIM[kind]}]->(e:{ENTITY_LABELS[kind]})"
        return f"{_chosen(intent, binder)}\n{tie}\nRETURN count(DISTINCT e.id) AS count"
    return f"{_entity_steps(intent, binder)}\nRETURN count(DISTINCT e.id) AS count"


def _similar(intent: Intent, binder: Binder) -> str:
    own = binder.node(intent.papers[0].id)
    return f"""MATCH (q:Paper {{id: {own}}})-[:{_SIMILAR}]->(e:Method|Dataset|Task)<-[:{_SIMILAR}]-(p:Paper)
WHERE p.id <> {own}
WITH p, count(DISTINCT e.id) AS shared
RETURN p.id AS paper, p.title AS title, p.published AS published, shared
ORDER BY shared DESC, {_NEWEST}{_limit(intent, binder, DEFAULT_LIMIT)}"""
