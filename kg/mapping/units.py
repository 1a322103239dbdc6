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
    # Numbers, ratios, shares
    "": ("UNITLESS", "1"),
    "x": ("UNITLESS", "1"),
    "%": ("PERCENT", "%"),
    "points": (None, "{percentage_point}"),
    "pp": (None, "{percentage_point}"),
    "dB": ("DeciB", "dB"),
    # Time
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
    "GPU h": (None, "{GPU}.h"),
    "GPU day": (None, "{GPU}.d"),
    "CPU h": (None, "{CPU}.h"),
    "TPU h": (None, "{TPU}.h"),
    "TPU day": (None, "{TPU}.d"),
    # Rates
    "FPS": ("FRAME-PER-SEC", "{frame}/s"),
    "s/frame": (None, "s/{frame}"),
    "tokens/s": (None, "{token}/s"),
    "samples/s": (None, "{sample}/s"),
    "images/s": (None, "{image}/s"),
    "queries/s": (None, "{query}/s"),
    "networks/s": (None, "{network}/s"),
    "bpm": ("BEAT-PER-MIN", "{beat}/min"),
    "Hz": ("HZ", "Hz"),
    "kHz": ("KiloHZ", "kHz"),
    "MHz": ("MegaHZ", "MHz"),
    "GHz": ("GigaHZ", "GHz"),
    # Information
    "bit": ("BIT", "bit"),
    "bits": ("BIT", "bit"),
    "kb": ("KiloBIT", "kbit"),
    "Mb": ("MegaBIT", "Mbit"),
    "Gb": ("GigaBIT", "Gbit"),
    "B": ("BYTE", "By"),
    "bytes": ("BYTE", "By"),
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
    "kbps": ("KiloBIT-PER-SEC", "kbit/s"),
    "Mbps": ("MegaBIT-PER-SEC", "Mbit/s"),
    "Gbps": ("GigaBIT-PER-SEC", "Gbit/s"),
    "MB/s": ("MegaBYTE-PER-SEC", "MBy/s"),
    "GB/s": ("GigaBYTE-PER-SEC", "GBy/s"),
    "TB/s": (None, "TBy/s"),
    "bits/dim": (None, "bit/{dim}"),
    "bpp": (None, "bit/{pixel}"),
    "bpc": (None, "bit/{char}"),
    # Computing work (FLOPs: operations; FLOPS: operations a second)
    "FLOPs": (None, "{FLOP}"),
    "MFLOPs": (None, "10*6.{FLOP}"),
    "GFLOPs": (None, "10*9.{FLOP}"),
    "TFLOPs": (None, "10*12.{FLOP}"),
    "MMACs": (None, "10*6.{MAC}"),
    "GMACs": (None, "10*9.{MAC}"),
    "GFLOPS": ("GigaFLOPS", "10*9.{FLOP}/s"),
    "TFLOPS": ("TeraFLOPS", "10*12.{FLOP}/s"),
    "PFLOPS": ("PetaFLOPS", "10*15.{FLOP}/s"),
    "TOPS": (None, "10*12.{operation}/s"),
    "TOPS/W": (None, "10*12.{operation}/s/W"),
    # Power, energy, electricity
    "W": ("W", "W"),
    "μW": ("MicroW", "uW"),
    "mW": ("MilliW", "mW"),
    "kW": ("KiloW", "kW"),
    "MW": ("MegaW", "MW"),
    "J": ("J", "J"),
    "pJ": ("PicoJ", "pJ"),
    "nJ": ("NanoJ", "nJ"),
    "uJ": ("MicroJ", "uJ"),
    "mJ": ("MilliJ", "mJ"),
    "kJ": ("KiloJ", "kJ"),
    "MJ": ("MegaJ", "MJ"),
    "Wh": ("W-HR", "W.h"),
    "kWh": ("KiloW-HR", "kW.h"),
    "V": ("V", "V"),
    "mV": ("MilliV", "mV"),
    "A": ("A", "A"),
    "mA": ("MilliA", "mA"),
    # Length, area, speed, angle
    "nm": ("NanoM", "nm"),
    "um": ("MicroM", "um"),
    "μm": ("MicroM", "um"),
    "µm": ("MicroM", "um"),
    "mm": ("MilliM", "mm"),
    "cm": ("CentiM", "cm"),
    "m": ("M", "m"),
    "km": ("KiloM", "km"),
    "mile": ("MI", "[mi_i]"),
    "mm^2": ("MilliM2", "mm2"),
    "cm^2": ("CentiM2", "cm2"),
    "m^2": ("M2", "m2"),
    "km^2": ("KiloM2", "km2"),
    "cm/s": ("CentiM-PER-SEC", "cm/s"),
    "m/s": ("M-PER-SEC", "m/s"),
    "km/h": ("KiloM-PER-HR", "km/h"),
    "rad/s": ("RAD-PER-SEC", "rad/s"),
    "rad": ("RAD", "rad"),
    "°": ("DEG", "deg"),
    "deg": ("DEG", "deg"),
    "degree": ("DEG", "deg"),
    "px": ("PIXEL_COUNT", "{pixel}"),
    "pixel": ("PIXEL_COUNT", "{pixel}"),
    # Mass, force, temperature, money
    "g": ("GM", "g"),
    "kg": ("KiloGM", "kg"),
    "N": ("N", "N"),
    "Nm": ("N-M", "N.m"),
    "K": ("K", "K"),
    "°C": ("DEG_C", "Cel"),
    "$": ("CCY_USD", "{USD}"),
    "USD": ("CCY_USD", "{USD}"),
    "cents": (None, "{US_cent}"),
}

UNITS: dict[str, UnitTerms] = {unit: UnitTerms(*terms) for unit, terms in _TABLE.items()}
"""Unit string of a claim → its terms. In UCUM, braces hold what is counted and is not a unit."""

_NONE = UnitTerms(None, None)


def unit_terms(unit: str) -> UnitTerms:
    """The terms of a unit; both None for a unit that neither vocabulary knows."""
    return UNITS.get(unit, _NONE)
