"""Linkers learn, seeded, and give in NumPy what they give in torch, where they are trained."""

from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra torch")

from kg.extract.claims.choose import ORDER  # noqa: E402
from kg.extract.claims.context import Context, ReadWords  # noqa: E402
from kg.extract.claims.finder import HEADS  # noqa: E402
from kg.extract.document import Document  # noqa: E402
from kg.extract.entities import EntityFinder  # noqa: E402
from kg.extract.reader import read_document  # noqa: E402
from kg.model import Paper, SourceRef  # noqa: E402
from kg.training.agree import GoldPaper, annotated  # noqa: E402
from kg.training.claim_again import TOLD, with_opinions  # noqa: E402
from kg.training.claim_examples import Target, read_numbers  # noqa: E402
from kg.training.claim_fit import fit_linkers, hint_loss, link_loss  # noqa: E402
from kg.training.claim_hints import COLUMNS  # noqa: E402
from kg.training.claim_lessons import Examples, Question, Taught  # noqa: E402
from kg.training.claim_linkers import LinkerSettings  # noqa: E402
from kg.training.claim_numbers import OUTPUTS, number_loss  # noqa: E402
from kg.training.claim_opinions import shares_of  # noqa: E402
from kg.vocabulary import load  # noqa: E402

LEXICON = frozenset({"accuracy"})
SETTINGS = LinkerSettings(words=40, width=12, hidden=6, products=5, epochs=20, batch=2, least=1, warm=2)
NAMES = (("ZorbaNet", "Quux-10", "Puddle"), ("Heron", "Willow", "Brook"), ("Stratus", "Pond-5", "Ripple"))


def _paper(method: str, first: str, second: str) -> tuple[Document, GoldPaper]:
    abstract = f"We train for 30 epochs. {method} reaches 91.5% accuracy on {first} and 84.2% on {second}."
    read = read_document(Paper("x:1", f"{method}: Counting", abstract, SourceRef("text", "x", 1)))
    EntityFinder.load(load()).find(read)

    def claim(quote: str, context: str, dataset: str) -> dict[str, object]:
        return {
            "quote": quote, "context": context, "value": float(quote[:-1]), "kind": "absolute", "bound": "exact", "task": None,
            "metric": "accuracy", "datasets": [dataset], "method": method, "baseline": None,
        }  # fmt: skip

    gold = {
        "methods": [{"forms": [method], "introduced": True}],
        "datasets": [{"forms": [first]}, {"forms": [second]}],
        "metrics": [{"forms": ["accuracy"]}],
        "tasks": [],
        "claims": [claim("91.5%", "reaches 91.5%", first), claim("84.2%", "and 84.2%", second)],
    }
    return annotated(read, gold), GoldPaper(gold)


@pytest.fixture(scope="module")
def papers() -> list[Taught]:
    pairs = [_paper(*names) for names in NAMES]
    return [Taught(document, *read_numbers(document, gold, LEXICON)) for document, gold in pairs]


@pytest.fixture(scope="module")
def examples(papers: list[Taught]) -> Examples:
    result = Examples()
    for paper in papers:
        result.add(paper)
    return result


def test_linkers_learn_and_are_seeded(examples: Examples) -> None:
    linkers = fit_linkers(examples.lessons, examples.names, SETTINGS)
    again = fit_linkers(examples.lessons, examples.names, SETTINGS)
    with torch.no_grad():
        answers = linkers(examples.lessons)
        scores, questions = answers.links["datasets"]
        assert torch.equal(scores, again(examples.lessons).links["datasets"][0])
    labels = np.concatenate([lesson.labels for lesson in examples.lessons])
    assert (answers.numbers[:, 1:3].argmax(1).numpy() == labels[:, :2].argmax(1)).all()
    assert ((answers.numbers[:, 0].numpy() > 0) == (labels[:, 1] > 0.5)).all()
    assert {tuple(row) for row in labels[:, :2]} == {(0, 1), (1, 0)}
    for part, question in zip(scores.split([len(q.target.shares) for q in questions]), questions, strict=True):
        assert ((part[1:] > part[0]).numpy() == (question.target.shares[1:] > 0)).all()


def test_numpy_gives_the_same_scores(examples: Examples, papers: list[Taught]) -> None:
    linkers = fit_linkers(examples.lessons, examples.names, SETTINGS)
    with torch.no_grad():
        answers = linkers(examples.lessons)
        told = {role: answer[0].numpy() for role, answer in answers.links.items()}
    judge, rankers, network = linkers.to_numpy()
    mine: dict[str, list[np.ndarray]] = {role: [] for role in ORDER}
    seen = []
    for paper in papers:
        assert paper.document.words is not None
        words = ReadWords(network.layers, paper.passage, paper.document.words)
        context = Context(network, ORDER, paper.passage, words)
        for number in paper.numbers:
            sums = judge.sums([number.features])
            seen.append(np.hstack([sums[:, :1], judge.scores(sums, words.number(number.site)[None])]))
            look = context.look(number.site)
            for decision, _ in number.links:
                added = context.add(decision.role, look, decision.candidates)
                ranker = rankers[decision.role]
                mine[decision.role].append(ranker.scores(ranker.sums(decision.group), added))
    assert np.concatenate(seen) == pytest.approx(answers.numbers.numpy(), rel=1e-3, abs=2e-3)
    for role, scores in told.items():
        assert np.concatenate(mine[role]) == pytest.approx(scores, rel=1e-3, abs=2e-3)


