"""Cells and claims as people read them."""

import pytest

from kg.cli.phrase import value as phrase
from kg.cli.render import Format, cell_text, print_error, print_rows
from kg.model import Rows


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (2.0, "2"),
        (2.5, "2.5"),
        (4200000.0, "4,200,000"),
        (3, "3"),
        (["a", 2.0], "a, 2"),
        ("x\ty", "x\ty"),
    ],
)
def test_cell(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ({"value": 98.0, "unit": "%", "kind": "absolute", "bound": "exact"}, "98%"),
        ({"value": 2.33, "unit": "x", "kind": "increase", "bound": "max"}, "≤ 2.33x"),
        ({"value": 3.0, "unit": "points", "kind": "increase", "bound": "min"}, "≥ +3 points"),
        ({"value": 30.0, "unit": "%", "kind": "decrease", "bound": "approx"}, "≈ −30%"),
        ({"value": 2.0, "value_high": 3.0, "unit": "x", "kind": "decrease", "bound": "exact"}, "2–3x"),
        ({"value": 120.0, "unit": "ms", "kind": "absolute", "bound": "max"}, "≤ 120 ms"),
        ({"value": None, "unit": None}, ""),
    ],
)
def test_claim_as_a_phrase(claim: dict[str, object], text: str) -> None:
    assert phrase(claim) == text


ODD = Rows(("a|b", "c"), [('x|"y"\n', ["p", "q"]), (None, 2.0)])


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        (Format.CSV, 'a|b,c\n"x|""y""\n",p; q\n,2\n'),
        (Format.MD, '| a\\|b | c |\n| --- | --- |\n| x\\|"y" | p, q |\n|  | 2 |\n'),
        (Format.JSONL, '{"a|b":"x|\\"y\\"\\n","c":["p","q"]}\n{"a|b":null,"c":2}\n'),
        (Format.TABLE, 'a|b\tc\nx|"y"\tp, q\n\t2\n'),
    ],
)
def test_odd_text_breaks_no_format(capsys: pytest.CaptureFixture[str], form: Format, wanted: str) -> None:
    print_rows(ODD, form)
    assert capsys.readouterr().out == wanted


def test_cut_answer_says_so_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(Rows(("a",), [(1,)], truncated=True), Format.JSON)
    assert "more rows exist" in capsys.readouterr().err


def test_error_is_one_line_even_with_mark_up(capsys: pytest.CaptureFixture[str]) -> None:
    print_error("a [bold]b[/] \n c " + "long " * 60)
    err = capsys.readouterr().err
    assert err.startswith("error: a [bold]b[/] c long")
    assert err.count("\n") == 1


def test_error_that_quotes_too_much_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_error("no dataset named " + "x" * 100_000)
    assert len(capsys.readouterr().err) < 2100
