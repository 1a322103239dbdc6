"""`export`: the whole graph as a file, as a folder of files, or in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.api.graph import Graph
from kg.api.load import bundles
from kg.api.progress import Progress, counted, silent
from kg.errors import KgError
from kg.export import FORMATS, export_format
from kg.mapping.bundle import Bundle
from kg.model import Record
from kg.records import write_records

if TYPE_CHECKING:
    import networkx

RECORDS = "records"
"""The one format that is not of the graph but of what it is made from: resolved records as JSON Lines."""

FORMAT_NAMES = (RECORDS, *FORMATS)
"""Names of all formats."""


def is_folder(form: str) -> bool:
    """Whether a format fills a folder. Raises `KgError` for an unknown format."""
    return form != RECORDS and export_format(form).folder


def export(graph: Graph, form: str, out: BinaryIO, *, progress: Progress = silent) -> None:
    """Write the graph to a binary file. Raises `KgError` for formats that are unknown or fill a folder."""
    if form == RECORDS:
        write_records(counted(graph.catalog.records(), "write", progress), out)
    elif is_folder(form):
        raise KgError(f"{form} fills a folder: name one with --output")
    else:
        export_format(form).write(_all(graph, progress), out, graph.published.base)


def export_path(graph: Graph, form: str, path: Path, *, progress: Progress = silent) -> None:
    """Write the graph to a path, which holds the old content or the new, never a half.

    Raises `KgError` where a folder format is to go over something that is there.
    """
    part = path.with_name(f".{path.name}.part")
    if not is_folder(form) and path.is_dir():
        raise KgError(f"{path}: is a folder; name a file")
    try:
        if is_folder(form):
            if path.exists():
                raise KgError(f"{path}: there is something already; name a new folder")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            export_format(form).write_folder(_all(graph, progress), part)
        else:
            with part.open("wb") as out:
                export(graph, form, out, progress=progress)
        part.replace(path)
    except OSError as exc:
        _clear(part)
        raise KgError(f"{path}: cannot be written: {exc.strerror}") from exc
    except BaseException:
        _clear(part)
        raise


def _clear(part: Path) -> None:
    shutil.rmtree(part, ignore_errors=True)
    with suppress(OSError):
        part.unlink(missing_ok=True)


def to_networkx(source: Graph | Iterable[Record], *, store: str | None = None) -> networkx.MultiDiGraph:
    """A graph (from its records, or out of one of its stores) or resolved records as a NetworkX MultiDiGraph.

    Nodes are keyed by id, with `label` and their properties; edges by type.
    """
    from kg.export.to_networkx import from_bundles, from_items

    if not isinstance(source, Graph):
        from kg.mapping.records import record_bundles

        return from_bundles(record_bundles(source))
    if store is None:
        return from_bundles(bundles(source))
    from kg.stores.read import read_graph

    return from_items(read_graph(source.store(store)))


def _all(graph: Graph, progress: Progress) -> partial[Iterable[Bundle]]:
    return partial(_bundles, graph, progress)


def _bundles(graph: Graph, progress: Progress) -> Iterable[Bundle]:
    return counted(bundles(graph), "write", progress)
