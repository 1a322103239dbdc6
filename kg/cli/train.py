"""`kg train`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.render import print_note

Encoder = Annotated[
    Path | None,
    typer.Option(
        help="BERT or MPNet that the teacher starts from: a folder, or an archive with NAME.onnx and NAME-tokenizer.json.",
        show_default="all-MiniLM-L6-v2",
    ),
]

app = typer.Typer(help="Train the parts of the extractor that learn.", no_args_is_help=True)


@app.command("entities")
def entities(
    papers: Annotated[list[Path], typer.Argument(help="Annotated papers (JSON Lines).", show_default=False)],
    work: Annotated[Path, typer.Option(help="Folder for what later runs start from.", show_default=False)],
    corpus: Annotated[list[Path] | None, typer.Option(help="Unlabelled abstracts (.jsonl.gz), repeatable.")] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="File for the entities of each paper as found without it, for kg train claims.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the weights; the package's own by default.")] = None,
    start: Annotated[
        Path | None, typer.Option(help="Folder with the weights of a recogniser that labels abstracts and learns on.")
    ] = None,
    encoder: Encoder = None,
    seed: Annotated[int, typer.Option(help="Of every random choice.")] = 1,
) -> None:
    """Train the recogniser of methods, datasets, metrics and tasks. Needs the extras train and teacher.

    Example: kg train entities train.jsonl --corpus arxiv-cs-15k.jsonl.gz --work .cache/training
    """
    from kg.api.train import train_entities

    folder = train_entities(
        papers, corpus or [], work, out=out, predictions=predictions, start=start, encoder=encoder, seed=seed
    )
    print_note(f"weights written to {folder}")


@app.command("claims")
def claims(
    papers: Annotated[list[Path], typer.Argument(help="Annotated papers (JSON Lines).", show_default=False)],
    entities: Annotated[
        Path,
        typer.Option(help="Records with the entities found in these papers by a recogniser that has not seen them."),
    ],
    corpus: Annotated[list[Path] | None, typer.Option(help="Unlabelled abstracts (.jsonl.gz), repeatable.")] = None,
    work: Annotated[Path | None, typer.Option(help="Folder for the teacher that labels them.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the weights; the package's own by default.")] = None,
    start: Annotated[
        Path | None, typer.Option(help="Folder with the weights of a finder that labels abstracts too.")
    ] = None,
    encoder: Encoder = None,
    seed: Annotated[int, typer.Option(help="Of every random choice.")] = 1,
) -> None:
    """Train what finds numeric claims and links them. Needs the extras train and torch, and teacher for unlabelled abstracts.

    Example: kg train claims train.jsonl --entities entities.jsonl --corpus arxiv-cs-15k.jsonl.gz --work .cache/training
    """
    from kg.api.train import train_claims

    folder = train_claims(
        papers, entities, corpora=corpus or [], work=work, out=out, start=start, encoder=encoder, seed=seed
    )
    print_note(f"weights written to {folder}")


@app.command("all")
def everything(
    papers: Annotated[list[Path], typer.Argument(help="Annotated papers (JSON Lines).", show_default=False)],
    work: Annotated[Path, typer.Option(help="Folder for what later runs start from.", show_default=False)],
    corpus: Annotated[list[Path] | None, typer.Option(help="Unlabelled abstracts (.jsonl.gz), repeatable.")] = None,
    encoder: Encoder = None,
    seed: Annotated[int, typer.Option(help="Of every random choice.")] = 1,
) -> None:
    """Train all weights of the package: entities, then claims on entities found in papers not seen.

    Example: kg train all train.jsonl --corpus arxiv-cs-15k.jsonl.gz --work .cache/training
    """
    from kg.api.train import train_all

    for folder in train_all(papers, corpus or [], work, encoder=encoder, seed=seed):
        print_note(f"weights written to {folder}")


@app.command("annotated")
def annotated(
    annotations: Annotated[Path, typer.Argument(help="Annotations kept apart (.jsonl.gz).", show_default=False)],
    corpus: Annotated[
        list[Path], typer.Option(help="Abstracts that they are of (.jsonl.gz), repeatable.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="File for the annotated papers (JSON Lines).", show_default=False)],
) -> None:
    """Join annotations with the abstracts that they are of: annotated papers to train on.

    Example: kg train annotated annotations/arxiv.jsonl.gz --corpus arxiv-cs-15k.jsonl.gz --out annotated.jsonl
    """
    from kg.api.train import write_annotated

    written, known = write_annotated(annotations, corpus, out)
    print_note(f"{written:,} of {known:,} annotated papers written to {out}")
