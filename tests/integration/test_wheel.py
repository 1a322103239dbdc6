"""The wheel: it holds all that the program reads, and runs away from the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, built from a copy of what git tracks, as a release is."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{ROOT}", str(source)], check=True)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(source)]
    subprocess.run(command, check=True, timeout=600, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def kg(wheel: Path, *arguments: str) -> str:
    code = f"import sys; sys.path.insert(0, {str(wheel)!r}); from kg.cli.app import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=wheel, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_wheel_is_run_and_not_the_checkout(wheel: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(wheel)!r}); import kg; print(kg.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=wheel, capture_output=True, text=True, check=True).stdout
    assert Path(found.strip()).is_relative_to(wheel)


@pytest.mark.slow
def test_wheel_builds_a_graph_and_answers(wheel: Path, tmp_path: Path) -> None:
    graph = str(tmp_path / "graph")
    kg(wheel, "build", str(wheel / "kg/sample/papers.jsonl"), "--graph", graph)
    assert "CIFAR-10" in kg(wheel, "query", "papers-on-dataset", "dataset=CIFAR-10", "--graph", graph)
    assert "papers-on-dataset" in kg(wheel, "query", "--list")


@pytest.mark.slow
def test_wheel_holds_schemas(wheel: Path) -> None:
    assert {path.name for path in (wheel / "kg/_schemas").iterdir()} == {
        path.name for path in (ROOT / "schemas").iterdir()
    }
