"""Values -> places in px, and the values that an axis names."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Linear:
    """Numbers along a line: `low` lies at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Band:
    """Names along a line, each with a step of its own; `names` gives the number of each, from 0."""

    names: Mapping[Any, int]
    start: float
    end: float
    filled: float = 0.68  # the share of a step that a bar takes

    @property
    def step(self) -> float:
        return (self.end - self.start) / max(len(self.names), 1)

    @property
    def width(self) -> float:
        return self.step * self.filled

    def at(self, name: Any) -> float:
        """Give the middle of a name's step."""
        return self.start + (self.names[name] + 0.5) * self.step


def step_of(span: float, count: int, whole: bool = False) -> float:
    """Give the round step (1, 2 or 5 times a power of ten) that makes at most `count` steps of `span`."""
    least = max(span / max(count, 1), 1e-12)
    power = 10.0 ** math.floor(math.log10(least))
    step = next(each * power for each in (1.0, 2.0, 5.0, 10.0) if each * power >= least * 0.999999)
    return max(step, 1.0) if whole else step


def ticks(low: float, high: float, count: int, whole: bool = False) -> list[float]:
    """Give the round values from the one at or below `low` to the one at or above `high`."""
    step = step_of((high - low) or abs(high) or 1.0, count, whole)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        last += 1
    return [round(number * step, 12) for number in range(first, last + 1)]


def within(low: float, high: float, count: int, whole: bool = False) -> list[float]:
    """Give the round values between `low` and `high`."""
    return [each for each in ticks(low, high, count, whole) if low - 1e-9 <= each <= high + 1e-9]
