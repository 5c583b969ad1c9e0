"""What is said of personal data; the value is never said."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {}
