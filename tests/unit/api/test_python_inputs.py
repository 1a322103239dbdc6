"""What callers hand to `import kg`: one path or several, some of them missing; types that are none."""

from pathlib import Path

import pytest

import kg

GOOD = '{"title": "A", "abstract": "Text."}\n'


@pytest.fixture
def good(tmp_path: Path) -> Path:
    (tmp_path / "good.jsonl").write_text(GOOD)
    return tmp_path / "good.jsonl"


@pytest.mark.parametrize("as_text", [True, False])
def test_one_path_is_one_input(good: Path, as_text: bool) -> None:
    assert [paper.title for paper in kg.read_papers(str(good) if as_text else good)] == ["A"]


def test_input_that_is_missing_among_others_is_a_warning(good: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match=r"none\.txt: cannot open"):
        graph = kg.build([good, tmp_path / "none.txt"], tmp_path / "g")
    with graph:
        assert len(graph) == 1
        with pytest.raises(kg.KgError, match="no type 'colour'; types are method"):
            graph.entities("colour")
