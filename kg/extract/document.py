"""A paper while it is being read: its text, tokens and sentences, shared by all extraction components."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.mention import MentionSpan
from kg.model import Entity, Field, Mention, Paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class WordStates:
    """What the recogniser's network made of each word of a text: spans in code points, a row of `states` for each."""

    starts: list[int]
    ends: list[int]
    states: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(slots=True)
class Document:
    """Title and abstract as one text, `title + "\\n" + abstract`, with what the components found in it.

    All spans are (start, end) in code points of `text`; `to_mention` gives them as offsets of a field.
    """

    paper: Paper
    text: str
    tokens: list[str] = field(default_factory=list)
    """Words and white space that cover `text`, as `kg.extract.tokenizer.split_text` gives them."""
    spaces: list[bool] = field(default_factory=list)
    """Whether a single space follows each token."""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    """Spans in order; the first is the title, none crosses from title to abstract."""
    abbreviations: dict[str, str] = field(default_factory=dict)
    """Short form → long form, as defined in this text ("LA-Net" → "Landmark-Aware Net")."""
    entities: list[Entity] = field(default_factory=list)
    """Resolved within the paper."""
    doubtful: list[list[MentionSpan]] = field(default_factory=list)
    """Forms that may name something but are not likely enough for entities: the mentions of each."""
    words: WordStates | None = None
    """As the recogniser for entities read them; links of claims look at them too."""

    @property
    def shift(self) -> int:
        """Where the abstract starts in `text`."""
        return len(self.paper.title) + len(SEPARATOR)

    def to_mention(self, start: int, end: int) -> Mention:
        """A span of `text` as a span of the title or of the abstract."""
        if start < self.shift:
            return Mention("title", start, end)
        return Mention("abstract", start - self.shift, end - self.shift)

    def offset(self, name: Field, position: int) -> int:
        """An offset of a field as an offset into `text`."""
        return position if name == "title" else position + self.shift
