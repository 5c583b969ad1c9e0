"""Verdicts as JUnit XML, which most systems of continuous integration show: a suite per dataset, a case per kind."""

from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from kawaraban.languages import translator
from kawaraban.model import Verdict
from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import Group, counted, groups, silences
from kawaraban.reporting.place import file_of
from kawaraban.reporting.summary import summary
from kawaraban.reporting.target import Target
from kawaraban.reporting.telling import silence_line, told

CLEAN = "valid"  # the case of a dataset without errors; a suite without a case counts for nothing


def junit_report(verdicts: Sequence[Verdict], seconds: float, lang: str, _target: Target | None = None) -> str:
    """Give a failure per kind of error; remarks are the output of a case that passes, silenced kinds are skipped."""
    say = translator(lang)
    listed = [groups(verdict.problems) for verdict in verdicts]
    root = ElementTree.Element("testsuites", name="kawaraban", time=f"{seconds:.3f}")
    for verdict, each in zip(verdicts, listed, strict=True):
        root.append(_suite(verdict, each, say))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    everything = [group for each in listed for group in each]
    root.insert(0, ElementTree.Comment(f" {summary(verdicts, everything, say)} "))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _suite(verdict: Verdict, listed: Sequence[Group], say: Callable[[str], str]) -> ElementTree.Element:
    slug = plain(verdict.slug)
    suite = ElementTree.Element("testsuite", name=slug)
    kinds: dict[tuple[str, str], list[Group]] = {}
    for group in listed:
        kinds.setdefault((group.first.kind, group.first.severity), []).append(group)
    for (kind, severity), of_kind in kinds.items():
        case = ElementTree.SubElement(suite, "testcase", classname=slug, name=plain(kind))
        text = "\n".join(line for group in of_kind for line in _lines(group, say))
        if severity == "error":
            errors, _ = counted(of_kind)
            message = say("{count} problems").format(count=f"{errors:,}")
            ElementTree.SubElement(case, "failure", type=plain(kind), message=message).text = text
        else:
            ElementTree.SubElement(case, "system-out").text = text
    for each in silences(verdict):
        case = ElementTree.SubElement(suite, "testcase", classname=slug, name=plain(each.kind))
        message = silence_line(each.kind, each.reason, each.count, say)
        ElementTree.SubElement(case, "skipped", message=message)
    if verdict.valid:
        ElementTree.SubElement(suite, "testcase", classname=slug, name=CLEAN)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    return suite


def _lines(group: Group, say: Callable[[str], str]) -> list[str]:
    words = told(group, say)
    file = file_of(group.first.path, group.first.sheet)
    lines = [f"{file}: {words.head}"] if words.head else []
    for place, what in words.examples:
        lines.append(": ".join(each for each in (file, place, what) if each))
    return [*lines, *([f"    → {words.hint}"] if words.hint else [])]
