"""Every table that others wrote to try readers with: our report is frictionless's, or it is known why not."""

import shutil
import warnings
from pathlib import Path
from typing import Any

import pytest

from kawaraban.errors import KawarabanError
from test_screen import frictionless_report, report

SUFFIXES = {".csv", ".tsv", ".xlsx"}
BETTER = {
    "country-2.csv": "frictionless takes the comment for the header, and the file for one of a single column",
    "dialect.csv": "frictionless does not find the delimiter |",
    "preserve-formatting.xlsx": "a day in a sheet is a day here; frictionless makes a time at midnight of it",
    "table-infer-increase-limit.csv": "a type is found from the whole column; frictionless looks at 100 rows",
}
REFUSED = {
    "implicit-gz.csv": "an archive is no table; the reader says so",
    "implicit-zip.csv": "an archive is no table; the reader says so",
    "table-infer-iso-8859-7.csv": "Greek of one byte a letter; the descriptor has to name it",
}


@pytest.fixture(autouse=True)
def always_screened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kawaraban.checking.search.HALF", 0)


def test_reports_on_others_tables(real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from frictionless import FrictionlessException, Schema

    equal, differing, refused, broken = 0, set(), set(), 0
    for number, file in enumerate(
        each
        for folder in ("frictionless-data", "csv-spectrum")
        for each in sorted((real_data / "hostile" / folder).rglob("*"))
        if each.suffix in SUFFIXES and each.is_file()
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        name = f"a{file.suffix}"
        shutil.copy(file, folder / name)
        bare: dict[str, Any] = {"name": "a", "path": name}
        cases = [bare]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                cases.append({**bare, "schema": Schema.describe(str(folder / name)).to_descriptor()})
            except FrictionlessException:
                broken += 1
            for case in cases:
                theirs = frictionless_report(folder, [case])
                try:
                    ours = [report(folder, [case], engine) for engine in ("duckdb", "frictionless", "auto")]
                except KawarabanError:
                    refused.add(file.name)
                    continue
                assert ours[0] == ours[1] == ours[2], file.name
                if ours[0] == theirs:
                    equal += 1
                else:
                    differing.add(file.name)
    assert differing == set(BETTER)
    assert refused == set(REFUSED)
    assert equal >= 100
    with capsys.disabled():
        print(f"\nreports: {equal} equal, {len(differing)} files differ by design, {len(refused)} refused")
