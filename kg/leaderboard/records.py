"""Which results were the best of all when they came."""

from __future__ import annotations

from kg.leaderboard.model import Lane, Result


def dated(lane: Lane) -> list[Result]:
    """A lane's own results that have a date, oldest first; of one day the better first."""
    sign = -1 if lane.higher else 1
    results = [result for result in lane.own if result.published]
    return sorted(results, key=lambda r: (r.published or "", sign * r.worst(lane.higher), r.paper, r.claim))


def running_best(lane: Lane) -> list[Result]:
    """The dated own results that surpass all before them, oldest first; none in a lane that is not ranked."""
    best: list[Result] = []
    for result in dated(lane) if lane.bound == "exact" else []:
        if not best or _beats(result, best[-1], lane.higher):
            best.append(result)
    return best


def _beats(one: Result, other: Result, higher: bool) -> bool:
    new, old = one.worst(higher), other.worst(higher)
    return new > old if higher else new < old
