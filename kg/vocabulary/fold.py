"""One spelling for all spellings of a name: the key that the vocabulary and resolution compare by."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code) in "+*#")}
_LONE_S = re.compile(r"[^\w+*#][sS]$")
_SIGNS = frozenset("+*#")


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
    if key.endswith("s") and len(key) > 3 and not key.endswith("ss") and not _LONE_S.search(name):
        return key[:-1]
    return key
