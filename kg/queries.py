"""Named queries: `queries/<name>/` read, their parameters checked, their answers made alike in both dialects."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from kg.catalog import Catalog
from kg.errors import GraphError, NotFoundError, QueryParameterError
from kg.mapping.iris import NodeId
from kg.model import Dialect, EntityType, Rows, Value, plain_number
from kg.resources import iter_queries

LIST_SEPARATOR = "\x1f"
"""Between the values of a list in a SPARQL answer (`GROUP_CONCAT(…; SEPARATOR="\\u001F")`)."""

_ENTITY_TYPES = {kind.value: kind for kind in EntityType}
_TYPES = (*_ENTITY_TYPES, "entity", "paper", "string", "int", "float", "date")
_COLUMN_TYPES = ("string", "strings", "int", "float", "date", "bool")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A parameter: `type` is an entity type, "entity" (any of them), "paper", "string", "int", "float" or "date".

    One without a default that is not optional must be given. An optional entity is bound as plain text, empty
    where it is absent; a required one as a node.
    """

    name: str
    type: str
    description: str
    default: Value = None
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether the caller must give it."""
        return self.default is None and not self.optional


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: "string", "strings" (a sorted list), "int", "float", "date" or "bool"."""

    name: str
    type: str = "string"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query in both languages with what it takes and gives."""

    name: str
    title: str
    description: str
    parameters: tuple[QueryParameter, ...]
    columns: tuple[Column, ...]
    sparql: str
    cypher: str

    def text(self, dialect: Dialect) -> str:
        """The query in one language."""
        return self.sparql if dialect is Dialect.SPARQL else self.cypher

    def bind(self, given: Mapping[str, str | Value], catalog: Catalog | None = None) -> dict[str, Value]:
        """Values for `Store.query`: names become ids by the catalog (without one, they must be ids), defaults are set.

        Raises `QueryParameterError` for unknown, missing or ill-typed parameters, `NotFoundError` for names that
        nothing has.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        unknown = [name for name in given if name not in known]
        if unknown:
            takes = ", ".join(known) or "none"
            raise QueryParameterError(f"query {self.name} has no parameter {unknown[0]!r}; it takes: {takes}")
        return {name: self._value(parameter, given, catalog) for name, parameter in known.items()}

    def _value(self, parameter: QueryParameter, given: Mapping[str, str | Value], catalog: Catalog | None) -> Value:
        value = given.get(parameter.name)
        if value is not None and value != "":
            return _to_value(parameter, value, catalog)
        if parameter.required:
            raise QueryParameterError(f"query {self.name} needs {parameter.name}=… ({parameter.type})")
        return "" if parameter.optional else parameter.default


def _to_value(parameter: QueryParameter, value: str | Value, catalog: Catalog | None) -> Value:
    if parameter.type in (*_ENTITY_TYPES, "entity", "paper"):
        if not isinstance(value, str):
            raise QueryParameterError(f"{parameter.name}: a {parameter.type} is given by name or id, not {value!r}")
        found = value if catalog is None else find_id(catalog, parameter.type, value)
        return found if parameter.optional else NodeId(found)
    return _SCALARS[parameter.type](parameter.name, value)


def find_id(catalog: Catalog, kind: str, name: str) -> str:
    """The id of an entity or a paper, given by id or name. Raises `NotFoundError` with suggestions."""
    if kind == "paper":
        papers = catalog.papers(name)
        if papers and papers[0].likeness == 100 and (len(papers) == 1 or papers[1].likeness < 100):
            return papers[0].id
        raise NotFoundError(f"no paper {name!r}", suggestions=[f"{hit.id} ({hit.title})" for hit in papers[:3]])
    types = tuple(_ENTITY_TYPES.values()) if kind == "entity" else (_ENTITY_TYPES[kind],)
    entity = catalog.entity(name)
    if entity is not None and entity.type in types:
        return entity.id
    hits = catalog.find(name, types=types)
    if hits:
        return hits[0].id
    spoken = "method, dataset, metric or task" if kind == "entity" else kind
    raise NotFoundError(f"no {spoken} {name!r}", suggestions=[hit.name for hit in catalog.suggest(name, types=types)])


_MOST = 2**31 - 1
"""The largest whole number that every store takes as a limit."""


