"""Degrees, minutes and seconds where a map wants degrees: 35°10′43″ is 35.178611, and 35.1043 is somewhere else."""

import re
from collections.abc import Iterator

from kawaraban.checking.points import ENOUGH, Points, find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.tidying.pairs import in_degrees

MARKED = r"[\d０-９]\s*[°º˚゜度]\s*[\d０-９]"
# 35.1043: two digits below 60, and two more; Excel leaves out the zeros at the end
RUN_ON = re.compile(r"\d{2,3}(?:\.[0-5](?:\d(?:(?P<tens>[0-5])\d*)?)?)?")
FULL = re.compile(r"\d{2,3}\.\d{4,}")
SAMPLE = 1000
SPREAD = 5  # different tens of seconds, of six; a grid of round numbers has fewer


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every cell with a sign of degrees; the fix is the same place in degrees alone."""
    for points in find_points(sheet):
        for column in points.loose:
            for row, text in sheet.cells(column, MARKED):
                fix = in_degrees(text)
                if fix:
                    yield Finding(row, column, text, fix)


def look_at_columns(sheet: Sheet) -> Iterator[Finding]:
    """Give the column of latitudes where all numbers are degrees, minutes and seconds written in a row."""
    for points in find_points(sheet):
        if points.oddities.whole != "packed" and not _run_on(points):
            continue
        _, north, _ = next(points.read(points.located[:1]))
        digits = north.replace(".", "").ljust(6, "0")
        degrees, minutes, seconds = digits[:2], digits[2:4], digits[4:6]
        fix = in_degrees(f"{degrees}°{minutes}′{seconds}″")
        details = {"degrees": int(degrees), "minutes": int(minutes), "seconds": int(seconds), "right": fix or ""}
        yield Finding(None, points.latitude, north, details=details)


def _run_on(points: Points) -> bool:
    """Say whether all places are so written. A table has to show it many times: chance makes a few."""
    at = points.located
    if points.form != "columns" or len(at) < ENOUGH or points.oddities.whole:
        return False
    for some in (at[:ENOUGH], at[:: max(1, len(at) // SAMPLE)]):  # clean data is known by the first
        seen = [(north, east) for _, north, east in points.read(some)]
        if not all(RUN_ON.fullmatch(text) for pair in seen for text in pair):
            return False
    return all(_varied(texts) for texts in zip(*seen, strict=True))


def _varied(texts: tuple[str, ...]) -> bool:
    """Say whether enough different numbers are there, with seconds from all over the minute."""
    tens = {found["tens"] for found in map(RUN_ON.fullmatch, texts) if found and found["tens"]}
    return len(tens) >= SPREAD and len({text for text in texts if FULL.fullmatch(text)}) >= ENOUGH


SIGNS = (
    Sign("degrees-minutes-seconds", "warning", look),
    Sign("degrees-minutes-seconds-columns", "warning", look_at_columns),
)

HEAD = "名称,緯度,経度\n"
TIMES = [(10 + n % 2, 7 * n % 60, 18 + n % 3, 11 * n % 60) for n in range(16)]
RUN = HEAD + "".join(f"標{n},35.{a:02}{b:02},140.{c:02}{d:02}\n" for n, (a, b, c, d) in enumerate(TIMES))
ROW = HEAD + "".join(f"標{n},35{a:02}{b:02},140{c:02}{d:02}\n" for n, (a, b, c, d) in enumerate(TIMES))
DECIMAL = HEAD + "".join(f"標{n},35.17{6 * n % 100:02},140.31{7 * n % 100:02}\n" for n in range(16))

RIGHT = {
    "degrees-minutes-seconds": [
        Example(HEAD + "本館,35.1787,140.3121\n分館,,\n"),
        Example(HEAD + "本館,35.1787度,不明\n"),
        Example("名称,気温\n本館,35度10分に測定\n"),
        Example(HEAD + "本館,35°75′43″,不明\n"),
    ],
    "degrees-minutes-seconds-columns": [
        Example(DECIMAL),
        Example(RUN.replace("35.1149", "35.1169")),
        Example("".join(RUN.splitlines(keepends=True)[:10])),
    ],
}
WRONG = {
    "degrees-minutes-seconds": [
        Example(
            HEAD + "本館,35°10′43″N,140°18′44″E\n分館,35.1841,140.3407\n", (("B2", "35.178611"), ("C2", "140.312222"))
        ),
        Example(HEAD + "本館,北緯３５度１０分４３秒,140.3122\n", (("B2", "35.178611"),)),
        Example(HEAD + "本館,35.1786,140º 18.733'\n", (("C2", "140.312217"),)),
    ],
    "degrees-minutes-seconds-columns": [
        Example(RUN, (("B1", None),)),
        Example(ROW, (("B1", None),)),
    ],
}
