"""What is said of what changed since the last version."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {}
