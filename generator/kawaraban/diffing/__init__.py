"""Two versions of a table -> what changed in the data: rows by key, columns, sums, categories. Pure but for reading.

Cells are compared as text, as the files hold them after tidying: 1.0 for 1 is a change that somebody made.
"""

from kawaraban.diffing.comparing import diff_tables
from kawaraban.diffing.difference import Change, Difference, Total

__all__ = ["Change", "Difference", "Total", "diff_tables"]
