"""A drawing of a page -> a file that stands alone: SVG in fixed colours, and PNG. The only importer of vl-convert."""

import re

from kawaraban.views.palette import ACCENT, PAPERS, palettes

FONTS = "'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic',Meiryo,sans-serif"


def standalone(drawing: str, accent: str = ACCENT, scheme: str = "light") -> str:
    """Give a drawing as an SVG file: on paper, in the colours of a town instead of those of a page."""
    paper, ink = PAPERS[scheme]
    own = palettes(accent)[scheme]
    colours = {"--kb-paper": paper, "--kb-ink": ink, "--kb-accent": own.accent}
    colours |= {f"--kb-{number}": colour for number, colour in enumerate(own.series, start=1)}
    found = re.match(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', drawing)
    if found is None:
        raise ValueError("this is not a drawing of ours")
    wide, tall = found[1], found[2]
    inner = re.sub(r"var\((--kb-[a-z0-9]+)\)", lambda each: colours[each[1]], drawing[found.end() :])
    inner = inner.replace('="currentColor"', f'="{ink}"')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" '
        f'font-family="{FONTS}"><rect width="100%" height="100%" fill="{paper}"/>{inner}'
    )


def png(svg: str, scale: float = 2.0) -> bytes:
    """Give a standalone SVG as PNG, `scale` px to each of its own."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=scale))
