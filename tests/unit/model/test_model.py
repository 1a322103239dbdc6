"""Records and their JSON form, papers and their hash, rows."""

import json
from dataclasses import fields, replace

import pytest
from fixtures.bundles import fixture_records

from kg.errors import RecordError
from kg.model import Paper, Record, Rows, SourceRef, plain_number

RECORDS = fixture_records()
PAPER = Paper("arxiv:1", "Owls", "Text.", SourceRef("jsonl", "a", 0), "2023-01-01", 2023, ("Ada",), 1)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.paper.id)
def test_record_survives_its_json_form(record: Record) -> None:
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record


@pytest.mark.parametrize("key", ["id", "title", "abstract", "source", "entities", "claims", "extractor"])
def test_record_without_a_key_is_an_error(key: str) -> None:
    data = {name: value for name, value in RECORDS[0].to_dict().items() if name != key}
    with pytest.raises(RecordError, match=key):
        Record.from_dict(data)


@pytest.mark.parametrize("field", ["title", "abstract", "published", "year", "authors", "author_count"])
def test_hash_changes_with_what_is_extracted_or_shown(field: str) -> None:
    changed = {"authors": ("Bo",), "year": 2024, "author_count": 2}.get(field, "2024-02-02")
    assert replace(PAPER, **{field: changed}).text_hash != PAPER.text_hash


def test_hash_does_not_depend_on_the_file() -> None:
    assert replace(PAPER, source=SourceRef("csv", "b", 9)).text_hash == PAPER.text_hash
    assert {f.name for f in fields(Paper)} == {
        "id", "title", "abstract", "source", "published", "year", "authors", "author_count",
    }  # fmt: skip


def test_rows_as_dicts_keep_the_column_order() -> None:
    assert Rows(("b", "a"), [(1, 2), (3, None)]).dicts() == [{"b": 1, "a": 2}, {"b": 3, "a": None}]


@pytest.mark.parametrize(("value", "plain"), [(2.0, 2), (2.5, 2.5), (1e20, 1e20), (None, None), (-0.0, 0)])
def test_whole_numbers_lose_their_decimal_part(value: float | None, plain: float | None) -> None:
    assert plain_number(value) == plain
    assert type(plain_number(value)) is type(plain)
