"""The few elements a drawing is made of, as text. Their colours are the page's: currentColor, custom properties."""

from collections.abc import Iterable, Sequence
from html import escape

from kawaraban.views.lettering import LINE, SIZE

COLOURS = 8
HALO = {"stroke": "var(--kb-paper)", "stroke_width": 3, "paint_order": "stroke", "stroke_linejoin": "round"}
DASHES = ("", "6 3", "2 3")  # lines of the second and third eight have a dash


def colour(number: int) -> str:
    """Give the colour of a series, from 0."""
    return f"var(--kb-{number % COLOURS + 1})"


def plain(value: float) -> str:
    """Give a length with at most one digit behind the point."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _attributes(values: dict[str, object]) -> str:
    return "".join(
        f' {key.rstrip("_").replace("_", "-")}="{plain(each) if isinstance(each, float) else each}"'
        for key, each in values.items()
        if each not in (None, "")
    )


def element(name: str, inner: str = "", /, **values: object) -> str:
    """Give one element; `inner` is SVG, and values are written as they are."""
    return f"<{name}{_attributes(values)}>{inner}</{name}>" if inner else f"<{name}{_attributes(values)}/>"


def titled(said: str) -> str:
    """Give what is said of a mark when one points at it."""
    return f"<title>{escape(said)}</title>" if said else ""


def text(x: float, y: float, said: str | Sequence[str], anchor: str = "", halo: bool = False, **more: object) -> str:
    """Give text whose (first) baseline is at `y`; with `halo`, legible on top of marks."""
    lines = [said] if isinstance(said, str) else list(said)
    inner = escape(lines[0], quote=False)
    inner += "".join(f'<tspan x="{plain(x)}" dy="{LINE}">{escape(each, quote=False)}</tspan>' for each in lines[1:])
    under = HALO if halo else {}
    return element("text", inner, **{"x": float(x), "y": float(y), "text_anchor": anchor, **under, **more})


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = "currentColor", **more: object) -> str:
    return element("path", d=f"M{plain(x1)},{plain(y1)}L{plain(x2)},{plain(y2)}", stroke=stroke, **more)


def rect(x: float, y: float, width: float, height: float, said: str = "", **more: object) -> str:
    """Give a rectangle; a height or width below 0 goes the other way."""
    x, y = min(x, x + width), min(y, y + height)
    size = {"width": abs(float(width)), "height": abs(float(height))}
    return element("rect", titled(said), x=float(x), y=float(y), **size, **more)


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """Give the path data through points."""
    return "M" + "L".join(f"{plain(x)},{plain(y)}" for x, y in points)


def drawing(inner: str, width: float, height: float, title: str, told: str) -> str:
    """Give the whole drawing: scaling down with its card, named and described."""
    return (
        f'<svg viewBox="0 0 {plain(width)} {plain(height)}" style="max-width:{plain(width)}px" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title><desc>{escape(told)}</desc>'
        f'<g font-size="{SIZE}" fill="currentColor">{inner}</g></svg>'
    )
