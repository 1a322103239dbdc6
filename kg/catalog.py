"""The catalog of a graph: names, entities and resolved records by key, in one SQLite file.

A view like the stores, written by each build. It answers what graph stores are slow at (a name that was typed
with an error) or do not hold (the mentions of a paper, the reasons of a merge).
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import orjson

from kg.errors import GraphError
from kg.model import EntityType, Record
from kg.vocabulary import fold

_TABLES = """
CREATE TABLE entity (id TEXT PRIMARY KEY, type TEXT, name TEXT, papers INTEGER, detail TEXT) WITHOUT ROWID;
CREATE TABLE name (folded TEXT, id TEXT, alias TEXT, PRIMARY KEY (folded, id)) WITHOUT ROWID;
CREATE TABLE record (id TEXT PRIMARY KEY, title TEXT, folded TEXT, json BLOB);
CREATE TABLE claim (id TEXT PRIMARY KEY, paper TEXT) WITHOUT ROWID;
"""
_INDEXES = "CREATE INDEX record_folded ON record (folded);"


@dataclass(frozen=True, slots=True)
class CatalogEntity:
    """An entity of the graph with all its names; `papers` is how many mention it.

    `reasons` says why each alias belongs to it: (alias, reason).
    """

    type: EntityType
    id: str
    name: str
    papers: int
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    direction: str | None = None
    unit: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name that was found: the entity it stands for and how alike the name is (100: equal after folding)."""

    type: EntityType
    id: str
    name: str
    alias: str
    papers: int
    likeness: float = 100.0


@dataclass(frozen=True, slots=True)
class PaperHit:
    """A paper found by id or title."""

    id: str
    title: str
    likeness: float = 100.0


