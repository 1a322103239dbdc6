"""Records as lines, checked against the schema and against the texts that they quote."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fixtures.bundles import RECORDS, fixture_records

from kg.errors import RecordError
from kg.records import check_record, dump_record, iter_records, parse_record, write_records
from kg.resources import read_text

SCHEMA = json.loads(read_text("schemas/record.schema.json"))
DATA = fixture_records()[0].to_dict()


def broken(path: str, value: Any) -> dict[str, Any]:
    """A record with one place changed; the path's parts are joined by dots."""
    copy: Any = json.loads(json.dumps(DATA))
    inner = copy
    *parts, last = path.split(".")
    for part in parts:
        inner = inner[int(part)] if part.isdigit() else inner[part]
    inner[last] = value
    return copy  # type: ignore[no-any-return]


def test_schema_is_one_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_records_keep_the_schema_by_an_independent_validator() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for record in fixture_records():
        assert [error.message for error in validator.iter_errors(record.to_dict())] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "no scheme"),
        ("published", "2023-6-1"),
        ("year", "2023"),
        ("extra", 1),
        ("entities.0.type", "person"),
        ("entities.0.mentions", [{"field": "body", "start": 0, "end": 1}]),
        ("claims.0.value", "many"),
        ("claims.0.kind", "better"),
        ("claims.0.bound", "about"),
        ("claims.0.datasets", "CIFAR-10"),
        ("claims.0.evidence.start", -1),
    ],
)
def test_broken_record_is_refused_with_its_place(path: str, value: Any) -> None:
    record = broken(path, value)
    assert list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(record))
    with pytest.raises(RecordError, match=r"a\.jsonl:7: ") as caught:
        check_record(record, "a.jsonl:7")
    assert "\n" not in str(caught.value)


def test_lines_survive_writing_and_reading(tmp_path: Path) -> None:
    records = fixture_records()
    with (tmp_path / "r.jsonl").open("wb") as out:
        assert write_records(records, out) == len(records)
    assert list(iter_records(tmp_path / "r.jsonl")) == records


def test_same_record_gives_the_same_bytes() -> None:
    one, other = io.BytesIO(), io.BytesIO()
    write_records(fixture_records(), one)
    write_records(iter(fixture_records()), other)
    assert one.getvalue() == other.getvalue()
    assert b"\n" not in dump_record(fixture_records()[-1])


@pytest.mark.parametrize("line", [b"{", b"[]", b"null", b'"x"', b"{}", b"\xff"])
def test_line_that_is_no_record_names_its_place(line: bytes) -> None:
    with pytest.raises(RecordError, match=r"^a\.jsonl:3: "):
        parse_record(line, "a.jsonl:3")


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot read: No such file"):
        list(iter_records(tmp_path / "none.jsonl"))


def test_fixture_quotes_stand_where_they_say() -> None:
    for record in iter_records(RECORDS):
        for claim in record.claims:
            evidence = claim.evidence
            assert record.paper.text_of(evidence.field)[evidence.start : evidence.end] == evidence.quote
