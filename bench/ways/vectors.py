"""Word vectors of the field for the spaCy ways: floret over unlabelled abstracts, as the project's tokenizer parts them.

    python bench/ways/vectors.py ../shared/corpora/*.jsonl.gz --out .cache/ways [--part 3] [--threads 1]

Writes `field.floret`: subword vectors in buckets, which spaCy reads as they are. `--part 3` reads every third abstract.
floret (PyPI: `floret`) shuffles with one thread only by its own seed, so one thread gives the same vectors again.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import islice
from pathlib import Path

from kg.extract.entities.words import BREAK, plain_words
from kg.training.corpus import read_texts

WIDTH = 96
BUCKETS = 60_000


def write_lines(corpora: list[Path], part: int, path: Path) -> int:
    """Every `part`-th abstract as a line of words; gives the number of lines."""
    count = 0
    with path.open("w", encoding="utf-8", errors="replace") as out:
        for title, abstract in islice(read_texts(corpora), 0, None, part):
            words = plain_words(title + "\n" + abstract)
            out.write(" ".join(word for word in words if word != BREAK) + "\n")
            count += 1
    return count


def main() -> None:
    """Trains and tells how long it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder for the vectors")
    parser.add_argument("--part", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    try:
        import floret
    except ImportError:
        sys.exit("this needs floret: pip install floret")
    given.out.mkdir(parents=True, exist_ok=True)
    text = given.out / "words.txt"
    count = write_lines(given.corpora, given.part, text)
    started = time.process_time()
    model = floret.train_unsupervised(
        str(text), model="cbow", mode="floret", dim=WIDTH, bucket=BUCKETS, hashCount=2, minn=3, maxn=5, minCount=8,
        epoch=5, lr=0.05, ws=5, neg=10, thread=given.threads, verbose=0,
    )  # fmt: skip
    model.save_floret_vectors(str(given.out / "field.floret"))
    text.unlink()
    print(f"{count} abstracts, {time.process_time() - started:.0f} s of processor time")


if __name__ == "__main__":
    main()
