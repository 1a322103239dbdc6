"""What people corrected, a JSON object a line; applied at each build, so that corrections survive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from kg.errors import CorrectionError

ACTIONS = {
    "merge": ("id", "into"),
    "split": ("id", "form"),
    "rename": ("id", "name"),
    "drop-claim": ("claim",),
    "set-claim": ("claim", "field", "value"),
    "undo": ("number",),
}
"""Action → its fields. merge: two entities are one; split: a form is an entity of its own; undo: the correction of
that number, counted from 1 in the file's order, no longer holds."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: an action and the fields that it takes, as (name, value) pairs in the action's order."""

    action: str
    fields: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return dict(self.fields)[name]


def make_correction(action: str, **fields: str) -> Correction:
    """A correction with its fields checked; raises `CorrectionError`."""
    if action not in ACTIONS:
        raise CorrectionError(f"no correction {action!r}; known: {', '.join(ACTIONS)}, list")
    wanted = ACTIONS[action]
    may_be_empty = {"value"} if action == "set-claim" else set()
    if set(fields) != set(wanted) or not all(
        isinstance(value, str) and (value or name in may_be_empty) for name, value in fields.items()
    ):
        raise CorrectionError(f"{action} takes {', '.join(wanted)}")
    if action == "undo" and not fields["number"].isdecimal():
        raise CorrectionError(f"{fields['number']!r} is no number of a correction")
    return Correction(action, tuple((name, fields[name]) for name in wanted))


def read_corrections(path: Path) -> list[Correction]:
    """The corrections in force, in order: those of the file that no later one undoes."""
    return [correction for _, correction, in_force in number_corrections(read_log(path)) if in_force]


def number_corrections(log: list[Correction]) -> list[tuple[int, Correction, bool]]:
    """Each correction with its number, from 1, and whether it is in force; those that undo never are."""
    undone = {int(correction["number"]) for correction in log if correction.action == "undo"}
    return [(n, c, c.action != "undo" and n not in undone) for n, c in enumerate(log, start=1)]


def read_log(path: Path) -> list[Correction]:
    """All corrections of a file, in order; none where there is no file. Raises `CorrectionError` with path:line."""
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            data = orjson.loads(line)
            found.append(make_correction(data.pop("action"), **data))
        except (ValueError, KeyError, TypeError, AttributeError, CorrectionError) as exc:
            raise CorrectionError(f"{path}:{number}: {exc}") from exc
    return found


def append_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Add corrections at the end of a file."""
    with path.open("ab") as out:
        for correction in corrections:
            out.write(orjson.dumps({"action": correction.action, **dict(correction.fields)}) + b"\n")
