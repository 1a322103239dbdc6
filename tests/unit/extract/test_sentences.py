"""Where sentences of abstracts end."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.extract.sentences import LONGEST, split_sentences


@pytest.mark.parametrize(
    ("abstract", "sentences"),
    [
        ("We show Fig. 3 of Gray et al. in full. It grows.", ["We show Fig. 3 of Gray et al. in full.", "It grows."]),
        ("It has 3.5 points. iCar wins!", ["It has 3.5 points.", "iCar wins!"]),
        ("It ends etc. We go on.", ["It ends etc.", "We go on."]),
    ],
)
def test_a_full_stop_ends_a_sentence_but_not_always(abstract: str, sentences: list[str]) -> None:
    text = f"Title\n{abstract}"
    assert [text[a:b] for a, b in split_sentences(text, 5)] == ["Title", *sentences]


@example(["word " * 1000], 0)
@example(["é" * 4001], 3)
@example(["a  " * 2000 + "\n" * 2500 + "b"], 0)
@given(st.lists(st.text("ab\u00e9 \n", min_size=1, max_size=1500), max_size=8), st.integers(0, 50))
def test_what_goes_on_too_long_is_cut_between_words_and_nothing_is_lost(parts: list[str], title: int) -> None:
    text = "".join(parts)
    spans = split_sentences(text, min(title, len(text)))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    for start, end in spans:
        assert 0 < end - start <= LONGEST
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
