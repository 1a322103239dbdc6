"""Numeric claims: which numbers of an abstract are results, and what each measures."""

from kg.extract.claims.finder import ClaimFinder

__all__ = ["ClaimFinder"]
