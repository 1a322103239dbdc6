"""From an intent to SPARQL."""

from __future__ import annotations

import re

from kg.ask.binding import DEFAULT_LIMIT, TYPE_OF, Binder
from kg.ask.columns import columns_of
from kg.ask.intent import CompiledQuery, EntityFilter, Form, Intent, Order, Role, Target
from kg.ask.lanes import rows_per_lane
from kg.ask.sparql_where import ANY, INTRODUCED, OF_CLAIM, chosen_group, conditions, match
from kg.model import EntityType
from kg.vocabulary.directions import sparql_lower

_SIMILAR = "kg:proposes|kg:usesMethod|kg:introduces|kg:evaluatesOn|kg:addresses"
_CLAIM_SELECT = """SELECT ?paper ?title (STR(?issued) AS ?published) ?claim ?value ?value_high ?unit ?kind ?bound
       (COALESCE(?metric_name, ?metric_text) AS ?metric) (COALESCE(?method_name, ?method_text) AS ?method)
       (GROUP_CONCAT(DISTINCT ?dataset_name; SEPARATOR="\\u001F") AS ?datasets)
       (COALESCE(?baseline_name, ?baseline_text) AS ?baseline) ?baseline_value ?quote ?sentence"""
_CLAIM_GROUP = """GROUP BY ?paper ?title ?issued ?claim ?value ?value_high ?unit ?kind ?bound ?metric_name ?metric_text
  ?metric_id ?direction ?method_name ?method_text ?baseline_name ?baseline_text ?baseline_value ?quote ?sentence ?field ?start"""
_CLAIM_FACTS = """?c dcterms:identifier ?claim ; kg:value ?value ; kg:unit ?unit ; kg:kind ?kind ; kg:bound ?bound ; kg:supportedBy ?e .
  ?e oa:exact ?quote ; kg:sentence ?sentence ; kg:field ?field ; oa:start ?start ."""
_CLAIM_OPTIONS = """OPTIONAL { ?c kg:valueHigh ?value_high }
  OPTIONAL { ?c kg:metricText ?metric_text }
  OPTIONAL { ?c kg:measures ?m . ?m skos:prefLabel ?metric_name ; dcterms:identifier ?metric_id }
  OPTIONAL { ?c kg:measures/kg:direction ?direction }
  OPTIONAL { ?c kg:methodText ?method_text }
  OPTIONAL { ?c kg:ofMethod/skos:prefLabel ?method_name }
  OPTIONAL { ?c kg:onDataset/skos:prefLabel ?dataset_name }
  OPTIONAL { ?c kg:baselineText ?baseline_text }
  OPTIONAL { ?c kg:againstBaseline/skos:prefLabel ?baseline_name }
  OPTIONAL { ?c kg:baselineValue ?baseline_value }"""
_PAPER_FACTS = "?p dcterms:identifier ?paper ; dcterms:title ?title ."
_PAPER_OPTIONS = "OPTIONAL { ?p dcterms:issued ?issued }"
_NEWEST = 'DESC(COALESCE(STR(?issued), "")) ?paper'
_LOWER = sparql_lower('COALESCE(?metric_name, "")', 'COALESCE(?direction, "")', "?kind", "?unit")
_BOUNDS = 'IF(?bound = "max", 2, IF(?bound = "min", 1, 0))'
_RANKS = {
    Order.BEST: f"IF({_LOWER}, ?value, -?value)",
    Order.WORST: f"IF({_LOWER}, -?value, ?value)",
    Order.HIGHEST: "DESC(?value)",
    Order.LOWEST: "?value",
}


def to_sparql(intent: Intent) -> CompiledQuery:
    """The query of an intent in SPARQL."""
    binder = Binder()
    if intent.form is Form.SIMILAR:
        text = _similar(intent, binder)
    elif intent.form is Form.COUNT:
        text = _count(intent, binder)
    elif intent.form is Form.PER_YEAR:
        text = _per_year(intent, binder)
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
    order = _claim_order(intent, binder)
    if intent.claims_are_optional:
        body, order = _with_and_without(intent, binder), f"DESC(BOUND(?claim)) {_NEWEST} ?field ?start ?claim"
    elif intent.form is Form.COMPARE:
        body = _side_by_side(intent, binder)
    else:
        body = f"{chosen_group(intent, binder)}\n  {_PAPER_FACTS}\n  {_CLAIM_FACTS}\n  {_CLAIM_OPTIONS}"
    limit = "" if intent.ranks_each_lane else _limit(intent, binder)
    body = f"{body}\n  {_PAPER_OPTIONS}"
    return f"{_CLAIM_SELECT}\nWHERE {{\n  {body}\n}}\n{_CLAIM_GROUP}\nORDER BY {order}{limit}"


