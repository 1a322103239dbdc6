"""What went wrong while reading without stopping it."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_KEPT = 20
"""Messages that are kept; later ones are only counted."""


@dataclass(slots=True)
class Problems:
    """Warnings of one or many sources, each a line `path:line: what`, and how many entries were skipped."""

    messages: list[str] = field(default_factory=list)
    skipped: int = 0
    warned: int = 0

    def warn(self, name: str, line: int, message: str) -> None:
        """Something was odd, but the entry is kept."""
        self.warned += 1
        self._keep(f"{name}:{line}: {message}")

    def skip(self, name: str, line: int, message: str) -> None:
        """An entry was left out."""
        self.skipped += 1
        self._keep(f"{name}:{line}: {message}")

    def lines(self) -> list[str]:
        """Everything to tell the user: the first messages, then the counts."""
        lines = list(self.messages)
        unseen = self.skipped + self.warned - len(self.messages)
        if unseen:
            lines.append(f"… and {unseen} more like these")
        if self.skipped:
            lines.append(f"{self.skipped} {'entry' if self.skipped == 1 else 'entries'} skipped")
        return lines

    def _keep(self, message: str) -> None:
        if len(self.messages) < MAX_KEPT:
            self.messages.append(message)
