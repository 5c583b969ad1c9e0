"""What the scripts that look at the demo town in a browser share: its site, built in a folder of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # the browser and the kinds of pages are those of the tests


@contextmanager
def built_demo(held: bool = False) -> Iterator[Path]:
    """Give the demo town's site; where it is `held`, one dataset has a mistake."""
    with tempfile.TemporaryDirectory(prefix="kawaraban-demo-") as folder:
        root = Path(folder) / "demo"
        for name in ("docs", "datasets", "templates"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy2(ROOT / "mkdocs.yml", root)
        if held:
            file = root / "datasets" / "childcare" / "childcare.csv"
            file.write_text(file.read_text(encoding="utf-8").replace(",9,9,0", ",九,9,0", 1), encoding="utf-8")
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1746000000", "NO_MKDOCS_2_WARNING": "1"}
        subprocess.run([sys.executable, "-m", "kawaraban", "build"], cwd=root, env=env, check=True)
        yield root / "site"
