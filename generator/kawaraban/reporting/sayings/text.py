"""What is said of letters, widths, quotes and line ends."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {}
