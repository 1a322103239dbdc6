"""The library's public names, and what importing them costs."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import kg

PUBLIC = """
Answer CatalogEntity Claim ClaimView Entity EntityType EntityView Evidence KgError KnowledgeGraph Mention Paper
Record Rows build extract_papers extract_text open read_papers
""".split()
METHODS = """
ask close correct cypher entities explain path queries query records show sparql stats to_networkx
""".split()


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_public_names_are_pinned() -> None:
    assert kg.__all__ == sorted(PUBLIC, key=lambda name: (name[0].islower(), name))
    assert all(getattr(kg, name) is not None for name in PUBLIC)
    assert set(PUBLIC) <= set(dir(kg))


def test_methods_of_a_graph_are_pinned_and_described() -> None:
    members = {n: m for n, m in inspect.getmembers(kg.KnowledgeGraph) if not n.startswith("_")}
    assert sorted(members) == sorted(METHODS)
    assert all(inspect.getdoc(member) for member in members.values())


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]


def test_import_loads_no_part_and_open_loads_no_spacy() -> None:
    loaded = (
        "sorted(m for m in sys.modules if m.split('.')[0] in ('spacy', 'numpy', 'pyoxigraph') or m.startswith('kg.'))"
    )
    assert run(f"import sys, kg; print({loaded})") == "[]"
    heavy = "[m for m in ('spacy', 'numpy', 'ladybug') if m in sys.modules]"
    assert run(f"import sys, kg; kg.open; kg.KgError; print({heavy})") == "[]"


def test_import_is_quick() -> None:
    code = "import time; t = time.process_time(); import kg; print(time.process_time() - t)"
    assert min(float(run(code)) for _ in range(3)) < 0.05
