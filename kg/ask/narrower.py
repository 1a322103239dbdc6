"""A question about a metric means its kinds too: results in top-1 accuracy are results in accuracy."""

from __future__ import annotations

from dataclasses import replace

from kg.ask.intent import EntityFilter, Intent, Named
from kg.catalog import Catalog
from kg.model import EntityType


def with_narrower(intent: Intent, catalog: Catalog) -> tuple[Intent, tuple[Named, ...]]:
    """The intent with each metric's narrower metrics beside it, and which these are, by name."""
    if not intent.of_type(EntityType.METRIC):
        return intent, ()
    below: dict[str, list[Named]] = {}
    for entity in catalog.entities(EntityType.METRIC):
        for broader in entity.broader:
            below.setdefault(broader, []).append(Named(entity.type, entity.id, entity.name))
    filters = tuple(_widened(part, below) for part in intent.filters)
    named = {name.id for part in intent.filters for name in part.names}
    asked = tuple(name.id for part in intent.of_type(EntityType.METRIC) for name in part.names)
    added = {name.id: name for part in filters for name in part.names if name.id not in named}
    widened = replace(intent, filters=filters, asked=asked if added else ())
    return widened, tuple(sorted(added.values(), key=lambda name: (name.name, name.id)))


def _widened(part: EntityFilter, below: dict[str, list[Named]]) -> EntityFilter:
    if part.type is not EntityType.METRIC or not part.names:
        return part
    names = dict.fromkeys(part.names)
    todo = list(part.names)
    while todo:
        for name in below.get(todo.pop().id, ()):
            if name not in names:
                names[name] = None
                todo.append(name)
    own = [name for name in names if name not in part.names]
    return replace(part, names=(*part.names, *sorted(own, key=lambda name: name.id)))
