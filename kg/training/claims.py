"""Trains the networks of `kg.extract.claims`: `python -m kg.training.claims TRAIN.jsonl ... --entities RECORDS.jsonl`.

The linkers learn on the entities that they will meet: those that a recogniser found in papers that it had not seen
(`kg.training.entities --predictions`). `--measure` trains on four fifths of the papers and judges the fifth left out,
for each fifth in turn.
"""

from __future__ import annotations

import argparse
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kg.evaluate import evaluate
from kg.extract.claims.choose import ORDER
from kg.extract.claims.finder import WEIGHTS, ClaimFinder
from kg.model import Extractor, Record, record_to_dict
from kg.training.agree import annotated, gold_paper
from kg.training.claim_again import with_opinions
from kg.training.claim_examples import read_numbers
from kg.training.claim_fit import fit_linkers
from kg.training.claim_lessons import Examples, Lesson, Taught
from kg.training.claim_linkers import LinkerSettings, TrainedLinkers
from kg.training.claim_pairs import Pair, read_pairs

log = logging.getLogger(__name__)

LINKERS = LinkerSettings(words=2000, hidden=32, products=32, least=6, epochs=10, drop=0.5, drop_states=0.2)
TAUGHT_LINKERS = LinkerSettings(hint=2.0)
"""With abstracts labelled by teachers there are a dozen times as many examples: rare features only cost room, and less need be left out."""
SEEN = 200
"""Papers at most that show in which directions a teacher's states vary."""
BEFORE = 2
"""With them, how many linkers are fitted first, whose opinions those that ship learn from as well."""


def train(
    pairs: Iterable[Pair],
    *,
    taught: Iterable[Taught] = (),
    advise: Callable[[Taught], Taught] = lambda paper: paper,
    seed: int = 1,
) -> ClaimFinder:
    """A finder fitted to documents (with the entities that it will see) and their annotations.

    The linkers are shown each paper twice, with the entities found and with those annotated, if they are. `taught` are other papers,
    labelled by a teacher; `advise` adds to a paper what the teacher thinks of it.
    """
    papers = [(document, gold_paper(document, gold)) for document, gold in pairs]
    lexicon = learn_lexicon(gold.data for _, gold in papers)
    examples = Examples()
    for document, gold in papers:
        found = advise(Taught(document, *read_numbers(document, gold, lexicon)))
        examples.add(found)
        if gold.data.get("claims_only"):
            continue
        told = annotated(document, gold.data)
        examples.add(Taught(told, *read_numbers(told, gold, lexicon), hint=found.hint), links_only=True)
    settings, before = LINKERS, 0
    for paper in taught:
        examples.add(paper)
        settings, before = TAUGHT_LINKERS, BEFORE
    linkers = _link(examples, replace(settings, seed=seed), before)
    return ClaimFinder(*linkers.to_numpy(), lexicon)


def _link(examples: Examples, settings: LinkerSettings, before: int) -> TrainedLinkers:
    """Linkers fitted to examples and, where some are fitted before, to what those think of them."""
    lessons: Sequence[Lesson] = examples.lessons
    if before:
        seeds = (settings.seed + place for place in range(1, before + 1))
        first = [fit_linkers(lessons, examples.names, replace(settings, seed=seed)) for seed in seeds]
        lessons = with_opinions(lessons, first)
    return fit_linkers(lessons, examples.names, settings)


def save(finder: ClaimFinder, folder: Path) -> None:
    """Writes a finder where `ClaimFinder.load` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    finder.judge.save(folder / "numbers.npz")
    for role, ranker in finder.rankers.items():
        ranker.save(folder / f"{role}.npz")
    finder.context.save(folder)
    (folder / "measures.txt").write_text("\n".join(sorted(finder.lexicon)) + "\n", encoding="utf-8")


def learn_lexicon(papers: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Words that name what numbers measure, in at least three papers."""
    counts: Counter[str] = Counter()
    for paper in papers:
        metrics = {claim["metric"] for claim in paper["claims"] if claim["metric"]}
        counts.update({word for metric in metrics for word in re.findall(r"[a-z]+(?:-[a-z]+)*", metric.lower())})
    skip = {"of", "the", "a", "in", "on", "for", "and", "to", "by", "with", "per", "number", "over", "at", "average"}
    return frozenset(word for word, count in counts.items() if count >= 3 and len(word) > 1 and word not in skip)


