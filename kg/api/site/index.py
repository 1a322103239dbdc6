"""An index of a graph for pages: words of papers, who names what, who claims what, in one SQLite file.

Made from the catalog in seconds when the first page needs it. Stores answer such questions too, but a list of the
newest of 100,000 papers that name two things takes them seconds.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.api.graph import Graph
from kg.model import Claim, EntityType, Record

FOLDER = "KG_SITE_INDEX"
"""Environment variable: the folder in which processes share the index; without it each has its own in memory."""

ROLES = ("dataset", "method", "baseline", "metric", "task")

_TABLES = """
CREATE TABLE paper (n INTEGER PRIMARY KEY, id TEXT, title TEXT, published TEXT, year INTEGER, day TEXT);
CREATE VIRTUAL TABLE text USING fts5 (title, abstract, content='', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE entity (n INTEGER PRIMARY KEY, id TEXT UNIQUE, type TEXT, name TEXT);
CREATE TABLE names (paper INTEGER, entity INTEGER, new INTEGER, PRIMARY KEY (paper, entity)) WITHOUT ROWID;
CREATE TABLE claim (n INTEGER PRIMARY KEY, id TEXT, paper INTEGER);
CREATE TABLE role (role TEXT, entity INTEGER, claim INTEGER, PRIMARY KEY (role, entity, claim)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX paper_id ON paper (id);
CREATE INDEX paper_day ON paper (day DESC, id);
CREATE INDEX paper_year ON paper (year);
CREATE INDEX names_entity ON names (entity, paper, new);
CREATE INDEX claim_paper ON claim (paper);
ANALYZE;
"""

_open: dict[tuple[str, int], sqlite3.Connection] = {}


def index_of(graph: Graph) -> sqlite3.Connection:
    """The index of this generation of the graph. Where processes share one, waits until `prepare` has made it."""
    key = (str(graph.path.resolve()), graph.published.generation)
    if key not in _open:
        while _open:
            _open.popitem()[1].close()
        file = _shared_file(graph)
        _open[key] = _filled(graph, ":memory:") if file is None else _wait(file)
    return _open[key]


def prepare(graph: Graph) -> int:
    """Make the index that processes share, and drop older ones; gives the number of its papers.

    A task of its own, because it may take longer than a page may: a page whose clock ended it would start anew.
    """
    file = _shared_file(graph)
    if file is not None and not file.exists():
        draft = file.with_name("draft")
        draft.unlink(missing_ok=True)
        _filled(graph, str(draft)).close()
        for older in file.parent.glob("*.db"):
            older.unlink()
        draft.replace(file)
    return int(index_of(graph).execute("SELECT count(*) FROM paper").fetchone()[0])


def _shared_file(graph: Graph) -> Path | None:
    folder = os.environ.get(FOLDER)
    return Path(folder) / f"{graph.published.generation}.db" if folder else None


def _wait(file: Path) -> sqlite3.Connection:
    while not file.exists():
        time.sleep(0.05)  # the page's own clock ends this
    return sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)


def _filled(graph: Graph, where: str) -> sqlite3.Connection:
    db = sqlite3.connect(where, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.executescript(_TABLES)
    db.execute("BEGIN")
    numbers: dict[str, int] = {}
    for entity in graph.catalog.entities():
        numbers[entity.id] = len(numbers) + 1
        db.execute("INSERT INTO entity VALUES (?, ?, ?, ?)", (numbers[entity.id], entity.id, entity.type, entity.name))
    for number, record in enumerate(graph.catalog.records(), start=1):
        _add(db, number, record, numbers)
    db.execute("COMMIT")
    db.executescript(_INDEXES)
    return db


def _add(db: sqlite3.Connection, number: int, record: Record, numbers: dict[str, int]) -> None:
    paper = record.paper
    year = paper.year or (int(paper.published[:4]) if paper.published else None)
    day = paper.published or (f"{year:04d}" if year else "")
    db.execute(
        "INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?)", (number, paper.id, paper.title, paper.published, year, day)
    )
    db.execute("INSERT INTO text (rowid, title, abstract) VALUES (?, ?, ?)", (number, paper.title, paper.abstract))
    named = {numbers[e.id]: int(e.introduced) for e in record.entities if e.id in numbers}
    for claim in record.claims:
        named |= {numbers[one]: 0 for one in claim.dataset_ids if one in numbers and numbers[one] not in named}
    db.executemany("INSERT INTO names VALUES (?, ?, ?)", [(number, one, new) for one, new in named.items()])
    for claim in record.claims:
        made = db.execute("INSERT INTO claim (id, paper) VALUES (?, ?)", (claim.id, number)).lastrowid
        roles = [(role, numbers[one], made) for role, one in _roles(claim) if one in numbers]
        db.executemany("INSERT OR IGNORE INTO role VALUES (?, ?, ?)", roles)


def _roles(claim: Claim) -> Iterator[tuple[str, str]]:
    for role in ("method", "baseline", "metric", "task"):
        entity_id = getattr(claim, f"{role}_id")
        if entity_id:
            yield role, entity_id
    for entity_id in claim.dataset_ids:
        yield "dataset", entity_id


class Found:
    """Papers that fit: in SQL, a condition on `paper.n` with its values."""

    def __init__(self, words: Sequence[str] = (), entities: Iterable[str] = (), year: int | None = None) -> None:
        conditions, self.values = [], list[Any]()
        self.text = " ".join(f'"{word.replace(chr(34), "")}"*' for word in words if any(map(str.isalnum, word)))
        if self.text:
            conditions.append("n IN (SELECT rowid FROM text WHERE text MATCH ?)")
            self.values.append(self.text)
        for entity_id in entities:
            conditions.append("n IN (SELECT paper FROM names JOIN entity e ON e.n = entity WHERE e.id = ?)")
            self.values.append(entity_id)
        if year is not None:
            conditions.append("year = ?")
            self.values.append(year)
        self.where = " AND ".join(conditions) or "1"

    def count(self, db: sqlite3.Connection) -> int:
        """How many there are."""
        return int(db.execute(f"SELECT count(*) FROM paper WHERE {self.where}", self.values).fetchone()[0])

    def papers(self, db: sqlite3.Connection, limit: int, first: int = 0) -> list[dict[str, Any]]:
        """A stretch of them: the best match first where words were given, else the newest."""
        if self.text:
            sql = (
                "SELECT p.id, p.title, p.published FROM text JOIN paper p ON p.n = text.rowid "
                f"WHERE text MATCH ? AND p.n IN (SELECT n FROM paper WHERE {self.where}) "
                "ORDER BY bm25(text, 4.0, 1.0), p.day DESC, p.id LIMIT ? OFFSET ?"
            )
            rows = db.execute(sql, [self.text, *self.values, limit, first])
        else:
            sql = f"SELECT id, title, published FROM paper WHERE {self.where} ORDER BY day DESC, id LIMIT ? OFFSET ?"
            rows = db.execute(sql, [*self.values, limit, first])
        return [{"paper": i, "title": title, "published": published} for i, title, published in rows]

    def entities(self, db: sqlite3.Connection, kind: EntityType, limit: int) -> list[dict[str, Any]]:
        """The entities of a type that most of them name."""
        where = "" if self.where == "1" else f"AND s.paper IN (SELECT n FROM paper WHERE {self.where})"
        sql = (
            "SELECT e.id, e.name, count(*) AS papers FROM entity e JOIN names s ON s.entity = e.n "
            f"WHERE e.type = ? {where} GROUP BY e.n ORDER BY papers DESC, e.id LIMIT ?"
        )
        return [
            {"id": i, "name": name, "papers": papers}
            for i, name, papers in db.execute(sql, [kind, *self.values, limit])
        ]

    def years(self, db: sqlite3.Connection, limit: int) -> list[dict[str, Any]]:
        """How many there are in each year, newest first."""
        sql = (
            f"SELECT year, count(*) FROM paper WHERE {self.where} AND year IS NOT NULL "
            "GROUP BY year ORDER BY year DESC LIMIT ?"
        )
        return [{"year": year, "papers": papers} for year, papers in db.execute(sql, [*self.values, limit])]
