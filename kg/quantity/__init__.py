"""Numbers in scientific English: value, unit, range, bound, and whether a number can be a result at all."""

from kg.quantity.combine import find_quantities
from kg.quantity.model import Quantity, Role

__all__ = ["Quantity", "Role", "find_quantities"]
