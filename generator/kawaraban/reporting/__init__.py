"""`Verdict`s -> text for people and for machines. FORMATS names the writers; a workbook is no text, see workbook/."""

from collections.abc import Callable, Sequence

from kawaraban.model import Verdict
from kawaraban.reporting.github import github_report
from kawaraban.reporting.json import json_report
from kawaraban.reporting.junit import junit_report
from kawaraban.reporting.markdown import markdown_report
from kawaraban.reporting.sarif import sarif_report
from kawaraban.reporting.target import Target
from kawaraban.reporting.text import text_report

Writer = Callable[[Sequence[Verdict], float, str, Target], str]

TEXTS: dict[str, Writer] = {
    "text": text_report,
    "json": json_report,
    "github": github_report,
    "markdown": markdown_report,
    "junit": junit_report,
    "sarif": sarif_report,
}
WORKBOOK = "xlsx"
FORMATS = (*TEXTS, WORKBOOK)
