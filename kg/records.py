"""Records as JSON Lines, each line checked against `schemas/record.schema.json`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from kg.errors import RecordError
from kg.model import Record
from kg.resources import read_text


def iter_records(path: str | Path, *, check: bool = True) -> Iterator[Record]:
    """The records of a file ("-": standard input) in order; raises `RecordError` as `path:line: what`."""
    try:
        if str(path) == "-":
            yield from _iter_lines(sys.stdin.buffer, "<stdin>", check)
            return
        with Path(path).open("rb") as lines:
            yield from _iter_lines(lines, str(path), check)
    except OSError as exc:
        raise RecordError(f"{path}: cannot read: {exc.strerror or exc}") from exc


def write_records(records: Iterable[Record], out: BinaryIO) -> int:
    """Write one line a record; returns how many. The same records give the same bytes."""
    count = 0
    for record in records:
        out.write(dump_record(record) + b"\n")
        count += 1
    return count


def dump_record(record: Record) -> bytes:
    """A record as one line of JSON, without the line end."""
    return orjson.dumps(record.to_dict())


def parse_record(line: bytes, where: str, *, check: bool = True) -> Record:
    """A record from one line; `where` ("path:line") starts the message of the `RecordError`."""
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as exc:
        raise RecordError(f"{where}: not JSON: {exc.msg}") from exc
    if check:
        check_record(data, where)
    if not isinstance(data, dict):
        raise RecordError(f"{where}: not a JSON object")
    try:
        return Record.from_dict(data)
    except RecordError as exc:
        raise RecordError(f"{where}: {exc}") from exc


def check_record(data: Any, where: str = "record") -> None:
    """Raise `RecordError` where JSON data break the schema, naming the place inside the record."""
    import fastjsonschema

    try:
        _validator()(data)
    except fastjsonschema.JsonSchemaValueException as exc:
        raise RecordError(f"{where}: {exc.message[:200]}") from exc


@cache
def _validator() -> Callable[[Any], Any]:
    import fastjsonschema

    # use_default off: a check must not change what it checks.
    compiled: Callable[[Any], Any] = fastjsonschema.compile(
        orjson.loads(read_text("schemas/record.schema.json")), use_default=False
    )
    return compiled


def _iter_lines(lines: BinaryIO, name: str, check: bool) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield parse_record(line, f"{name}:{number}", check=check)
