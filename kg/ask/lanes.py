"""Ranks within lanes: claims of one metric, unit, kind and bound, of which alone one is better than another."""

from __future__ import annotations

from kg.ask.binding import DEFAULT_LIMIT
from kg.ask.intent import Intent
from kg.model import Rows


def rows_per_lane(intent: Intent) -> int | None:
    """How many ranks of each lane the answer keeps; None where it is not ranked lane by lane."""
    return (intent.limit or DEFAULT_LIMIT) if intent.ranks_each_lane else None


def keep_ranks(rows: Rows, ranks: int) -> Rows:
    """The rows that fewer than `ranks` rows of their lane surpass; ties at the last rank stay.

    The rows come lane by lane, the best first. Done here and not in the query: there each claim would be compared
    with all others of its lane.
    """
    lane_of = [rows.columns.index(name) for name in ("metric", "unit", "kind", "bound")]
    value_at = rows.columns.index("value")
    kept, lane, place, rank, last = [], None, 0, 0, None
    for row in rows.rows:
        if (own := tuple("exact" if row[i] == "approx" else row[i] for i in lane_of)) != lane:
            lane, place, last = own, 0, None
        if row[value_at] != last:
            rank, last = place, row[value_at]
        place += 1
        if rank < ranks:
            kept.append(row)
    return Rows(rows.columns, kept, truncated=rows.truncated)
