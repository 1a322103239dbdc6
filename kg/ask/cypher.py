"""From an intent to Cypher that Ladybug and Neo4j read alike."""

from __future__ import annotations

from kg.ask.binding import DEFAULT_LIMIT, TYPE_OF, Binder
from kg.ask.columns import columns_of
from kg.ask.cypher_where import ANY, INTRODUCED, OF_CLAIM, among, chosen_steps
from kg.ask.intent import CompiledQuery, EntityFilter, Form, Intent, Order, Role, Target
from kg.ask.lanes import rows_per_lane
from kg.model import EntityType
from kg.vocab import ENTITY_LABELS
from kg.vocabulary.directions import cypher_lower

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
_LOWER = cypher_lower("coalesce(x.name, '')", "coalesce(x.direction, '')", "c.kind", "c.unit")
_BOUNDS = "CASE c.bound WHEN 'max' THEN 2 WHEN 'min' THEN 1 ELSE 0 END"
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
        text = f"{chosen_steps(intent, binder)}\nWITH p WHERE p.year IS NOT NULL\n"
        text += "RETURN p.year AS year, count(DISTINCT p.id) AS papers\nORDER BY year"
    elif intent.rows_are_claims or intent.claims_are_optional:
        text = _claims(intent, binder)
    elif intent.target is Target.PAPER:
        text = _papers(intent, binder)
    else:
        text = _entities(intent, binder)
    return CompiledQuery(text, binder.values, columns_of(intent), rows_per_lane(intent))


def _limit(intent: Intent, binder: Binder, default: int | None = None) -> str:
    limit = intent.limit or default
    return "" if limit is None else f"\nLIMIT {binder.value('limit', limit)}"


def _claims(intent: Intent, binder: Binder) -> str:
    chosen = chosen_steps(intent, binder)
    if intent.claims_are_optional:
        names = [named.id for part in intent.of_type(EntityType.DATASET) for named in part.names]
        test = among("d", [binder.node(name) for name in names])
        optional = (
            f"OPTIONAL MATCH (p)-[:REPORTS]->(c:Claim)-[:ON_DATASET]->(d:Dataset) WHERE {test}\nWITH DISTINCT p, c"
        )
        details = _CLAIM_DETAILS.format(optional="OPTIONAL ")
        order = f"CASE WHEN c.id IS NULL THEN 1 ELSE 0 END, {_NEWEST}, e.field, e.startOffset, c.id"
        return f"{chosen}\n{optional}\n{details}\nORDER BY {order}{_limit(intent, binder)}"
    details = _CLAIM_DETAILS.format(optional="")
    limit = "" if intent.ranks_each_lane else _limit(intent, binder)
    return f"{chosen}\n{details}\nORDER BY {_claim_order(intent, binder)}{limit}"


def _claim_order(intent: Intent, binder: Binder) -> str:
    if intent.form is Form.BEST and intent.order in _RANKS:
        asked = [binder.value(f"asked{number}", one) for number, one in enumerate(intent.asked)]
        first = f"CASE WHEN coalesce(x.id, '') IN [{', '.join(asked)}] THEN 0 ELSE 1 END, " if asked else ""
        lane = f"{first}coalesce(x.name, ''), coalesce(x.id, ''), c.unit, c.kind, {_BOUNDS}"
        return f"{lane}, {_RANKS[intent.order]}, {_NEWEST}, c.id"
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
        f"{chosen_steps(intent, binder)}\nRETURN p.id AS paper, p.title AS title, p.published AS published{authors}"
        f"\nORDER BY {order}{_limit(intent, binder)}"
    )


def _entity_steps(intent: Intent, binder: Binder) -> str:
    kind = TYPE_OF[intent.target]
    edges = (INTRODUCED if intent.introduced else ANY)[kind]
    tests = []
    for part in intent.filters:
        if part.negated or not part.names or part.role is not Role.ANY:
            continue
        if part.type is kind:
            tests.append(f"NOT ({among('e', binder.nodes(part))})")
        elif intent.evaluated and part.type in _PAIRED.get(kind, ()):
            tests.append(_linked(kind, part, binder))
    where = f"\nWHERE {' AND '.join(tests)}" if tests else ""
    return f"{chosen_steps(intent, binder)}\nMATCH (p)-[:{edges}]->(e:{ENTITY_LABELS[kind]}){where}"


def _linked(kind: EntityType, part: EntityFilter, binder: Binder) -> str:
    test = among("g", binder.nodes(part))
    joined = (
        f"EXISTS {{ MATCH (p)-[:REPORTS]->(r:Claim)-[:{OF_CLAIM[part.type]}]->(g:{ENTITY_LABELS[part.type]}), "
        f"(r)-[:{OF_CLAIM[kind]}]->(e) WHERE {test} }}"
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
        return f"{chosen_steps(intent, binder)}\nRETURN count(DISTINCT c.id) AS count"
    if intent.target is Target.PAPER:
        return f"{chosen_steps(intent, binder)}\nRETURN count(DISTINCT p.id) AS count"
    if intent.needs_claim:
        kind = TYPE_OF[intent.target]
        tie = f"MATCH (c)-[:{OF_CLAIM[kind]}]->(e:{ENTITY_LABELS[kind]})"
        return f"{chosen_steps(intent, binder)}\n{tie}\nRETURN count(DISTINCT e.id) AS count"
    return f"{_entity_steps(intent, binder)}\nRETURN count(DISTINCT e.id) AS count"


def _similar(intent: Intent, binder: Binder) -> str:
    own = binder.node(intent.papers[0].id)
    return f"""MATCH (q:Paper {{id: {own}}})-[:{_SIMILAR}]->(e:Method|Dataset|Task)<-[:{_SIMILAR}]-(p:Paper)
WHERE p.id <> {own}
WITH p, count(DISTINCT e.id) AS shared
RETURN p.id AS paper, p.title AS title, p.published AS published, shared
ORDER BY shared DESC, {_NEWEST}{_limit(intent, binder, DEFAULT_LIMIT)}"""
