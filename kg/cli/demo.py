"""`kg demo`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.ask import ask
from kg.cli.build import build
from kg.cli.render import Format, stdout_console

NEXT = """
What to do next:
  {kg} ask "what does QuillFormer report" --graph {graph}
  {kg} show TideNet --graph {graph}
  {kg} query --list
  {kg} build YOUR-PAPERS.jsonl --graph papers      (also CSV, plain text, saved pages: {kg} build --help)"""


def demo(graph: Annotated[Path, typer.Option("--graph", "-g", help="Where to build.")] = Path("demo-graph")) -> None:
    """Build a graph from the sample papers that ship with kg, and ask it a question.

    Example: kg demo
    """
    from kg.sample import papers_path

    question = "which papers report results on CIFAR-10"
    build([str(papers_path())], graph)
    stdout_console().print(f'\n$ kg ask "{question}" --graph {graph}', markup=False)
    ask(question, graph, form=Format.TABLE)
    stdout_console().print(NEXT.format(graph=graph, kg="kg" if shutil.which("kg") else sys.argv[0]), markup=False)