def test_states_of_words_learn_to_tell_hints(examples: Examples) -> None:
    rng = np.random.default_rng(6)
    meant = rng.normal(size=(len(examples.names.words), COLUMNS)) / np.sqrt(COLUMNS)
    lessons = [replace(lesson, hint=meant[lesson.words].astype(np.float16)) for lesson in examples.lessons[:2]]
    settings = replace(SETTINGS, width=32, epochs=60, hint=2.0)
    linkers = fit_linkers([*lessons, examples.lessons[2]], examples.names, settings)
    with torch.no_grad():
        told = linkers([*lessons, examples.lessons[2]]).hints
    assert len(told) == sum(len(lesson.states) for lesson in lessons)
    assert hint_loss(told, lessons) < 0.7, "1 is what their mean would have"
    assert not len(fit_linkers(lessons, examples.names, replace(SETTINGS, epochs=1))(lessons).hints)


def _question(target: Target) -> Question:
    nothing = np.zeros((0, 2), np.int32)
    return Question(0, nothing[:, 0], nothing[:, 0], nothing, nothing, nothing[:, 0], target)


def test_losses_are_those_of_shares_and_of_any_right_row() -> None:
    soft = Target(np.array([0.1, 0.7, 0.2], np.float32), weight=0.5, told=False)
    told = Target.of([1, 3], 4)
    scores = torch.tensor([0.3, -0.2, 0.9, 0.1, 0.4, -1.0, 0.2], requires_grad=True)
    first, second = scores.detach()[:3].double(), scores.detach()[3:].double()
    right = torch.tensor([1, 3])
    chosen = -0.5 * (torch.tensor(soft.shares).double() * first.log_softmax(0)).sum()
    chosen -= torch.log(second.softmax(0)[right].sum())
    questions = [_question(soft), _question(told)]
    assert link_loss("method", scores, questions).item() == pytest.approx(chosen.item(), abs=1e-5)

    def apart(part: torch.Tensor, shares: np.ndarray) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(
            part[1:] - part[0], torch.tensor(shares[1:]).double(), reduction="sum"
        )

    each = 0.5 * apart(first, soft.shares) + apart(second, told.shares)
    loss = link_loss("datasets", scores, questions)
    assert loss.item() == pytest.approx(each.item(), abs=1e-5)
    loss.backward()
    assert torch.isfinite(scores.grad).all()


def test_what_is_not_known_of_a_number_moves_nothing(examples: Examples) -> None:
    kind = [0.2, 0.3, 0.5]
    labels = np.full((2, sum(HEADS)), np.nan, np.float32)
    labels[0, :2] = 0, 1
    labels[1, 2:5] = kind
    lesson = replace(examples.lessons[0], labels=labels, weight=0.5)
    scores = torch.zeros((2, OUTPUTS), requires_grad=True)
    number_loss(scores, [lesson]).backward()
    assert scores.grad is not None
    assert scores.grad[0].tolist() == pytest.approx([-0.125, 0.125, -0.125, 0, 0, 0, 0, 0, 0, 0])
    assert scores.grad[1].tolist() == pytest.approx([0, 0, 0, *(0.5 * (1 / 3 - share) for share in kind), 0, 0, 0, 0], abs=1e-6)  # fmt: skip


def test_an_opinion_counts_beside_what_is_annotated() -> None:
    scores = torch.tensor([0.3, -0.2, 0.9])
    opinion = np.array([0.2, 0.5, 0.3], np.float32)
    told = Target.of([2], 3)
    leaning = replace(told, opinion=opinion, lean=0.25)
    for role in ("method", "datasets"):
        right, agreed = (link_loss(role, scores, [_question(one)]).item() for one in (told, replace(told, shares=opinion, told=False)))  # fmt: skip
        assert link_loss(role, scores, [_question(leaning)]).item() == pytest.approx(0.75 * right + 0.25 * agreed)


def test_opinions_are_the_mean_of_what_linkers_give(examples: Examples) -> None:
    linkers = [fit_linkers(examples.lessons, examples.names, replace(SETTINGS, epochs=2, seed=seed)) for seed in (1, 2)]
    leaning = with_opinions(examples.lessons, linkers)
    for role in ("metric", "datasets"):
        wanted = []
        with torch.no_grad():
            for one in linkers:
                scores, questions = one(examples.lessons).links[role]
                parts = scores.split([len(question.target.shares) for question in questions])
                wanted.append([shares_of(role, part.numpy()) for part in parts])
        asked = [question for lesson in leaning for question in lesson.questions[role]]
        assert len(asked) == len(wanted[0]) > 0
        for question, one, other in zip(asked, *wanted, strict=True):
            assert question.target.lean == TOLD
            assert question.target.opinion == pytest.approx((one + other) / 2, abs=1e-5)
