"""The last look at a site before it leaves sees enough."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"


def _load_check_site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_site", GITHUB / "scripts" / "check-site.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


check_site = _load_check_site()


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A project with four datasets and a site that is fine."""
    for slug in ("a", "b", "c", "d"):
        (tmp_path / "datasets" / slug).mkdir(parents=True)
        (tmp_path / "datasets" / slug / "datapackage.yaml").write_text(f"name: {slug}\n", encoding="utf-8")
        (tmp_path / "site" / slug).mkdir(parents=True)
        (tmp_path / "site" / slug / "index.html").write_text("<p>page", encoding="utf-8")
    (tmp_path / "site" / "index.html").write_text("<p>front", encoding="utf-8")
    (tmp_path / "site" / ".nojekyll").touch()
    (tmp_path / "site" / "避難場所（一覧）.csv").write_text("名称\n", encoding="utf-8")
    return tmp_path


def problems(town: Path, **options: int) -> list[str]:
    found: list[str] = check_site.check(town / "site", town / "datasets", **options)
    return found


def test_a_good_site_may_leave(town: Path) -> None:
    assert problems(town) == []


@pytest.mark.parametrize("target", ["/etc/passwd", "../datasets", "index.html", "nowhere"])
def test_a_symbolic_link_stays(town: Path, target: str) -> None:
    (town / "site" / "link").symlink_to(target)
    assert problems(town) == ["link is a symbolic link. Put the file itself there."]


def test_a_site_that_is_itself_a_link_stays(town: Path) -> None:
    (town / "site").rename(town / "elsewhere")
    (town / "site").symlink_to(town / "elsewhere")
    assert problems(town) == ["site is not a folder. Build the site first."]


def test_a_special_file_stays(town: Path) -> None:
    os.mkfifo(town / "site" / "pipe")
    assert problems(town) == ["pipe is neither a file nor a folder. Remove it."]


def test_a_site_without_a_front_page_stays(town: Path) -> None:
    (town / "site" / "index.html").unlink()
    (found,) = problems(town)
    assert found.startswith("index.html is missing")


def test_a_folder_is_no_front_page(town: Path) -> None:
    (town / "site" / "index.html").unlink()
    (town / "site" / "index.html").mkdir()
    (found,) = problems(town)
    assert found.startswith("index.html is missing")


def test_a_site_that_is_too_large_names_the_largest_files(town: Path) -> None:
    for number in range(12):
        (town / "site" / f"{number:02}.csv").write_bytes(b"x" * (100 + number))
    (found,) = problems(town, max_bytes=1000)
    lines = found.splitlines()
    assert "at most 1,000 are published" in lines[0]
    assert [line.split()[-1] for line in lines[1:]] == [f"{number:02}.csv" for number in range(11, 1, -1)]
    assert problems(town) == []


def test_the_limit_is_the_last_size_that_may_leave(town: Path) -> None:
    total = sum(path.stat().st_size for path in (town / "site").rglob("*") if path.is_file())
    assert problems(town, max_bytes=total) == []
    assert len(problems(town, max_bytes=total - 1)) == 1


def test_a_site_that_lost_its_pages_stays(town: Path) -> None:
    for slug in ("a", "b"):
        (town / "site" / slug / "index.html").unlink()
    assert problems(town) == []  # half of the four datasets and the front page: just enough
    (town / "site" / "c" / "index.html").unlink()
    (found,) = problems(town)
    assert found.startswith("The site has 2 HTML pages; for its datasets at least 3 are expected.")


def test_a_wrong_folder_of_datasets_is_no_free_pass(town: Path) -> None:
    (found,) = check_site.check(town / "site", town / "dataset")
    assert found.startswith("dataset is not a folder")


UNSAFE = ["a:b", "a\nb", "a[b]", "<b>", "a\\b", "a*", "a&b", "a%2e", "::error::x", ".env", ".git", "-rf"]
UNSAFE += ["a.", "a ", "\u202egnp.exe", "a\u200bb", "か\u3099.csv"]


@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_name_stays_and_is_printed_harmless(town: Path, name: str) -> None:
    (town / "site" / name).touch()
    (found,) = problems(town)
    assert found.endswith("has a name that is not safe in an address. Rename it.")
    assert not re.search(r"[\[\]:<>\n\u202e\u200b]", found)


def test_many_problems_of_one_kind_are_cut_and_counted(town: Path) -> None:
    for number in range(30):
        (town / "site" / f"a:{number:02}").touch()
    found = problems(town)
    assert len(found) == 21
    assert found[-1] == "... and 10 more like this."


def run_check_site(town: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(GITHUB / "scripts" / "check-site.py"), *arguments],
        cwd=town,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_script_answers_by_its_exit_status(town: Path) -> None:
    good = run_check_site(town, "site", "--datasets", "datasets")
    assert (good.returncode, good.stderr) == (0, "")
    bad = run_check_site(town, "site", "--datasets", "datasets", "--max-bytes", "3")
    assert bad.returncode == 1
    assert "The largest files:" in bad.stderr
    assert bad.stderr.endswith("The site is not published.\n")


def test_the_workflow_calls_the_script_as_it_is(town: Path) -> None:
    jobs = yaml.safe_load((GITHUB / "workflows" / "deploy.yml").read_text(encoding="utf-8"))["jobs"]
    commands = [step.get("run", "").strip() for job in jobs.values() for step in job.get("steps", [])]
    (command,) = [command for command in commands if "check-site.py" in command]
    program, script, *arguments = command.split()
    assert (program, script) == ("python", ".github/scripts/check-site.py")
    assert run_check_site(town, *arguments).returncode == 0
