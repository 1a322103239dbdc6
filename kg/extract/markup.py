r"""LaTeX and page residue read as mark-up: what of a text is dressing and what is name, with offsets kept.

Nothing is ever removed from a text, since offsets count into it as it was read. Mark-up tokens are passed over
(`is_markup`), spans are cut down to what they name (`trim_span`), and forms are read without their dressing
(`plain_text`): `\textbf{Name}` → `Name`, `~(LA-Net)` → `LA-Net`, `$2.3\times$` → `2.3×`, `G_{LM}` → `G_LM`.
"""

from __future__ import annotations

import re

FONT_COMMANDS = frozenset(
    "\\" + name
    for name in (
        "textbf textit texttt textsc textsf textrm textsl textmd textup text emph underline uline mathbf mathit mathrm "
        "mathtt mathcal mathsf mathbb boldsymbol bm bf it em tt sc sf rm operatorname ensuremath mbox hbox textnormal "
        "href url xspace small large footnotesize left right bfseries itshape ttfamily"
    ).split()
)
"""Commands that change how their argument looks, not what it says."""

_SYMBOLS = {
    "\\times": "×",
    "\\pm": "±",
    "\\approx": "≈",
    "\\sim": "∼",
    "\\geq": "≥",
    "\\ge": "≥",
    "\\leq": "≤",
    "\\le": "≤",
    "\\cdot": "·",
    "\\rightarrow": "→",
    "\\to": "→",
    "\\alpha": "α",
    "\\beta": "β",
    "\\gamma": "γ",
    "\\delta": "δ",
    "\\epsilon": "ε",
    "\\varepsilon": "ε",
    "\\lambda": "λ",
    "\\mu": "μ",
    "\\pi": "π",
    "\\sigma": "σ",
    "\\tau": "τ",
    "\\phi": "φ",
    "\\psi": "ψ",
    "\\omega": "ω",
    "\\infty": "∞",
    "\\ell": "ℓ",
}
_DRESSING = FONT_COMMANDS | {"{", "}", "~", "$", "\\,", "\\;", "\\ ", "\\!", "\\/"}
_PASSED_OVER = (FONT_COMMANDS | {"{", "}", "~", "\\,", "\\;", "\\ ", "\\!", "\\/"}) - {"\\left", "\\right"}
_COMMAND = re.compile(r"\\(?:[A-Za-z]+ ?|.)")
_LEADING = re.compile(r"(?:\\[A-Za-z]+\s*\{|\\[,;! /]|[\s{~,;:.\"“”‘’'`*)\]}]|\$(?=[^$]*$))+")
_TRAILING = re.compile(r"(?:\\[,;! /]|[\s~,;:\"“”‘’'`*(\[{\\])+$|(?<![A-Za-z])\.+$")
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))


def is_markup(token: str) -> bool:
    r"""Whether a token is dressing (`\textbf`, `{`, `~`) that a reader passes over; `$` is not, it can part words."""
    return token in _PASSED_OVER


def plain_text(form: str) -> str:
    r"""A form as a reader sees it, without commands, braces and dollar signs: `$\tau$-bench` → `τ-bench`."""
    if not any(mark in form for mark in "\\{}$~"):
        return form
    text = _COMMAND.sub(_plain_command, form)
    text = re.sub(r"[{}$]", "", text).replace("~", " ")
    return re.sub(r"\s+", " ", text).strip()


def _plain_command(match: re.Match[str]) -> str:
    command = match.group().rstrip()
    if command in _SYMBOLS:
        return _SYMBOLS[command]
    if command in _DRESSING or command[1:].isalpha():
        return ""
    return command[1:]


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    r"""The span without dressing, quotes and brackets that have no partner in it; empty (start == end) if nothing is left.

    A brace or dollar sign that the span opens and the text closes right after is taken in: `G_{LM` → `G_{LM}`.
    """
    if start < end and text[start].isalnum() and text[end - 1].isalnum() and "{" not in text[start:end]:
        return start, end  # most spans: nothing to cut, nothing to take in
    while True:
        before = (start, end)
        end = _close(text, start, end)
        match = _LEADING.match(text, start, end)
        if match:
            start = match.end()
        match = _TRAILING.search(text, start, end)
        if match:
            end = match.start()
        start, end = _drop_unpaired(text, start, end)
        if (start, end) == before or start >= end:
            return (start, end) if start < end else (start, start)


def _close(text: str, start: int, end: int) -> int:
    """Take in the closing brace that the text has right after the span."""
    part = text[start:end]
    if end < len(text) and text[end] == "}" and part.count("{") == part.count("}") + 1 and part[0] not in "{\\":
        return end + 1
    return end


def _drop_unpaired(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut an opening bracket at the start or a closing one at the end whose partner lies outside."""
    for opening, closing in _PAIRS:
        part = text[start:end]
        if not part:
            break
        opened, closed = part.count(opening), part.count(closing)
        if part[-1] == closing and closed > opened:
            end -= 1
        elif part[0] == opening and (opened > closed or part[-1] == closing):
            start += 1
    if end - start > 0 and text[end - 1] == "$" and text.count("$", start, end) % 2:
        end -= 1
    return start, end
