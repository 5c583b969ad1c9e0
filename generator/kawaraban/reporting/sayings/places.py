"""What is said of coordinates."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {}
