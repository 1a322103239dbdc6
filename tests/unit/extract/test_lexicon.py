"""Tokens have one number each, whoever meets them."""

import pickle
from concurrent.futures import ThreadPoolExecutor

from kg.extract.entities.words import Lexicon


def test_threads_that_meet_the_same_tokens_get_the_same_numbers() -> None:
    lexicon = Lexicon()
    tokens = [f"word{number}" for number in range(3000)]
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lexicon.read, [tokens[at:] + tokens[:at] for at in range(0, 3000, 300)]))
    for entries in read:
        for token, squashed, is_word, number in entries:
            assert lexicon.tokens[number] == token
            assert lexicon.squashed[number] == squashed
            assert is_word
    assert sorted(lexicon.tokens) == sorted(tokens)


def test_a_copy_has_the_same_numbers_and_goes_on_from_there() -> None:
    lexicon = Lexicon(["a", "net", "\n", "nets"])
    copy = pickle.loads(pickle.dumps(lexicon))
    assert copy.read(["nets", "a"]) == lexicon.read(["nets", "a"])
    assert copy.read(["new"])[0][3] == 4
    assert len(lexicon) == 4
