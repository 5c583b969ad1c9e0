"""The filters of a search index, in the same order each time: pagefind writes them as its hash tables happen to lie.

Its files are gzip of a word and CBOR; their names hold a digest, by which the file above them calls them.
"""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

WORD = b"pagefind_dcd"
FILTERS = 3  # where in the list of the index its filters stand


def put_in_order(folder: Path) -> None:
    """Write the filters of an index anew, sorted. Raises OSError, and ValueError or the like for an unknown form."""
    entry = folder / "pagefind-entry.json"
    told = json.loads(entry.read_text(encoding="utf-8"))
    for language, about in told["languages"].items():
        index = folder / f"pagefind.{about['hash']}.pf_meta"
        value = _read(index)
        filters = []
        for name, old in value[FILTERS]:
            file = folder / "filter" / f"{old}.pf_filter"
            of, choices = _read(file)
            data = _packed([of, sorted(choices)])
            new = f"{language}_{hashlib.sha256(data).hexdigest()[:7]}"
            file.unlink()
            file.with_name(f"{new}.pf_filter").write_bytes(data)
            filters.append([name, new])
        value[FILTERS] = sorted(filters)
        data = _packed(value)
        about["hash"] = f"{language}_{hashlib.sha256(data).hexdigest()[:15]}"
        index.unlink()
        index.with_name(f"pagefind.{about['hash']}.pf_meta").write_bytes(data)
    entry.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True), encoding="utf-8")


def _read(file: Path) -> Any:
    import cbor2

    data = gzip.decompress(file.read_bytes())
    if not data.startswith(WORD):
        raise ValueError(file.name)
    return cbor2.loads(data[len(WORD) :])


def _packed(value: Any) -> bytes:
    import cbor2

    return gzip.compress(WORD + cbor2.dumps(value), 9, mtime=0)
