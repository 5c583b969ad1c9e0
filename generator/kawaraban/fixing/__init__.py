"""The fixes that are sure -> what to write where. A CSV is corrected itself; a workbook stays, its recipe is amended.

Fixes are tried on a copy and checked again, until nothing more is found: what is written is known to be read so.
"""

from kawaraban.fixing.finding import sure_fixes
from kawaraban.fixing.fixes import Fix, Fixing, Unwritten
from kawaraban.fixing.hindrances import HINTS
from kawaraban.fixing.writing import write_fixes

__all__ = ["HINTS", "Fix", "Fixing", "Unwritten", "sure_fixes", "write_fixes"]
