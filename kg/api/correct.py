"""`correct`: what people know better, kept beside the records and applied at each build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.api.build import BuildReport, rebuild
from kg.api.graph import Graph
from kg.api.progress import Progress, silent
from kg.api.show import find_claim
from kg.catalog import CatalogEntity
from kg.errors import CorrectionError, KgError
from kg.graph import GraphDirectory
from kg.model import EntityType, Rows
from kg.resolve import (
    Correction,
    append_corrections,
    fold,
    make_correction,
    number_corrections,
    read_log,
    set_field,
    split_id,
)

_CLAIM_ENTITIES = {
    "metric_id": EntityType.METRIC,
    "method_id": EntityType.METHOD,
    "baseline_id": EntityType.METHOD,
    "task_id": EntityType.TASK,
    "dataset_ids": EntityType.DATASET,
}
_SHORT = {name.removesuffix("_ids").removesuffix("_id"): name for name in _CLAIM_ENTITIES} | {"datasets": "dataset_ids"}
"""What people call these fields."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was made: its number in the graph's list, what it says, and the build that followed."""

    number: int
    text: str
    report: BuildReport

    @property
    def generation(self) -> int:
        """The number of the generation that was published."""
        return self.report.generation


def correct(path: Path, action: str, fields: Mapping[str, str], *, progress: Progress = silent) -> Corrected:
    """Add a correction and publish the graph anew. Raises `CorrectionError` for one that does not apply.

    Raises `GraphError`, and keeps nothing, where a build is writing to the graph.
    Entities may be given by name; the correction keeps their ids.
    """
    directory = GraphDirectory(path)
    file = directory.corrections
    with Graph(path) as graph:
        correction = _checked(graph, file, make_correction(action, **fields))
    with directory.locked():
        append_corrections(file, [correction])
    return Corrected(len(read_log(file)), _spoken(correction), rebuild(path, progress=progress))


def list_corrections(path: Path) -> Rows:
    """Columns number, correction, state ("in force", "undone" or ""), in the order in which they were made."""
    directory = GraphDirectory(path)
    directory.published()
    rows = [
        (number, _spoken(correction), "" if correction.action == "undo" else "in force" if in_force else "undone")
        for number, correction, in_force in number_corrections(read_log(directory.corrections))
    ]
    return Rows(("number", "correction", "state"), list(rows))


def _spoken(correction: Correction) -> str:
    return " ".join([correction.action, *(f"{name}={value}" for name, value in correction.fields)])


def _checked(graph: Graph, file: Path, correction: Correction) -> Correction:
    """The correction with ids in place of names. Raises `CorrectionError`."""
    action = correction.action
    if action == "undo":
        _check_undo(file, int(correction["number"]))
        return correction
    if action == "drop-claim":
        _claim_exists(graph, correction["claim"])
        return correction
    if action == "set-claim":
        return _checked_setting(graph, correction)
    entity = _entity(graph, correction["id"])
    if action == "merge":
        into = _entity(graph, correction["into"])
        if into.type is not entity.type or into.id == entity.id:
            raise CorrectionError(f"{entity.id} cannot be merged into {into.id}: give two entities of one type")
        return make_correction("merge", id=entity.id, into=into.id)
    if action == "split":
        return make_correction("split", id=entity.id, form=_form(entity, correction["form"]))
    return make_correction("rename", id=entity.id, name=correction["name"])


def _entity(graph: Graph, what: str) -> CatalogEntity:
    try:
        return graph.entity(what)
    except KgError as exc:
        raise CorrectionError(str(exc)) from exc


def _form(entity: CatalogEntity, form: str) -> str:
    names = (entity.name, *(alias for alias, _ in entity.reasons))
    found = next((name for name in names if fold(name) == fold(form)), None)
    if found is None:
        raise CorrectionError(f"no paper calls {entity.id} {form!r}; its names here: {', '.join(names)}")
    if split_id(entity.id, found) == entity.id:
        others = ", ".join(name for name in names if split_id(entity.id, name) != entity.id) or "it has none"
        raise CorrectionError(f"{form!r} is the name that {entity.id} has its id from; split off another one: {others}")
    return found


def _claim_exists(graph: Graph, claim_id: str) -> None:
    if graph.catalog.paper_of_claim(claim_id) is None:
        raise CorrectionError(f"no claim {claim_id!r} in this graph")


def _checked_setting(graph: Graph, correction: Correction) -> Correction:
    _claim_exists(graph, correction["claim"])
    name, value = _SHORT.get(correction["field"], correction["field"]), correction["value"].strip()
    if name in _CLAIM_ENTITIES:
        names = _listed(value) if name == "dataset_ids" else [value]
        value = ",".join(graph.entity(each, types=[_CLAIM_ENTITIES[name]]).id for each in names if each)
    try:
        set_field(find_claim(graph, correction["claim"]).claim, name, value)
    except ValueError as exc:
        raise CorrectionError(f"set-claim: {exc}") from exc
    return make_correction("set-claim", claim=correction["claim"], field=name, value=value)


def _listed(value: str) -> list[str]:
    """Names parted by commas."""
    return [name.strip() for name in value.split(",")]


def _check_undo(file: Path, number: int) -> None:
    numbered = {n: in_force for n, _, in_force in number_corrections(read_log(file))}
    if number not in numbered:
        raise CorrectionError(f"there is no correction {number}; kg correct list shows {len(numbered)}")
    if not numbered[number]:
        raise CorrectionError(f"correction {number} is not in force")
