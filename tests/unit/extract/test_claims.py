"""Numeric claims of invented abstracts: evidence, links, bounds; and the parts that find them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import pytest

from kg.extract.claims import ClaimFinder
from kg.extract.claims.candidates import Candidate, Scene, candidates_for, make_scene
from kg.extract.claims.describe import describe, find_sites
from kg.extract.claims.lists import find_ahead, find_behind, find_paired, find_rest, find_rival
from kg.extract.claims.passage import MOST_NAMES, Passage
from kg.extract.claims.proposals import propose
from kg.extract.claims.relate import peers_of
from kg.extract.claims.subject import find_subject
from kg.extract.claims.wording import means_less, names_change, says_decrease
from kg.extract.document import Document
from kg.extract.entities import EntityFinder
from kg.extract.mention import MentionSpan
from kg.extract.reader import read_document
from kg.model import Bound, Claim, Entity, EntityType, Kind, Paper, SourceRef
from kg.quantity import find_quantities
from kg.vocabulary import load

TITLE = "Nimbus: Fast Cloud Counting"
FIRST = "We present Nimbus, a model for cloud counting."
ENTITIES = {
    "Nimbus": (EntityType.METHOD, True),
    "Stratus": (EntityType.METHOD, False),
    "Puddle": (EntityType.DATASET, False),
    "Brook": (EntityType.DATASET, False),
    "accuracy": (EntityType.METRIC, False),
    "latency": (EntityType.METRIC, False),
}


@cache
def recogniser() -> EntityFinder:
    return EntityFinder.load(load())


def document_of(sentence: str) -> Document:
    abstract = f"{FIRST} {sentence}"
    document = read_document(Paper("title:0000000001", TITLE, abstract, SourceRef("text", "invented", 0)))
    recogniser().find(document)
    document.doubtful = []
    for name, (kind, introduced) in ENTITIES.items():
        spans = [i for i in range(len(document.text)) if document.text.startswith(name, i)]
        if spans:
            mentions = tuple(document.to_mention(start, start + len(name)) for start in spans)
            document.entities.append(
                Entity(kind, f"{kind.value}/{name.lower()}", name, (name,), mentions, 0.9, introduced)
            )
    return document


def claims_of(sentence: str) -> tuple[Claim, ...]:
    return ClaimFinder.load().find_claims(document_of(sentence))


def passage_of(sentence: str) -> Passage:
    document = document_of(sentence)
    quantities = find_quantities(document.text)
    return Passage(document.text, len(TITLE), document.sentences, document.entities, quantities)


def test_a_doubtful_name_is_a_candidate_of_its_own_kind() -> None:
    document = document_of("Nimbus reaches 91% accuracy on Heron.")
    at = document.text.index("Heron")
    document.doubtful = [[MentionSpan(at, at + 5, EntityType.DATASET, 0.4, "learned", 0.1)]]
    passage = Passage.of(document, find_quantities(document.text))
    number = passage.names.index(next(name for name in passage.names if name.forms == ("Heron",)))
    assert passage.kinds[number] == "?dataset"
    scene = make_scene(passage, find_sites(passage)[0])
    found = {role: [c.text for c in candidates_for(scene, role, frozenset())] for role in ("datasets", "metric")}
    assert "Heron" in found["datasets"]
    assert "Heron" not in found["metric"]


def measures_offered(sentence: str, number: int) -> list[str]:
    """What a sentence's number may be linked to as its metric; numbers are counted from 0."""
    passage = passage_of(sentence)
    scene = make_scene(passage, find_sites(passage)[number])
    return [candidate.text for candidate in candidates_for(scene, "metric", frozenset())]


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("Nimbus packs Puddle by 12x and keeps 93.6% accuracy.", False),
        ("Nimbus packs Puddle by 12% and keeps 93.6% accuracy.", True),
        ("Nimbus has a gain of 12x and 15x accuracy.", True),
        ("Nimbus gains 12x in accuracy.", True),
        ("In accuracy Nimbus gains 12x and keeps 93.6% accuracy.", True),
    ],
)
def test_a_factor_does_not_take_the_measure_of_a_level_behind_it(sentence: str, there: bool) -> None:
    assert ("accuracy" in measures_offered(sentence, 0)) is there


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("Nimbus reaches 93% accuracy at 49 FPS on Puddle.", False),
        ("Nimbus reaches 93% accuracy within 20 ms on Puddle.", False),
        ("Nimbus reaches 93% accuracy and gains 4.9 points on Puddle.", True),
    ],
)
def test_how_good_something_is_takes_no_seconds(sentence: str, there: bool) -> None:
    assert ("accuracy" in measures_offered(sentence, 1)) is there


