"""A small invented graph with all that questions can meet: ties, ranges, bounds, unknown dates, contradictions.

Kept as tables, so that an answer can be checked by eye.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.catalog import CatalogEntity, write_catalog
from kg.mapping.bundle import Bundle
from kg.mapping.records import entity_bundle, paper_bundle, run_bundle
from kg.model import Bound, Claim, Entity, EntityType, Evidence, Extractor, Kind, Mention, Paper, Record, SourceRef
from kg.resolve.key import slug

EXTRACTOR = Extractor("world", "1")

# type | name | aliases | direction | unit | broader
ENTITIES = """
dataset|CIFAR-10|CIFAR10
dataset|CIFAR-100|CIFAR100
dataset|ImageNet|
dataset|ImageNet-1K|ImageNet1k|||ImageNet
dataset|COCO|MS COCO, Microsoft COCO
dataset|GLUE|
dataset|SQuAD|SQuAD 1.1
dataset|WMT14 En-De|WMT14 English-German
dataset|Pascal VOC 2007|VOC07, Pascal VOC
dataset|Pascal VOC 2012|VOC12, Pascal VOC
dataset|TinyWorld|
dataset|FieldQA|
method|ResNet-50|
method|ViT|Vision Transformer
method|Swin Transformer|Swin
method|SLAB|Simplified Linear Attention Block
method|BERT|
method|RoBERTa|
method|LoRA|Low-Rank Adaptation
method|FlashAttention|Flash Attention
method|DiffuseLite|
method|DDPM|
method|TurboNet|
method|Transformer|
metric|accuracy|top-1 accuracy|higher|%
metric|error rate|classification error|lower|%
metric|BLEU|BLEU score|higher|
metric|F1|F1 score|higher|%
metric|latency|inference latency|lower|ms
metric|speed-up|speedup|higher|x
metric|memory|memory usage, GPU memory|lower|GB
metric|FID|Frechet Inception Distance|lower|
metric|mAP|mean average precision|higher|%
metric|calibration|
metric|parameters|number of parameters|lower|
task|image classification|
task|object detection|
task|machine translation|translation
task|question answering|QA
task|image generation|
task|fine-tuning|
"""

# id | title | date | year | authors (names or a count) | proposes | introduces | other entities
PAPERS = """
arxiv:2101.00001|TurboNet: Fast Convolutions for Small Images|2021-01-05||Ada Lim; Bo Ek; Cy Ode|TurboNet||CIFAR-10,CIFAR-100,ResNet-50,accuracy,latency,image classification
arxiv:2103.00002|An Image Transformer at Scale|2021-03-20||Di Park; Ed Roux|ViT||CIFAR-10,ImageNet-1K,ResNet-50,accuracy,parameters,image classification
arxiv:2203.00003|SLAB: Simplified Linear Attention Blocks|2022-03-11||Flo Gray; Ada Lim|SLAB||CIFAR-10,ImageNet-1K,Swin Transformer,accuracy,speed-up,latency,image classification
arxiv:2206.00004|Revisiting Residual Baselines|2022-06-30||7|||CIFAR-10,CIFAR-100,ResNet-50,TurboNet,accuracy,error rate,calibration,image classification
arxiv:2301.00005|DiffuseLite: Light Diffusion Models|2023-01-15||Gus Hale|DiffuseLite||CIFAR-10,COCO,DDPM,FID,speed-up,image generation
arxiv:2305.00006|Low-Rank Adaptation in Practice|2023-05-02||Ida Jung; Ken Loo; Mia Nox; Oz Pym; Quin Rae; Sol Tan|||GLUE,LoRA,BERT,RoBERTa,accuracy,memory,fine-tuning
arxiv:2309.00007|TinyWorld: A Benchmark of Small Scenes|2023-09-09||Uma Voss; Wes Xu||TinyWorld|COCO,Swin Transformer,mAP,object detection
doi:10.1/008|Flash Attention for Long Documents|2024-02-14||12|FlashAttention||SQuAD,BERT,F1,speed-up,memory,question answering
arxiv:2404.00009|Translation without Attention Sinks|2024-04-01||Yan Zed|||WMT14 En-De,Transformer,BLEU,machine translation
acl:2020.main.10|FieldQA: Questions from the Field|2020|2020|Ben Ash; Ada Lim||FieldQA|SQuAD,BERT,F1,question answering
title:aaaaaaaaaa|Notes on Residual Vision|||| ||CIFAR-10,ResNet-50,image classification
arxiv:2405.00012|Detectors on a Budget|2024-05-20||4|||COCO,Pascal VOC 2007,Pascal VOC 2012,TinyWorld,Swin Transformer,mAP,latency,object detection
"""

# paper | quote | value | high | unit | kind | bound | metric | method | datasets | baseline | baseline value | task
CLAIMS = """
arxiv:2101.00001|94.1%|94.1||%|absolute|exact|accuracy|TurboNet|CIFAR-10|||image classification
arxiv:2101.00001|76.5%|76.5||%|absolute|exact|accuracy|TurboNet|CIFAR-100|||
arxiv:2101.00001|3.2 ms|3.2||ms|absolute|exact|latency|TurboNet|CIFAR-10|||
arxiv:2101.00001|1.2 points|1.2||points|increase|exact|accuracy|TurboNet|CIFAR-10|ResNet-50||
arxiv:2103.00002|98.1%|98.1||%|absolute|exact|accuracy|ViT|CIFAR-10|||
arxiv:2103.00002|85.3%|85.3||%|absolute|exact|accuracy|ViT|ImageNet-1K|||image classification
arxiv:2103.00002|86M|86000000||parameters|absolute|approx|parameters|ViT||||
arxiv:2203.00003|2.33x|2.33||x|increase|max|speed-up|SLAB|CIFAR-10|Swin Transformer||
arxiv:2203.00003|98.1%|98.1||%|absolute|exact|accuracy|SLAB|CIFAR-10|||
arxiv:2203.00003|80.0%|80||%|absolute|exact|accuracy|SLAB|ImageNet-1K|||
arxiv:2203.00003|16.2 ms|16.2||ms|absolute|exact|latency|SLAB|ImageNet-1K|||
arxiv:2206.00004|93.5%|93.5||%|absolute|exact|accuracy|TurboNet|CIFAR-10|||
arxiv:2206.00004|95.2%|95.2||%|absolute|exact|accuracy|ResNet-50|CIFAR-10|TurboNet|93.5|
arxiv:2206.00004|4.8%|4.8||%|absolute|exact|error rate|ResNet-50|CIFAR-10|||
arxiv:2206.00004|up to 99%|99||%|absolute|max|accuracy|ResNet-50|CIFAR-10|||
arxiv:2206.00004|0.9|0.9|||absolute|approx|calibration|ResNet-50|CIFAR-10, CIFAR-100|||
arxiv:2301.00005|2.4|2.4|||absolute|exact|FID|DiffuseLite|CIFAR-10|DDPM|3.2|image generation
arxiv:2301.00005|2-3x|2|3|x|increase|approx|speed-up|DiffuseLite|CIFAR-10|DDPM||
arxiv:2301.00005|over 10x|10||x|increase|min|speed-up|DiffuseLite|COCO|DDPM||
arxiv:2305.00006|89.5%|89.5||%|absolute|exact|accuracy|LoRA|GLUE|||
arxiv:2305.00006|65%|65||%|decrease|exact|memory|LoRA|GLUE|BERT||fine-tuning
arxiv:2309.00007|31.7|31.7||%|absolute|exact|mAP|Swin Transformer|TinyWorld|||object detection
doi:10.1/008|91.4|91.4|||absolute|exact|F1|FlashAttention|SQuAD|||
doi:10.1/008|3x|3||x|increase|exact|speed-up|FlashAttention|SQuAD|BERT||
doi:10.1/008|4.5 GB|4.5||GB|absolute|exact|memory|FlashAttention||||
arxiv:2404.00009|28.4|28.4|||absolute|exact|BLEU|Transformer|WMT14 En-De|||machine translation
arxiv:2404.00009|0.7 BLEU|0.7||points|increase|exact|BLEU||WMT14 En-De|Transformer||
acl:2020.main.10|61.3|61.3|||absolute|exact|F1|BERT|FieldQA|||question answering
arxiv:2405.00012|42.0|42||%|absolute|exact|mAP|Swin Transformer|COCO|||
arxiv:2405.00012|9.5 ms|9.5||ms|absolute|min|latency|Swin Transformer|COCO|||
"""

DIRECTIONS = ("higher", "lower")


def _lines(table: str, width: int) -> Iterator[list[str]]:
    for line in table.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        yield cells + [""] * (width - len(cells))


def _split(cell: str, sign: str = ",") -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(sign) if part.strip())


TYPES = {name: EntityType(kind) for kind, name, *_ in _lines(ENTITIES, 6)}


def entity_id(name: str) -> str:
    """The id of an entity of this graph."""
    return f"{TYPES[name].value}/{slug(name)}"


def entities() -> list[CatalogEntity]:
    """All entities, by id, with the number of papers that name each."""
    counts = {name: sum(name in [entity.name for entity in record.entities] for record in records()) for name in TYPES}
    made = [
        CatalogEntity(
            type=EntityType(kind),
            id=entity_id(name),
            name=name,
            papers=counts[name],
            aliases=_split(aliases),
            broader=tuple(entity_id(other) for other in _split(broader)),
            direction=direction or None,
            unit=unit or None,
        )
        for kind, name, aliases, direction, unit, broader in _lines(ENTITIES, 6)
    ]
    return sorted(made, key=lambda entity: entity.id)


def records() -> list[Record]:
    """All papers."""
    return [_record(cells) for cells in _lines(PAPERS, 8)]


def _record(cells: list[str]) -> Record:
    paper_id, title, date, year, who, proposes, introduces, others = cells
    quotes = [row for row in _lines(CLAIMS, 13) if row[0] == paper_id]
    abstract = " ".join(f"We report {row[1]} here." for row in quotes)
    paper = Paper(
        paper_id,
        title,
        abstract,
        SourceRef("world", "world", 0),
        published=date if len(date) == 10 else None,
        year=int(year) if year else None,
        authors=_split(who, ";") if who and not who.isdigit() else None,
        author_count=int(who) if who.isdigit() else None,
    )
    named = [(name, True) for name in (*_split(proposes), *_split(introduces))] + [(x, False) for x in _split(others)]
    found = tuple(
        Entity(TYPES[name], entity_id(name), name, (name,), (Mention("title", 0, 1),), 0.9, introduced)
        for name, introduced in named
    )
    start = 0
    claims = []
    for number, row in enumerate(quotes):
        start = abstract.index(row[1], start)
        claims.append(_claim(paper_id, number, row, start))
        start += len(row[1])
    return Record(paper, found, tuple(claims), EXTRACTOR)


def _claim(paper_id: str, number: int, row: list[str], start: int) -> Claim:
    _, quote, value, high, unit, kind, bound, metric, method, datasets, baseline, old, task = row
    return Claim(
        id=f"claim/{slug(paper_id)}-{number}",
        value=float(value),
        unit=unit,
        kind=Kind(kind),
        bound=Bound(bound),
        evidence=Evidence("abstract", start, start + len(quote), quote, start - 10, start + len(quote) + 6),
        confidence=0.9,
        value_high=float(high) if high else None,
        baseline_value=float(old) if old else None,
        metric=metric or None,
        datasets=_split(datasets),
        method=method or None,
        baseline=baseline or None,
        task=task or None,
        metric_id=entity_id(metric) if metric else None,
        dataset_ids=tuple(entity_id(name) for name in _split(datasets)),
        method_id=entity_id(method) if method else None,
        baseline_id=entity_id(baseline) if baseline else None,
        task_id=entity_id(task) if task else None,
    )


def bundles() -> Iterator[Bundle]:
    """The whole graph, in loading order: runs, entities (families before members), papers."""
    yield run_bundle(EXTRACTOR)
    for entity in sorted(entities(), key=lambda entity: (len(entity.broader), entity.id)):
        yield entity_bundle(entity)
    for record in records():
        yield paper_bundle(record)


def write_world_catalog(path: Path) -> None:
    """The graph's catalog."""
    write_catalog(path, entities(), records())
