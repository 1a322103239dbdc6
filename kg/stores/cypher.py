"""What both property-graph stores need: is a query a reading one, are its parameters right, what is a value.

Texts are cut into tokens just far enough to tell words and parameters from strings, quoted names and comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kg.errors import QueryError, QueryParameterError, QuerySyntaxError
from kg.model import Value

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<string>'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*")
      | (?P<quoted>`(?:[^`]|``)*`)
      | (?P<parameter>\$\w+)
      | (?P<word>[^\W\d]\w*)
      | (?P<number>\d[\w]*(?:\.\d\w*)?)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)

_STARTS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL"})
_WRITES = frozenset(
    {"CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE", "DROP", "FOREACH", "LOAD", "COPY", "INSERT", "ALTER"}
)
_NAME_MARKS = frozenset(".:|&!")
_PROCEDURES = re.compile(
    r"db\.(labels|relationshiptypes|propertykeys|schema\.\w+|index\.fulltext\.query\w+|index\.vector\.query\w+|info|ping)"
    r"|dbms\.components|show_\w+|table_info|db_version|current_setting|stats_info",
)
_UNICODE_ESCAPE = re.compile(r"\\[uU][0-9a-fA-F]")
_BIGGEST = 2**63
MAX_TEXT = 100_000
"""Characters of a query's text."""


class Token(NamedTuple):
    """A piece of a query: its kind (a group of `_TOKEN`), its text and where it starts."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query without space and comments."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match.group(), match.start())


def check_reading(text: str) -> None:
    """Accept one statement that only reads.

    Raises `QueryError` where a clause writes or reads files, `QuerySyntaxError` for anything that is not one
    reading statement. Words that name clauses are fine as properties, labels and in backticks.
    """
    if len(text) > MAX_TEXT:
        raise QuerySyntaxError(f"the query is longer than {MAX_TEXT:,} characters")
    if _UNICODE_ESCAPE.search(text):
        # Neo4j replaces these before it looks for quotes, so they could end a string.
        raise QuerySyntaxError(r"the query holds a \u escape; write the character itself or bind a parameter")
    found = list(tokens(text))
    while found and found[-1].text == ";":
        found.pop()
    if not found:
        raise QuerySyntaxError("the query is empty")
    if any(token.kind == "mark" and token.text in ";'\"`" for token in found):
        raise QuerySyntaxError("the query holds more than one statement or a quote that does not end")
    _check_words(found)


def _check_words(found: list[Token]) -> None:
    for index, token in enumerate(found):
        if token.kind == "word" and not (index and found[index - 1].text in _NAME_MARKS):
            word = token.text.upper()
            if word in _WRITES:
                raise QueryError(f"{word}: only reading is allowed here; quote a name of that spelling: `{token.text}`")
            if word == "CALL":
                _check_call(found[index + 1 :])
    if found[0].text.upper() not in _STARTS:
        raise QuerySyntaxError(
            f"a query starts with MATCH, UNWIND, WITH, RETURN or CALL, not with {found[0].text[:40]!r}"
        )


def _check_call(rest: list[Token]) -> None:
    """Subqueries, and procedures that tell about the schema; others may write or reach out."""
    name = ""
    for token in rest:
        if token.kind not in ("word", "quoted") and token.text != ".":
            break
        name += token.text
    following = rest[len(name.split(".")) * 2 - 1].text if name and len(rest) > len(name.split(".")) * 2 - 1 else ""
    if name and (following == "=" or not _PROCEDURES.fullmatch(name.lower())):
        raise QueryError(f"CALL {name[:60]}: only procedures that describe the schema are allowed here")


def parameter_names(text: str) -> set[str]:
    """Names of the `$parameters` in a query."""
    return {token.text[1:] for token in tokens(text) if token.kind == "parameter"}


def bound_values(text: str, parameters: Mapping[str, Value]) -> dict[str, Any]:
    """The values of the parameters in the text, as plain types; others are left out.

    Raises `QueryParameterError` for a missing one (Ladybug would take it as null) and for values that do not fit.
    """
    wanted = parameter_names(text)
    missing = sorted(wanted - set(parameters))
    if missing:
        raise QueryParameterError(f"the query needs a value for ${', $'.join(missing)}")
    values = {name: parameters[name] for name in sorted(wanted)}
    for name, value in values.items():
        _check_value(name, value)
    return {name: str(value) if isinstance(value, str) else value for name, value in values.items()}


def _check_value(name: str, value: object) -> None:
    if isinstance(value, list | tuple):
        kinds = {float if type(item) is int else type(item) for item in value if item is not None}
        if len(kinds) > 1:
            raise QueryParameterError(f"${name}: a list holds values of one type")
        for item in value:
            _check_value(name, item)
    elif isinstance(value, str):
        _check_text(name, value)
    elif isinstance(value, int):
        if not -_BIGGEST <= value < _BIGGEST:
            raise QueryParameterError(f"${name}: the number does not fit into 64 bits")
    elif value is not None and not isinstance(value, float):
        raise QueryParameterError(f"${name}: {type(value).__name__} is not a plain value")


def _check_text(name: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise QueryParameterError(f"${name}: the text is not valid Unicode") from None


def with_limit(text: str, rows: int) -> str:
    """The query with `LIMIT rows`, unless its last RETURN has a limit or there is none.

    Stores make up the whole answer before they hand out its first row, so the limit must be in the text.
    """
    depth, bounded, returns, end = 0, False, False, 0
    for token in tokens(text):
        depth += (token.text in "([{") - (token.text in ")]}") if token.kind == "mark" else 0
        if token.text != ";":
            end = token.start + len(token.text)
        if token.kind == "word" and depth == 0 and token.text.upper() in ("RETURN", "LIMIT"):
            bounded = token.text.upper() == "LIMIT"
            returns = returns or not bounded
    return f"{text[:end]}\nLIMIT {rows}" if returns and not bounded else text


def inline_nulls(text: str, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The query with `NULL` in place of each parameter that is None, and the other parameters."""
    nulls = {f"${name}" for name, value in parameters.items() if value is None}
    pieces, at = [], 0
    for token in tokens(text):
        if token.kind == "parameter" and token.text in nulls:
            pieces += [text[at : token.start], "NULL"]
            at = token.start + len(token.text)
    return "".join([*pieces, text[at:]]), {k: v for k, v in parameters.items() if v is not None}