@cache
def finder() -> ClaimFinder:
    return ClaimFinder.load()


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "kind", "bound"),
    [
        ("Nimbus achieves 91.5% accuracy on Puddle.", 91.5, "%", Kind.ABSOLUTE, Bound.EXACT),
        ("Nimbus improves accuracy by 3.1% on Puddle.", 3.1, "%", Kind.INCREASE, Bound.EXACT),
        ("Nimbus reduces latency by 40% on Puddle.", 40, "%", Kind.DECREASE, Bound.EXACT),
        ("Nimbus reduces the size of models on Puddle by 3.7x.", 3.7, "x", Kind.DECREASE, Bound.EXACT),
        ("Nimbus needs 5x fewer parameters on Puddle.", 5, "x", Kind.DECREASE, Bound.EXACT),
        ("Nimbus prunes Puddle and keeps 93.6% accuracy.", 93.6, "%", Kind.ABSOLUTE, Bound.EXACT),
        ("On Puddle, Nimbus is up to 2.3x faster than Stratus.", 2.3, "x", Kind.INCREASE, Bound.MAX),
        ("Nimbus reaches an accuracy correlation of -0.72 on Puddle.", -0.72, "", Kind.ABSOLUTE, Bound.EXACT),
        ("Nimbus keeps accuracy on Puddle within 2% of Stratus.", 2, "%", Kind.DECREASE, Bound.MAX),
        ("Nimbus provides a 7.3x better latency than Stratus on Puddle.", 7.3, "x", Kind.DECREASE, Bound.EXACT),
        ("On Puddle, Nimbus uses 0.46 times the parameters of Stratus.", 0.46, "x", Kind.DECREASE, Bound.EXACT),
        ("Nimbus advances accuracy for questions by over 17.5% on Puddle.", 17.5, "%", Kind.INCREASE, Bound.MIN),
        ("Nimbus outperforms Stratus by 30.3% in MAE on Puddle.", 30.3, "%", Kind.DECREASE, Bound.EXACT),
        ("Nimbus outperforms Stratus by 30.3% in accuracy on Puddle.", 30.3, "%", Kind.INCREASE, Bound.EXACT),
        ("Nimbus halves the latency of Stratus on Puddle.", 0.5, "x", Kind.DECREASE, Bound.EXACT),
        ("Nimbus reaches over 90% accuracy on Puddle.", 90, "%", Kind.ABSOLUTE, Bound.MIN),
        ("Nimbus reaches about 90% accuracy on Puddle.", 90, "%", Kind.ABSOLUTE, Bound.APPROX),
    ],
)
def test_claim_is_read(sentence: str, value: float, unit: str, kind: Kind, bound: Bound) -> None:
    (claim,) = claims_of(sentence)
    assert (claim.value, claim.unit, claim.kind, claim.bound) == (value, unit, kind, bound)
    assert claim.method == "Nimbus"


