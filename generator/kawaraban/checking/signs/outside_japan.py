"""A place that is on the earth, but not in Japan: a digit too much or wrong."""

from collections.abc import Iterator

from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every such row; of a table that is mostly abroad only the first, since that is then its subject."""
    for points in find_points(sheet):
        odd = points.oddities
        for row, north, east in points.read(odd.abroad[:1] if odd.elsewhere else odd.abroad):
            yield Finding(row, points.latitude, north, details={"latitude": north, "longitude": east})


SIGN = Sign("outside-japan", "warning", look)

RIGHT = [
    Example("島,緯度,経度\n沖ノ鳥島,20.4228,136.0811\n南鳥島,24.2833,153.9864\n与那国島,24.4494,122.9337\n"),
    Example("岬,緯度,経度\nカモイワッカ岬,45.5572,148.8836\n宗谷岬,45.5227,141.9366\n"),
    Example("名称,緯度,経度\n本館,,\n"),
]
WRONG = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,53.1841,140.3407\n別館,35.15,140.29\n", (("B3", None),)),
    Example(
        "都市,緯度,経度\n本町,35.1787,140.3121\n姉妹町,48.8566,2.3522\n友好町,37.5663,126.9779\n", (("B3", None),)
    ),
    Example("都市,緯度,経度\n姉妹町,48.8566,2.3522\n友好町,52.5200,13.4050\n", (("B2", None),)),
]
