"""Claims on a terminal, with the sentences that state them."""

import io

from rich.console import Console

from kg.cli.evidence import print_evidence
from kg.model import Value

SENTENCE = "Zorba reaches 98% on CIFAR-10 and 98% on SVHN, 2x faster than Adam."
PAPER: dict[str, Value] = {"paper": "x:1", "title": "On Zorba", "published": "2024-02-03"}


def row(quote: str, value: float, unit: str = "%", **more: Value) -> dict[str, Value]:
    told: dict[str, Value] = {"claim": "claim/1", "value": value, "unit": unit, "metric": "accuracy", "method": "Zorba"}
    return {**PAPER, **told, "datasets": [], "quote": quote, "sentence": SENTENCE, **more}


def printed(*rows: dict[str, Value], width: int = 80, styled: bool = False) -> str:
    out = io.StringIO()
    print_evidence(rows, Console(file=out, width=width, highlight=False, force_terminal=styled))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def test_claims_of_a_sentence_share_it() -> None:
    assert printed(row("98%", 98, datasets=["CIFAR-10"]), row("2x", 2, "x", baseline="Adam")) == (
        "On Zorba  2024-02-03 x:1\n"
        "  98%       accuracy on CIFAR-10 · Zorba\n"
        "  2x        accuracy · Zorba vs Adam\n"
        f"      “{SENTENCE}”"
    )


def test_equal_quotes_are_two_places() -> None:
    assert printed(row("98%", 98), row("98%", 98), styled=True).count("\x1b[4m98%") == 2


def test_paper_without_claims_is_a_title() -> None:
    empty = {**row("", 0), "claim": None, "value": None, "sentence": None}
    assert printed(empty) == "On Zorba  2024-02-03 x:1"


def test_markup_in_names_is_printed_as_it_is() -> None:
    assert "[bold]x[/] · Zorba" in printed(row("98%", 98, metric="[bold]x[/]"))
