"""Papers whose claims alone are annotated, for the recogniser of entities: what their claims name, laid over what a finder thinks.

A claim's method, metric, datasets and task are mostly entities of the paper, its baseline at times ("the state of the art" is none). How often
depends on the role, on what a finder thinks of the name, and on its looks. `_SHARES` were counted on 2,736 papers whose claims and entities
were annotated apart (`annotations/recent.jsonl.gz`); where fewer than fifteen names are, neighbours were asked.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.document import Document
from kg.extract.entities.words import words_of
from kg.training.entity_spans import places_of
from kg.training.teach import Labels
from kg.vocabulary import fold

Array = NDArray[np.float32]
_PLACES = {"method": 1, "datasets": 2, "metric": 3, "task": 4, "baseline": 1}
"""Of each role the type that its names have, as labels count types."""
_THOUGHT = (0.0, 0.03, 0.12, 0.4, 0.7)
"""Where the columns of `_SHARES` part: not seen by the finder, seen with a probability below .03, and so on."""
_DATASETS = (0.94, 0.80, 0.93, 0.95, 0.96, 0.99)
_NAMED_TASK = (0.87, 0.70, 0.62, 0.72, 0.87, 0.98)
_SHARES = {
    "method": (
        (0.30, 0.35, 0.66, 0.85, 0.89, 0.98),
        (0.53, 0.53, 0.57, 0.81, 0.94, 0.98),
        (0.83, 0.62, 0.75, 0.92, 0.95, 0.99),
    ),
    "datasets": (_DATASETS, _DATASETS, _DATASETS),
    "metric": (
        (0.17, 0.21, 0.35, 0.51, 0.68, 0.93),
        (0.49, 0.30, 0.45, 0.53, 0.64, 0.87),
        (0.80, 0.50, 0.85, 0.78, 0.95, 0.99),
    ),
    "task": ((0.62, 0.62, 0.67, 0.76, 0.87, 0.97), _NAMED_TASK, _NAMED_TASK),
    "baseline": (
        (0.06, 0.14, 0.35, 0.50, 0.71, 0.95),
        (0.14, 0.20, 0.32, 0.56, 0.76, 0.98),
        (0.41, 0.31, 0.50, 0.78, 0.87, 0.98),
    ),
}
"""For each role the share of names that are entities: in lower case, with capitals and of several words, of one; by what is thought of them."""
_NOTHING: Array = np.array([1, 0, 0, 0, 0], np.float32)
_MOST = 0.98
"""A name with two roles is at most so likely something."""
_INTRODUCED = 0.85
"""The least for a method that the paper is annotated to introduce."""
_DOUBTED = 0.8
"""A longer or shorter name than one that a claim names is thought half as likely to be of its type, if the finder was less sure of it."""


def lay_over(labels: Labels, document: Document, gold: Mapping[str, Any]) -> Labels:
    """A finder's labels of a paper with the names of its annotated claims, and with the words where these begin and end."""
    named = _named(labels, gold)
    introduced = {fold(form) for method in gold["methods"] for form in method["forms"]}
    forms = {key: (_doubt(key, shares, named), own) for key, (shares, own) in labels.forms.items() if key not in named}
    edges = labels.edges.copy()
    places = places_of(words_of(document).squashed)
    for key, wanted in named.items():
        shares, own = labels.forms.get(key, (_NOTHING, 0.0))
        forms[key] = _filled(wanted, shares), 1.0 if key in introduced else own
        for first, last in places.get(key, ()):
            edges[first, 0] = max(edges[first, 0], wanted.sum())
            edges[last, 1] = max(edges[last, 1], wanted.sum())
    return Labels(edges, forms)


def _named(labels: Labels, gold: Mapping[str, Any]) -> dict[str, Array]:
    """By key how likely each name of the claims is nothing (left at 0) and of each type."""
    named: dict[str, Array] = {}

    def add(role: str, name: str, least: float = 0.0) -> None:
        key, place = fold(name), _PLACES[role]
        thought = float(labels.forms[key][0][place]) if key in labels.forms else -1.0
        looks = 0 if name.islower() else 1 if " " in name else 2
        share = max(least, _SHARES[role][looks][bisect_right(_THOUGHT, thought)])
        wanted = named.setdefault(key, np.zeros(5, np.float32))
        wanted[place] = max(wanted[place], share)

    for claim in gold["claims"]:
        told = () if claim.get("optional") else [role for role in _PLACES if role not in claim.get("unsure", ())]
        for role in told:
            for name in claim[role] if role == "datasets" else [claim[role]]:
                if name is not None:
                    add(role, name)
    for method in gold["methods"]:
        for form in method["forms"]:
            add("method", form, _INTRODUCED)
    return {key: wanted / max(1.0, wanted.sum() / _MOST) for key, wanted in named.items()}


def _doubt(key: str, shares: Array, named: Mapping[str, Array]) -> Array:
    for other, wanted in named.items():
        place = int(wanted.argmax())
        if wanted[place] > 0.5 and shares[place] < _DOUBTED and (other in key or key in other):
            shares = shares.copy()
            shares[0] += shares[place] / 2
            shares[place] /= 2
    return shares


def _filled(wanted: Array, shares: Array) -> Array:
    """What is wanted, the rest shared out as the finder has it."""
    rest = np.where(wanted > 0, np.float32(0), shares)
    if not rest.sum():
        rest = _NOTHING
    result: Array = wanted + (1 - wanted.sum()) * rest / rest.sum()
    return result
