"""How often Python looks for garbage in a process that reads papers and does nothing else."""

from __future__ import annotations

import gc


def look_seldom() -> None:
    """Looks for garbage a thirtieth as often, for the whole process: so not for a library's caller to find it done.

    A paper leaves little that counting references does not free, and each look passes over the vocabulary and all that
    is kept of words: a sixteenth of the time that entities take.
    """
    gc.set_threshold(20_000, 20, 20)
