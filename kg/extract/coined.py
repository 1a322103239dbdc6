"""Mentions of names that no list knows, by their shape ("LA-Net", "GPT-4o") and by how the text speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.document import Document
from kg.extract.mention import MentionSpan
from kg.model import EntityType

_NAME = re.compile(
    r"(?<![\w\\/.@-])(?=[\w.+-]*[A-Za-z])(?:[A-Za-z]+[A-Z]|[A-Z]{2}|[A-Z][a-z]*\d|[A-Z][a-z]*-[A-Z\d]|[a-z]+[A-Z]|[a-z]+-[A-Z]{2})"
    r"[\w.+*-]*[A-Za-z\d+*](?: (?:v?\d+(?:\.\d+)*|Pro|Mini|Turbo|Net|Instruct|Coder|XL)\b)*"
)
_TITLE_NAME = re.compile(r"([A-Z][\w.+*$^{}\\-]{1,24}(?: [A-Z0-9][\w.+-]{0,15}){0,2}): ")
_PROPOSED = re.compile(
    r"\b(?:propose|proposes|present|presents|introduce|introduces|develop|call|called|named|dubbed|termed|release|coined|namely)"
    r"(?: (?:it|them|this|the|a|an|our|novel|new|method|approach|framework|model|as))* "
    r"(?:\\\w+\{|``|[\"“‘'])?([A-Z][\w+*.-]*[\w+*](?: [A-Z][\w+-]*){0,4})"
)
_DATASET_AFTER = re.compile(
    r"[\s}']*(?:\([^)]{1,20}\) )?(?:[\w-]+ )?(?:datasets?|benchmarks?|corpus|corpora|test ?sets?|leaderboard|suite|challenge|tasks? suite|shared task)\b",
    re.IGNORECASE,
)
_DATASET_BEFORE = re.compile(
    r"(?:datasets?|benchmarks?|corpus|corpora)(?:,| \(| such as| including| like| called| named|:)*(?: e\.g\.,?)? (?:[\w-]+(?:, and |, | and ))*$"
    r"|(?:evaluated?|experiments?|results?|tested|benchmarked|accuracy|score|performance|trained) on (?:the )?(?:[\w-]+(?:, and |, | and ))*$",
    re.IGNORECASE,
)
_DATASET_NAME = re.compile(
    r"(?:Bench|QA|Eval|Set|Arena|Corpus|Dataset|Bank|DB|Gym)(?:-?\w{0,6})$|^(?:COCO|MNIST|WMT|SQuAD)"
)
_METRIC_HEAD = re.compile(
    r"(?:accuracy|error|score|rate|precision|recall|distance|similarity|ratio|index|loss|perplexity|divergence|latency|time|AUC)$",
    re.I,
)
_TASK_HEAD = re.compile(
    r"(?:recognition|detection|segmentation|classification|answering|translation|generation|estimation|retrieval|prediction"
    r"|identification|tracking|reconstruction|summari[sz]ation|recommendation|inference|planning|localization|completion"
    r"|super-resolution|matching|synthesis|parsing|understanding|navigation|problem|search|tagging|extraction|forecasting)$",
    re.I,
)
_DATASET_HEAD = re.compile(r"(?:dataset|benchmark|corpus|database|evaluation|challenge|suite)$", re.I)
_NOT_NAMES = frozenset(
    [
        "AI",
        "ML",
        "NLP",
        "GPU",
        "GPUs",
        "CPU",
        "CPUs",
        "TPU",
        "TPUs",
        "LLM",
        "LLMs",
        "VLM",
        "VLMs",
        "MLLM",
        "MLLMs",
        "LMM",
        "LMMs",
        "DNN",
        "DNNs",
        "NN",
        "NNs",
        "DL",
        "CV",
        "API",
        "APIs",
        "URL",
        "URLs",
        "IoT",
        "US",
        "UK",
        "EU",
        "USA",
        "UN",
        "RAM",
        "ROM",
        "SSD",
        "FPGA",
        "FPGAs",
        "ASIC",
        "IT",
        "PC",
        "HPC",
        "OS",
        "SDK",
        "UI",
        "UX",
        "GUI",
        "QA",
        "SOTA",
        "SoTA",
        "PDF",
        "HTML",
        "XML",
        "JSON",
        "CSV",
        "HTTP",
        "HTTPS",
        "II",
        "III",
        "IV",
        "VI",
        "ID",
        "IDs",
        "OK",
        "PhD",
        "MIT",
        "IEEE",
        "ACM",
        "ICML",
        "NeurIPS",
        "CVPR",
        "ACL",
        "EMNLP",
        "ICLR",
        "AAAI",
        "IJCAI",
        "NVIDIA",
        "AMD",
        "iOS",
        "MB",
        "GB",
        "TB",
        "KB",
        "MHz",
        "GHz",
        "Hz",
        "dB",
        "AGI",
        "XAI",
        "NLG",
        "NLU",
        "RGB",
        "HD",
        "USD",
        "LM",
        "LMs",
        "PLM",
        "PLMs",
        "FM",
        "FMs",
        "SLM",
        "SLMs",
        "VLA",
        "VLAs",
        "LRM",
        "LRMs",
        "ANN",
        "ANNs",
        "CO2",
        "COVID-19",
        "LaTeX",
        "GitHub",
        "TODO",
        "PTM",
        "PTMs",
        "NP",
        "PSPACE",
        "SDE",
        "SDEs",
        "PDE",
        "PDEs",
        "ODE",
        "ODEs",
        "iid",
        "MLPerf",
        "A100",
        "V100",
        "H100",
        "RTX",
        "FP16",
        "FP32",
        "INT8",
        "INT4",
        "BF16",
        "FP8",
        "3D",
        "2D",
    ]
)


def find_coined(document: Document) -> Iterator[MentionSpan]:
    """Mentions of coined names; they may overlap."""
    text, title_end = document.text, len(document.paper.title)
    if match := _TITLE_NAME.match(text):
        yield MentionSpan(match.start(1), match.end(1), _type_of(text, *match.span(1), document), 0.75, "title")
    for match in _PROPOSED.finditer(text, title_end):
        yield MentionSpan(match.start(1), match.end(1), _type_of(text, *match.span(1), document), 0.6, "proposed")
    longs = document.abbreviations
    for match in _NAME.finditer(text):
        name = match[0]
        if name in _NOT_NAMES or name.rstrip("s") in _NOT_NAMES or "http" in name:
            continue
        kind = _type_of_long(longs[name]) if name in longs else None
        yield MentionSpan(match.start(), match.end(), kind or _type_of(text, *match.span(), document), 0.55, "shape")
    for short, long in longs.items():
        yield from _long_forms(text, short, long)


def _long_forms(text: str, short: str, long: str) -> Iterator[MentionSpan]:
    kind = _type_of_long(long)
    at = text.find(long)
    if kind is not None and at >= 0 and short not in _NOT_NAMES and short.rstrip("s") not in _NOT_NAMES:
        yield MentionSpan(at, at + len(long), kind, 0.55, "abbreviation")


def _type_of_long(long: str) -> EntityType | None:
    if _METRIC_HEAD.search(long):
        return EntityType.METRIC
    if _TASK_HEAD.search(long):
        return EntityType.TASK
    return EntityType.DATASET if _DATASET_HEAD.search(long) else EntityType.METHOD


def _type_of(text: str, start: int, end: int, document: Document) -> EntityType:
    """A dataset where the words around say so, else a method."""
    name = text[start:end]
    if (
        _DATASET_NAME.search(name)
        or _DATASET_AFTER.match(text, end)
        or _DATASET_BEFORE.search(text[max(0, start - 80) : start])
    ):
        return EntityType.DATASET
    return EntityType.METHOD
