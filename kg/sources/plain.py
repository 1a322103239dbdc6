"""Plain text: one paper, its title in the first line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from kg.model import Paper, SourceRef
from kg.sources.input import Input
from kg.sources.text import clean, paper_id

MAX_ABSTRACT = 20_000


class TextSource:
    """One abstract as text; without a second line the text has no title."""

    name: ClassVar[str] = "text"

    def __init__(self, data: Input) -> None:
        self._data = data

    @classmethod
    def sniff(cls, file_name: str, head: str) -> float:
        """A last resort for text that no other format claims."""
        odd = head.count("\ufffd") + head.count("\0")
        return 0.1 if file_name.endswith((".txt", ".md")) or odd * 20 < len(head) else 0.0

    def papers(self) -> Iterator[Paper]:
        """The one paper; raises `SourceError` where the text is too long for an abstract."""
        text = clean(self._data.text()).strip()
        if len(text) > MAX_ABSTRACT:
            raise self._data.fail(f"longer than {MAX_ABSTRACT} characters: more than one abstract, in no known format")
        title, _, abstract = text.partition("\n")
        if not abstract.strip():
            title, abstract = "", title
        title, abstract = title.strip(), abstract.strip()
        if abstract:
            yield Paper(paper_id(None, title, abstract), title, abstract, SourceRef(self.name, self._data.name, 0))
