"""What a build did, and how long each stage took."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from kg.api.extract import ReadingReport

if TYPE_CHECKING:
    from kg.stores.sync import SyncReport


@dataclass(slots=True)
class BuildReport:
    """What a build did. Seconds are wall-clock, by stage."""

    papers: int = 0
    """Papers in the graph afterwards."""
    extracted: int = 0
    unchanged: int = 0
    removed: int = 0
    missing: list[str] = field(default_factory=list)
    """Ids that were to be removed and are not there."""
    generation: int = 0
    published: bool = False
    reading: ReadingReport = field(default_factory=ReadingReport)
    stores: dict[str, SyncReport] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    """Papers, claims, and entities of each type that a paper names, as `kg stats` counts them."""
    seconds: dict[str, float] = field(default_factory=dict)


class timed:
    """Adds the seconds of a `with` block to a report's stage."""

    def __init__(self, report: BuildReport, stage: str) -> None:
        self._report, self._stage = report, stage

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *_: object) -> None:
        self._report.seconds[self._stage] = round(perf_counter() - self._start, 3)