class CatalogWriter:
    """Writes a new catalog file; `path` must not exist. Records may be read back while it is open."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")

    def add_entity(self, entity: CatalogEntity) -> None:
        """Add an entity with its names."""
        _insert_entity(self._db, entity)

    def add_record(self, record: Record) -> None:
        """Add a resolved record."""
        _insert_record(self._db, record)

    def records(self) -> Iterator[Record]:
        """The records in the order in which they were added."""
        return _iter_records(self._db)

    def counts(self) -> dict[str, int]:
        """How many papers and claims were added."""
        return _count(self._db)

    def close(self) -> None:
        """Finish the file."""
        self._db.execute("COMMIT")
        self._db.executescript(_INDEXES)
        self._db.close()


def write_catalog(path: Path, entities: Iterable[CatalogEntity], records: Iterable[Record]) -> None:
    """Write a whole catalog at once; `path` must not exist."""
    writer = CatalogWriter(path)
    for entity in entities:
        writer.add_entity(entity)
    for record in records:
        writer.add_record(record)
    writer.close()


def _count(db: sqlite3.Connection) -> dict[str, int]:
    papers, claims = db.execute("SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM claim)").fetchone()
    return {"paper": papers, "claim": claims}


def _iter_records(db: sqlite3.Connection) -> Iterator[Record]:
    for (blob,) in db.execute("SELECT json FROM record ORDER BY rowid"):
        yield Record.from_dict(orjson.loads(zlib.decompress(blob)))


def _insert_entity(db: sqlite3.Connection, entity: CatalogEntity) -> None:
    detail = {
        "aliases": entity.aliases,
        "broader": entity.broader,
        "direction": entity.direction,
        "unit": entity.unit,
        "reasons": entity.reasons,
    }
    row = (entity.id, entity.type.value, entity.name, entity.papers, orjson.dumps(detail).decode())
    db.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?)", row)
    names = {fold(alias): alias for alias in (*reversed(entity.aliases), entity.name)}
    db.executemany(
        "INSERT OR IGNORE INTO name VALUES (?, ?, ?)",
        [(folded, entity.id, alias) for folded, alias in names.items() if folded],
    )


def _insert_record(db: sqlite3.Connection, record: Record) -> None:
    paper = record.paper
    blob = zlib.compress(orjson.dumps(record.to_dict()), 1)
    db.execute("INSERT INTO record VALUES (?, ?, ?, ?)", (paper.id, paper.title, fold(paper.title), blob))
    db.executemany("INSERT OR IGNORE INTO claim VALUES (?, ?)", [(claim.id, paper.id) for claim in record.claims])


def compare_catalogs(old: Path, new: Path) -> tuple[list[str], list[str], list[str]]:
    """Ids of the papers that only `new` holds, of those whose records differ, and of those that only `old` holds."""
    queries = (
        "SELECT id FROM new.record WHERE id NOT IN (SELECT id FROM old.record) ORDER BY rowid",
        "SELECT n.id FROM new.record n JOIN old.record o ON o.id = n.id WHERE n.json <> o.json ORDER BY n.rowid",
        "SELECT id FROM old.record WHERE id NOT IN (SELECT id FROM new.record) ORDER BY rowid",
    )
    db = sqlite3.connect("file::memory:", uri=True)
    try:
        for name, path in (("old", old), ("new", new)):
            db.execute(f"ATTACH ? AS {name}", (_read_only(path),))
        added, changed, gone = ([str(row[0]) for row in db.execute(query)] for query in queries)
    except sqlite3.DatabaseError as exc:
        raise GraphError(f"{old}: damaged: {exc}; delete it and build again, the records are kept") from exc
    finally:
        db.close()
    return added, changed, gone


def _read_only(path: Path) -> str:
    """The address of a finished file, which SQLite need not lock."""
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


class Catalog:
    """Reads a catalog file. One instance a thread."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise GraphError(f"{path}: no catalog; build the graph again with kg build")
        self._db = sqlite3.connect(_read_only(path), uri=True, check_same_thread=False)
        try:
            self._db.execute("SELECT 1 FROM entity LIMIT 1")
        except sqlite3.DatabaseError as exc:
            self._db.close()
            raise GraphError(f"{path}: damaged: {exc}; delete it and build again, the records are kept") from exc

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find(self, text: str, *, types: Sequence[EntityType] | None = None) -> list[NameHit]:
        """Entities one of whose names equals `text` after folding, most used first."""
        sql = (
            "SELECT e.type, e.id, e.name, n.alias, e.papers FROM name n JOIN entity e ON e.id = n.id "
            "WHERE n.folded = ? ORDER BY e.papers DESC, e.id"
        )
        hits = [NameHit(EntityType(t), i, n, a, p) for t, i, n, a, p in self._db.execute(sql, (fold(text),))]
        return hits if types is None else [hit for hit in hits if hit.type in types]

    def suggest(
        self, text: str, *, types: Sequence[EntityType] | None = None, limit: int = 3, cutoff: float = 75.0
    ) -> list[NameHit]:
        """Entities with a name like `text` (typing errors), likest first; for "did you mean"."""
        from rapidfuzz import fuzz, process

        names = self._names
        if types is not None:
            names = [row for row in names if row[1] in types]
        found = process.extract(
            fold(text), [row[0] for row in names], scorer=fuzz.ratio, limit=limit * 8, score_cutoff=cutoff
        )
        hits: dict[str, NameHit] = {}
        for _, score, index in sorted(found, key=lambda x: (-x[1], -names[x[2]][5], names[x[2]][2])):
            _, kind, entity_id, name, alias, papers = names[index]
            hits.setdefault(entity_id, NameHit(EntityType(kind), entity_id, name, alias, papers, round(score, 1)))
        return list(hits.values())[:limit]

    @cached_property
    def _names(self) -> list[tuple[str, str, str, str, str, int]]:
        """Folded name, type, id, name, alias and number of papers of every name."""
        sql = "SELECT n.folded, e.type, e.id, e.name, n.alias, e.papers FROM name n JOIN entity e ON e.id = n.id"
        return self._db.execute(sql).fetchall()

    def entity(self, entity_id: str) -> CatalogEntity | None:
        """One entity by id."""
        row = self._db.execute(
            "SELECT type, id, name, papers, detail FROM entity WHERE id = ?", (entity_id,)
        ).fetchone()
        return None if row is None else _to_entity(row)

    def entities(self, kind: EntityType | None = None) -> Iterator[CatalogEntity]:
        """All entities, of one type or of all, by id."""
        where, values = ("WHERE type = ?", (kind.value,)) if kind else ("", ())
        sql = f"SELECT type, id, name, papers, detail FROM entity {where} ORDER BY id"
        return (_to_entity(row) for row in self._db.execute(sql, values))

    def most_used(self, kind: EntityType, limit: int) -> list[CatalogEntity]:
        """The entities of a type that most papers name, most used first."""
        sql = "SELECT type, id, name, papers, detail FROM entity WHERE type = ? ORDER BY papers DESC, id LIMIT ?"
        return [_to_entity(row) for row in self._db.execute(sql, (kind.value, limit))]

    def counts(self) -> dict[str, int]:
        """How many papers, claims and entities of each type there are."""
        counts = dict.fromkeys((kind.value for kind in EntityType), 0)
        counts.update(self._db.execute("SELECT type, count(*) FROM entity WHERE papers > 0 GROUP BY type"))
        return counts | _count(self._db)

    def record(self, paper_id: str) -> Record | None:
        """The resolved record of a paper: with its mentions, and ids as in the stores."""
        row = self._db.execute("SELECT json FROM record WHERE id = ?", (paper_id,)).fetchone()
        return None if row is None else Record.from_dict(orjson.loads(zlib.decompress(row[0])))

    def records(self) -> Iterator[Record]:
        """All resolved records, in the graph's order."""
        return _iter_records(self._db)

    def paper_of_claim(self, claim_id: str) -> str | None:
        """The id of the paper that makes a claim."""
        row = self._db.execute("SELECT paper FROM claim WHERE id = ?", (claim_id,)).fetchone()
        return None if row is None else str(row[0])

    def papers(self, text: str, *, limit: int = 5, cutoff: float = 80.0) -> list[PaperHit]:
        """Papers by id, else by title (equal after folding, else alike or containing `text`), likest first."""
        return self.titled(text) or self._like_title(text, limit, cutoff)

    def titled(self, text: str) -> list[PaperHit]:
        """The paper with this id, else the first whose title equals `text` after folding; at most one."""
        row = self._db.execute("SELECT id, title FROM record WHERE id = ?", (text,)).fetchone()
        if row is None:
            sql = "SELECT id, title FROM record WHERE folded = ? ORDER BY id"
            row = self._db.execute(sql, (fold(text),)).fetchone()
        return [PaperHit(*row)] if row else []

    def _like_title(self, text: str, limit: int, cutoff: float) -> list[PaperHit]:
        from rapidfuzz import fuzz, process

        rows = self._db.execute("SELECT id, title FROM record ORDER BY id").fetchall()
        found = process.extract(
            text.casefold(),
            [row[1].casefold() for row in rows],
            scorer=fuzz.token_set_ratio,
            limit=limit,
            score_cutoff=cutoff,
        )
        return [PaperHit(rows[index][0], rows[index][1], round(score, 1)) for _, score, index in found]


def _to_entity(row: tuple[str, str, str, int, str]) -> CatalogEntity:
    kind, entity_id, name, papers, detail = row
    data = orjson.loads(detail)
    return CatalogEntity(
        type=EntityType(kind),
        id=entity_id,
        name=name,
        papers=papers,
        aliases=tuple(data["aliases"]),
        broader=tuple(data["broader"]),
        direction=data["direction"],
        unit=data["unit"],
        reasons=tuple((form, reason) for form, reason in data["reasons"]),
    )
