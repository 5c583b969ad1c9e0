"""A Vega-Lite spec -> SVG that stands in a page. The only importer of vl-convert."""

import re
import zlib
from html import escape
from typing import Any

import vl_convert

from kawaraban.errors import KawarabanError
from kawaraban.views.vega import VEGA_LITE


def svg(spec: dict[str, Any], title: str, told: str) -> str:
    """Give the drawing as SVG to stand in a page: scaling, titled, described, without ids that could clash."""
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    head = re.match(r"<svg[^>]*viewBox=\"([^\"]+)\"[^>]*>", drawn)
    if head is None:
        raise KawarabanError("the chart could not be drawn", "", "try another `mark:`")
    inner = drawn[head.end() :].replace(' aria-hidden="true"', "").replace(' pointer-events="none"', "")
    inner = re.sub(r' (?:class|role|aria-roledescription|aria-label|font-family)="[^"]*"', "", inner)
    inner = re.sub(
        r'<path d="M0,0h[^"]*"(?: fill="[^"]*")?(?: stroke="[^"]*")?/>|<path d="" display="none"/>', "", inner
    )
    inner = re.sub(r"(\.\d{2})\d+", r"\1", inner)
    clash = re.search(r' id="(clip\d+)"', inner)
    if clash:
        inner = inner.replace(clash[1], f"kb-{zlib.crc32(drawn.encode()):x}-{clash[1]}")
    wide = head[1].split()[2]
    return (
        f'<svg viewBox="{head[1]}" style="max-width:{wide}px" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{inner}"
    )
