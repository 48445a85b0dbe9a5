"""The names of :mod:`.enquiries` under their old module, until all rooms import them from there."""

from .enquiries import Clash, Origins, find_clashes, names_of_enquiries, origins_of_rows

__all__ = ["Clash", "Origins", "find_clashes", "names_of_enquiries", "origins_of_rows"]
