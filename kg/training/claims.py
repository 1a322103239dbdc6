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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from kg.evaluate import evaluate, read_gold
from kg.extract.claims.candidates import Candidate, candidates_for, make_scene
from kg.extract.claims.choose import ORDER, Choice, Links, previous_picks
from kg.extract.claims.describe import Site, describe, find_sites
from kg.extract.claims.finder import BOUNDS, HEADS, KINDS, WEIGHTS, ClaimFinder
from kg.extract.claims.network import Network
from kg.extract.claims.passage import Passage
from kg.extract.claims.relate import null_features, peers_of, relate, sides
from kg.extract.document import Document
from kg.extract.reader import read_document
from kg.model import Extractor, Paper, Record, SourceRef, record_to_dict
from kg.quantity import find_quantities
from kg.records import iter_records
from kg.training.agree import GoldPaper, annotated
from kg.training.sparse import Settings, choice_loss, fit, heads_loss, set_loss

log = logging.getLogger(__name__)
Pair = tuple[Document, dict[str, Any]]

NUMBERS = Settings(hidden=8, copies=2, epochs=5, decay=0.03, drop=0.3, least=5)
RANKERS = Settings(hidden=8, copies=3, epochs=8, decay=0.03, drop=0.5, least=6)
SLIPS = {"method": 0.2, "metric": 0.1, "datasets": 0.0, "task": 0.1, "baseline": 0.1}
"""How often a link of the number before is taught wrong, as it will be in use: so much it is not to be trusted."""
Group = list[list[str]]


@dataclass(slots=True)
class Examples:
    """Decisions with their right answers."""

    numbers: list[Group] = field(default_factory=list)
    labels: list[tuple[int, int, int]] = field(default_factory=list)
    links: dict[str, list[tuple[Group, frozenset[int]]]] = field(default_factory=lambda: {role: [] for role in ORDER})
    lost: Counter[str] = field(default_factory=Counter)
    """Links whose right answer was not among the candidates."""


def train(pairs: Iterable[Pair], *, seed: int = 1) -> ClaimFinder:
    """A finder fitted to documents (with the entities that it will see) and their annotations.

    The linkers are shown each paper twice, with the entities found and with those annotated.
    """
    papers = [(document, GoldPaper(gold)) for document, gold in pairs]
    lexicon = learn_lexicon(gold.data for _, gold in papers)
    examples, again = Examples(), Examples()
    for document, gold in papers:
        add_examples(examples, document, gold, lexicon)
        add_examples(again, annotated(document, gold.data), gold, lexicon)
    for role, groups in again.links.items():
        examples.links[role] += groups
    numbers = fit(examples.numbers, heads_loss(examples.labels, HEADS), sum(HEADS), replace(NUMBERS, seed=seed))
    rankers = {role: _fit_ranker(role, examples.links[role], seed) for role in ORDER}
    return ClaimFinder(numbers, rankers, lexicon)


def save(finder: ClaimFinder, folder: Path) -> None:
    """Writes a finder where `ClaimFinder.load` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    finder.numbers.save(folder / "numbers.npz")
    for role, network in finder.rankers.items():
        network.save(folder / f"{role}.npz")
    (folder / "measures.txt").write_text("\n".join(sorted(finder.lexicon)) + "\n", encoding="utf-8")


def learn_lexicon(papers: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Words that name what numbers measure, in at least two papers."""
    counts: Counter[str] = Counter()
    for paper in papers:
        metrics = {claim["metric"] for claim in paper["claims"] if claim["metric"]}
        counts.update({word for metric in metrics for word in re.findall(r"[a-z]+(?:-[a-z]+)*", metric.lower())})
    skip = {"of", "the", "a", "in", "on", "for", "and", "to", "by", "with", "per", "number", "over", "at", "average"}
    return frozenset(word for word, count in counts.items() if count >= 2 and len(word) > 1 and word not in skip)


def _fit_ranker(role: str, examples: Sequence[tuple[Group, frozenset[int]]], seed: int) -> Network:
    groups = [group for group, _ in examples]
    right = [answer for _, answer in examples]
    sizes = [len(group) for group in groups]
    loss = set_loss(right, sizes) if role == "datasets" else choice_loss(right, sizes)
    return fit(groups, loss, 1, replace(RANKERS, seed=seed))


