"""Where the parts of a graph lie on disk, and how a finished build becomes visible.

    graph.toml          format, base IRI, extractor, and which generation is current
    records/            shards of extracted records: the source of truth
    corrections.jsonl   what people corrected
    vocabulary.tsv      names that this graph knows besides the package's (see kg vocabulary add)
    journal/N.jsonl     what generation N read, changed and took out (see kg.graph.journal)
    catalog/N.db        names and resolved records      }
    rdf/N/              Oxigraph                        } views of generation N
    lpg/N.lbug          Ladybug                         }

A build makes generation N + 1 beside N and then replaces `graph.toml` in one rename. Readers go on with the
generation that they opened; it is deleted by the build after the next.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.vocab import BASE

FORMAT = 1
"""Of the directory. A directory of another format is refused."""

_VIEWS = {"catalog": ".db", "rdf": "", "lpg": ".lbug"}


@dataclass(frozen=True, slots=True)
class Published:
    """What `graph.toml` says: the current generation (0: none yet) and what it was made of."""

    generation: int = 0
    base: str = BASE
    extractor: str = ""
    version: str = ""
    inputs: str = ""
    """A hash of all live records and corrections; a build with the same hash changes nothing."""
    papers: int = 0


@dataclass(frozen=True, slots=True)
class GraphDirectory:
    """Paths and publishing of one graph directory; creates nothing until it is locked for a build."""

    path: Path

    @property
    def records(self) -> Path:
        """The folder of record shards."""
        return self.path / "records"

    @property
    def corrections(self) -> Path:
        """The file of corrections (may be absent)."""
        return self.path / "corrections.jsonl"

    @property
    def vocabulary(self) -> Path:
        """The file of names that this graph knows besides the package's (may be absent)."""
        return self.path / "vocabulary.tsv"

    def view(self, kind: str, generation: int) -> Path:
        """Where a generation's view lies; kind is "catalog", "rdf" or "lpg"."""
        return self.path / kind / f"{generation}{_VIEWS[kind]}"

    def complete(self, generation: int) -> bool:
        """Whether every view of a generation is there."""
        return all(self.view(kind, generation).exists() for kind in _VIEWS)

    def exists(self) -> bool:
        """Whether a graph was published here."""
        return (self.path / "graph.toml").is_file()

    def published(self) -> Published:
        """The content of `graph.toml`; raises `GraphError` where there is none or it is not one of ours."""
        file = self.path / "graph.toml"
        if not file.is_file():
            raise GraphError(f"{self.path}: no graph here; build one with: kg build INPUT… --graph {self.path}")
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
            raise GraphError(f"{file}: {exc}") from exc
        return _to_published(file, data)

    def publish(self, published: Published) -> None:
        """Make a generation the current one: one rename, so that readers see the old or the new graph."""
        lines = [
            f"format = {FORMAT}",
            f"base = {json.dumps(published.base)}",
            f"extractor = {json.dumps(published.extractor)}",
            f"version = {json.dumps(published.version)}",
            f"generation = {published.generation}",
            f"inputs = {json.dumps(published.inputs)}",
            f"papers = {published.papers}",
        ]
        write_atomically(self.path / "graph.toml", "\n".join(lines) + "\n")

    def prepare(self, current: int) -> int:
        """The number of the next generation, after clearing away what a killed build left."""
        for kind in _VIEWS:
            folder = self.path / kind
            folder.mkdir(parents=True, exist_ok=True)
            for entry in folder.iterdir():
                if _generation_of(entry) not in (current, current - 1):
                    delete_view(entry)
        return current + 1

    def discard_older(self, current: int) -> None:
        """Delete generations before the previous one."""
        self.prepare(current)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the directory for one build; a second build is refused at once."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / ".lock", os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as exc:
            raise GraphError(f"{self.path}: cannot write here: {exc.strerror}") from exc
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as exc:
            raise GraphError(f"{self.path}: another build is writing to this graph; wait until it ends") from exc
        finally:
            os.close(handle)


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that readers see the old content or the new, never a half."""
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def _to_published(file: Path, data: dict[str, Any]) -> Published:
    if data.get("format") != FORMAT:
        raise GraphError(
            f"{file}: format {data.get('format')!r}, but this version of kg reads {FORMAT}; build into another directory"
        )
    known = {name: data[name] for name in Published.__dataclass_fields__ if name in data}
    for name, value in known.items():
        if type(value) is not type(getattr(Published(), name)):
            raise GraphError(f"{file}: {name} = {value!r} is not what a build writes")
    return replace(Published(), **known)


def _generation_of(entry: Path) -> int:
    stem = entry.name.split(".")[0]
    return int(stem) if stem.isdecimal() else -1


def delete_view(entry: Path) -> None:
    """Delete a store's file or folder, if it is there."""
    if entry.is_dir():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)
