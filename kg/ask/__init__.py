"""Questions in plain English: from the words to what is asked, and from that to a query."""

from kg.ask.compile import compile_intent, finish_answer
from kg.ask.describe import describe
from kg.ask.intent import CompiledQuery, Intent
from kg.ask.narrower import with_narrower
from kg.ask.parse import parse

__all__ = ["CompiledQuery", "Intent", "compile_intent", "describe", "finish_answer", "parse", "with_narrower"]
