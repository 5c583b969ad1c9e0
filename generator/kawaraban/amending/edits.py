"""What has to be written where, so that a text says something else and is otherwise as it was."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kawaraban.amending.parts import Entry, Part
from kawaraban.amending.written import entry_lines, flow, in_json, one_line

Edit = tuple[int, int, str]  # from, to, what stands there afterwards
GAP = re.compile(r"\s*")
BETWEEN = re.compile(r"\s*,\s*")


def same(one: Any, other: Any) -> bool:
    """Say whether two values are written alike: 1, 1.0 and true are not."""
    return json.dumps(one) == json.dumps(other)


class Edits:
    """What has to be written where, for a text to say something else."""

    def __init__(self, text: str, is_json: bool) -> None:
        self.text = text
        self.is_json = is_json
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def of(self, part: Part | None, old: Any, new: Any, key: Entry | None = None) -> Iterator[Edit]:
        """Give the edits that make `old`, which stands at `part`, below `key`, into `new`."""
        if same(old, new):
            return
        if part is None:  # a text that holds nothing
            at = len(self.text)
            gap = self.newline if self.text and not self.text.endswith("\n") else ""
            lines = [line for name, each in new.items() for line in entry_lines(name, each)]
            yield at, at, gap + "".join(line + self.newline for line in lines)
        elif self._can_go_deeper(part, old, new):
            if isinstance(new, Mapping):
                yield from self._mapping(part, old, new)
            else:
                yield from self._list(part, old, new)
        else:
            yield from self._whole(part, new, key)

    def _can_go_deeper(self, part: Part, old: Any, new: Any) -> bool:
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            gone = [at for at, name in enumerate(old) if name not in new]
            order = [*(name for name in old if name in new), *(name for name in new if name not in old)]
            if len(part.entries) != len(old) or len(gone) == len(old) or order != list(new):
                return False
            return len(gone) < 2 or not (part.flow or (0 in gone and not self._own_line(part, 0)))
        if isinstance(old, list) and isinstance(new, list):
            return bool(old) and len(new) >= len(old) and len(part.entries) == len(old)
        return False

    def _mapping(self, part: Part, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
        for at, (name, entry) in enumerate(zip(old, part.entries, strict=True)):
            if name in new:
                yield from self.of(entry.value, old[name], new[name], entry)
            else:
                yield self._removal(part, at)
        added = {name: each for name, each in new.items() if name not in old}
        if not added:
            return
        if part.flow:
            pieces = [self._flow_entry(name, each, self._indent_in(part)) for name, each in added.items()]
            yield from self._joined(part, pieces)
        else:
            lines = [line for name, each in added.items() for line in entry_lines(name, each)]
            yield self._below(part.entries[-1].value.end, lines, self._column(part.entries[0].start))

    def _list(self, part: Part, old: list[Any], new: list[Any]) -> Iterator[Edit]:
        for entry, before, after in zip(part.entries, old, new, strict=False):
            yield from self.of(entry.value, before, after)
        added = new[len(old) :]
        if added and part.flow:
            yield from self._joined(part, [self._flow(each, self._indent_in(part)) for each in added])
        elif added:
            lines = [f"- {flow(each)}" for each in added]
            yield self._below(part.entries[-1].value.end, lines, self._column(part.start))

    def _whole(self, part: Part, new: Any, key: Entry | None) -> Iterator[Edit]:
        """Give the edits that put `new` in the place of all that stands at `part`."""
        if self.is_json or part.inside_flow or key is None or one_line(new):
            told = self._flow(new, self._indent_of(part.start))
            if key is None or part.flow or part.is_scalar:
                yield part.start, part.end, f" {told}" if part.start == part.end else told
                return
            colon = self.text.index(":", key.end) + 1
            yield colon, colon, f" {told}"
            yield self._line_end(key.end), part.end, ""
            return
        lines = entry_lines("", new)[1:]
        column = self._column(key.start)
        if part.flow or part.is_scalar:
            yield self.text.index(":", key.end) + 1, part.end, ""
            yield self._below(part.end, lines, column)
        else:
            at = self._line_end(key.end)
            yield at, part.end, "".join(self.newline + " " * column + line for line in lines)

    def _removal(self, part: Part, at: int) -> Edit:
        entry = part.entries[at]
        if part.flow and at == len(part.entries) - 1:
            return part.entries[at - 1].value.end, entry.value.end, ""
        if part.flow or not self._own_line(part, at):
            return entry.start, part.entries[at + 1].start, ""
        start, end = self._line_start(entry.start), self._line_end(entry.value.end)
        if end < len(self.text):
            return start, self.text.index("\n", end) + 1 if self.text[end] in "\r\n" else end, ""
        return max(start - len(self.newline), 0), end, ""

    def _own_line(self, part: Part, at: int) -> bool:
        start = part.entries[at].start
        return not self.text[self._line_start(start) : start].strip()

    def _joined(self, part: Part, pieces: list[str]) -> Iterator[Edit]:
        """Give the edits that add pieces at the end of a flow mapping or list, parted as what is there is."""
        last = part.entries[-1].value.end
        lead = self.text[part.start + 1 : part.entries[0].start]
        between = f",{lead}" if "\n" in lead and GAP.fullmatch(lead) else ", "
        if len(part.entries) > 1:
            found = self.text[part.entries[-2].value.end : part.entries[-1].start]
            between = found if BETWEEN.fullmatch(found) else between
        added = "".join(between + piece for piece in pieces)
        end = self._line_end(last)
        if "\n" in between and self.text[last:end].lstrip().startswith("#"):  # the last one keeps its comment
            yield last, last, ","
            yield end, end, added[1:]
        else:
            yield last, last, added

    def _below(self, at: int, lines: list[str], column: int) -> Edit:
        """Give the edit that puts lines below the one that the letter at `at` ends, so many spaces in."""
        indented = [" " * column + line for line in lines]
        if at and self.text[at - 1] == "\n":
            return at, at, "".join(line + self.newline for line in indented)
        end = self._line_end(at)
        return end, end, "".join(self.newline + line for line in indented)

    def _flow_entry(self, name: str, value: Any, indent: str) -> str:
        return f"{self._flow(name, '')}: {self._flow(value, indent)}"

    def _flow(self, value: Any, indent: str) -> str:
        if not self.is_json:
            return flow(value)
        unit = re.search(r"\A\s*[{\[]\r?\n([ \t]+)", self.text)
        return in_json(value, unit[1] if unit else None).replace("\n", self.newline + indent)

    def _indent_in(self, part: Part) -> str:
        return self._indent_of(part.entries[0].start)

    def _indent_of(self, at: int) -> str:
        """Give the white space that the line of the letter at `at` begins with."""
        line = self.text[self._line_start(at) : at]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Give where the line that the letter at `at` stands on ends, before its line end."""
        end = self.text.find("\n", at)
        if end < 0:
            return len(self.text)
        return end - 1 if end > at and self.text[end - 1] == "\r" else end
