"""Where bytes come from: a file or standard input, gzipped or not, and how they become bounded lines of text."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import SourceError
from kg.sources.problems import Problems

MAX_LINE = 8 << 20
"""Bytes of one line; a longer one is skipped with a warning."""
MAX_TEXT = 256 << 20
"""Bytes of a file that must be read whole."""
HEAD = 64 << 10

_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class Input:
    """One file, or standard input for "-". Can be read once; `head` may be looked at before."""

    path: str
    problems: Problems = field(default_factory=Problems)
    _file: BinaryIO | None = None
    _stream: BinaryIO | None = None
    _head: bytes | None = None

    @property
    def name(self) -> str:
        """The file's name without folders, as it goes into records."""
        return "stdin" if self.path == "-" else Path(self.path).name

    @property
    def shown(self) -> str:
        """How messages name the input."""
        return "<stdin>" if self.path == "-" else self.path

    def head(self) -> bytes:
        """The first 64 KiB, unzipped, without consuming them."""
        if self._head is None:
            self._head = self._read_head()
        return self._head

    def head_text(self) -> str:
        """The head as text; a character cut at its end is dropped."""
        return self.head().removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").rstrip("\ufffd")

    def lines(self) -> Iterator[tuple[int, str]]:
        """(number from 1, text without line end) of each line; too long ones are skipped with a warning."""
        for number, (raw, complete) in enumerate(self._raw_lines(), start=1):
            if complete:
                yield number, self._decode(raw, number)
            else:
                self.problems.skip(self.shown, number, f"line longer than {MAX_LINE >> 20} MiB")

    def text(self) -> str:
        """The whole content, line ends as "\\n"; raises `SourceError` past 256 MiB."""
        parts: list[bytes] = []
        size = 0
        for chunk in self._chunks():
            size += len(chunk)
            if size > MAX_TEXT:
                raise SourceError(f"{self.shown}:1: larger than {MAX_TEXT >> 20} MiB, which this format cannot be")
            parts.append(chunk)
        text = self._decode(b"".join(parts).removeprefix(codecs.BOM_UTF8), 1)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def binary(self) -> BinaryIO:
        """The bytes as a stream, for parsers that want one."""
        return cast(BinaryIO, io.BufferedReader(_ChunkReader(self._chunks())))

    def close(self) -> None:
        """Close the file; standard input stays open. Reading to the end does this too."""
        if self._file is not None and self.path != "-":
            self._file.close()

    def fail(self, message: str, line: int = 1) -> SourceError:
        """An error that names this input."""
        return SourceError(f"{self.shown}:{line}: {message}")

    def _read_head(self) -> bytes:
        self._stream = self._open()
        head = b""
        try:
            while len(head) < HEAD and (chunk := self._stream.read(HEAD - len(head))):
                head += chunk
        except (OSError, EOFError, zlib.error) as exc:
            raise self.fail(f"cannot read: {_reason(exc)}") from exc
        return head

    def _open(self) -> BinaryIO:
        try:
            raw = sys.stdin.buffer if self.path == "-" else Path(self.path).open("rb")  # noqa: SIM115 - closed after reading
            self._file = cast(BinaryIO, raw)
            stream: BinaryIO = raw if hasattr(raw, "peek") else cast(BinaryIO, io.BufferedReader(raw))
            zipped = stream.peek(2)[:2] == _GZIP  # type: ignore[attr-defined]
        except (OSError, ValueError) as exc:
            raise SourceError(f"{self.shown}: cannot open: {_reason(exc)}") from exc
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if zipped else stream

    def _chunks(self) -> Iterator[bytes]:
        head = self.head()
        stream, self._stream = self._stream, None
        if stream is None:
            raise SourceError(f"{self.shown}: was already read")
        decode = codecs.getincrementaldecoder("utf-16")("replace").decode if head[:2] in _UTF16 else None
        try:
            chunk = head
            while chunk:
                yield decode(chunk).encode("utf-8", "replace") if decode else chunk
                chunk = stream.read(1 << 20)
        except (OSError, EOFError, zlib.error) as exc:
            # What came before the damage is kept: a download that broke off is the usual case.
            self.problems.warn(self.shown, 1, f"input breaks off: {_reason(exc)}")
        finally:
            self.close()

    def _raw_lines(self) -> Iterator[tuple[bytes, bool]]:
        pending, dropping = b"", False
        for chunk in self._chunks():
            first, *rest = chunk.split(b"\n")
            pending = b"" if dropping else pending + first
            for part in rest:
                yield pending, not dropping
                pending, dropping = part, False
            if len(pending) > MAX_LINE:
                pending, dropping = b"", True
        if pending or dropping:
            yield pending, not dropping

    def _decode(self, raw: bytes, line: int) -> str:
        if line == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            return raw.removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as exc:
            at = line + raw.count(b"\n", 0, exc.start)
            self.problems.warn(self.shown, at, "not UTF-8; read as Latin-1")
            return raw.removesuffix(b"\r").decode("latin-1")


class _ChunkReader(io.RawIOBase):
    """An iterator of byte strings as a raw stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _reason(exc: Exception) -> str:
    if isinstance(exc, OSError) and exc.strerror:
        return exc.strerror
    return " ".join(str(exc).split()) or type(exc).__name__
