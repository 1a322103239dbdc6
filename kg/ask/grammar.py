"""Pieces of wordings that several rules share, as regular expressions over the normal form."""

from __future__ import annotations

from kg.ask.words import TARGET_NOUNS
from kg.model import EntityType

M, D, X, T = EntityType.METHOD, EntityType.DATASET, EntityType.METRIC, EntityType.TASK


SIGN = r"@\d+"


JOIN = r"(?: ,(?: and| or)?| and(?: also)?| or| nor| and/or| as well as)(?: (?:on|with|using|for|the|by|in|over|against|also|either|both))*"


LIST = rf"(?:(?:both|either|the|all of|any of) )*{SIGN}(?:{JOIN} {SIGN})*"


NOUN = {target: "(?:" + nouns.replace(" ", "|") + ")" for target, nouns in TARGET_NOUNS.items()}


PRESENT = r"(?:(?:introduc|propos|present|releas|creat|invent)(?:e|es|ed|ing|s)|(?:came|come|comes|coming) up with)"


BETTER = r"(?:better|worse|faster|slower|more accurate|stronger|cheaper|smaller)"


OVER = r"(?:over|above|more than|greater than|larger than|higher than|exceeding|beyond|better than|at more than)"


UNDER = r"(?:under|below|less than|fewer than|lower than|smaller than)"


LEAST = r"(?:at least|no less than|not less than|a minimum of|minimum of|starting from)"


MOST = r"(?:at most|no more than|not more than|up to|a maximum of|maximum of|no higher than)"
