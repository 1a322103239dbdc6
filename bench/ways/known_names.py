"""Ways without a network: a gazetteer alone, and patterns of titles alone.

    python bench/ways/known_names.py ../shared/gold ../shared/corpora/arxiv-2025-100k.jsonl.gz

1. The vocabulary's names wherever they stand, the longest first. 2. The same with the names that annotated papers had
as an entity more often than not. 3. Patterns of titles: "X: …", "… with X", "… via X", "… using X" name a method. For
these precision and coverage are told: the share of all annotated methods that they find, and of those that papers introduce.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from measure import DECIDED, Bench, Mentions, mention_of, parse, run

from kg.evaluate import fold
from kg.extract.document import Document
from kg.extract.entities.memory import TYPES, Memory
from kg.extract.entities.words import Letters, words_of
from kg.extract.mention import MentionSpan
from kg.model import EntityType
from kg.training.entity_gold import Example, remember

_HEAD = re.compile(r"([^:?!.]{2,60}):\s")
_TAIL = re.compile(r"\b(?:with|via|using)\s+((?:[A-Za-z0-9]\S*\s*){1,4})$")
_COINED = re.compile(r"\S*(?:[A-Z]\S*[A-Z0-9]|\d)\S*")


def gazetteer(memory: Memory, documents: Iterable[Document]) -> Iterator[Mentions]:
    """Known names of each document; where they overlap the longest counts."""
    for document in documents:
        words = words_of(document)
        found: list[MentionSpan] = []
        for match in memory.index.find(words):
            kind = kind_of(memory, match.key)
            if kind is not None:
                score = 0.5 + 0.05 * (match.last - match.first)
                mention = mention_of(words.text, words.starts[match.first], words.ends[match.last], kind, score)
                found += [mention] if mention else []
        yield found


def kind_of(memory: Memory, key: str) -> EntityType | None:
    """The type that annotated papers mostly have a key as, else the one that the vocabulary is sure of."""
    seen = memory.counts.get(key)
    if seen is not None:
        return TYPES[seen.index(max(seen[1:]), 1) - 1] if 2 * sum(seen[1:]) > sum(seen) else None
    levels = memory.listed.get(key, (0, 0, 0, 0))
    return TYPES[levels.index(2)] if 2 in levels else None


def head_of(title: str) -> str | None:
    """What stands before a title's first colon, where it is one to three words: "X: …"."""
    match = _HEAD.match(title)
    return match.group(1) if match and len(match.group(1).split()) <= 3 else None


def tail_of(title: str) -> str | None:
    """The one to four words that a title ends with after "with", "via" or "using"."""
    match = _TAIL.search(title)
    return match.group(1).strip() if match else None


def coined_tail_of(title: str) -> str | None:
    """The same where the last word looks coined: a capital or a digit inside."""
    tail = tail_of(title)
    return tail if tail and _COINED.fullmatch(tail.split()[-1]) else None


def titled(pattern: Callable[[str], str | None], documents: Iterable[Document]) -> Iterator[Mentions]:
    """All places of the name that a pattern finds in the title, as methods."""
    for document in documents:
        name = pattern(document.paper.title)
        words = words_of(document)
        found: list[MentionSpan] = []
        key = fold(name) if name else ""
        for first, last in Letters(words.squashed).find(key) if key else ():
            mention = mention_of(words.text, words.starts[first], words.ends[last], EntityType.METHOD, 1.0)
            found += [mention] if mention else []
        yield found


def coverage(bench: Bench, examples: list[Example], pattern: Callable[[str], str | None]) -> str:
    """Precision and coverage of a pattern of titles."""
    found = list(titled(pattern, (example.document for example in examples)))
    tally = bench.score(examples, found, DECIDED).tallies["method"]
    names = [fold(pattern(example.document.paper.title) or "") for example in examples]
    own = [
        name in {fold(form) for form in entity["forms"]}
        for example, name in zip(examples, names, strict=True)
        for entity in example.gold["methods"]
        if entity.get("introduced") and not entity.get("optional")
    ]
    fires = sum(map(bool, names)) / len(names)
    return f"{fires:.3f} of titles, precision {tally.precision:.3f}, of methods {tally.recall:.3f}, of introduced {sum(own) / len(own):.3f}"


def either(title: str) -> str | None:
    """What one of the patterns finds."""
    return head_of(title) or coined_tail_of(title)


def main() -> None:
    """Prints the rows."""
    given = parse(__doc__)
    bench = Bench(given.gold, given.corpus)
    counts, _ = remember(bench.papers.fit)
    bench.row("what ships", lambda documents: map(bench.shipped.find, documents), None, thresholds=DECIDED)
    listed = Memory({}, bench.vocabulary)
    bench.row("vocabulary alone", partial(gazetteer, listed), None, thresholds=DECIDED)
    taught = Memory(counts, bench.vocabulary)
    bench.row("vocabulary and taught names", partial(gazetteer, taught), None, thresholds=DECIDED)
    bench.row("titles", partial(titled, either), None, thresholds=DECIDED)
    everything = [*bench.papers.fit, *bench.papers.held]
    for name, part in (("train", everything), ("dev", bench.papers.dev), ("dev-2025", bench.papers.late)):
        for pattern in (head_of, tail_of, coined_tail_of, either):
            print(name, pattern.__name__, coverage(bench, part, pattern))


if __name__ == "__main__":
    run(main)