@pytest.mark.parametrize(
    ("sentence", "metric", "wanted"),
    [
        ("Nimbus improves latency by 45% and reduces the size to 1/20.", "latency", True),
        ("Nimbus brings a 37% reduction of rounds, and a 31% improvement in latency.", "latency", True),
        ("Nimbus outperforms Stratus by 7% on error.", "error", True),
        ("Nimbus outperforms Stratus by 7% with fewer parameters.", "parameters", False),
        ("Nimbus has 7% faster response time.", "time", True),
        ("Nimbus increases its error by 7%.", "error", False),
        ("Nimbus improves accuracy by 7%.", "accuracy", False),
        ("Nimbus improves its error (+7%).", "error", False),
    ],
)
def test_what_is_better_is_less_of_what_should_be_low(sentence: str, metric: str, wanted: bool) -> None:
    passage = passage_of(sentence)
    site = next(site for site in find_sites(passage) if site.quantity.value in (45, 31, 7))
    assert means_less(passage, site, [metric], 2) is wanted


@pytest.mark.parametrize(
    "sentence",
    ["We train for 300 epochs with 12 layers.", "We use CIFAR-10, ResNet-50 and k=3.", "It was written in 2019."],
)
def test_set_up_is_no_claim(sentence: str) -> None:
    assert claims_of(sentence) == ()


def test_evidence_and_links_stand_in_the_text() -> None:
    sentence = "Nimbus reaches 72.3% and 81.4% accuracy on Puddle and Brook, respectively."
    document = document_of(sentence)
    claims = finder().find_claims(document)
    assert [claim.value for claim in claims] == [72.3, 81.4]
    assert [claim.datasets for claim in claims] == [("Puddle",), ("Brook",)]
    for claim in claims:
        text = document.paper.text_of(claim.evidence.field)
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        for linked in (claim.metric, claim.method, claim.baseline, claim.task, *claim.datasets):
            assert linked is None or linked in document.text
        assert all(0 <= link.score <= 1 for link in claim.links)


@pytest.mark.parametrize(
    ("sentence", "datasets"),
    [
        (
            "For counting on Puddle, Nimbus attains an accuracy of 91%, and on Brook an accuracy of 84%.",
            ["Puddle", "Brook"],
        ),
        ("On Puddle, Nimbus reaches 91% accuracy; on the Brook data 84% accuracy.", ["Puddle", "Brook"]),
    ],
)
def test_a_data_set_at_the_head_of_a_clause_has_its_number(sentence: str, datasets: list[str]) -> None:
    assert [claim.datasets for claim in claims_of(sentence)] == [(name,) for name in datasets]


def ruled(
    rule: Callable[[Scene, Sequence[Candidate]], int | None], sentence: str, role: str = "datasets"
) -> list[str | None]:
    """For each number of a sentence what a rule of wording links it to in a role."""
    passage = passage_of(sentence)
    found = []
    for site in find_sites(passage):
        scene = make_scene(passage, site)
        candidates = candidates_for(scene, role, frozenset())
        index = rule(scene, candidates)
        found.append(None if index is None else candidates[index].text)
    return found


@pytest.mark.parametrize(
    ("sentence", "behind"),
    [
        ("Nimbus reaches 91% accuracy on the Puddle dataset.", "Puddle"),
        ("Nimbus is 4% better than Stratus on Puddle.", "Puddle"),
        ("Nimbus gains 4% over Stratus on Puddle.", "Puddle"),
        ("Nimbus reaches 91% (the best of 12) on Puddle.", "Puddle"),
        ("Nimbus is best (91% of all) on Puddle.", "Puddle"),
        ("Nimbus gains 4% on Puddle and Brook.", None),  # one of two
        ("Nimbus reaches 91%; we train on Puddle.", None),  # another clause
        ("Nimbus reaches 91% on Brook and 84% on Puddle.", "Puddle"),
    ],
)
def test_what_stands_right_behind_a_number(sentence: str, behind: str | None) -> None:
    assert ruled(find_behind, sentence)[-1] == behind


