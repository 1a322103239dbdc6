"""Quality and speed of numeric claims: confusions, what breaks a tuple, what the entities cost, abstracts a second.

    python bench/claims.py ../shared/gold/dev.jsonl ../shared/gold/dev-2025.jsonl [--speed ABSTRACTS.jsonl.gz]

"annotated" gives the linkers the annotated entities instead of those found: what remains are errors of the claims part.
Speed is processor time of one process, claims part alone, on documents whose entities are found already.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from collections import Counter
from itertools import islice
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

FIELDS = ("value", "unit", "kind", "bound", "metric", "datasets", "method", "baseline", "task")
CORE = ("value", "unit", "kind", "metric", "datasets", "method")


def read_documents(path: Path) -> list[tuple[object, dict[str, object]]]:
    """Annotated papers as documents with the entities that the package finds."""
    from kg.evaluate import read_gold
    from kg.extract.pipeline import ExtractionPipeline
    from kg.model import Paper, SourceRef

    pipeline = ExtractionPipeline.load()
    pairs = []
    for place, gold in enumerate(read_gold(path)):
        document = pipeline.document(
            Paper(gold["id"], gold["title"], gold["abstract"], SourceRef("gold", path.name, place))
        )
        [document.entities] = pipeline.entities([document])
        pairs.append((document, dict(gold)))
    return pairs


def report(path: Path) -> None:
    """Prints the tables of one annotated file."""
    from kg.evaluate import evaluate
    from kg.extract.claims import ClaimFinder
    from kg.model import Extractor, Record, record_to_dict
    from kg.training.agree import annotated

    found = read_documents(path)
    print(f"\n{path.name}\n  entities    claims  tuples  " + "  ".join(FIELDS))
    for name in ("found", "annotated"):
        pairs = found if name == "found" else [(annotated(document, gold), gold) for document, gold in found]
        finder, made_by = ClaimFinder.load(), Extractor("bench", "")
        records = [record_to_dict(Record(d.paper, (), finder.find_claims(d), made_by)) for d, _ in pairs]
        result = evaluate([gold for _, gold in pairs], records)
        figures = "  ".join(f"{result.field_accuracy(field):.3f}" for field in FIELDS)
        print(f"  {name:10}  {result.tallies['claim'].f1:.3f}   {result.tallies['tuple'].f1:.3f}   {figures}")
        if name == "found":
            confusions(pairs, records)
            breakers(result.differences)


def confusions(pairs: list, records: list) -> None:
    """Which kind and bound is taken for which: annotated → found, over the claims found."""
    from kg.evaluate import _overlapping

    for field in ("kind", "bound"):
        counts: Counter[tuple[str, str]] = Counter()
        for (_, gold), record in zip(pairs, records, strict=True):
            free = list(record["claims"])
            for claim in gold["claims"]:
                best = _overlapping(gold, claim, free)
                if best is not None and not claim.get("optional"):
                    free.remove(best)
                    counts[claim[field], best[field]] += 1
        print(f"  {field}: " + ", ".join(f"{a} → {b} {n}" for (a, b), n in sorted(counts.items())))


def breakers(differences: list[str]) -> None:
    """The ten commonest reasons for which a claim is wrong, alone or together."""
    counts: Counter[str] = Counter()
    for line in differences:
        if line.startswith(("missed claim", "extra claim")):
            counts[" ".join(line.split()[:2])] += 1
        elif line.startswith("claim "):
            detail = line.split("': ", 1)[-1]
            for part in detail.split("; "):
                field, _, rest = part.partition(" is ")
                if field in FIELDS:
                    got, _, wanted = rest.partition(", gold ")
                    none = ("None", "[]")
                    how = "missing" if got in none else "should be empty" if wanted in none else "another"
                    counts[f"{field} {how}"] += 1
    print("  errors: " + ", ".join(f"{name} {n}" for name, n in counts.most_common(10)))


def speed(path: Path, count: int) -> None:
    """Prints abstracts a second of the claims part."""
    from kg.extract.claims import ClaimFinder
    from kg.extract.pipeline import ExtractionPipeline
    from kg.model import Paper, SourceRef

    pipeline, finder = ExtractionPipeline.load(), ClaimFinder.load()
    documents = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, islice(lines, count)):
            text = " ".join(row["title"].split()), " ".join(row["abstract"].split())
            document = pipeline.document(Paper(f"arxiv:{row['id']}", *text, SourceRef("arxiv", path.name, 0)))
            [document.entities] = pipeline.entities([document])
            documents.append(document)
    for document in documents[:100]:
        finder.find_claims(document)
    start = time.process_time()
    claims = sum(len(finder.find_claims(document)) for document in documents)
    took = time.process_time() - start
    print(f"\n{count / took:.0f} abstracts a second, {claims / count:.2f} claims an abstract ({path.name})")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--speed", type=Path, help="abstracts of arXiv's snapshot, .jsonl.gz")
    parser.add_argument("--papers", type=int, default=1000)
    given = parser.parse_args()
    for path in given.gold:
        report(path)
    if given.speed:
        speed(given.speed, given.papers)


if __name__ == "__main__":
    main()
