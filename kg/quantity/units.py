"""Units of the field: how they are written, and the one form they are given in."""

from __future__ import annotations

import re

PERCENT, TIMES, POINTS, ORDERS = "%", "x", "points", "orders"

# Canonical unit → spellings, as regular expressions. Letter case counts: "m" is metre, "M" a million.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    POINTS: (
        r"percentage[- ]points?",
        r"percent(?:age)?[- ]points?",
        r"\\?%[- ]?points?",
        r"\\?%[- ]?pts?",
        r"(?:absolute |abs\.? )?(?:accuracy |[A-Z][\w@.-]{0,12} |m[A-Z][\w@.-]{0,10} )?(?:points?|pts)",
        r"absolute percentage points?",
        r"p\.p\.",
        r"\\?%pp?",
        r"pp",
    ),
    PERCENT: (r"\\?%", r"percent(?!age|ile)", r"per cent", r"percentage\b(?!-?\s?points?)"),
    ORDERS: (r"orders?[- ]of[- ]magnitudes?", r"orders\b(?! of)"),
    TIMES: (
        r"\{?\\times\}?",
        r"\(\\times\)",
        r"\\\(\\times\\\)",
        r"\\(?:rm|text|mathrm)\{ ?x\}",
        r"×",
        r"[xX]",
        r"times",
        r"folds?",
    ),
    "GPU h": (r"GPU[- ]?(?:hours?|hrs?|h)", r"(?:[A-Z]\d{2,3} )GPU[- ]hours?", r"[AHVP]\d{2,3}[- ](?:GPU[- ])?hours?"),
    "CPU h": (r"CPU[- ]?hours?",),
    "GPU day": (r"GPU[- ]?days?", r"[AHVP]\d{2,3}[- ](?:GPU[- ])?days?"),
    "TPU h": (r"TPU[- ]?hours?",),
    "TPU day": (r"TPU[- ]?days?",),
    "tokens/s": (r"tokens? ?(?:/|per) ?s(?:ec(?:onds?)?)?", r"tok(?:ens)?/s(?:ec)?", r"TPS"),
    "samples/s": (r"samples? ?(?:/|per) ?s(?:ec(?:onds?)?)?",),
    "images/s": (r"im(?:a)?g(?:e)?s? ?(?:/|per) ?s(?:ec(?:onds?)?)?",),
    "queries/s": (r"quer(?:ies|y) ?(?:/|per) ?s(?:ec(?:onds?)?)?", r"QPS"),
    "networks/s": (r"networks? ?(?:/|per) ?s(?:ec(?:onds?)?)?",),
    "FPS": (r"[Ff][Pp][Ss]", r"frames?[- ](?:per|a)[- ]sec(?:ond)?s?", r"frames?/s(?:ec)?"),
    "s/frame": (r"s(?:ec(?:onds?)?)? ?(?:/|per) ?frame",),
    "ms": (r"ms", r"msecs?", r"milli-?seconds?"),
    "us": (r"\\?(?:mu|μ|µ)\$? ?s", r"us", r"micro-?seconds?"),
    "ns": (r"ns", r"nano-?seconds?"),
    "s": (r"seconds?", r"secs?", r"s"),
    "min": (r"minutes?", r"mins?"),
    "h": (r"hours?", r"hrs?", r"h"),
    "day": (r"days?",),
    "week": (r"weeks?",),
    "month": (r"months?",),
    "year": (r"years?",),
    "bits/dim": (r"bits?(?: ?/ ?| per )dim(?:ension)?s?", r"bpd"),
    "bpp": (r"bpp", r"bits?(?: ?/ ?| per )pixel"),
    "bpc": (r"bpc", r"bits?(?: ?/ ?| per )char(?:acter)?"),
    "bits": (r"bits?",),
    "kbps": (r"kbps", r"kb/s", r"kbit/s", r"kilobits? per second"),
    "Mbps": (r"Mbps", r"Mb/s", r"Mbit/s"),
    "Gbps": (r"Gbps", r"Gb/s", r"Gbit/s"),
    "GB/s": (r"GB/s",),
    "MB/s": (r"MB/s",),
    "TB/s": (r"TB/s",),
    "KB": (r"[kK]B", r"KiB", r"kilo-?bytes?", r"Kbytes?"),
    "MB": (r"MB", r"MiB", r"mega-?bytes?", r"Mbytes?", r"Mo"),
    "GB": (r"GB", r"GiB", r"giga-?bytes?", r"Gbytes?", r"Go"),
    "TB": (r"TB", r"TiB", r"tera-?bytes?"),
    "PB": (r"PB",),
    "bytes": (r"bytes?",),
    "kb": (r"Kb",),
    "Mb": (r"Mb",),
    "Gb": (r"Gb",),
    "dB": (r"d[Bb]", r"decibels?"),
    "mm^2": (r"mm\$?\^\{?2\}?", r"mm²", r"mm2"),
    "cm^2": (r"cm\$?\^\{?2\}?", r"cm²", r"cm2"),
    "km^2": (r"km\$?\^\{?2\}?", r"km²", r"km2"),
    "m^2": (r"m\$?\^\{?2\}?", r"m²"),
    "mm": (r"mm", r"milli-?met(?:er|re)s?"),
    "cm": (r"cm", r"centi-?met(?:er|re)s?"),
    "km/h": (r"km/h", r"kmh"),
    "m/s": (r"m/s", r"met(?:er|re)s? per second"),
    "cm/s": (r"cm/s",),
    "rad/s": (r"rad/s",),
    "km": (r"km", r"kilomet(?:er|re)s?"),
    "nm": (r"nm", r"nanomet(?:er|re)s?"),
    "Å": (r"Å", r"\\AA", r"[Åå]ngstr[öo]ms?", r"[Aa]ngstroms?"),
    "um": (r"\\?(?:mu|μ|µ)\$? ?m", r"um", r"micromet(?:er|re)s?", r"microns?"),
    "m": (r"m", r"met(?:er|re)s?"),
    "mile": (r"miles?",),
    "px": (r"px",),
    "°": (r"°", r"\\?\^\{?\\circ\}?", r"degrees?", r"deg"),
    "rad": (r"rad", r"radians?"),
    "GHz": (r"GHz",),
    "MHz": (r"MHz",),
    "kHz": (r"[kK]Hz",),
    "Hz": (r"Hz", r"hertz"),
    "kWh": (r"kWh", r"kilowatt[- ]hours?"),
    "Wh": (r"Wh",),
    "mWh": (r"mWh",),
    "kW": (r"kW", r"kilowatts?"),
    "MW": (r"MW", r"megawatts?"),
    "mW": (r"mW", r"milliwatts?"),
    "μW": (r"\\?(?:mu|μ|µ)\$? ?W", r"uW"),
    "W": (r"W", r"[Ww]atts?"),
    "mJ": (r"mJ",),
    "uJ": (r"\\?(?:mu|μ|µ)\$? ?J", r"uJ"),
    "nJ": (r"nJ",),
    "pJ": (r"pJ",),
    "kJ": (r"kJ",),
    "MJ": (r"MJ",),
    "J": (r"J", r"[Jj]oules?"),
    "TOPS/W": (r"TOPS/W",),
    "TOPS": (r"TOPS",),
    "PFLOPS": (r"PFLOPS?/s", r"PFLOPS"),
    "TFLOPS": (r"TFLOPS?/s", r"TFLOPS"),
    "GFLOPS": (r"GFLOPS?/s", r"GFLOPS"),
    "TFLOPs": (r"TFLOPs?",),
    "GFLOPs": (r"GFLOPs?",),
    "MFLOPs": (r"MFLOPs?",),
    "GMACs": (r"GMACs?",),
    "MMACs": (r"MMACs?",),
    "bpm": (r"bpm",),
    "V": (r"V",),
    "mV": (r"mV",),
    "g": (r"grams?",),
    "kg": (r"kg", r"kilograms?"),
    "N": (r"N",),
    "Nm": (r"Nm",),
    "K": (r"kelvin",),
    "$": (r"USD", r"dollars?"),
    "cents": (r"cents?",),
}

