"""Fits the network that tells which forms of a paper are one thing, from annotated entities with several forms."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.entities.alias import AliasNetwork, may_be_same, pair_features, read_form
from kg.extract.entities.memory import TYPES
from kg.training.entity_gold import Example
from kg.vocabulary import fold


def read_pairs(examples: Sequence[Example]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Features of pairs of forms of one type in one paper, and whether they are of one entity."""
    rows: list[list[float]] = []
    labels: list[int] = []
    for example in examples:
        abbreviations = example.document.abbreviations
        for kind in TYPES:
            forms = {
                fold(form): (form, number)
                for number, entity in enumerate(example.gold[f"{kind.value}s"])
                if not entity.get("optional")
                for form in entity["forms"]
            }
            read = [(read_form(form, abbreviations), number) for form, number in forms.values()]
            for j, (b, second) in enumerate(read):
                for a, first in read[:j]:
                    if may_be_same(a, b):
                        rows.append(pair_features(kind, a, b, len(read)))
                        labels.append(int(first == second))
    return np.array(rows, np.float32), np.array(labels)


def fit_aliases(examples: Sequence[Example], *, hidden: int = 24, seed: int = 1) -> AliasNetwork:
    """A network fitted to the pairs of annotated papers."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    rows, labels = read_pairs(examples)
    model = MLPClassifier((hidden,), alpha=0.003, max_iter=60, random_state=seed, learning_rate_init=0.003)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows, labels)
    (first, second), (bias, top_bias) = model.coefs_, model.intercepts_
    hidden_part, hidden_bias, top, above = (np.asarray(part, np.float32) for part in (first, bias, second, top_bias))
    return AliasNetwork(hidden_part, hidden_bias, top, above)
