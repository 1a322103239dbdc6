"""The user's own vocabulary files: which they are, and reading them safely."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import SourceError

ENVIRONMENT = "KG_VOCABULARY"
"""The variable that names a user's own vocabulary files, separated as `PATH` is."""

MAX_BYTES = 64 * 2**20
"""A larger file is refused: it is no vocabulary."""


def user_files() -> tuple[Path, ...]:
    """The files that `$KG_VOCABULARY` names."""
    return tuple(Path(part) for part in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if part)


def add_user_file(path: str) -> None:
    """From now on `load` reads this file too, here and in processes that are started."""
    os.environ[ENVIRONMENT] = os.pathsep.join(filter(None, [os.environ.get(ENVIRONMENT), path]))


def user_digest() -> str:
    """8 hex digits that change when a user's file does; empty where there is none. Raises `SourceError`."""
    files = user_files()
    texts = (read_text(path).encode("utf-8", "surrogatepass") for path in files)
    return hashlib.sha256(b"\x1e".join(texts)).hexdigest()[:8] if files else ""


@contextmanager
def also_reading(path: Path) -> Iterator[None]:
    """Meanwhile `load` reads this file too, here and in processes that are started; nothing where there is none."""
    before = os.environ.get(ENVIRONMENT)
    if path.is_file() and path not in user_files():
        os.environ[ENVIRONMENT] = os.pathsep.join([*([before] if before else []), str(path.resolve())])
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(ENVIRONMENT, None)
        else:
            os.environ[ENVIRONMENT] = before


def read_text(path: Path) -> str:
    """The text of a vocabulary file. Raises `SourceError` where it cannot be read, is too large or not UTF-8."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"{path}: larger than {MAX_BYTES // 2**20} MiB, not a vocabulary")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as exc:
        raise SourceError(f"{path}: not UTF-8 at byte {exc.start}") from exc
    except OSError as exc:
        raise SourceError(f"{path}: {exc.strerror or exc}") from exc
