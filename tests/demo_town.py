"""The demo town in a folder of its own, and its site: for tests and benchmarks that look at it in a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_demo(root: Path) -> None:
    """Write what the demo town is made of into a new folder."""
    for name in ("docs", "datasets", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy2(ROOT / "mkdocs.yml", root)


def hold_one(root: Path) -> None:
    """Put a mistake into one dataset of the demo town, so that it is held."""
    file = root / "datasets" / "childcare" / "childcare.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",9,9,0", ",九,9,0", 1), encoding="utf-8")


def build(root: Path) -> Path:
    """Build a project; give its site."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1746000000", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "kawaraban", "build"], cwd=root, env=env, capture_output=True, text=True,
        encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"
