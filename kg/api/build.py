"""`build`: papers in, a published graph out. Only what is new or revised is extracted and loaded again."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from kg.api.extract import ReadingReport, read_papers
from kg.api.progress import Progress, counted, silent
from kg.catalog import CatalogEntity, CatalogWriter
from kg.errors import GraphError
from kg.graph import GraphDirectory, Published, Shards
from kg.mapping.bundle import FORMAT as MAPPING_FORMAT
from kg.mapping.bundle import Bundle
from kg.mapping.iris import is_base
from kg.mapping.records import entity_bundle, paper_bundle, referenced_entities, run_bundle
from kg.model import EntityType, Extractor, Paper, Record
from kg.vocab import BASE
from kg.vocabulary import also_reading, user_digest

if TYPE_CHECKING:
    from kg.resolve import Resolver
    from kg.stores.sync import SyncReport

SHARD = 2000
"""Records a shard: what a killed build loses at most."""


@dataclass(slots=True)
class BuildReport:
    """What a build did. Seconds are wall-clock, by stage."""

    papers: int = 0
    """Papers in the graph afterwards."""
    extracted: int = 0
    unchanged: int = 0
    removed: int = 0
    generation: int = 0
    published: bool = False
    reading: ReadingReport = field(default_factory=ReadingReport)
    stores: dict[str, SyncReport] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """Papers, claims, and entities of each type that a paper names, as `kg stats` counts them."""
    seconds: dict[str, float] = field(default_factory=dict)


def build(
    inputs: Sequence[str],
    path: Path,
    *,
    source: str | None = None,
    workers: int = 1,
    prune: bool = False,
    base: str | None = None,
    progress: Progress = silent,
) -> BuildReport:
    """Read papers, extract what is new, and publish the graph in `path`.

    `prune` takes out papers that are not among the inputs. Inputs that cannot be read stand in the report, and the
    others are built; raises `SourceError` where none can be read, or with `prune` any, and `GraphError` where
    another build is writing to `path`, what is there is not a graph of this version, or `base` is not its base.
    """
    directory = GraphDirectory(path)
    _check(directory, base)
    with directory.locked(), also_reading(directory.vocabulary):
        report = BuildReport()
        shards = Shards(directory.records)
        with _timed(report, "extract"):
            _extract_new(inputs, source, shards, report, workers=workers, prune=prune, progress=progress)
        _publish_if_changed(directory, shards, report, base=base, progress=progress)
    return report


def rebuild(path: Path, *, progress: Progress = silent) -> BuildReport:
    """Publish the graph anew from its records and corrections; extracts nothing."""
    return build([], path, progress=progress)


def remove_papers(path: Path, paper_ids: Sequence[str], *, progress: Progress = silent) -> BuildReport:
    """Take papers out of the graph, with all that only they contributed; ids that are not there are ignored."""
    directory = GraphDirectory(path)
    directory.published()
    with directory.locked(), also_reading(directory.vocabulary):
        shards = Shards(directory.records)
        report = BuildReport(removed=shards.remove(paper_ids))
        _publish_if_changed(directory, shards, report, base=None, progress=progress)
    return report


def _check(directory: GraphDirectory, base: str | None) -> None:
    """Refuse before anything is written: a graph of another version, a base that is none or not the graph's."""
    before = directory.published() if directory.exists() else None
    if base is None:
        return
    if not is_base(base):
        raise GraphError(f"{base!r} cannot be the base of IRIs; give an absolute one, such as https://example.org/kg/")
    if before is not None and before.base != base:
        raise GraphError(f"{directory.path}: its base is {before.base}; another base needs a new graph directory")


def _extract_new(
    inputs: Sequence[str],
    source: str | None,
    shards: Shards,
    report: BuildReport,
    *,
    workers: int,
    prune: bool,
    progress: Progress,
) -> None:
    from kg.extract.version import extractor_version

    version = extractor_version()
    seen: set[str] = set()

    def fresh() -> Iterator[Paper]:
        for paper in counted(read_papers(inputs, source, report.reading, strict=prune), "read", progress):
            seen.add(paper.id)
            if shards.has(paper.id, paper.text_hash, version):
                report.unchanged += 1
            else:
                yield paper

    papers = fresh()
    first = next(papers, None)
    if first is not None:
        _extract_into(chain([first], papers), shards, report, workers=workers, progress=progress)
    if prune:
        report.removed += shards.remove([paper_id for paper_id in shards.ids() if paper_id not in seen])


def _extract_into(
    papers: Iterable[Paper], shards: Shards, report: BuildReport, *, workers: int, progress: Progress
) -> None:
    from kg.extract.pipeline import ExtractionPipeline

    pipeline = ExtractionPipeline.load()
    pending: list[Record] = []
    for record in counted(pipeline.extract(papers, workers=workers), "extract", progress):
        pending.append(record)
        report.extracted += 1
        if len(pending) == SHARD:
            shards.append(pending)
            pending = []
    shards.append(pending)


def _publish_if_changed(
    directory: GraphDirectory, shards: Shards, report: BuildReport, *, base: str | None, progress: Progress
) -> None:
    before = directory.published() if directory.exists() else Published()
    base = base or before.base or BASE
    inputs = _inputs_hash(directory, shards, base)
    report.papers, report.generation = len(shards), before.generation
    if before.generation and before.inputs == inputs and directory.complete(before.generation):
        return
    generation = directory.prepare(before.generation)
    extractor = _publish_views(directory, shards, generation, before.generation, base, report, progress)
    directory.publish(
        Published(generation, base, extractor.name, extractor.version, inputs=inputs, papers=report.papers)
    )
    directory.discard_older(generation)
    report.generation, report.published = generation, True


def _inputs_hash(directory: GraphDirectory, shards: Shards, base: str) -> str:
    file = directory.corrections
    corrections = file.read_bytes() if file.exists() else b""
    parts = f"{MAPPING_FORMAT} {base} {shards.digest()} {user_digest()}".encode() + corrections
    return hashlib.sha256(parts).hexdigest()[:16]


def _publish_views(
    directory: GraphDirectory,
    shards: Shards,
    generation: int,
    previous: int,
    base: str,
    report: BuildReport,
    progress: Progress,
) -> Extractor:
    catalog_file = directory.view("catalog", generation)
    with _timed(report, "resolve"), _naming(catalog_file):
        catalog, entities, extractors = _resolve(directory, shards, catalog_file, progress)
    report.counts = _counts(entities, catalog)
    try:
        for kind in ("rdf", "lpg"):
            with _timed(report, kind):
                bundles = _bundles(extractors, entities, catalog)
                total = len(extractors) + len(entities) + len(shards)
                target = directory.view(kind, generation)
                earlier = directory.view(kind, previous) if previous else None
                report.stores[kind] = _sync(
                    kind, earlier, target, counted(bundles, f"load {kind}", progress, total), base
                )
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


def _sync(kind: str, earlier: Path | None, target: Path, bundles: Iterable[Bundle], base: str) -> SyncReport:
    """Fill the store of a new generation: a copy of the previous one, brought up to date."""
    from kg.stores import open_store
    from kg.stores.sync import sync

    if earlier is not None and earlier.exists():
        copy = shutil.copytree if earlier.is_dir() else shutil.copy2
        copy(earlier, target)
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


class _timed:
    """Adds the seconds of a `with` block to a report's stage."""

    def __init__(self, report: BuildReport, stage: str) -> None:
        self._report, self._stage = report, stage

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *_: object) -> None:
        self._report.seconds[self._stage] = round(perf_counter() - self._start, 3)


__all__ = ["BuildReport", "build", "rebuild", "remove_papers"]
