"""What is said of dates, eras, codes and numbers as Japan writes them."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {}
