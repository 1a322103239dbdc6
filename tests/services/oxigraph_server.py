"""The Oxigraph server for the tests: from the package `oxigraph`, on a free port."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.processes import Unavailable, free_port, served


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of an empty server, which is stopped afterwards."""
    program = Path(sys.executable).parent / "oxigraph"
    if not program.is_file():
        raise Unavailable("the Oxigraph server is not installed: pip install oxigraph")
    address = f"127.0.0.1:{free_port()}"
    with served([str(program), "serve", "--bind", address], folder, f"http://{address}/"):
        yield f"http://{address}/#data=store"
