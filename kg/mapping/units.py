"""Our short unit strings in the unit vocabularies of others: QUDT IRIs and UCUM codes."""

from __future__ import annotations

from dataclasses import dataclass

from kg.vocab import PREFIXES


@dataclass(frozen=True, slots=True)
class UnitTerms:
    """How QUDT (local name of the IRI) and UCUM (case-sensitive code) write a unit; None where they have none."""

    qudt: str | None
    ucum: str | None

    @property
    def iri(self) -> str | None:
        """The QUDT unit's IRI."""
        return None if self.qudt is None else PREFIXES["unit"] + self.qudt


_TABLE = {
    "": ("UNITLESS", "1"),
    "x": ("UNITLESS", "1"),
    "%": ("PERCENT", "%"),
    "ns": ("NanoSEC", "ns"),
    "us": ("MicroSEC", "us"),
    "μs": ("MicroSEC", "us"),
    "µs": ("MicroSEC", "us"),
    "ms": ("MilliSEC", "ms"),
    "s": ("SEC", "s"),
    "min": ("MIN", "min"),
    "h": ("HR", "h"),
    "day": ("DAY", "d"),
    "week": ("WK", "wk"),
    "month": ("MO", "mo"),
    "year": ("YR", "a"),
    "bit": ("BIT", "bit"),
    "bits": ("BIT", "bit"),
    "B": ("BYTE", "By"),
    "KB": ("KiloBYTE", "kBy"),
    "kB": ("KiloBYTE", "kBy"),
    "MB": ("MegaBYTE", "MBy"),
    "GB": ("GigaBYTE", "GBy"),
    "TB": ("TeraBYTE", "TBy"),
    "PB": ("PetaBYTE", "PBy"),
    "KiB": ("KibiBYTE", "KiBy"),
    "MiB": ("MebiBYTE", "MiBy"),
    "GiB": ("GibiBYTE", "GiBy"),
    "TiB": ("TebiBYTE", "TiBy"),
    "Mbps": ("MegaBIT-PER-SEC", "Mbit/s"),
    "Gbps": ("GigaBIT-PER-SEC", "Gbit/s"),
    "FPS": (None, "{frame}/s"),
    "Hz": ("HZ", "Hz"),
    "kHz": ("KiloHZ", "kHz"),
    "MHz": ("MegaHZ", "MHz"),
    "GHz": ("GigaHZ", "GHz"),
    "W": ("W", "W"),
    "mW": ("MilliW", "mW"),
    "kW": ("KiloW", "kW"),
    "MW": ("MegaW", "MW"),
    "J": ("J", "J"),
    "mJ": ("MilliJ", "mJ"),
    "kJ": ("KiloJ", "kJ"),
    "kWh": ("KiloW-HR", "kW.h"),
    "dB": ("DeciB", "dB"),
    "V": ("V", "V"),
    "mV": ("MilliV", "mV"),
    "A": ("A", "A"),
    "mA": ("MilliA", "mA"),
    "nm": ("NanoM", "nm"),
    "um": ("MicroM", "um"),
    "μm": ("MicroM", "um"),
    "µm": ("MicroM", "um"),
    "mm": ("MilliM", "mm"),
    "cm": ("CentiM", "cm"),
    "m": ("M", "m"),
    "km": ("KiloM", "km"),
    "m/s": ("M-PER-SEC", "m/s"),
    "km/h": ("KiloM-PER-HR", "km/h"),
    "g": ("GM", "g"),
    "kg": ("KiloGM", "kg"),
    "K": ("K", "K"),
    "°C": ("DEG_C", "Cel"),
    "°": ("DEG", "deg"),
    "deg": ("DEG", "deg"),
    "degree": ("DEG", "deg"),
    "px": (None, "[px]"),
    "pixel": (None, "[px]"),
    "points": (None, "{percentage_point}"),
    "pp": (None, "{percentage_point}"),
    "GPU h": (None, "{GPU}.h"),
    "GPU day": (None, "{GPU}.d"),
    "bits/dim": (None, "bit/{dim}"),
    "$": (None, "{USD}"),
    "USD": (None, "{USD}"),
}

UNITS: dict[str, UnitTerms] = {unit: UnitTerms(*terms) for unit, terms in _TABLE.items()}
"""Unit string of a claim → its terms. In UCUM, braces hold what is counted and is not a unit."""

_NONE = UnitTerms(None, None)


def unit_terms(unit: str) -> UnitTerms:
    """The terms of a unit; both None for a unit that neither vocabulary knows."""
    return UNITS.get(unit, _NONE)