WORD_UNITS = frozenset({"day", "week", "month", "year", "bits", "bytes", "px"})
"""Units of which a number alone more often describes the set-up than a result."""

COSTS = frozenset(
    "GPU h|CPU h|GPU day|TPU h|TPU day|tokens/s|samples/s|images/s|queries/s|FPS|s/frame|ms|us|ns|s|min|h|day|week|month"
    "|kbps|Mbps|Gbps|GB/s|MB/s|TB/s|KB|MB|GB|TB|GHz|MHz|kHz|Hz|kWh|Wh|mWh|kW|MW|mW|W|mJ|uJ|nJ|pJ|kJ|MJ|J|GFLOPs|TFLOPs|$".split(
        "|"
    )
)
"""Units of time, rate, memory, energy and money: what something takes, never how good it is."""

AMBIGUOUS = frozenset({"s", "h", "m", "N", "V", "W", "J", "g", "K", "rad"})
"""One-letter units: never after a hyphen or a line of letters."""


def _compile() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    pairs = [(spelling, unit) for unit, spellings in _SPELLINGS.items() for spelling in spellings]
    # Longest spelling first, so that "ms" wins over "m" and "GB/s" over "GB".
    pairs.sort(key=lambda pair: -len(re.sub(r"\(\?:|[\\?(){}\[\]|]", "", pair[0])))
    any_unit = "|".join(spelling for spelling, _ in pairs)
    which_unit = "|".join(f"({spelling})" for spelling, _ in pairs)
    behind = "(?![A-Za-z0-9_])"
    units = tuple(unit for _, unit in pairs)
    return re.compile(f"(?:{any_unit}){behind}"), re.compile(f"(?:{which_unit}){behind}"), units


