"""JSON as RFC 8259 has it: no NaN, no key twice, nothing nested without end."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from kawaraban.errors import KawarabanError

LARGEST = 64 << 20  # bytes; what is made of them takes up to 25 times as much memory


def load_json(file: Path, shown: str) -> Any:
    """Give the value of a UTF-8 JSON file. Raises KawarabanError with the line where it is not one."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = dict(pairs)
        if len(found) < len(pairs):
            twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
            raise KawarabanError("the key `{key}` stands twice", shown, "keep one of them", key=twice)
        return found

    def refuse(name: str) -> Any:
        raise KawarabanError("{name} is not a JSON value", shown, "write a number or null", name=name)

    if (size := file.stat().st_size) > LARGEST:
        raise KawarabanError(
            "the file is too large for JSON ({mb} MB)", shown, "split it, or bring it as CSV", mb=size >> 20
        )
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"), object_pairs_hook=unique, parse_constant=refuse)
    except UnicodeDecodeError:
        raise KawarabanError("{path} is not UTF-8", shown, "save it as UTF-8", path=file.name) from None
    except json.JSONDecodeError as error:
        raise KawarabanError(
            "this is not valid JSON ({detail})",
            f"{shown}:{error.lineno}",
            "check the commas and the quotes on that line",
            detail=error.msg,
        ) from None
    except RecursionError:
        raise KawarabanError("this is nested too deeply", shown, "make it flatter") from None
    except ValueError as error:
        raise KawarabanError("this is not valid JSON ({detail})", shown, "make it flatter", detail=error) from None
