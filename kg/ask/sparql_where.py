"""What must hold, in SPARQL: the patterns that choose papers and claims."""

from __future__ import annotations

from kg.ask.binding import Binder, split_filters, year_bounds
from kg.ask.intent import Change, EntityFilter, Form, Intent, Role, Target
from kg.model import EntityType
from kg.vocabulary.directions import sparql_lower

# Paths by the type of what is named: from a paper to what it names, to what it presents; from a claim.
ANY = {
    EntityType.METHOD: "kg:proposes|kg:usesMethod",
    EntityType.DATASET: "kg:reportsOn|kg:evaluatesOn|kg:introduces",
    EntityType.METRIC: "kg:usesMetric",
    EntityType.TASK: "kg:addresses",
}
INTRODUCED = {**ANY, EntityType.METHOD: "kg:proposes", EntityType.DATASET: "kg:introduces"}
OF_CLAIM = {
    EntityType.METHOD: "kg:ofMethod",
    EntityType.DATASET: "kg:onDataset",
    EntityType.METRIC: "kg:measures",
    EntityType.TASK: "kg:forTask",
}

_LOWER = sparql_lower('COALESCE(?its_name, "")', 'COALESCE(?its_direction, "")', "?its_kind", "?its_unit")
_NOT_LOST = f"""FILTER NOT EXISTS {{
    ?c kg:kind ?its_kind ; kg:unit ?its_unit ; kg:value ?its_value .
    OPTIONAL {{ ?c kg:measures/skos:prefLabel ?its_name }}
    OPTIONAL {{ ?c kg:measures/kg:direction ?its_direction }}
    OPTIONAL {{ ?c kg:baselineValue ?its_rival }}
    FILTER(IF(?its_kind = "absolute",
      BOUND(?its_rival) && BOUND(?its_direction) && IF({_LOWER}, ?its_value > ?its_rival, ?its_value < ?its_rival), {_LOWER}))
  }}"""
"""No change for the worse, and no level on the wrong side of the baseline's, by what the metric's direction tells."""


def match(subject: str, path: str, terms: list[str], variable: str) -> str:
    """A pattern from `subject` to any of `terms`; `variable` stands for it where there are several."""
    if len(terms) == 1:
        return f"{subject} {path} {terms[0]} ."
    return f"VALUES ?{variable} {{ {' '.join(terms)} }} {subject} {path} ?{variable} ."


def _filter(subject: str, path: str, part: EntityFilter, binder: Binder, number: int) -> str:
    variable = f"{subject[1:]}{number}"
    pattern = match(subject, path, binder.nodes(part), variable) if part.names else f"{subject} {path} ?{variable} ."
    return f"FILTER NOT EXISTS {{ {pattern} }}" if part.negated else pattern


def _paper_conditions(intent: Intent, parts: tuple[EntityFilter, ...], binder: Binder) -> list[str]:
    found = []
    if intent.papers:
        found.append(f"VALUES ?p {{ {' '.join(binder.node(paper.id) for paper in intent.papers)} }}")
    for number, part in enumerate(parts):
        paths = INTRODUCED if part.role is Role.INTRODUCED else ANY
        found.append(_filter("?p", paths[part.type], part, binder, number))
    return [*found, *_date_conditions(intent, binder), *_author_conditions(intent, binder)]


def _date_conditions(intent: Intent, binder: Binder) -> list[str]:
    """Tests on `kg:year`, which every dated paper has; on the date as well where the year does not decide."""
    if intent.since is None and intent.before is None:
        return []
    first, last = year_bounds(intent)
    days, years, rough = [], [], []
    if intent.since is not None and first is not None:
        days.append(f"STR(?day) >= {binder.value('since', intent.since)}")
        years.append(f"?year >= {binder.value('since_year', first)}")
        rough.append(f"?year >= {binder.value('since_rough', int(intent.since[:4]))}")
    if intent.before is not None and last is not None:
        days.append(f"STR(?day) < {binder.value('before', intent.before)}")
        years.append(f"?year < {binder.value('before_year', last)}")
        rough.append(f"?year <= {binder.value('before_rough', int(intent.before[:4]))}")
    if all(date is None or len(date) == 4 for date in (intent.since, intent.before)):
        return [f"?p kg:year ?year FILTER({' && '.join(years)})"]
    dated = f"EXISTS {{ ?p dcterms:issued ?day FILTER({' && '.join(days)}) }}"
    undated = f"({' && '.join(years)} && NOT EXISTS {{ ?p dcterms:issued ?any }})"
    return [f"?p kg:year ?year FILTER({' && '.join(rough)}) FILTER({dated} || {undated})"]


