"""Numbers that are no results by their form: parts of names, years, citations, references, exponents, formats."""

from __future__ import annotations

import re

from kg.quantity.model import Role

# Read on the text that ends where the number starts.
_REFERENCE = re.compile(
    r"\b(?:[Ss]ections?|[Ss]ec\.|[Ee]quations?|[Ee]qs?\.|[Tt]ables?|[Ff]igures?|[Ff]igs?\.|[Aa]ppendix|[Cc]hapters?|[Tt]heorems?"
    r"|[Ll]emmas?|[Aa]lgorithm|[Pp]art|[Ss]tage|[Pp]hase|[Ll]evel|[Vv]ersion|[Tt]rack|[Ss]ubtask|[Tt]ask|[Tt]ype|[Rr]ound|[Gg]rade|[Cc]lass|[Tt]ier|[Ss]tep) ?[(~]?$"
)
_ASSIGNED = re.compile(r"(?<![\w.])\\?[A-Za-z]\w{0,1}\s?\$?[=∈]\s?\$?$")
_LONGEST = 16
"""Characters of the longest reference or name with a version, and one more."""
_CITED = re.compile(r"\[(?:\d{1,3}\s?[,;–-]\s?){0,8}$")
_CITED_END = re.compile(r"(?:\s?[,;–-]\s?\d{1,3}){0,8}\]")
_JOINED_NAME = re.compile(r"(?:[A-Za-z][\w.+]*[-_@/:]|[A-Za-z_@])$")
_BOUND_PREFIX = re.compile(
    r"\b(?:sub|near|under|over|above|below|plus|around|of|by|to|from|and|or|the|with|than|approx|sim)-?$|\\(?:times|sim|approx|pm|geq?|leq?|mathbf|textbf|bf|,)\{?$|(?:^|[^\w.-])[\d.,]*\d(?:[xXkKMB]|\\?%|ms|pp|s|GB|MB|h| ?dB| ?mm| ?cm| ?m?J| ?W)?\$?[-/]$",
    re.IGNORECASE,
)
_NAMED_VERSION = re.compile(
    r"\b(?:GPT|Llama|LLaMA|Gemini|Claude|Qwen|Phi|Gemma|Mistral|DeepSeek|Opus|Sonnet|Haiku|YOLO|CIFAR|Diffusion|Python|CUDA|HTTP|Windows|Ubuntu|Industry|Web|Flash|Covid|COVID|SARS-CoV|Hop|Type|Top|Task|AIME|ICLR|NeurIPS|CVPR|ICML|ACL|EMNLP|SemEval|ECCV|ICCV|IWSLT|WMT|BraTS|MICCAI|CoNLL|ISIC|Pascal VOC|PASCAL VOC|VOC|MS ?COCO|COCO|SQuAD|ILSVRC|ImageNet|Kinetics|Places|TREC|DUC|NIST|DSTC|CASP|LS) ?[v-]?$"
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d$")
_YEAR_CUE = re.compile(
    r"\b(?:in|since|of|by|from|until|through|before|after|during|between|and|to|year|early|late|the|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|[A-Z][A-Za-z-]{2,}|[A-Z]{2,})[ ,~-]{0,2}$"
)
_POWER = re.compile(r"[\^_]\{?[^{}\s]{0,6}$")
# Read on the text that starts where the number ends.
_SIZE_END = re.compile(r"\$?\s?(?:\\times|×|x|\*)\s?\$?\d")
_SIZE_START = re.compile(r"\d[KMk]?\$?\s?(?:\\times|×|x|\*)\s?\$?$")
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b|\$?\^\{?(?:\\?(?:st|nd|rd|th|text|mathrm)|$)")
_DIMENSION = re.compile(r"-?[dD]\b(?!B)|[A-Za-z]*[A-Z_][A-Za-z]*\d|D[a-z]?\b")
_MORE_LETTERS = re.compile(r"(?!x\b|X\b|th\b)[A-Za-z]")
_URL = re.compile(r"(?:https?://|www\.|github\.com|arXiv:|doi)\S*$")


def find_role(text: str, start: int, end: int) -> Role | None:
    """The role that the surroundings of a number in digits give it; None where it may measure something."""
    before = text[max(0, start - 48) : start]
    last = before[-1:]
    if last and (last.isalnum() or last in "_@^#-\\/:{&" or last == "~"):
        role = _joined(before, last)
        if role is not None:
            return role
    if "[" in before and _CITED.search(before) and _CITED_END.match(text, end):
        return Role.CITATION
    nearest = max(0, start - _LONGEST)
    if _REFERENCE.search(text, nearest, start) and "." not in text[start:end]:
        return Role.REFERENCE
    if _NAMED_VERSION.search(text, nearest, start):
        return Role.NAME
    if _YEAR.match(text[start:end]) and _YEAR_CUE.search(before) and text[end : end + 1] not in ("%", "x"):
        return Role.YEAR
    return _followed(text, start, end, before)


def _joined(before: str, last: str) -> Role | None:
    """A number glued to what stands before it: "ResNet-50", "x^2", "https://…/2"."""
    if _BOUND_PREFIX.search(before):
        return None
    if _URL.search(before):
        return Role.NAME
    if last in "^_" or _POWER.search(before):
        return Role.EXPONENT
    if last.isalpha() and last not in "≈~" and last.isascii():
        return Role.NAME
    if last in "-@/:_" and _JOINED_NAME.search(before):
        return Role.NAME
    return Role.NAME if last in "#@" else None


def _followed(text: str, start: int, end: int, before: str) -> Role | None:
    if (
        ("=" in before[-4:] or "∈" in before[-4:])
        and _ASSIGNED.search(before)
        and "." not in text[start:end]
        and not text.startswith(("%", "\\%"), end)
    ):
        return Role.NAME
    if _SIZE_END.match(text, end) or _SIZE_START.search(text, max(0, start - _LONGEST), start):
        return Role.SIZE
    if _ORDINAL.match(text, end) or _DIMENSION.match(text, end):
        return Role.NAME
    if text[end : end + 1] == "^":
        return Role.EXPONENT
    return None
