"""Units in other vocabularies."""

from __future__ import annotations

import re

import pytest

from kg.mapping.units import UNITS, unit_terms
from kg.quantity.units import match_unit


@pytest.mark.parametrize(
    ("unit", "qudt", "ucum"),
    [
        ("%", "PERCENT", "%"),
        ("ms", "MilliSEC", "ms"),
        ("GB", "GigaBYTE", "GBy"),
        ("Gb", "GigaBIT", "Gbit"),
        ("mW", "MilliW", "mW"),
        ("MW", "MegaW", "MW"),
        ("points", None, "{percentage_point}"),
        ("tokens/s", None, "{token}/s"),
        ("no such unit", None, None),
    ],
)
def test_unit_terms(unit: str, qudt: str | None, ucum: str | None) -> None:
    terms = unit_terms(unit)
    assert (terms.qudt, terms.ucum) == (qudt, ucum)
    assert terms.iri == (None if qudt is None else f"http://qudt.org/vocab/unit/{qudt}")


@pytest.mark.parametrize("text", ["12 ms", "3 GB", "30 fps", "2 GPU hours", "1.1 bits/dim", "98%", "2.3x", "40 TFLOPS"])
def test_units_that_the_number_grammar_finds_are_in_the_table(text: str) -> None:
    number = re.match(r"[\d.]+", text)
    assert number is not None
    found = match_unit(text, number.end())
    assert found is not None
    assert found[0] in UNITS


@pytest.mark.parametrize("unit", UNITS)
def test_ucum_codes_hold_no_spaces_and_close_their_braces(unit: str) -> None:
    ucum = UNITS[unit].ucum
    assert ucum is not None
    assert " " not in ucum
    assert ucum.count("{") == ucum.count("}")