# Most numbers have no unit: the first pattern, without groups, says so in a fraction of the time of the second.
_ANY_UNIT, _UNIT, _CANONICAL = _compile()
# What may stand between a number and its unit: a plus ("98+%"), spaces, a hyphen, LaTeX spaces, one closing dollar or brace.
_GAP = re.compile(
    r"\+?(?:\\\))?(?:\\[,; ]|[ ~\u00a0\u2009\u202f]){0,2}[}]?\$?(?:\\[,; ]|[ ~\u00a0\u2009\u202f]|-){0,2}\$?"
)

_FASTER = re.compile(
    r"[ -](?:speed|faster|accelerat|improve|reduc|increase|decrease|smaller|larger|higher|lower|less|more|fewer)"
)
_PER = re.compile(r"/(?:[a-z]{1,12}|Hz)(?:/[a-z]{1,12}|/Hz)?(?![\w/^$])")
_DIVISIBLE = frozenset(
    {"mm", "cm", "m", "km", "bits", "bytes", "kWh", "Wh", "W", "mJ", "uJ", "nJ", "pJ", "J", "g", "N", "Nm", "$"}
)
"""Units that a "/" makes another of: "0.07 mm/pixel"; a quotient with an own name ("bits/dim") is a row above."""


def match_unit(text: str, at: int) -> tuple[str, int] | None:
    """The unit that follows a number ending at `at`, and where it ends; None where none does.

    "orders" stands for orders of magnitude; the caller turns it into a factor.
    """
    gap = _GAP.match(text, at)
    begin = gap.end() if gap else at
    if _ANY_UNIT.match(text, begin) is None:
        begin = at
    found = _UNIT.match(text, begin) if _ANY_UNIT.match(text, begin) else None
    if found is None or found.lastindex is None:
        return None
    unit = _CANONICAL[found.lastindex - 1]
    between = text[at:begin]
    if "-" in between and unit in AMBIGUOUS:
        return None
    if found.group() in ("x", "X") and between not in ("", "$", "+") and not _FASTER.match(text, found.end()):
        return None
    if unit in _DIVISIBLE and (per := _PER.match(text, found.end())):
        return unit + per.group(), per.end()
    return unit, found.end()
