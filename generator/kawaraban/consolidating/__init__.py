"""Datasets of one standard by several publishers -> one table: `consolidate:` of a descriptor.

What is read is read here, what is combined is combined in analysis. The law: every row of every dataset is in the
table, or named with why it is not; each says the file, sheet and row it is from.
"""

from kawaraban.consolidating.assembling import Made, consolidate
from kawaraban.consolidating.pointing import point_back
from kawaraban.consolidating.source import Taken
from kawaraban.consolidating.table import with_table

__all__ = ["Made", "Taken", "consolidate", "point_back", "with_table"]
