"""What makes two names the same: the folding key, and the id that follows from a name.

`fold` forgets what is only spelling: case, accents, mark-up, hyphens and spaces, a plural ending, British or
American, the v of a version. It keeps what tells things apart: every digit, the boundary between two numbers
("Llama-2-7B" is not "Llama-27B"), and the signs + * # @ % ("C++" is not "C", "pass@1" is not "pass 1").
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from kg.model import EntityType
from kg.vocabulary.fold import without_version_mark
from kg.vocabulary.spelling import to_american, to_singular

MAX_SLUG = 80
"""Code points of an id after "type/"; longer names are cut and marked with a hash."""

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "ϕ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "ℓ": "l", "∞": "infinity", "×": "x", "∗": "*", "≤": "<=", "≥": ">=",
    "²": "2", "³": "3", "√": "sqrt", "℃": "c",
}  # fmt: skip
_GREEK_TABLE = str.maketrans(_GREEK)
_STYLE = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|sf|rm|up)?|emph|math(?:bf|it|tt|sf|rm|cal|bb|frak|scr)|mbox|hbox|operatorname"
    r"|underline|boldsymbol|bm|it|bf|tt|sc|sf|rm|em|small|large|xspace|ensuremath|mathrm)(?![A-Za-z])\*?"
)
_ACCENT = re.compile(r"\\[\"'`^~=.Hcuvr](?=\{?\\?[A-Za-z])")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_SPECIAL = re.compile(r"[\\{}$^_~]|\s\s|[^\S ]")
_MATH_RESIDUE = re.compile(r"[{}$\\]|(?<=[\w$])\^(?=[\w{])")
_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’]s?(?![A-Za-z])")
_WORD = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+|[+*#@%&]+|[<>]=?")
_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+(?=\W*$)")
_SIGN_NAMES = {"+": "-plus-", "#": "-sharp-", "@": "-at-", "*": "-star-", "%": "-percent-"}
_SIGN = re.compile(r"[+#@*%]")
_NO_SLUG = re.compile(r"(?:[^\w.]|_)+")
_FULL_STOP = re.compile(r"\.(?!\d)|(?<!\d)\.")
_DOUBLE_HYPHEN = re.compile(r"-{2,}")
_COMMAND_NAMES = {"times": "x", "ast": "*", "star": "*", "ell": "l", "infty": "infinity", "varepsilon": "epsilon"}


@lru_cache(maxsize=1 << 16)
def strip_markup(name: str) -> str:
    r"""A name without LaTeX mark-up: `\textbf{X-Net}` → "X-Net", `$\beta$-VAE` → "beta-VAE", `G_{LM}` → "GLM"."""
    if _SPECIAL.search(name) is None:
        return name.strip()
    if "\\" in name:
        name = _ACCENT.sub("", _STYLE.sub("", name))
        name = _COMMAND.sub(lambda match: _COMMAND_NAMES.get(match[1], match[1]), name)
    if any(sign in name for sign in "{}$\\^"):
        name = _MATH_RESIDUE.sub("", name)
    if "_" in name:
        name = re.sub(r"_(?=\w)", "", name) if re.search(r"_\w{1,3}\b", name) else name.replace("_", " ")
    return " ".join(name.replace("~", " ").split())


def to_ascii(text: str) -> str:
    """Accents dropped, Greek letters and a few signs spelled out, compatibility forms unified; other scripts stay."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text.translate(_GREEK_TABLE)).translate(_GREEK_TABLE)
    return unicodedata.normalize("NFC", "".join(c for c in text if not unicodedata.combining(c)))


@lru_cache(maxsize=1 << 16)
def fold_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded one by one: ("graph", "neural", "network") for "Graph Neural Nets"."""
    text = to_ascii(strip_markup(name))
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", text)
    words = [_fold_word(word) for word in _WORD.findall(without_version_mark(text))]
    if len(words) > 2:
        if words[-1] == "net":
            words[-1] = "network"
        elif words[-1] == "translation":
            words = [word for word in words if word not in ("to", ">")]
    return tuple(words)


@lru_cache(maxsize=1 << 15)
def _fold_word(word: str) -> str:
    return to_american(to_singular(word).casefold()) if word[0].isalpha() else word


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The folding key: names with one key are one thing, as far as spelling can tell.

    Two numbers side by side stay apart by "-"; never empty for a name that holds any visible sign.
    """
    key = ""
    for word in fold_words(name):
        key += "-" + word if key and key[-1].isdigit() and word[0].isdigit() else word
    return key or " ".join(name.casefold().split())


@lru_cache(maxsize=1 << 16)
def slug(name: str) -> str:
    """A lower-case, hyphenated form for ids: "CIFAR-10" → "cifar-10", "C++" → "c-plus-plus".

    Words of a phrase are singular and American at its end, so that "graph neural networks" and "Graph Neural
    Network" give one slug. At most `MAX_SLUG` code points, never empty.
    """
    text = _LETTERS.sub(lambda match: to_american(match[0]), to_ascii(strip_markup(name)))
    last = _LAST_LETTERS.search(text)
    if last:
        text = text[: last.start()] + to_american(to_singular(last[0])) + text[last.end() :]
    if _SIGN.search(text):
        text = _SIGN.sub(lambda match: _SIGN_NAMES[match[0]], text)
    text = _NO_SLUG.sub("-", text.casefold())
    if "." in text:
        text = _DOUBLE_HYPHEN.sub("-", _FULL_STOP.sub("-", text))
    return _bounded(text.strip("-"), name)


def identify(type: EntityType, name: str) -> str:
    """The id of a thing known by its type and canonical name: "dataset/cifar-10"."""
    return f"{EntityType(type).value}/{slug(name)}"


def _bounded(text: str, name: str) -> str:
    if text and len(text) <= MAX_SLUG:
        return text
    digest = hashlib.sha256(name.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{text[: MAX_SLUG - 9].rstrip('-')}-{digest}" if text else f"x-{digest}"
