"""Writes the pages of `docs/` that are made from the program itself: `make docs`. A test holds them to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

HERE = Path(__file__).parent


def cli_reference() -> str:
    """`cli.md`: the help of every command, 80 columns wide."""
    from kg.cli.app import app

    parts = ["# Command line\n\nMade from `kg --help` by `make docs`.\n"]
    for words in _commands(app):
        parts.append(f"## {' '.join(('kg', *words))}\n\n```text\n{_help(app, words)}\n```\n")
    return "\n".join(parts)


def _commands(app: typer.Typer) -> Iterator[tuple[str, ...]]:
    yield ()
    for command in app.registered_commands:
        yield (str(command.name),)
    for group in app.registered_groups:
        yield (str(group.name),)
        assert group.typer_instance is not None
        yield from ((str(group.name), str(command.name)) for command in group.typer_instance.registered_commands)


def _help(app: typer.Typer, words: tuple[str, ...]) -> str:
    app.rich_markup_mode = None
    for group in app.registered_groups:
        assert group.typer_instance is not None
        group.typer_instance.rich_markup_mode = None
    result = CliRunner().invoke(app, [*words, "--help"], prog_name="kg", env={**os.environ, "COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


PAGES: dict[str, Callable[[], str]] = {"cli.md": cli_reference}
"""File name → what it should hold."""

if __name__ == "__main__":
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), encoding="utf-8")