@pytest.mark.parametrize(
    ("sentence", "paired"),
    [
        ("Nimbus reaches 72% and 81% on Puddle and Brook.", ["Puddle", "Brook"]),
        ("Nimbus is faster by 2% and 3%; we train it on Puddle and Brook.", [None, None]),
        ("On Brook and Puddle it grows and gains 2% and 3% of recall on Puddle and Brook.", ["Puddle", "Brook"]),
    ],
)
def test_lists_of_one_length_run_in_parallel_within_a_clause(sentence: str, paired: list[str | None]) -> None:
    assert ruled(lambda scene, names: find_paired(scene, names, ("dataset",)), sentence) == paired


@pytest.mark.parametrize(
    ("sentence", "rivals"),
    [
        ("Nimbus is 2x and 3x faster than Altus and Cumulus.", ["Altus", "Cumulus"]),
        ("Nimbus gains 2% and 3% over Altus and Cumulus, respectively.", ["Altus", "Cumulus"]),
        ("Nimbus gains 2% and 3% with Altus and Cumulus, respectively.", [None, None]),
        ("Nimbus gains 2% over Altus and Cumulus.", [None]),
    ],
)
def test_rivals_run_in_parallel_behind_a_word_of_comparison(sentence: str, rivals: list[str | None]) -> None:
    assert ruled(find_rival, sentence, "baseline") == rivals


@pytest.mark.parametrize(
    ("sentence", "ahead"),
    [
        ("On Puddle, Nimbus reaches 91% accuracy.", "Puddle"),
        ("Nimbus has 91% accuracy on Puddle with 84% of Stratus.", None),  # Puddle is of the number before
        ("On Puddle and Brook, Nimbus reaches 91% accuracy.", None),  # one of two
        ("On Puddle it works; Nimbus reaches 91% accuracy.", None),  # another clause
        ("With Puddle, Nimbus reaches 91% accuracy.", None),
    ],
)
def test_what_stands_at_the_head_of_a_clause(sentence: str, ahead: str | None) -> None:
    assert ruled(find_ahead, sentence)[-1] == ahead


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Nimbus reaches 91% accuracy.", "Nimbus"),
        ("On Puddle, the proposed Nimbus (small) also cuts latency by 2x.", "Nimbus"),
        ("We show that Nimbus, on average, is 2x faster than Stratus.", None),  # more than an adverb before the verb
        ("We show that Nimbus outperforms Stratus by 2%.", "Nimbus"),
        ("Nimbus is the best, followed by Stratus (84%).", None),  # the number is of another
        ("A model trained with Nimbus reaches 91% accuracy.", None),  # not the subject
        ("Nimbus is fast, while all others need 12 ms.", None),  # another clause
        ("Nimbus is better than Stratus, which reaches 84%.", None),
        ("It reaches 91% with Nimbus.", None),
    ],
)
def test_the_subject_of_a_clause_is_the_method_of_its_number(sentence: str, subject: str | None) -> None:
    assert ruled(find_subject, sentence, "method")[-1] == subject


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("Nimbus has an error of 4% on Puddle and Brook.", ["Brook"]),
        ("On Puddle and Brook, Nimbus reaches 4% on Brook.", []),  # Brook is named a second time
        ("Nimbus reaches 4% and 5% on Puddle and Brook.", []),  # two numbers run in parallel
        ("Nimbus, tried on Puddle but not on Brook, reaches 4%.", []),  # no list
    ],
)
def test_a_list_of_data_sets_is_taken_whole(sentence: str, rest: list[str]) -> None:
    passage = passage_of(sentence)
    scene = make_scene(passage, find_sites(passage)[-1])
    candidates = candidates_for(scene, "datasets", frozenset())
    chosen = next(i for i, candidate in enumerate(candidates) if candidate.text == "Puddle")
    assert [candidates[i].text for i in find_rest(scene, candidates, chosen)] == rest