def _author_conditions(intent: Intent, binder: Binder) -> list[str]:
    tests = []
    if intent.authors_least is not None:
        tests.append(f"?people >= {binder.value('authors_least', intent.authors_least)}")
    if intent.authors_most is not None:
        tests.append(f"?people <= {binder.value('authors_most', intent.authors_most)}")
    return [f"?p kg:authorCount ?people FILTER({' && '.join(tests)})"] if tests else []


def _claim_conditions(intent: Intent, parts: tuple[EntityFilter, ...], binder: Binder) -> list[str]:
    found = ["?p kg:reports ?c ."]
    for number, part in enumerate(parts):
        path = "kg:againstBaseline" if part.role is Role.BASELINE else OF_CLAIM[part.type]
        found.append(_filter("?c", path, part, binder, number))
    found += _value_conditions(intent, binder)
    if intent.change is Change.IMPROVEMENT:
        found.append(
            '?c kg:kind ?change FILTER(?change = "increase" || '
            '(?change = "decrease" && EXISTS { ?c kg:measures/kg:direction "lower" }))'
        )
    elif intent.change not in (None, Change.ANY):
        found.append(f"?c kg:kind {binder.value('change', intent.change.value)} .")
    if intent.won:
        found.append(_NOT_LOST)
    if intent.levels:
        found.append('?c kg:kind "absolute" .')
    if intent.form in (Form.BEST, Form.TREND) and intent.change is None:
        found.append('?c kg:kind "absolute" ; kg:bound ?exact ; kg:measures ?any FILTER(?exact IN ("exact", "approx"))')
    if intent.form is Form.TREND:
        found.append("?p dcterms:issued ?dated .")
    return found


def _value_conditions(intent: Intent, binder: Binder) -> list[str]:
    value = intent.value
    if value is None:
        return []
    tests = []
    if value.least is not None:
        tests.append(f"FILTER(?amount {'>' if value.strict else '>='} {binder.value('least', float(value.least))})")
    if value.most is not None:
        inside, outside = ("<", ">=") if value.strict else ("<=", ">")
        most = binder.value("most", float(value.most))
        tests.append(f"FILTER(?amount {inside} {most})")
        tests.append(f"FILTER NOT EXISTS {{ ?c kg:valueHigh ?high FILTER(?high {outside} {most}) }}")
    unit = "" if value.unit is None else f" ; kg:unit {binder.value('unit', value.unit)}"
    return [" ".join([f"?c kg:value ?amount{unit} .", *tests])]


def conditions(intent: Intent, binder: Binder, *, papers: bool = True) -> list[str]:
    """What must hold; `papers` adds that `?p` is a paper where nothing else binds it first."""
    split = split_filters(intent)
    with_claims = intent.target is Target.CLAIM or intent.needs_claim
    claims = _claim_conditions(intent, split.claim, binder) if with_claims else []
    found = [*claims, *_paper_conditions(intent, split.paper, binder)]
    if papers and not any(condition.startswith(("?p kg", "VALUES")) for condition in found):
        found.insert(0, "?p a kg:Paper .")
    return found


def chosen_group(intent: Intent, binder: Binder) -> str:
    """Patterns that bind `?p`, and `?c` where the question is about claims.

    They stand in one group with what reads the facts, before all OPTIONALs, so that a store can start from the
    rarest pattern of all; the repeats that they make fall together in GROUP BY.
    """
    return "\n  ".join(conditions(intent, binder))
