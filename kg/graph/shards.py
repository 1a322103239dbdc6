"""Record shards: append-only files of records, the latest of each paper counts.

A shard is `NNNNN.jsonl` (records) and `NNNNN.index` (a line a record: id, text hash, extractor version, byte
offset). The index is renamed into place last, so a shard without one was never finished and is not read.
A removed paper is an index line without a text hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import orjson

from kg.errors import GraphError
from kg.model import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the live record of a paper stands, and what it was made from."""

    shard: int
    offset: int
    text_hash: str | None
    version: str


class Shards:
    """The records of a graph, keyed by paper id, in the order in which the papers were first seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: dict[str, Entry] = {}
        self._next = 1
        for index in sorted(folder.glob("*.index")):
            self._read_index(index)

    def _read_index(self, path: Path) -> None:
        number = int(path.stem)
        self._next = max(self._next, number + 1)
        try:
            for line in path.read_bytes().splitlines():
                paper_id, text_hash, version, offset = orjson.loads(line)
                self._entries[paper_id] = Entry(number, offset, text_hash, version)
        except (ValueError, TypeError) as exc:
            raise GraphError(f"{path}: damaged index: {exc}; delete it with its shard and build again") from exc

    def __len__(self) -> int:
        return sum(entry.text_hash is not None for entry in self._entries.values())

    def ids(self) -> list[str]:
        """Ids of all live papers, in order."""
        return [paper_id for paper_id, entry in self._entries.items() if entry.text_hash is not None]

    def has(self, paper_id: str, text_hash: str, version: str) -> bool:
        """Whether the live record was made from this text by this version."""
        entry = self._entries.get(paper_id)
        return entry is not None and (entry.text_hash, entry.version) == (text_hash, version)

    def digest(self) -> str:
        """A hash of what all live records were made from."""
        live = sorted((i, e.text_hash, e.version) for i, e in self._entries.items() if e.text_hash is not None)
        return hashlib.sha256(orjson.dumps(live)).hexdigest()[:16]

    def records(self) -> Iterator[Record]:
        """All live records, in order; one shard is open at a time."""
        for number, entries in groupby(self._live(), key=lambda item: item[1].shard):
            path = self._folder / f"{number:05d}.jsonl"
            try:
                with path.open("rb") as lines:
                    for _, entry in entries:
                        lines.seek(entry.offset)
                        yield Record.from_dict(orjson.loads(lines.readline()))
            except (OSError, ValueError) as exc:
                raise GraphError(f"{path}: damaged shard: {exc}; delete it with its index and build again") from exc

    def _live(self) -> Iterator[tuple[str, Entry]]:
        return ((i, entry) for i, entry in self._entries.items() if entry.text_hash is not None)

    def append(self, records: Iterable[Record]) -> None:
        """Write one shard; it counts once this returns."""
        rows: list[tuple[str, str | None, str, int]] = []
        chunks: list[bytes] = []
        offset = 0
        for record in records:
            line = orjson.dumps(record.to_dict(), option=orjson.OPT_APPEND_NEWLINE)
            rows.append((record.paper.id, record.paper.text_hash, record.extractor.version, offset))
            chunks.append(line)
            offset += len(line)
        if rows:
            self._commit(rows, b"".join(chunks))

    def remove(self, paper_ids: Iterable[str]) -> int:
        """Take papers out; returns how many were there."""
        known = [i for i in paper_ids if (e := self._entries.get(i)) is not None and e.text_hash is not None]
        if known:
            self._commit([(paper_id, None, "", 0) for paper_id in known], b"")
        return len(known)

    def _commit(self, rows: list[tuple[str, str | None, str, int]], content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        number, self._next = self._next, self._next + 1
        _write(self._folder / f"{number:05d}.jsonl", content)
        _write(self._folder / f"{number:05d}.index", b"".join(orjson.dumps(row) + b"\n" for row in rows))
        for paper_id, text_hash, version, offset in rows:
            self._entries[paper_id] = Entry(number, offset, text_hash, version)


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
