"""What the scripts that look at the demo town in a browser share: its site, built in a folder of its own."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # the browser, the demo town and the kinds of pages are those of the tests


@contextmanager
def demo_site(built: Path | None, held: bool = False) -> Iterator[Path]:
    """Give the demo town's site, where none is `built` already; where it is `held`, one dataset has a mistake."""
    from demo_town import build, copy_demo, hold_one

    if built:
        yield built
        return
    with tempfile.TemporaryDirectory(prefix="kawaraban-demo-") as folder:
        copy_demo(Path(folder))
        if held:
            hold_one(Path(folder))
        yield build(Path(folder))
