"""Making OPTIONAL quick on Oxigraph.

Oxigraph evaluates the right side of OPTIONAL over the whole store and joins by hash, so that one row costs as much
as all. LATERAL, an extension that it knows, looks the right side up from each row at hand. For plain triple
patterns both mean the same; a store of 15,000 papers answers 68 claims in 13 ms of processor time instead of 170.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(
    r"""\#[^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*>
      | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'""",
    re.VERBOSE | re.DOTALL,
)
_OPTIONAL = re.compile(r"(?<![\w?$:@.-])OPTIONAL\s*\{([^{}]*)\}", re.IGNORECASE)
_NOT_PLAIN = re.compile(
    # What is no triple pattern, and paths that may have length zero.
    r"(?<![\w?$:])(?:FILTER|BIND|VALUES|GRAPH|SERVICE|MINUS|UNION)\b|_:|\[|[\w)>]\s*\*|[\w)>]\?(?=[\s/|)])",
    re.IGNORECASE,
)


def with_lateral(text: str) -> str:
    """The query with `OPTIONAL { triple patterns }` as `LATERAL { OPTIONAL { … } }`; all else stays as written."""
    # Texts, comments and IRIs are blanked for the search, so that nothing in them counts as syntax.
    masked = _QUOTED.sub(lambda match: "x" * len(match[0]), text)
    parts, end = [], 0
    for match in _OPTIONAL.finditer(masked):
        if not _NOT_PLAIN.search(match[1]):
            parts += [text[end : match.start()], "LATERAL { ", text[match.start() : match.end()], " }"]
            end = match.end()
    return "".join([*parts, text[end:]])
