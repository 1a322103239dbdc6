"""What `ask` does where the question as it stands has no rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.api.ask import ask
from kg.api.graph import Graph


@pytest.mark.parametrize("store", ["oxigraph", "ladybug"])
@pytest.mark.parametrize(
    ("question", "told", "quotes"),
    [
        ("best BLEU of Transformer", "the first 10 of each metric", ["28.4"]),
        ("best speed-up of ViT", "exact values before bounds", []),
        ("best accuracy over 99% on COCO", "best first, the first 10 of each metric", []),
        ("best memory on GLUE", "exact values before bounds; no exact level is reported", ["65%"]),
        ("memory under 70%", "Results in memory under 70%", ["65%"]),
        ("accuracy under 2", "Results in accuracy under 2; no level is reported, so changes are shown", ["1.2 points"]),
        (
            "LoRA vs ViT",
            "Results of LoRA or ViT; no paper sets them side by side, so what each reports is shown",
            ["89.5%", "65%", "98.1%", "85.3%", "86M"],
        ),
        ("LoRA vs ViT on COCO", "Results side by side of LoRA and ViT on COCO; no paper sets them side by side", []),
    ],
)
def test_no_level_is_told(question: str, told: str, quotes: list[str], store: str, world_graph: Path) -> None:
    with Graph(world_graph) as graph:
        answer = ask(graph, question, store=store)
    assert answer.understood.endswith(told)
    assert [row["quote"] for row in answer.rows.dicts()] == quotes
