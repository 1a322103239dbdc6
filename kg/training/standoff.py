"""Annotations kept apart from the abstracts that they are of, as places in them: the texts stay where they are published.

A row is an annotated paper (`kg.evaluate.read_gold`) without title and abstract, a digest of them in their stead, and each string that is copied
from them replaced by its place [start, end), in code points of title, line break and abstract. A claim may have `unsure`: the roles, such as
"task", whose absence or presence in it nothing is to be learned from. Of a paper with `claims_only` the entities were not annotated, but for
the methods that it introduces.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from kg.errors import SourceError
from kg.training.corpus import read_texts

Json = dict[str, Any]
_TYPES = ("methods", "datasets", "metrics", "tasks")
_COPIED = ("quote", "context", "metric", "method", "baseline", "task")


def detach(paper: Mapping[str, Any]) -> Json:
    """The row of an annotated paper. Raises `ValueError` where it has a string that stands nowhere in its text."""
    title, abstract = paper["title"], paper["abstract"]

    def place(text: str) -> list[int]:
        at, shift = abstract.find(text), len(title) + 1
        if at < 0:
            at, shift = title.index(text), 0
        return [at + shift, at + shift + len(text)]

    return {"id": paper["id"], "digest": digest(title, abstract), **_replaced(paper, place)}


def attach(row: Mapping[str, Any], title: str, abstract: str) -> Json:
    """The annotated paper of a row."""
    text = f"{title}\n{abstract}"
    return {
        "id": row["id"],
        "title": title,
        "abstract": abstract,
        **_replaced(row, lambda place: text[slice(*place)]),
    }


def digest(title: str, abstract: str) -> str:
    """What a row knows its text by."""
    return hashlib.sha256(f"{title}\n{abstract}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def write_rows(papers: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Writes the rows of annotated papers as gzipped JSON Lines, the same bytes each time."""
    rows = b"".join(orjson.dumps(detach(paper)) + b"\n" for paper in papers)
    path.write_bytes(gzip.compress(rows, mtime=0))


def read_rows(path: Path) -> list[Json]:
    """Inverse of `write_rows`. Raises `SourceError`."""
    try:
        return [orjson.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    except (OSError, EOFError, ValueError) as exc:
        raise SourceError(f"{path}: no gzipped annotations, one JSON object a line: {exc}") from exc


def join(rows: Sequence[Mapping[str, Any]], corpora: Sequence[Path]) -> list[Json]:
    """The annotated papers of those rows whose abstracts are in the corpora (gzipped JSON Lines), in order of the rows.

    Raises `SourceError` for what is no corpus, and for rows of another form.
    """
    try:
        wanted = {row["digest"] for row in rows}
        texts = {name: text for text in read_texts(corpora) if (name := digest(*text)) in wanted}
        return [attach(row, *texts[row["digest"]]) for row in rows if row["digest"] in texts]
    except (KeyError, TypeError, AttributeError) as exc:
        raise SourceError(f"the annotations have a row of another form: {type(exc).__name__}: {exc}") from exc


def _replaced(paper: Mapping[str, Any], change: Callable[[Any], Any]) -> Json:
    """The lists of a paper, with each string that its text has, or each place in it, changed."""

    def changed(claim: Mapping[str, Any]) -> Json:
        new = {role: None if claim[role] is None else change(claim[role]) for role in _COPIED}
        return {**claim, **new, "datasets": [change(name) for name in claim["datasets"]]}

    kinds: Json = {
        kind: [{**entity, "forms": [change(form) for form in entity["forms"]]} for entity in paper[kind]]
        for kind in _TYPES
    }
    only = {"claims_only": True} if paper.get("claims_only") else {}
    return {**only, **kinds, "claims": [changed(claim) for claim in paper["claims"]]}
