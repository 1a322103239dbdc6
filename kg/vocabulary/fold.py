"""One spelling for all spellings of a name: the key that the vocabulary and resolution compare by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.vocabulary.spelling import to_american, to_singular

_DROPPED = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code) in "+*#")}
_WORD = re.compile(r"[A-Za-z]{4,}")
_VERSION = re.compile(
    r"(?:(?<=[A-Za-z]{3})[vV]|(?<=\d)v|(?<=[A-Za-z0-9)+])[\s_-]+[vV]\.?\s?)(?=\d+(?:\.\d+)*(?![A-Za-z\d]))"
)
"""The v of a version: in "SQuAD v2.0", "YOLOv5", "MobileNet-V2", not in "wav2vec", "Conv2D", "HIV1"."""
_LAST_WORD = re.compile(r"[A-Za-z]+$")
NO_PLURALS = frozenset("as is us its was has this does".split())
"""Words that end in s: "ImageNet as" is not ImageNet-A."""
_NO_PLURAL = re.compile(rf"[^\w+*#][sS]$|\s(?:{'|'.join(sorted(NO_PLURALS))})$")
"""Ends that are no plural: a size (ViT-S), and such words."""
_SIGNS = frozenset("+*#")
_ACRONYMS = frozenset({"VITS"})
"""Names in capitals that only their case tells from others ("ViT-S", "ViTs"): they are their own key."""


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Casefold, keep letters, digits and ``+*#``, drop accents and a plural s.

    "CIFAR 10" → "cifar10", "GNNs" → "gnn", "DeepLabv3+" → "deeplabv3+", "Fréchet" → "frechet".
    An s that stands alone is a size and no plural: "ViT-S" → "vits" but "ViTs" → "vit".
    Greek and other letters stay, so that "β-VAE" is not "VAE".
    """
    if name.isascii():
        key = name.lower().translate(_DROPPED)
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        key = "".join(char for char in decomposed if char.isalnum() or char in _SIGNS)
    if key.endswith("s") and len(key) > 3 and not key.endswith("ss") and not _NO_PLURAL.search(name):
        return name if name in _ACRONYMS else key[:-1]
    return key


def without_version_mark(name: str) -> str:
    """A name without the v of a version: "SQuAD v2.0" → "SQuAD-2.0"."""
    return _VERSION.sub("-", name) if "v" in name or "V" in name else name


@lru_cache(maxsize=1 << 16)
def fold_words(name: str) -> str:
    """`fold` of the name in American spelling, its last word in the singular, without the v of a version.

    "policy optimisation" → "policyoptimization", "SQuAD v2.0" → "squad20".
    """
    words = _WORD.sub(lambda match: to_american(match[0]), without_version_mark(name))
    last = _LAST_WORD.search(words)
    if last is not None:
        words = words[: last.start()] + to_american(to_singular(last[0])) + words[last.end() :]
    return fold(words)
