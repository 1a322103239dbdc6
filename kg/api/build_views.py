"""The second half of a build: records resolved into a catalog, and from it the stores of a new generation."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.build_report import BuildReport, timed
from kg.api.progress import Progress, counted
from kg.catalog import CatalogEntity, CatalogWriter
from kg.errors import GraphError, StoreBusyError, StoreError
from kg.graph import GraphDirectory, Shards
from kg.graph.directory import delete_view
from kg.mapping.bundle import Bundle
from kg.mapping.records import entity_bundle, paper_bundle, referenced_entities, run_bundle
from kg.model import EntityType, Extractor

if TYPE_CHECKING:
    from kg.resolve import Resolver
    from kg.stores.sync import SyncReport


def make_views(
    directory: GraphDirectory,
    shards: Shards,
    generation: int,
    previous: int,
    base: str,
    report: BuildReport,
    progress: Progress,
) -> Extractor:
    """Write catalog and stores of a generation, the stores from copies of the previous one's; gives the extractor."""
    catalog_file = directory.view("catalog", generation)
    with timed(report, "resolve"), _naming(catalog_file):
        catalog, entities, extractors = _resolve(directory, shards, catalog_file, progress)
    report.counts = _counts(entities, catalog)
    total = len(extractors) + len(entities) + len(shards)

    def bundles(kind: str) -> Iterator[Bundle]:
        return counted(_bundles(extractors, entities, catalog), f"load {kind}", progress, total)

    try:
        for kind in ("rdf", "lpg"):
            with timed(report, kind):
                earlier = directory.view(kind, previous) if previous else None
                target = directory.view(kind, generation)
                report.stores[kind] = _sync(kind, earlier, target, partial(bundles, kind), base)
    finally:
        with _naming(catalog_file):
            catalog.close()
    return extractors[-1] if extractors else Extractor("paperkg", "")


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Makes what SQLite says (that the disk is full) an error that names the file."""
    try:
        yield
    except sqlite3.Error as exc:
        raise GraphError(f"{file}: cannot be written: {exc}") from exc


def _resolve(
    directory: GraphDirectory, shards: Shards, file: Path, progress: Progress
) -> tuple[CatalogWriter, list[CatalogEntity], list[Extractor]]:
    """Resolve all records into a new catalog; gives it with the entities in use (broader ones first)."""
    from kg.resolve import Resolver, read_corrections

    total = len(shards)
    resolver = Resolver(corrections=read_corrections(directory.corrections))
    for record in counted(shards.records(), "resolve", progress, total):
        resolver.observe(record)
    resolver.finish()
    catalog = CatalogWriter(file)
    used: Counter[str] = Counter()
    extractors: set[Extractor] = set()
    for record in counted(shards.records(), "catalog", progress, total):
        resolved = resolver.apply(record)
        catalog.add_record(resolved)
        used.update(referenced_entities(resolved).keys())
        extractors.add(resolved.extractor)
    entities = _entities_in_use(resolver, used)
    for entity in entities:
        catalog.add_entity(entity)
    return catalog, entities, sorted(extractors, key=lambda e: (e.name, e.version))


def _entities_in_use(resolver: Resolver, used: Counter[str]) -> list[CatalogEntity]:
    """Entities that a paper names and those broader than them, each after the ones it points to.

    An entity that only a correction names still, because its papers were taken out, is called by its id.
    """
    known = {entity.id: entity for entity in resolver.entities()}
    ordered: dict[str, CatalogEntity] = {}

    def visit(entity_id: str) -> None:
        if entity_id in ordered or entity_id not in known:
            return
        entity = known[entity_id]
        for broader in entity.broader:
            visit(broader)
        ordered[entity_id] = CatalogEntity(
            type=entity.type,
            id=entity.id,
            name=entity.name,
            papers=used[entity_id],
            aliases=tuple(entity.aliases),
            broader=tuple(b for b in entity.broader if b in known),
            direction=entity.direction,
            unit=entity.unit,
            reasons=tuple((merge.form, merge.reason) for merge in entity.reasons),
        )

    for entity_id in sorted(used):
        visit(entity_id)
        if entity_id not in known:
            kind, _, name = entity_id.partition("/")
            ordered[entity_id] = CatalogEntity(EntityType(kind), entity_id, name, used[entity_id])
    return list(ordered.values())


def _bundles(
    extractors: Iterable[Extractor], entities: Iterable[CatalogEntity], catalog: CatalogWriter
) -> Iterator[Bundle]:
    yield from map(run_bundle, extractors)
    yield from map(entity_bundle, entities)
    yield from map(paper_bundle, catalog.records())


def _sync(
    kind: str, earlier: Path | None, target: Path, bundles: Callable[[], Iterable[Bundle]], base: str
) -> SyncReport:
    """Fill the store of a new generation: a copy of the previous one, brought up to date; anew where that is damaged."""
    if earlier is not None and earlier.exists():
        copy = shutil.copytree if earlier.is_dir() else shutil.copy2
        copy(earlier, target)
        try:
            return _fill(kind, target, bundles(), base)
        except StoreBusyError:
            raise
        except StoreError:
            delete_view(target)
    return _fill(kind, target, bundles(), base)


def _fill(kind: str, target: Path, bundles: Iterable[Bundle], base: str) -> SyncReport:
    from kg.stores import open_store
    from kg.stores.sync import sync

    store = open_store(_store_name(kind), path=target, mode="write", base=base)
    try:
        return sync(store, bundles)
    finally:
        store.close()


def _store_name(kind: str) -> str:
    return {"rdf": "oxigraph", "lpg": "ladybug"}[kind]


def _counts(entities: Iterable[CatalogEntity], catalog: CatalogWriter) -> dict[str, int]:
    counts: Counter[str] = Counter(entity.type.value for entity in entities if entity.papers)
    counts.update(catalog.counts())
    return dict(sorted(counts.items()))
