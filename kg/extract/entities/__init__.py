"""Entities found by learned parts: a token tagger, a memory of known names, and a classifier of whole forms."""

from kg.extract.entities.finder import EntityFinder

__all__ = ["EntityFinder"]