@pytest.mark.parametrize(
    ("sentence", "sizes"),
    [
        ("Recall rises from 25% to 49%, from 41% to 50%, and from 54% to 57%.", [3, 3, 3]),
        ("Times fall by &gt;9.8x and &gt;9.9x.", [2, 2]),
        ("It has 49% recall, and we gain 3%.", [1, 1]),
    ],
)
def test_numbers_of_one_list(sentence: str, sizes: list[int]) -> None:
    assert [site.size for site in find_sites(passage_of(sentence))] == sizes


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Nimbus brings a 90% latency speed-up.", Kind.INCREASE),
        ("Nimbus has a 3x memory reduction.", Kind.DECREASE),
        ("Nimbus brings 3x, 4x and 5x memory reduction.", Kind.DECREASE),
        ("Nimbus has a 24% higher reduction of memory.", None),
        ("Nimbus scores 0.11 (-33%).", Kind.DECREASE),
        ("Nimbus has 4% of the errors.", None),
    ],
)
def test_a_noun_or_a_sign_names_the_change(sentence: str, kind: Kind | None) -> None:
    passage = passage_of(sentence)
    assert [names_change(passage, site) for site in find_sites(passage)][-1] == kind
    assert names_change(passage, find_sites(passage)[0]) in (kind, None)


@pytest.mark.parametrize(
    ("sentence", "saved"),
    [
        ("Nimbus saves an average of 14% of the memory.", True),
        ("Nimbus removes up to 80% of the weights.", True),
        ("The error is reduced to 34%.", False),
        ("Nimbus saves memory with 34% accuracy.", False),
    ],
)
def test_what_is_saved_is_a_decrease(sentence: str, saved: bool) -> None:
    passage = passage_of(sentence)
    assert says_decrease(passage, find_sites(passage)[-1]) is saved


def test_a_baseline_stands_in_the_sentence() -> None:
    passage = passage_of("Stratus is slow. Nimbus gains 4% on Puddle.")
    scene = make_scene(passage, find_sites(passage)[0])
    texts = {role: [c.text for c in candidates_for(scene, role, frozenset())] for role in ("method", "baseline")}
    assert "Stratus" in texts["method"]
    assert "Stratus" not in texts["baseline"]


def test_claims_do_not_depend_on_papers_read_before() -> None:
    sentence = "Nimbus achieves 91.5% accuracy on Puddle."
    first = claims_of(sentence)
    claims_of("Nimbus reduces latency by 40% on Brook.")
    assert claims_of(sentence) == first


def test_number_of_a_list_knows_what_leads_the_list() -> None:
    passage = passage_of("Nimbus reduces latency by up to 15% and 20% on Puddle and Brook.")
    first, second = find_sites(passage)
    assert "head=max" in describe(passage, second)
    assert "alone" in describe(passage, first)


def test_names_that_no_entity_covers_are_proposed() -> None:
    text = "Counting\nThe new CirroNet-3 reaches 91%. However, Cumulus does not."
    found = propose(text, 8, [(0, 8), (9, 40), (41, 63)], [])
    assert [proposal.forms for proposal in found] == [("Counting",), ("CirroNet-3",), ("Cumulus",)]
    assert propose(text, 8, [(0, 8), (9, 40), (41, 63)], [(0, 8), (17, 27)])[0].forms == ("Cumulus",)


def test_dataset_that_touches_the_number_is_joined_to_it() -> None:
    passage = passage_of("Nimbus works on Brook, and on Puddle (91.5% accuracy).")
    (site,) = find_sites(passage)
    scene = make_scene(passage, site)
    candidates = candidates_for(scene, "datasets", frozenset())
    peers = peers_of(scene, candidates)
    joined = {
        candidate.text: (side, rank)
        for candidate, side, rank in zip(candidates, peers.joined, peers.ranks, strict=True)
    }
    assert joined == {"Puddle": ("L", 0), "Brook": ("", 1)}


def test_a_number_is_offered_a_bounded_number_of_names() -> None:
    passage = passage_of(" ".join(f"Zorba{n}Net gains {n % 90 + 2}% on Quux{n}." for n in range(200)))
    assert len(passage.names) == len(passage.kinds) == MOST_NAMES
    assert len(find_sites(passage)) == 200