def _side_by_side(intent: Intent, binder: Binder) -> str:
    """Claims of one method against another, and claims of both in one metric on one dataset.

    Each branch is one group of required patterns, so that a store need not join all claims with all.
    """
    names = [named.id for part in intent.of_type(EntityType.METHOD) for named in part.names]
    others = f"VALUES ?other {{ {' '.join(map(binder.node, names))} }} FILTER(?other != ?own)"
    facts = f"{chosen_group(intent, binder)}\n  {_PAPER_FACTS}\n  {_CLAIM_FACTS}"
    return f"""{{ {facts}
  ?c kg:ofMethod ?own ; kg:againstBaseline ?other . {others}
  {_CLAIM_OPTIONS} }}
  UNION
  {{ {facts}
  ?c kg:ofMethod ?own ; kg:onDataset ?where ; kg:measures ?what .
  ?rival kg:ofMethod ?other ; kg:onDataset ?where ; kg:measures ?what . {others}
  {_CLAIM_OPTIONS} }}"""


def _with_and_without(intent: Intent, binder: Binder) -> str:
    """Papers with their claims on the datasets, and the papers that have none."""
    names = [named.id for part in intent.of_type(EntityType.DATASET) for named in part.names]
    claim = f"?p kg:reports ?c . {match('?c', 'kg:onDataset', [binder.node(name) for name in names], 'set')}"
    none = re.sub(r"\?(c|set)\b", r"?no_\1", claim)
    chosen = chosen_group(intent, binder)
    return f"""{{ {chosen}
  {claim}
  {_PAPER_FACTS}
  {_CLAIM_FACTS}
  {_CLAIM_OPTIONS} }}
  UNION
  {{ {chosen}
  {_PAPER_FACTS}
  FILTER NOT EXISTS {{ {none} }} }}"""


def _claim_order(intent: Intent, binder: Binder) -> str:
    if intent.form is Form.BEST and intent.order in _RANKS:
        asked = [binder.value(f"asked{number}", one) for number, one in enumerate(intent.asked)]
        first = f'IF(COALESCE(?metric_id, "") IN ({", ".join(asked)}), 0, 1) ' if asked else ""
        lane = f'{first}COALESCE(?metric_name, "") COALESCE(?metric_id, "") ?unit ?kind {_BOUNDS}'
        return f"{lane} {_RANKS[intent.order]} {_NEWEST} ?claim"
    if intent.form is Form.TREND or intent.order is Order.OLDEST:
        return "DESC(BOUND(?issued)) STR(?issued) ?paper ?field ?start ?claim"
    if intent.form is Form.COMPARE:
        return 'COALESCE(?metric_name, "") ?unit COALESCE(?method_name, "") ' + _NEWEST + " ?claim"
    if intent.papers:
        return "?paper DESC(?field) ?start ?claim"
    return f"{_NEWEST} ?field ?start ?claim"


def _papers(intent: Intent, binder: Binder) -> str:
    authors = ' (GROUP_CONCAT(DISTINCT ?author; SEPARATOR="\\u001F") AS ?authors)' if intent.with_authors else ""
    more = "\n  OPTIONAL { ?p kg:authorName ?author }" if intent.with_authors else ""
    group = "\nGROUP BY ?paper ?title ?issued"
    order = "DESC(BOUND(?issued)) STR(?issued) ?paper" if intent.order is Order.OLDEST else _NEWEST
    return (
        f"SELECT ?paper ?title (STR(?issued) AS ?published){authors}\nWHERE {{\n  {chosen_group(intent, binder)}"
        f"\n  {_PAPER_FACTS}\n  {_PAPER_OPTIONS}{more}\n}}{group}\nORDER BY {order}{_limit(intent, binder)}"
    )


