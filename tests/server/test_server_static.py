"""The site as files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest


@pytest.fixture(scope="module")
def written(graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("static") / "site"
    program = Path(sys.executable).parent / "kg"
    command = [str(program), "serve", "--graph", str(graph), "--static", str(out), "--prefix", "/kg"]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return out


def test_every_link_of_every_page_leads_to_a_file(written: Path) -> None:
    pages = list(written.rglob("*.html"))
    assert len(pages) > 50
    missing = set()
    for page in pages:
        for link in re.findall(r'(?:href|src|action)="(/[^"?#]*)', page.read_text("utf-8")):
            assert link.startswith("/kg/"), (page, link)
            target = written / unquote(link.removeprefix("/kg/"))
            if not (target.is_file() or (target / "index.html").is_file()):
                missing.add((page.relative_to(written).as_posix(), link))
    assert not missing


def test_files_hold_what_the_server_says(written: Path) -> None:
    paper = json.loads((written / "paper/sample:0001.json").read_text("utf-8"))
    assert paper["title"].startswith("TideNet")
    assert (written / "dataset/cifar-10.csv").read_text("utf-8").startswith("dataset,metric")
    assert (written / "static/site.css").is_file()


def test_forms_that_need_a_server_are_left_out(written: Path) -> None:
    assert not any("<form" in page.read_text("utf-8") for page in written.rglob("*.html"))


def test_folder_that_is_not_empty_is_refused(graph: Path, written: Path) -> None:
    program = Path(sys.executable).parent / "kg"
    command = [str(program), "serve", "--graph", str(graph), "--static", str(written)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "not empty" in done.stderr
