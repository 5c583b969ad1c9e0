"""The municipal standard datasets: one YAML file each, editions side by side, and which of them a file follows.

An edition that is not known in full is marked as such, and never used to call a file wrong.
"""

from kawaraban.standards.catalogue import STANDARDS, Column, Edition, Standard, standard, standards
from kawaraban.standards.convert import Source, convert, fill
from kawaraban.standards.match import Match, canonical, match
from kawaraban.standards.pages import views_for
from kawaraban.standards.schema import fields_for, schema_of

__all__ = [
    "STANDARDS",
    "Column",
    "Edition",
    "Match",
    "Source",
    "Standard",
    "canonical",
    "convert",
    "fields_for",
    "fill",
    "match",
    "schema_of",
    "standard",
    "standards",
    "views_for",
]