def _to_int(name: str, value: str | Value) -> int:
    number = -1
    try:
        if isinstance(value, str | int) and not isinstance(value, bool):
            number = int(value)
    except ValueError:
        pass
    if not 0 <= number <= _MOST:
        raise QueryParameterError(f"{name}: {value!r} is not a whole number from 0 to {_MOST:,}")
    return number


def _to_float(name: str, value: str | Value) -> float:
    try:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            number = float(value)
            if abs(number) < float("inf"):
                return number
    except ValueError:
        pass
    raise QueryParameterError(f"{name}: {value!r} is not a number")


def _to_date(name: str, value: str | Value) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and _DATE.match(value):
        return value
    raise QueryParameterError(f"{name}: {value!r} is not a date (write 2023, 2023-06 or 2023-06-30)")


def _to_text(name: str, value: str | Value) -> str:
    if isinstance(value, str):
        return value
    raise QueryParameterError(f"{name}: {value!r} is not a text")


_SCALARS: dict[str, Callable[[str, str | Value], Value]] = {
    "string": _to_text,
    "int": _to_int,
    "float": _to_float,
    "date": _to_date,
}


def finish(rows: Rows, columns: tuple[Column, ...]) -> Rows:
    """A store's answer with every value as its column's type says, so that all stores answer alike.

    Lists are sorted and without repeats; whole numbers have no decimal part; empty texts of optional values stay.
    """
    names = tuple(column.name for column in columns)
    order = [rows.columns.index(name) for name in names]
    convert = [_FINISH[column.type] for column in columns]
    done = [tuple(make(row[i]) for make, i in zip(convert, order, strict=True)) for row in rows.rows]
    return Rows(names, done, truncated=rows.truncated)


def _finish_list(value: Value) -> Value:
    if isinstance(value, str):
        value = [part for part in value.split(LIST_SEPARATOR) if part]
    return sorted({str(part) for part in value if part is not None}) if isinstance(value, list) else []


def _finish_number(value: Value) -> Value:
    return plain_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _finish_text(value: Value) -> Value:
    return None if value is None else str(value)


_FINISH: dict[str, Callable[[Value], Value]] = {
    "string": _finish_text,
    "date": _finish_text,
    "strings": _finish_list,
    "int": _finish_number,
    "float": _finish_number,
    "bool": lambda value: None if value is None else bool(value),
}


def load_query(folder: Traversable) -> NamedQuery:
    """Read one `queries/<name>/`. Raises `GraphError` where its `query.toml` is not as described."""
    try:
        data = tomllib.loads((folder / "query.toml").read_text("utf-8"))
        parameters = tuple(_parameter(name, part) for name, part in data.get("parameters", {}).items())
        columns = tuple(Column(name, kind) for name, kind in data["columns"].items())
        if bad := [column.name for column in columns if column.type not in _COLUMN_TYPES]:
            raise ValueError(f"column {bad[0]} has an unknown type")
        return NamedQuery(
            name=folder.name,
            title=data["title"],
            description=" ".join(data["description"].split()),
            parameters=parameters,
            columns=columns,
            sparql=(folder / "query.rq").read_text("utf-8"),
            cypher=(folder / "query.cypher").read_text("utf-8"),
        )
    except (OSError, KeyError, TypeError, ValueError) as exc:
        raise GraphError(f"{folder.name}: not a named query: {exc}") from exc


def _parameter(name: str, data: Mapping[str, Value]) -> QueryParameter:
    kind = str(data["type"])
    if kind not in _TYPES:
        raise ValueError(f"parameter {name} has an unknown type {kind!r}")
    optional = bool(data.get("optional", False))
    return QueryParameter(name, kind, str(data["description"]), data.get("default"), optional)


@cache
def named_queries() -> dict[str, NamedQuery]:
    """All named queries by name, in alphabetical order."""
    return {name: load_query(folder) for name, folder in iter_queries()}


def named_query(name: str) -> NamedQuery:
    """One named query. Raises `NotFoundError` with names that are alike."""
    queries = named_queries()
    if name in queries:
        return queries[name]
    from rapidfuzz import process

    near = [text for text, _, _ in process.extract(name, list(queries), limit=3, score_cutoff=60)]
    hint = "" if near else "; kg query --list names them all"
    raise NotFoundError(f"no query is called {name!r}{hint}", suggestions=near)
