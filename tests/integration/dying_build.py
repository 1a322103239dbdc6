"""A build that kills itself: `dying_build.py GRAPH STAGE DONE [INPUT…]`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import kg.api.build_records as records
from kg.api.build import build

records.SHARD = 5


def main(path: str, stage: str, at: str, *inputs: str) -> None:
    """Build, and die when so many items of the stage are done (-1: all of them)."""

    def progress(name: str, done: int, total: int | None) -> None:
        if name == stage and (done == int(at) or (at == "-1" and done == total)):
            os.kill(os.getpid(), signal.SIGKILL)

    build(inputs, Path(path), progress=progress)


if __name__ == "__main__":
    main(*sys.argv[1:])
