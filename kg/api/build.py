"""`build`: papers in, a published graph out. Only what is new or revised is extracted and loaded again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from kg.api.build_records import extract_new
from kg.api.build_report import BuildReport, timed
from kg.api.build_views import make_views
from kg.api.progress import Progress, silent
from kg.errors import GraphError
from kg.graph import GraphDirectory, Published, Shards
from kg.graph.journal import write_journal
from kg.mapping.bundle import FORMAT as MAPPING_FORMAT
from kg.mapping.iris import is_base
from kg.vocab import BASE
from kg.vocabulary import also_reading, user_digest

__all__ = ["BuildReport", "build", "rebuild", "remove_papers"]


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
        with timed(report, "extract"):
            extract_new(inputs, source, shards, report, workers=workers, prune=prune, progress=progress)
        _publish_if_changed(directory, shards, report, base=base, progress=progress)
    return report


def rebuild(path: Path, *, progress: Progress = silent) -> BuildReport:
    """Publish the graph anew from its records and corrections; extracts nothing."""
    return build([], path, progress=progress)


def remove_papers(path: Path, paper_ids: Sequence[str], *, progress: Progress = silent) -> BuildReport:
    """Take papers out of the graph, with all that only they contributed; the report names ids that are not there."""
    directory = GraphDirectory(path)
    directory.published()
    with directory.locked(), also_reading(directory.vocabulary):
        shards = Shards(directory.records)
        live = set(shards.ids())
        missing = [one for one in dict.fromkeys(paper_ids) if one not in live]
        report = BuildReport(removed=shards.remove(live.intersection(paper_ids)), missing=missing)
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
    extractor = make_views(directory, shards, generation, before.generation, base, report, progress)
    with timed(report, "journal"):
        write_journal(directory, generation, before.generation)
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
