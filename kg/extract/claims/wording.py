"""What the wording beside a number says of its kind, where it leaves no doubt."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.claims.describe import Site, list_end
from kg.extract.claims.passage import Passage
from kg.extract.claims.senses import SENSE
from kg.model import Kind

_WINDOW = 12
_NEAR = 6
_SIGNED = frozenset({"%", "x", "points"})
"""Units in which changes are given."""
_LIGHT = frozenset(
    "only about around over nearly roughly approximately up to at least more than a an the ~ > $ \\".split()
)
_MEAN = _LIGHT | {"average", "mean", "of"}
_SAVE = frozenset(
    "reduce reduci reduct save saves saving remove removi suppre elimin lose loses losing cuts cuttin".split()
)
_LESS = frozenset("fewer less smaller cheaper lighter lower shorter slower".split())


def says_decrease(passage: Passage, site: Site) -> bool:
    """Whether the wording alone makes the number a decrease: "reduces … by N", "saves N", "N fewer", "within N of" (367 of 370 training claims)."""
    words, first = passage.words, site.first
    if words[first].startswith("halv") or _says_within(passage, site) or _says_saved(passage, site):
        return True
    if passage.word(site.last, site.low, site.high) in _LESS:
        return True
    if "by" not in words[max(site.low, first - 4) : first]:
        return False
    for k in range(first - 1, max(site.low, first - 12) - 1, -1):
        if words[k] == "#":
            return False
        if words[k] in ("of", "at", "with", "within", "only"):
            continue
        sense = SENSE.get(words[k][:6])
        if sense in ("up", "down", "level"):
            return sense == "down"
    return False


def _says_within(passage: Passage, site: Site) -> bool:
    """ "Within 2% of the teacher": so much is lost at most."""
    within = _weighty_before(passage, site) == "within" and site.quantity.unit in ("%", "points", "dB")
    return within and "of" in passage.words[site.last : min(site.high, site.last + 4)]


def _says_saved(passage: Passage, site: Site) -> bool:
    """ "Saves an average of 24%", "a reduction of up to 3x"; not "is reduced to 34%", which is a level."""
    first = site.first
    if passage.word(first - 1, site.low, site.high) == "to" and passage.word(first - 2, site.low, site.high) != "up":
        return False
    return site.quantity.unit in _SIGNED and _weighty_before(passage, site, _MEAN)[:6] in _SAVE


def says_change(passage: Passage, site: Site) -> bool:
    """Whether the wording makes the number a change, either way: "by an average of N" (685 of 690 training claims)."""
    return _weighty_before(passage, site, _MEAN) == "by"


_COSTS = frozenset(
    "latency latencies runtime runtimes time times memory cost costs parameters params flops size sizes energy overhead storage footprint "
    "delay delays macs consumption ttft time-to-solution".split()
)
_ERRORS = frozenset(
    "error errors loss losses perplexity ppl nll bpd wer cer ter eer ece fid fvd kid lpips rmse mae mse nmse nrmse mape smape mpjpe hd95 "
    "crps ade fde distance regret gap".split()
)
"""Last words of metrics that should be low, of what is spent and of what goes wrong."""
_OUTDOES = ("outperform", "surpass", "exceed", "beats", "beating")
_PARTING = frozenset("in on of and , . #".split())
_FAR = 14


_RISES = frozenset("increase increases speedup speedups speed-up speed-ups boost boosts".split())
_FALLS = frozenset("reduction reductions decrease decreases saving savings".split())
_ENDS = frozenset(
    "# , ; : . ( and or with while whereas but than when as of in on for to by from compared over per higher lower better more less "
    "greater improvement improvements".split()
)


def names_change(passage: Passage, site: Site) -> Kind | None:
    """The change that a sign or a noun right behind the number names: "(-33%)" (147 of 149 training claims), "a 3x memory reduction" (196 of 197)."""
    quantity = site.quantity
    if quantity.sign and quantity.unit in _SIGNED and quantity.baseline_value is None:
        return Kind.INCREASE if quantity.sign == "+" else Kind.DECREASE
    behind = list_end(passage, site)
    for word in passage.words[behind : min(site.high, behind + 5)]:
        if word in _RISES:
            return Kind.INCREASE
        if word in _FALLS:
            return Kind.DECREASE
        if word in _ENDS:
            return None
    return None


def means_less(passage: Passage, site: Site, metric: Sequence[str], distance: int) -> bool:
    """Whether what reads as an increase is one of what should be low: "0.4 times the parameters", "improves latency by 20%".

    `metric` are the words of the metric, `distance` how many tokens it stands away. So the guidelines of annotation have it.
    """
    q = site.quantity
    if q.unit == "x" and 0 < q.value < 1:
        return passage.text[q.start].isdigit()
    last = metric[-1].strip("()") if metric else ""
    if distance > _NEAR or q.sign or last not in _COSTS | _ERRORS:
        return False
    if _says_better(passage, site, ("improv", "better", *(_OUTDOES if last in _ERRORS else ()))):
        return True
    words = passage.words
    around = words[max(site.low, site.first - _WINDOW) : site.first] + words[site.last : site.last + _NEAR]
    better = any(word.startswith("improv") or word == "better" for word in around)
    return better and not any(word.startswith("increas") or SENSE.get(word[:6]) == "down" for word in around)


def _says_better(passage: Passage, site: Site, better: tuple[str, ...]) -> bool:
    """Whether the nearest word of change says no more than that it is better: "outperforms it by 30% in MAE", "a 31% improvement in latency"."""
    words = passage.words
    for word in words[site.last : min(site.high, site.last + 3)]:
        if word.startswith("improvement") or word == "faster":
            return True
        if word in _PARTING:
            break
    for word in reversed(words[max(site.low, site.first - _FAR) : site.first]):
        if word.startswith(better):
            return True
        if SENSE.get(word[:6]) in ("up", "down", "level"):
            return False
    return False


_KEEP = frozenset("keep keeps keepin kept retain mainta preser".split())


def _weighty_before(passage: Passage, site: Site, light: frozenset[str] = _LIGHT) -> str:
    """The nearest word before a number in its sentence that is more than "only" or "about"; "|" where there is none."""
    k = site.first - 1
    while k >= site.low and passage.words[k] in light:
        k -= 1
    return passage.word(k, site.low, site.high)


def says_level(passage: Passage, site: Site) -> bool:
    """Whether the wording alone makes the number a level: "keeps N", "retaining about N" (31 of 31 training claims)."""
    if _weighty_before(passage, site)[:6] not in _KEEP or site.quantity.unit == "x":
        return False
    after = passage.words[site.last : min(site.high, site.last + 3)]
    return not any(SENSE.get(word[:6]) in ("up", "down") for word in after)