def measure(pairs: Sequence[Pair], beside: Sequence[Pair] = (), *, folds: int = 5, seed: int = 1) -> Iterator[str]:
    """The figures of each fold: trained on the others and what is `beside` them, judged on it; papers are dealt to folds by turns."""
    for fold in range(folds):
        finder = train([*(pair for i, pair in enumerate(pairs) if i % folds != fold), *beside], seed=seed)
        yield f"fold {fold + 1}: {judge(finder, pairs[fold::folds])}"


def judge(finder: ClaimFinder, pairs: Sequence[Pair]) -> str:
    """One line of figures: claims found, whole tuples, and the accuracy of each field of the claims found."""
    made_by = Extractor("training", "")
    records = [
        record_to_dict(Record(document.paper, (), finder.find_claims(document), made_by)) for document, _ in pairs
    ]
    result = evaluate([gold for _, gold in pairs], records)
    fields = ", ".join(f"{name} {result.field_accuracy(name):.3f}" for name in ("kind", "bound", *ORDER))
    return f"claims {result.tallies['claim'].f1:.3f}, tuples {result.tallies['tuple'].f1:.3f}; {fields}"


def run(
    papers: Sequence[Path],
    entities: Path,
    *,
    corpora: Sequence[Path] = (),
    work: Path | None = None,
    out: Path = WEIGHTS,
    start: Path | None = None,
    encoder: Path | None = None,
    seed: int = 1,
) -> None:
    """Trains from files and writes the weights to `out`.

    With unlabelled abstracts (`corpora`) and a folder to work in, a teacher labels them to learn from as well: some hours on two
    cores. The finder whose weights the folder `start` has labels what the teacher reads first, and a part of the rest; without it
    one fitted to the annotated papers alone does the first. `encoder` has the transformer that the teacher starts from.
    """
    pairs = read_pairs(papers, entities)
    finder = train(pairs, seed=seed) if start is None or not corpora else ClaimFinder.load(start)
    if corpora and work is not None:
        from kg.extract.pipeline import ExtractionPipeline
        from kg.training.claim_labels import choose_documents, judge_by, labelled, read_teacher
        from kg.training.claim_opinions import advised

        find = ExtractionPipeline.load().entities
        documents = choose_documents(corpora, find, finder, [document.text for document, _ in pairs])
        teacher = read_teacher(pairs, documents, finder, work, encoder=encoder, seed=seed)
        by_teacher = judge_by(teacher, [document for document, _ in pairs[:: 1 + len(pairs) // SEEN]])
        taught = labelled(documents, by_teacher, finder, learned=start is not None)
        finder = train(pairs, taught=taught, advise=partial(advised, by_teacher), seed=seed)
    save(finder, out)


def main() -> None:
    """The command line of this module; `kg train claims` is the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", nargs="+", type=Path)
    parser.add_argument("--entities", type=Path, required=True, help="records with the entities found in the papers")
    parser.add_argument("--corpus", action="append", type=Path, default=[], help="unlabelled abstracts, .jsonl.gz")
    parser.add_argument("--work", type=Path, help="folder for the teacher that labels them")
    parser.add_argument("--start", type=Path, help="folder with the weights of a finder that labels some of them")
    parser.add_argument(
        "--encoder", type=Path, help="transformer that the teacher starts from; all-MiniLM-L6-v2 by default"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true", help="print cross-validated figures, write no weights")
    parser.add_argument(
        "--beside",
        action="append",
        type=Path,
        default=[],
        help="with --measure: papers to learn from that are in no fold",
    )
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if given.measure:
        pairs = read_pairs(given.papers, given.entities)
        beside = read_pairs(given.beside, given.entities) if given.beside else []
        for line in measure(pairs, beside, seed=given.seed):
            log.info(line)
    else:
        learn = {"corpora": given.corpus, "work": given.work, "start": given.start, "encoder": given.encoder}
        run(given.papers, given.entities, out=given.out, seed=given.seed, **learn)


if __name__ == "__main__":
    main()
