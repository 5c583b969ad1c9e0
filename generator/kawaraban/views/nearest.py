"""How far places are from each other: the nearest few of each, and a distance in words."""

from collections.abc import Sequence
from typing import Any

DEGREE = 111_320.0  # metres of a degree of latitude
AT_ONCE = 500  # places that are measured against all others together


def nearest(spots: Sequence[tuple[float, float]], count: int) -> list[list[tuple[int, float]]]:
    """Give for each place (latitude, longitude) the nearest others: their index and the metres to them."""
    import numpy as np

    lat, lon = (np.radians(np.array(each, dtype=float)) for each in zip(*spots, strict=True))
    metres_of_radian = np.degrees(1) * DEGREE
    found: list[list[tuple[int, float]]] = []
    for start in range(0, len(spots), AT_ONCE):
        here = slice(start, start + AT_ONCE)
        east = (lon[None, :] - lon[here, None]) * np.cos(lat[here, None])
        far: Any = np.hypot(lat[None, :] - lat[here, None], east) * metres_of_radian
        order = np.argsort(far, axis=1, kind="stable")[:, : count + 1]
        for row, others in enumerate(order):
            own = [int(each) for each in others if each != start + row][:count]
            found.append([(each, float(far[row, each])) for each in own])
    return found


def distance_text(metres: float) -> str:
    """Give a distance as people say it: to 10 m, to 100 m from 1 km, to 1 km from 10 km."""
    if metres < 995:
        return f"{round(metres / 10) * 10} m"
    return f"{metres / 1000:.1f} km" if metres < 9_950 else f"{metres / 1000:,.0f} km"
