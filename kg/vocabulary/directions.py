"""Which way a metric is better: the one rule that leaderboards, questions in either language, and pages follow.

A level is better by the metric's direction, a change by where it leads: a large decrease of latency is good, a large
decrease of accuracy is not. Two things a direction alone gets wrong. A metric that is itself called a gain ("FLOPs
reduction", "runtime improvement") is better when larger, whether a paper states it as a level, an increase or a
decrease; one that is called a loss ("accuracy drop") is worse. And a factor by which something improves is told as an
increase of it ("5x better latency"), so of factors the larger counts as better, as an assumption.

The rule stands here three times, as Python, SPARQL and Cypher; a test holds them together.
"""

from __future__ import annotations

import re

_COSTS = (
    "bandwidth|bits?|carbon|communication|computation|compute|consumption|costs?|delay|emissions?|energy|errors?|"
    "error rate|flops?|footprint|latency|loss|macs?|memory|overhead|parameters?|perplexity|power|runtime|size|storage|"
    "time|tokens?|traffic|usage|wer"
)
_GOODS = (
    "accuracy|accuracies|auc|bleu|dice|f1|f1-score|fidelity|iou|map|miou|performance|precision|psnr|quality|recall|"
    "robustness|rouge|scores?|speed|ssim|throughput|utility"
)
_FALLS = "declines?|decreases?|drops?|reductions?"
GAIN = (
    "reductions?|savings?|improvements?|gains?|compression( (ratio|rate|factor))?|"
    f"({_COSTS})[ -]({_FALLS}|cuts?)"
)  # fmt: skip
"""How the names of metrics end that are better when larger, whatever a claim states of them."""
LOSS = f"degradations?|deteriorations?|penalt(y|ies)|({_GOODS})[ -]({_FALLS}|loss|losses)"
"""How the names of metrics end that are better when smaller, whatever a claim states of them; goes before `GAIN`."""
SPEED_UP = "speed-?ups?( (ratio|rate|factor))?|accelerations?( (ratio|rate|factor))?"
"""How the names of metrics end that have a direction by their name, but may fall."""

_GAIN, _LOSS, _SPEED_UP = (re.compile(rf"(^|[ -])({words})$", re.IGNORECASE) for words in (GAIN, LOSS, SPEED_UP))


def direction_of(name: str) -> str | None:
    """The direction that a metric's name tells: "higher", "lower", or None."""
    if _LOSS.search(name):
        return "lower"
    return "higher" if _GAIN.search(name) or _SPEED_UP.search(name) else None


def is_gain(name: str) -> bool:
    """Whether a metric is called a gain, so that a level, an increase and a decrease of it say the same."""
    return _GAIN.search(name) is not None and _LOSS.search(name) is None


def higher_is_better(name: str, direction: str | None, kind: str, unit: str = "") -> bool:
    """Whether the larger of two values of a metric is the better one; True where nothing tells."""
    if _LOSS.search(name):
        return False
    if _GAIN.search(name):
        return True
    if kind == "decrease":
        return direction != "higher"
    return direction != "lower" or _is_assumed(kind, unit)


def is_known(name: str, direction: str | None, kind: str, unit: str = "") -> bool:
    """Whether the metric tells which way is better, so that nothing is assumed."""
    if direction_of(name) is not None:
        return True
    return direction in ("higher", "lower") and not (direction == "lower" and _is_assumed(kind, unit))


def _is_assumed(kind: str, unit: str) -> bool:
    return kind == "increase" and unit == "x"


def sparql_lower(name: str, direction: str, kind: str, unit: str) -> str:
    """An expression of SPARQL that is true where smaller is better; the arguments are expressions, never unbound."""
    loss, gain = (f'REGEX({name}, "(^|[ -])({words})$", "i")' for words in (LOSS, GAIN))
    change = f'IF({kind} = "decrease", {direction} = "higher", {direction} = "lower" && !({kind} = "increase" && {unit} = "x"))'
    return f"IF({loss}, true, IF({gain}, false, {change}))"


def cypher_lower(name: str, direction: str, kind: str, unit: str) -> str:
    """The same in Cypher, without a CASE: Ladybug 0.22 answers wrongly where one stands in the condition of another."""
    loss, gain = (f"{name} =~ '(?i)(.*[ -])?({words})'" for words in (LOSS, GAIN))
    level = f"{kind} <> 'decrease' AND {direction} = 'lower' AND NOT ({kind} = 'increase' AND {unit} = 'x')"
    change = f"({kind} = 'decrease' AND {direction} = 'higher') OR ({level})"
    return f"({loss} OR (NOT {gain} AND ({change})))"
