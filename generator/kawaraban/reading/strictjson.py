"""JSON as RFC 8259 has it: no NaN, no key twice, nothing nested without end."""

import json
from pathlib import Path
from typing import Any

from kawaraban.errors import KawarabanError


def load_json(file: Path, shown: str) -> Any:
    """Give the value of a UTF-8 JSON file. Raises KawarabanError with the line where it is not one."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = dict(pairs)
        if len(found) < len(pairs):
            twice = next(key for index, (key, _) in enumerate(pairs) if key in dict(pairs[:index]))
            raise KawarabanError("the key `{key}` stands twice", shown, "keep one of them", key=twice)
        return found

    def refuse(name: str) -> Any:
        raise KawarabanError("{name} is not a JSON value", shown, "write a number or null", name=name)

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
    except (RecursionError, ValueError) as error:
        raise KawarabanError("this is not valid JSON ({detail})", shown, "make it flatter", detail=error) from None