def _entity_patterns(intent: Intent, binder: Binder) -> list[str]:
    """What ties `?e` to the papers `?p`."""
    kind = TYPE_OF[intent.target]
    found = [f"?p {(INTRODUCED if intent.introduced else ANY)[kind]} ?e ."]
    others = [part for part in intent.filters if not part.negated and part.names and part.role is Role.ANY]
    for number, part in enumerate(others):
        if part.type is kind:
            found.append(f"FILTER(?e NOT IN ({', '.join(binder.nodes(part))}))")
        elif intent.evaluated and part.type in _PAIRED.get(kind, ()):
            found.append(_linked(kind, part, binder, number))
    return found


_PAIRED = {
    EntityType.METHOD: (EntityType.DATASET, EntityType.METRIC),
    EntityType.DATASET: (EntityType.METHOD, EntityType.METRIC),
    EntityType.METRIC: (EntityType.DATASET, EntityType.METHOD),
}
"""Types that a claim joins; a question about results wants them joined."""


def _linked(kind: EntityType, part: EntityFilter, binder: Binder, number: int) -> str:
    claim = f"?r{number}"
    pattern = match(claim, OF_CLAIM[part.type], binder.nodes(part), f"l{number}")
    joined = f"EXISTS {{ ?p kg:reports {claim} . {claim} {OF_CLAIM[kind]} ?e . {pattern} }}"
    if {kind, part.type} != {EntityType.METHOD, EntityType.DATASET}:
        return f"FILTER({joined})"
    own = "?p kg:proposes ?e ." if kind is EntityType.METHOD else match("?p", "kg:proposes", binder.nodes(part), "own")
    return f"FILTER({joined} || EXISTS {{ {own} }})"


def _entities(intent: Intent, binder: Binder) -> str:
    name = intent.target.value
    ties = "\n    ".join(_entity_patterns(intent, binder))
    chosen = conditions(intent, binder, papers=False)
    inner = "\n    ".join([*chosen, ties])
    return (
        f"SELECT ?{name} ?name ?papers\nWHERE {{\n  {{ SELECT ?e (COUNT(DISTINCT ?p) AS ?papers) WHERE {{\n    {inner}"
        f"\n  }} GROUP BY ?e }}\n  OPTIONAL {{ ?e dcterms:identifier ?{name} ; skos:prefLabel ?name }}\n}}"
        f"\nORDER BY DESC(?papers) ?{name}{_limit(intent, binder)}"
    )


def _count(intent: Intent, binder: Binder) -> str:
    if intent.target is Target.CLAIM:
        return f"SELECT (COUNT(DISTINCT ?c) AS ?count)\nWHERE {{\n  {chosen_group(intent, binder)}\n}}"
    if intent.target is Target.PAPER:
        return f"SELECT (COUNT(DISTINCT ?p) AS ?count)\nWHERE {{\n  {chosen_group(intent, binder)}\n}}"
    if intent.needs_claim:
        tie = f"?c {OF_CLAIM[TYPE_OF[intent.target]]} ?e ."
        return f"SELECT (COUNT(DISTINCT ?e) AS ?count)\nWHERE {{\n  {chosen_group(intent, binder)}\n  {tie}\n}}"
    ties = "\n  ".join(_entity_patterns(intent, binder))
    return f"SELECT (COUNT(DISTINCT ?e) AS ?count)\nWHERE {{\n  {chosen_group(intent, binder)}\n  {ties}\n}}"


def _per_year(intent: Intent, binder: Binder) -> str:
    return (
        f"SELECT ?year (COUNT(DISTINCT ?p) AS ?papers)\nWHERE {{\n  {chosen_group(intent, binder)}"
        "\n  ?p kg:year ?year .\n}\nGROUP BY ?year\nORDER BY ?year"
    )


def _similar(intent: Intent, binder: Binder) -> str:
    own = binder.node(intent.papers[0].id)
    return f"""SELECT ?paper ?title (STR(?issued) AS ?published) (COUNT(DISTINCT ?e) AS ?shared)
WHERE {{
  {own} {_SIMILAR} ?e .
  ?p {_SIMILAR} ?e .
  FILTER(?p != {own})
  {_PAPER_FACTS}
  {_PAPER_OPTIONS}
}}
GROUP BY ?paper ?title ?issued
ORDER BY DESC(?shared) {_NEWEST}{_limit(intent, binder, DEFAULT_LIMIT)}"""
