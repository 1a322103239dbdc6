"""Errors of entities by kind: `python bench/entities_errors.py GOLD.jsonl RECORDS.jsonl [--show 5]`.

Kinds, for each type: *extra* (nothing annotated is like it), *missed* (nothing found is like it), *boundary* (a form
within or around the right one), *type* (found as another type), *second node* (one more node for an entity that has one).
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.evaluate import fold

TYPES = ("method", "dataset", "metric", "task")
Errors = dict[tuple[str, str], list[str]]


def keys_of(entity: dict[str, Any]) -> set[str]:
    """Folded names of an entity."""
    return {key for form in (*entity["forms"], entity.get("name", "")) if (key := fold(form))}


def overlap(one: set[str], other: set[str]) -> bool:
    """Whether a form of one lies within a form of the other."""
    return any(a in b or b in a for a in one for b in other if min(len(a), len(b)) > 3)


def compare(gold: dict[str, Any], record: dict[str, Any], errors: Errors) -> None:
    """Adds the errors of one paper."""
    annotated = [(kind, keys_of(entity), entity) for kind in TYPES for entity in gold[f"{kind}s"]]
    found = [(entity["type"], keys_of(entity), entity) for entity in record["entities"]]
    hit: set[int] = set()
    for kind, keys, entity in found:
        right = {i for i, (other, forms, _) in enumerate(annotated) if other == kind and keys & forms}
        if right - hit:
            hit |= right
            continue
        if right:
            cause = "second node"
        elif any(keys & forms for _, forms, _ in annotated):
            cause = "type"
        else:
            cause = "boundary" if any(overlap(keys, forms) for _, forms, _ in annotated) else "extra"
        errors[kind, f"wrong: {cause}"].append(" / ".join(entity["forms"]))
    for i, (kind, forms, entity) in enumerate(annotated):
        if i in hit or entity.get("optional"):
            continue
        if any(keys & forms for _, keys, _ in found):
            cause = "type"
        else:
            cause = "boundary" if any(overlap(keys, forms) for _, keys, _ in found) else "missed"
        errors[kind, f"not found: {cause}"].append(" / ".join(entity["forms"]))


def main() -> None:
    """Prints a table of counts, with examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("records", type=Path)
    parser.add_argument("--show", type=int, default=3)
    arguments = parser.parse_args()
    records = {r["id"]: r for r in map(json.loads, arguments.records.read_text(encoding="utf-8").splitlines())}
    errors: Errors = defaultdict(list)
    for path in arguments.gold:
        for line in path.read_text(encoding="utf-8").splitlines():
            gold = json.loads(line)
            if gold["id"] in records:
                compare(gold, records[gold["id"]], errors)
    print("| type | kind | count | for example |\n|---|---|---|---|")
    for (kind, cause), cases in sorted(errors.items(), key=lambda item: -len(item[1])):
        print(f"| {kind} | {cause} | {len(cases)} | {'; '.join(cases[: arguments.show])} |")


if __name__ == "__main__":
    main()
