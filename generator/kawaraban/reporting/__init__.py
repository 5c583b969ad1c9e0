"""A `Verdict` -> text, JSON. FORMATS names them; the sentences are in sentences.py."""

from collections.abc import Callable, Sequence

from kawaraban.model import Verdict
from kawaraban.reporting.json import json_report
from kawaraban.reporting.text import text_report

FORMATS: dict[str, Callable[[Sequence[Verdict], float, str], str]] = {
    "text": text_report,
    "json": json_report,
}
