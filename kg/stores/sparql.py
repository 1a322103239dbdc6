"""What the SPARQL stores share: binding parameters, refusing what is not a plain reading query, plain values.

A parameter is written `$name` in a query (SPARQL takes `$` and `?` alike; we keep `$` for parameters) and is
replaced, token by token, by a term that pyoxigraph wrote: the value never becomes query text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError, QueryParameterError
from kg.mapping.iris import Iri, NodeId, from_iri, to_iri
from kg.model import Value
from kg.stores.base import Parameters
from kg.vocab import BASE, PREFIXES

_TOKEN = re.compile(
    r"""
    (?P<skip>\#[^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*>
      | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | \$(?P<parameter>[^\W]\w*)
    | (?P<word>[?$@]?[\w\-.%]*:[\w\-.%:]* | [?$@:]?\w[\w\-]*)
    """,
    re.VERBOSE | re.DOTALL,
)

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])

NUMBERS = {
    "integer": int, "int": int, "long": int, "short": int, "byte": int, "nonNegativeInteger": int,
    "positiveInteger": int, "decimal": float, "double": float, "float": float,
}  # fmt: skip
_XSD = PREFIXES["xsd"]


def prologue(text: str) -> str:
    """The query with the project's prefixes declared on a line before it."""
    return " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + "\n" + text


def check_reading(text: str, *, services: Collection[str] = ()) -> str:
    """The query's form (SELECT, ASK, CONSTRUCT, DESCRIBE); raises `QueryError` for updates and for SERVICE.

    `services` are the IRIs that SERVICE may name, written out in the query.
    """
    words = [word.upper() for word in _words(text)]
    if "SERVICE" in words:
        _check_services(text, services)
    form = next((word for word in words if word in _FORMS or word in _UPDATES), None)
    if form in _UPDATES:
        raise QueryError(f"{form} is an update; only reading queries are allowed here")
    if form is None:
        raise QueryError(f"not a SPARQL query: no {', '.join(_FORMS[:-1])} or {_FORMS[-1]}")
    return form


def _check_services(text: str, allowed: Collection[str]) -> None:
    tokens = [match for match in _TOKEN.finditer(text) if not match[0].startswith("#")]
    for number, match in enumerate(tokens):
        if (match["word"] or "").upper() != "SERVICE":
            continue
        after = [token[0] for token in tokens[number + 1 : number + 3]]
        target = after[1:] if after and after[0].upper() == "SILENT" else after
        if not target or target[0] not in {f"<{iri}>" for iri in allowed}:
            known = f"; allowed are {', '.join(sorted(allowed))}" if allowed else ""
            raise QueryError(f"SERVICE is not allowed: the query would send data to another server{known}")


def check_update(text: str) -> None:
    """Accept an update that reaches nothing outside the store; raises `QueryError` for LOAD and SERVICE."""
    words = {word.upper() for word in _words(text)}
    for name in ("LOAD", "SERVICE"):
        if name in words:
            raise QueryError(f"{name} is not allowed: the update would reach another server")


def _words(text: str) -> Iterator[str]:
    return (match["word"] for match in _TOKEN.finditer(text) if match["word"])


def bind(text: str, parameters: Parameters | None, base: str = BASE) -> str:
    """The query with each `$name` replaced by its value; a parameter that is None stays a free variable.

    Raises `QueryParameterError` for a `$name` without a value and for values that are no RDF term. Parameters
    that the query does not name are left out.
    """
    values = parameters or {}

    def replace(match: re.Match[str]) -> str:
        name = match["parameter"]
        if name is None:
            return match[0]
        if name not in values:
            raise QueryParameterError(f"the query needs a value for ${name}")
        value = values[name]
        return match[0] if value is None else term(name, value, base)

    return _TOKEN.sub(replace, text)


def term(name: str, value: Value, base: str = BASE) -> str:
    """A parameter's value as SPARQL writes it."""
    try:
        match value:
            case bool():
                return "true" if value else "false"
            case NodeId():
                return str(NamedNode(to_iri(value, base)))
            case Iri():
                return str(NamedNode(value))
            case int():
                # A minus sign would be an operation, and the smallest number has no positive one.
                return str(value) if value >= 0 else str(Literal(value))
            case float():
                return str(Literal(value))
            case str():
                return str(Literal(value))
    except ValueError as exc:
        raise QueryParameterError(f"${name}: {exc}") from exc
    raise QueryParameterError(f"${name}: a SPARQL parameter is a text, a number, a truth value or an id, not {value!r}")


def plain(value: str, datatype: str) -> Value:
    """A literal as a plain value: numbers and truth values by datatype, all others as text."""
    if not datatype.startswith(_XSD):
        return value
    kind = datatype[len(_XSD) :]
    if kind == "boolean":
        return value in ("true", "1")
    try:
        return NUMBERS[kind](value) if kind in NUMBERS else value
    except ValueError:
        return value


def plain_iri(iri: str, base: str = BASE) -> str:
    """An IRI as a plain value: the id of one of our nodes, else the IRI itself."""
    node_id = from_iri(iri, base)
    return iri if node_id is None else node_id
