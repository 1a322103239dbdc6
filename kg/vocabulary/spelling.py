"""Plural to singular and British to American, for single words of names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

_KEEP = frozenset(
    """
    bias gas lens chess physics mathematics robotics semantics statistics linguistics dynamics economics genetics
    analytics graphics electronics mechanics kinematics logistics ethics optics acoustics series species means
    news status corpus consensus virus nexus focus census locus atlas canvas keras pandas axis basis analysis
    synthesis hypothesis diagnosis prognosis genesis thesis emphasis paralysis sepsis atari always various
    continuous across plus minus bonus campus hubs ros dos aws gps hotpots bayes hans alias texas paris wikis
    laos ios os vs ms ts ps is as us mips flops mos sars ros2 lotus citrus apparatus stimulus calculus radius
    nucleus modulus opus genius vicious famous octopus abacus rebus humans
    """.split()
) - {"humans", "hubs", "wikis", "hotpots", "flops"}
_IRREGULAR = {
    "analyses": "analysis", "syntheses": "synthesis", "hypotheses": "hypothesis", "diagnoses": "diagnosis",
    "prognoses": "prognosis", "theses": "thesis", "axes": "axis", "bases": "base", "matrices": "matrix",
    "vertices": "vertex", "indices": "index", "indexes": "index", "appendices": "appendix", "corpora": "corpus",
    "criteria": "criterion", "phenomena": "phenomenon", "automata": "automaton", "media": "medium",
    "movies": "movie", "cookies": "cookie", "ties": "tie", "lies": "lie", "selfies": "selfie", "zombies": "zombie",
    "biases": "bias", "lenses": "lens", "gases": "gas", "viruses": "virus", "statuses": "status", "corpuses": "corpus",
    "children": "child", "people": "person", "mice": "mouse", "leaves": "leaf", "lives": "life", "halves": "half",
    "quizzes": "quiz", "formulae": "formula", "schemata": "schema", "nuclei": "nucleus", "stimuli": "stimulus",
    "radii": "radius", "foci": "focus", "calculi": "calculus", "spectra": "spectrum", "optima": "optimum",
    "minima": "minimum", "maxima": "maximum", "extrema": "extremum", "errata": "erratum", "metadata": "metadata",
}  # fmt: skip

_WORDS = {
    "colour": "color", "behaviour": "behavior", "neighbour": "neighbor", "neighbourhood": "neighborhood",
    "favour": "favor", "honour": "honor", "labour": "labor", "rumour": "rumor", "tumour": "tumor", "humour": "humor",
    "harbour": "harbor", "flavour": "flavor", "vapour": "vapor", "armour": "armor", "odour": "odor",
    "centre": "center", "fibre": "fiber", "litre": "liter", "metre": "meter", "theatre": "theater",
    "kilometre": "kilometer", "millimetre": "millimeter", "grey": "gray", "greyscale": "grayscale",
    "catalogue": "catalog", "dialogue": "dialog", "analogue": "analog", "programme": "program", "defence": "defense",
    "offence": "offense", "licence": "license", "practise": "practice", "artefact": "artifact", "aeroplane": "airplane",
    "modelling": "modeling", "modelled": "modeled", "modeller": "modeler", "labelling": "labeling",
    "labelled": "labeled", "unlabelled": "unlabeled", "labeller": "labeler", "signalling": "signaling",
    "travelling": "traveling", "traveller": "traveler", "cancelling": "canceling", "cancelled": "canceled",
    "channelling": "channeling", "tunnelling": "tunneling", "levelling": "leveling", "totalling": "totaling",
    "fuelled": "fueled", "signalled": "signaled", "marvellous": "marvelous", "judgement": "judgment",
    "acknowledgement": "acknowledgment", "ageing": "aging", "analyse": "analyze", "analysed": "analyzed",
    "analyser": "analyzer", "analysing": "analyzing", "paralyse": "paralyze", "catalyse": "catalyze",
    "anaemia": "anemia", "haemorrhage": "hemorrhage", "oesophageal": "esophageal", "foetal": "fetal",
    "paediatric": "pediatric", "orthopaedic": "orthopedic", "haematology": "hematology", "leukaemia": "leukemia",
    "ischaemic": "ischemic", "anaesthesia": "anesthesia", "oestrogen": "estrogen", "aluminium": "aluminum",
    "sulphur": "sulfur", "mould": "mold", "plough": "plow", "sceptical": "skeptical", "tyre": "tire",
    "enrol": "enroll", "fulfil": "fulfill", "skilful": "skillful", "instalment": "installment", "axe": "ax",
    "disc": "disk", "cheque": "check", "manoeuvre": "maneuver", "manoeuvring": "maneuvering", "draught": "draft",
    "speciality": "specialty", "gramme": "gram", "maths": "math",
}  # fmt: skip
_ISE = (
    r"^(.*(?:optim|normal|general|regular|summar|local|real|custom|token|vector|discret|parametr|parameter|character"
    r"|categor|organ|recogn|visual|parallel|stabil|random|factor|minim|maxim|linear|binar|personal|standard|special"
    r"|initial|neutral|serial|synchron|diagonal|orthogonal|penal|util|anonym|polar|crystal|mobil|central|decentral"
    r"|capital|formal|ideal|equal|symbol|material|color|colour|digit|harmon|memor|modern|prior|public|quant|rational"
    r"|reconstr|standard|style|styl|symmetr|tabul|tempor|theor|thresh|digital|virtual|vocal|contextual|concept"
    r"|conceptual|empir|ion|pressur|alphabet|amort|author|bayesian|canonic|canonical|cluster|compartmental|container"
    r"|criminal|critic|democrat|detoxif|energ|ferment|final|homogen|hybrid|hypothes|immun|incentiv|individual"
    r"|industrial|internal|external|item|label|legal|lemmat|lexical|magnet|metabol|mechan|monet|morph|nasal"
    r"|national|natural|normal|oxid|phoneme|pixel|popular|priorit|protocol|raster|recategor|rediscret|reorgan|robot"
    r"|romanti|sanit|scandal|sensit|signal|sparsif|spatial|stemm|steril|structural|subsid|synthes|thermal|tour"
    r"|trivial|urban|vapor|vector|verbal|vernacular|voxel|whiten|marginal|scalar|equal|idol|polym|plagiar|bot))"
    r"is(e|ed|er|ers|es|ing|able|ation|ations|ational)$"
)
_IES = re.compile(r"(?<=[a-z]{2})ies$")
_SES = re.compile(r"(?:(?<=ss)|(?<=sh)|(?<=ch)|(?<=x)|(?<=zz))es$")


@lru_cache(maxsize=1 << 15)
def to_american(word: str) -> str:
    """One word in American spelling, its case kept where it can be: "optimisation" → "optimization"."""
    lower = word.lower()
    american = _american(lower)
    if american == lower:
        return word
    if word.isupper():
        return american.upper()
    return american[:1].upper() + american[1:] if word[:1].isupper() else american


def _american(lower: str) -> str:
    if lower in _WORDS:
        return _WORDS[lower]
    if lower.endswith("s") and lower[:-1] in _WORDS:
        return _WORDS[lower[:-1]] + "s"
    match = _ise().match(lower) if "is" in lower else None
    return f"{match[1]}iz{match[2]}" if match else lower


@cache
def _ise() -> re.Pattern[str]:
    # Compiled when it is first needed: that takes longer than many a command.
    return re.compile(_ISE)


@lru_cache(maxsize=1 << 15)
def to_singular(word: str) -> str:
    """The singular of an English noun or acronym, else the word itself: "GNNs" → "GNN", "accuracies" → "accuracy".

    Words in capitals stay ("DPMS"): their s is as often a letter of the name.
    """
    lower = word.lower()
    if lower in _IRREGULAR:
        single = _IRREGULAR[lower]
        return single.upper() if word.isupper() else single.capitalize() if word[:1].isupper() else single
    if len(word) < 3 or not lower.endswith("s") or lower in _KEEP or (word.isupper() and len(word) < 7):
        return word
    if lower.endswith(("ss", "us", "is", "ous")):
        return word
    if _IES.search(lower):
        return word[:-3] + ("Y" if word.isupper() else "y")
    if _SES.search(lower):
        return word[:-2]
    return word[:-1]