def add_examples(examples: Examples, document: Document, gold: GoldPaper, lexicon: frozenset[str]) -> None:
    """The decisions that one paper teaches."""
    quantities = find_quantities(document.text)
    passage = Passage(document.text, len(document.paper.title), document.sentences, document.entities, quantities)
    sites = find_sites(passage)
    claims = gold.align(document, [site.quantity for site in sites])
    before: Links | None = None
    rng = Random(document.paper.id)
    for site, claim in zip(sites, claims, strict=True):
        examples.numbers.append([describe(passage, site)])
        if claim is None:
            examples.labels.append((0, -1, -1))
            continue
        result = -1 if claim.get("optional") else 1
        examples.labels.append((result, KINDS.index(claim["kind"]), BOUNDS.index(claim["bound"])))
        if result == 1:
            before = _add_links(examples, passage, site, claim, gold, lexicon, before, rng)


def _add_links(
    examples: Examples,
    passage: Passage,
    site: Site,
    claim: dict[str, Any],
    gold: GoldPaper,
    lexicon: frozenset[str],
    before: Links | None,
    rng: Random,
) -> Links:
    links = Links(site)
    scene = make_scene(passage, site)
    for role in ORDER:
        picked = previous_picks(role, site, before, links)
        candidates = candidates_for(scene, role, lexicon, before.first(role) if before else None)
        if not candidates:
            examples.lost[role] += bool(claim[role])
            continue
        right = _right(candidates, role, claim, gold)
        if claim[role] and not right:
            examples.lost[role] += 1
            if role != "datasets":
                continue
        peers = peers_of(scene, candidates)
        group = [null_features(scene, peers, picked)]
        group += [
            [*relate(scene, candidates, index, peers, picked), *(x for side in sides(scene, candidate) for x in side)]
            for index, candidate in enumerate(candidates)
        ]
        answer = frozenset(row + 1 for row in right)
        examples.links[role].append((group, answer or (answer if role == "datasets" else frozenset([0]))))
        picked_rows = _best(candidates, right, role) if right else []
        if rng.random() < SLIPS[role]:
            picked_rows = [rng.randrange(len(candidates))] if picked_rows or rng.random() < 0.5 else []
        if picked_rows:
            links.choices[role] = [Choice(candidates[row], 1.0) for row in picked_rows]
    return links


def _right(candidates: Sequence[Candidate], role: str, claim: dict[str, Any], gold: GoldPaper) -> list[int]:
    wanted = claim[role] if role == "datasets" else [claim[role]] if claim[role] else []
    return [
        i for i, candidate in enumerate(candidates) if any(gold.same(role, name, candidate.text) for name in wanted)
    ]


def _best(candidates: Sequence[Candidate], right: Sequence[int], role: str) -> Sequence[int]:
    """Of several right answers the one that stands for all: an entity, and near."""
    if role == "datasets":
        return right
    return sorted(right, key=lambda i: (candidates[i].entity < 0, candidates[i].left is None, candidates[i].back))[:1]


def read_pairs(papers: Sequence[Path], entities: Path) -> list[Pair]:
    """Annotated papers as documents that hold the entities of the records in `entities`, joined by id."""
    found = {record.paper.id: record.entities for record in iter_records(entities)}
    pairs: list[Pair] = []
    for path in papers:
        for place, gold in enumerate(read_gold(path)):
            document = read_document(
                Paper(gold["id"], gold["title"], gold["abstract"], SourceRef("gold", path.name, place))
            )
            document.entities = list(found.get(gold["id"], ()))
            pairs.append((document, dict(gold)))
    return pairs


def measure(pairs: Sequence[Pair], *, folds: int = 5, seed: int = 1) -> Iterator[str]:
    """The figures of each fold: trained on the others, judged on it; papers are dealt to folds by turns."""
    for fold in range(folds):
        finder = train([pair for i, pair in enumerate(pairs) if i % folds != fold], seed=seed)
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


def run(papers: Sequence[Path], entities: Path, *, out: Path = WEIGHTS, seed: int = 1) -> None:
    """Trains from files and writes the weights to `out`."""
    save(train(read_pairs(papers, entities), seed=seed), out)


def main() -> None:
    """The command line of this module; `kg train claims` is the same."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", nargs="+", type=Path)
    parser.add_argument("--entities", type=Path, required=True, help="records with the entities found in the papers")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true", help="print cross-validated figures, write no weights")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if given.measure:
        for line in measure(read_pairs(given.papers, given.entities), seed=given.seed):
            log.info(line)
    else:
        run(given.papers, given.entities, out=given.out, seed=given.seed)


if __name__ == "__main__":
    main()
