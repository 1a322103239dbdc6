"""What must hold, in Cypher: the steps that choose papers and claims."""

from __future__ import annotations

from kg.ask.binding import Binder, split_filters, year_bounds
from kg.ask.intent import Change, EntityFilter, Form, Intent, Role, Target
from kg.model import EntityType
from kg.vocab import ENTITY_LABELS
from kg.vocabulary.directions import cypher_lower

# Types of edges by the type of what is named: from a paper to what it names, to what it presents; from a claim.
ANY = {
    EntityType.METHOD: "PROPOSES|USES_METHOD",
    EntityType.DATASET: "REPORTS_ON|EVALUATES_ON|INTRODUCES",
    EntityType.METRIC: "USES_METRIC",
    EntityType.TASK: "ADDRESSES",
}
INTRODUCED = {**ANY, EntityType.METHOD: "PROPOSES", EntityType.DATASET: "INTRODUCES"}
OF_CLAIM = {
    EntityType.METHOD: "OF_METHOD",
    EntityType.DATASET: "ON_DATASET",
    EntityType.METRIC: "MEASURES",
    EntityType.TASK: "FOR_TASK",
}

_LOWER = cypher_lower("coalesce(i.name, '')", "coalesce(i.direction, '')", "c.kind", "c.unit")
_NOT_LOST = f"""OPTIONAL MATCH (c)-[:MEASURES]->(i:Metric)
WITH c, {_LOWER} AS lower, i.direction IS NOT NULL AND c.baselineValue IS NOT NULL AS measured
WHERE NOT ((c.kind <> 'absolute' AND lower)
   OR (c.kind = 'absolute' AND measured AND ((lower AND c.value > c.baselineValue) OR (NOT lower AND c.value < c.baselineValue))))
WITH DISTINCT c"""
"""No change for the worse, and no level on the wrong side of the baseline's, by what the metric's direction tells."""


def among(variable: str, terms: list[str]) -> str:
    """A test that a node is one of `terms`."""
    return f"{variable}.id = {terms[0]}" if len(terms) == 1 else f"{variable}.id IN [{', '.join(terms)}]"


def _path(node: str, edges: str, label: str, part: EntityFilter, binder: Binder) -> str:
    """A pattern from the named thing to the paper or claim, with its WHERE: the anchor stands first."""
    where = f" WHERE {among('f', binder.nodes(part))}" if part.names else ""
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
        test = among("p", [binder.node(paper.id) for paper in intent.papers])
        found.append(
            f"WITH {kept} WHERE {test}\nWITH {kept}" if bound else f"MATCH (p:Paper) WHERE {test}\nWITH {kept}"
        )
        bound = True
    edges = [(part, (INTRODUCED if part.role is Role.INTRODUCED else ANY)[part.type]) for part in parts]
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
    edges = [(p, "AGAINST_BASELINE" if p.role is Role.BASELINE else OF_CLAIM[p.type]) for p in parts]
    found = _steps("c", "Claim", edges, binder, "c", bound=False)
    tests = [*_value_tests(intent, binder), *_change_tests(intent, binder)]
    if intent.levels:
        tests.append("c.kind = 'absolute'")
    if intent.form in (Form.BEST, Form.TREND) and intent.change is None:
        tests.append("c.kind = 'absolute' AND c.bound IN ['exact', 'approx']")
        tests.append("EXISTS { MATCH (c)-[:MEASURES]->(:Metric) }")
    if tests:
        found.append(f"WITH c WHERE {' AND '.join(tests)}\nWITH c")
    if intent.won:
        found.append(_NOT_LOST)
    if intent.form is Form.COMPARE:
        found.append(_side_by_side(parts, binder))
    found.append("MATCH (p:Paper)-[:REPORTS]->(c)\nWITH DISTINCT p, c")
    if intent.form is Form.TREND:
        found.append("WITH p, c WHERE p.published IS NOT NULL\nWITH p, c")
    return found


def _change_tests(intent: Intent, binder: Binder) -> list[str]:
    if intent.change in (None, Change.ANY):
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


def chosen_steps(intent: Intent, binder: Binder) -> str:
    """Steps that leave `p`, or `p` and `c` where the question is about claims."""
    split = split_filters(intent)
    if intent.target is Target.CLAIM or intent.needs_claim:
        if intent.papers and not split.claim:
            test = among("p", [binder.node(paper.id) for paper in intent.papers])
            start = f"MATCH (p:Paper)-[:REPORTS]->(c:Claim) WHERE {test}\nWITH DISTINCT c"
            steps = [start, *_claim_steps(intent, split.claim, binder)[1:]]
        else:
            steps = _claim_steps(intent, split.claim, binder)
        steps += _paper_steps(intent, split.paper, binder, "p, c", bound=True)
    else:
        steps = _paper_steps(intent, split.paper, binder, "p", bound=False)
    return "\n".join(steps)
