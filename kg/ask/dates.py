"""ISO dates and their beginnings: "2023", "2023-06", "2023-06-30"."""

from __future__ import annotations

from datetime import date, timedelta

from kg.errors import QuestionError


def after(day: str) -> str:
    """The day, month or year after one: "2023" → "2024", "2023-12" → "2024-01"."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return str(parts[0] + 1)
    if len(parts) == 2:
        return f"{parts[0] + parts[1] // 12}-{parts[1] % 12 + 1:02}"
    try:
        return (date(*parts) + timedelta(days=1)).isoformat()
    except ValueError as exc:
        raise QuestionError(f"{day} is not a date") from exc
