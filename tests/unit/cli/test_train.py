"""What `kg train` says where it cannot start."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from kg.extract.claims.finder import WEIGHTS
from kg.extract.entities.finder import WEIGHTS as ENTITY_WEIGHTS


def test_a_missing_file_is_named(kg, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = kg("train", "entities", tmp_path / "none.jsonl", "--work", tmp_path)
    assert (done.code, done.err) == (1, f"error: {tmp_path / 'none.jsonl'}: no such file\n")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.touch()
    return path


def test_nothing_to_start_from_is_an_error(kg, papers: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = kg("train", "entities", papers, "--work", tmp_path)
    assert done.code == 1
    assert "--corpus" in done.err


CLAIMS, ENTITIES = ("claims", "--entities", "papers.jsonl"), ("entities", "--work", "work")


@pytest.fixture
def go_on(kg, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs a command with a folder to go on from."""
    monkeypatch.chdir(tmp_path)
    return lambda command, start: kg("train", command[0], papers, *command[1:], "--start", start)


@pytest.mark.parametrize(
    ("command", "weights", "missing"), [(CLAIMS, WEIGHTS, "numbers.npz"), (ENTITIES, ENTITY_WEIGHTS, "network.npz")]
)
def test_what_to_go_on_from_needs_its_weights_and_abstracts(  # type: ignore[no-untyped-def]
    go_on, tmp_path: Path, command: tuple[str, ...], weights: Path, missing: str
) -> None:
    done = go_on(command, tmp_path)
    assert done.code == 1
    assert f"{missing}: no such file" in done.err
    done = go_on(command, weights)
    assert done.code == 1
    assert "nothing for the finder of --start to label" in done.err


def _none_of_weights(done, folder: Path) -> None:  # type: ignore[no-untyped-def]
    assert done.code == 1
    assert done.err.startswith(f"error: {folder}: not weights that this version reads")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "weights", "broken"),
    [
        (CLAIMS, WEIGHTS, "numbers.npz"),
        (CLAIMS, WEIGHTS, "layers.npz"),
        (ENTITIES, ENTITY_WEIGHTS, "network.npz"),
    ],
)
@pytest.mark.parametrize("content", [b"no weights", b""])
def test_what_are_no_weights_is_an_error_of_one_line(  # type: ignore[no-untyped-def]
    go_on, tmp_path: Path, command: tuple[str, ...], weights: Path, broken: str, content: bytes
) -> None:
    folder = shutil.copytree(weights, tmp_path / "weights")
    (folder / broken).write_bytes(content)
    _none_of_weights(go_on(command, folder), folder)


@pytest.mark.parametrize("part", ["numbers.npz", "method.npz", "context.npz", "layers.npz"])
def test_weights_of_another_make_are_an_error(go_on, tmp_path: Path, part: str) -> None:  # type: ignore[no-untyped-def]
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    np.savez(folder / part, table=np.zeros((1, 1)))
    _none_of_weights(go_on(CLAIMS, folder), folder)


def test_weights_that_are_damaged_are_an_error(go_on, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = shutil.copytree(WEIGHTS, tmp_path / "weights")
    content = bytearray((folder / "layers.npz").read_bytes())
    half = len(content) // 2
    content[half : half + 400] = bytes(400)
    (folder / "layers.npz").write_bytes(content)
    _none_of_weights(go_on(CLAIMS, folder), folder)


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_the_extra_is_named_without_torch(kg, papers: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = kg("train", "entities", papers, "--work", tmp_path, "--corpus", papers)
    assert done.code == 1
    assert "pip install 'paperkg[train,teacher]'" in done.err


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_claims_alone_need_torch_too(kg, papers: Path) -> None:  # type: ignore[no-untyped-def]
    done = kg("train", "claims", papers, "--entities", papers)
    assert done.code == 1
    assert "pip install 'paperkg[torch]'" in done.err
