"""Metres on a map -> longitude and latitude, for the systems used in Japan of which no grid of corrections is needed.

The series of Krüger, as in Kawase, "A general formula for calculating meridian arc length and its application to
coordinate conversion in the Gauss-Krüger projection", Bulletin of the GSI 59 (2011). Exact to less than a millimetre.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import asin, asinh, atan, atanh, cos, cosh, degrees, exp, pi, radians, sin, sinh, sqrt, tan

GRS80 = (6378137.0, 1 / 298.257222101)  # half the long axis in metres, flattening
WGS84 = (6378137.0, 1 / 298.257223563)
DECIMALS = 9  # of a degree: a tenth of a millimetre
FARTHEST = 1_000_000.0  # metres to the east and west; beyond, the series is not exact
WORLD = 20_037_509.0  # metres: half the equator

# 平面直角座標系 I to XIX: latitude and longitude of the origin (国土交通省告示 平成14年第9号)
ZONES = (
    (33, 129 + 30 / 60), (33, 131), (36, 132 + 10 / 60), (33, 133 + 30 / 60), (36, 134 + 20 / 60), (36, 136),
    (36, 137 + 10 / 60), (36, 138 + 30 / 60), (36, 139 + 50 / 60), (40, 140 + 50 / 60), (44, 140 + 15 / 60),
    (44, 142 + 15 / 60), (44, 144 + 15 / 60), (26, 142), (26, 127 + 30 / 60), (26, 124), (26, 131), (20, 136),
    (26, 154),
)  # fmt: skip

Terms = tuple[float, ...]
Degrees = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Transverse:
    """A transverse Mercator system: its origin in degrees, the scale there, and the metres added to the east."""

    latitude: float
    longitude: float
    scale: float
    east: float = 0.0
    ellipsoid: tuple[float, float] = GRS80

    def __call__(self, east: float, north: float) -> tuple[float, float]:
        """Give longitude and latitude."""
        n, radius, alpha, beta, delta = _series(self.ellipsoid)
        unit = self.scale * radius
        xi = north / unit + _arc(radians(self.latitude), n, alpha)
        eta = (east - self.east) / unit
        xi_, eta_ = xi, eta
        for j, each in enumerate(beta, start=1):
            xi_ -= each * sin(2 * j * xi) * cosh(2 * j * eta)
            eta_ -= each * cos(2 * j * xi) * sinh(2 * j * eta)
        chi = asin(sin(xi_) / cosh(eta_))
        latitude = chi + sum(each * sin(2 * j * chi) for j, each in enumerate(delta, start=1))
        longitude = self.longitude + degrees(atan(sinh(eta_) / cos(xi_)))
        return round(longitude, DECIMALS), round(degrees(latitude), DECIMALS)


@cache
def _series(ellipsoid: tuple[float, float]) -> tuple[float, float, Terms, Terms, Terms]:
    """Give n, the radius of a circle as long as a meridian, and the coefficients α, β and δ."""
    axis, flattening = ellipsoid
    n = flattening / (2 - flattening)
    radius = axis / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alpha = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180 - 127 * n**5 / 288,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440 + 281 * n**5 / 630,
        61 * n**3 / 240 - 103 * n**4 / 140 + 15061 * n**5 / 26880,
        49561 * n**4 / 161280 - 179 * n**5 / 168,
        34729 * n**5 / 80640,
    )
    beta = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360 - 81 * n**5 / 512,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440 + 46 * n**5 / 105,
        17 * n**3 / 480 - 37 * n**4 / 840 - 209 * n**5 / 4480,
        4397 * n**4 / 161280 - 11 * n**5 / 504,
        4583 * n**5 / 161280,
    )
    delta = (
        2 * n - 2 * n**2 / 3 - 2 * n**3 + 116 * n**4 / 45 + 26 * n**5 / 45 - 2854 * n**6 / 675,
        7 * n**2 / 3 - 8 * n**3 / 5 - 227 * n**4 / 45 + 2704 * n**5 / 315 + 2323 * n**6 / 945,
        56 * n**3 / 15 - 136 * n**4 / 35 - 1262 * n**5 / 105 + 73814 * n**6 / 2835,
        4279 * n**4 / 630 - 332 * n**5 / 35 - 399572 * n**6 / 14175,
        4174 * n**5 / 315 - 144838 * n**6 / 6237,
        601676 * n**6 / 22275,
    )
    return n, radius, alpha, beta, delta


def _arc(latitude: float, n: float, alpha: Terms) -> float:
    """Give the angle of the meridian's arc from the equator to a latitude."""
    e = 2 * sqrt(n) / (1 + n)
    chi = atan(sinh(asinh(tan(latitude)) - e * atanh(e * sin(latitude))))
    return chi + sum(each * sin(2 * j * chi) for j, each in enumerate(alpha, start=1))


def web_mercator(east: float, north: float) -> tuple[float, float]:
    """Give longitude and latitude of a place in Web Mercator."""
    radius = WGS84[0]
    latitude = 2 * atan(exp(north / radius)) - pi / 2
    return round(degrees(east / radius), DECIMALS), round(degrees(latitude), DECIMALS)


def _systems() -> dict[int, Degrees]:
    found: dict[int, Degrees] = dict.fromkeys((3857, 3785, 900913, 102100, 102113), web_mercator)
    for first, zones in ((2443, ZONES), (6669, ZONES), (10162, ZONES[:13])):  # JGD2000, JGD2011, and with heights
        found |= {first + at: Transverse(*origin, 0.9999) for at, origin in enumerate(zones)}
    for first, ellipsoid in ((3097, GRS80), (6688, GRS80), (32651, WGS84)):  # UTM of JGD2000, JGD2011, WGS 84
        found |= {first + at: Transverse(0, 123 + 6 * at, 0.9996, 500_000, ellipsoid) for at in range(5)}
    return found


# EPSG code (or one of ESRI for the same) -> what gives longitude and latitude of east and north
SYSTEMS = _systems()
GEOGRAPHIC = {4326, 4979, 6668, 6667, 6697, 4612, 4947, 6696}  # WGS 84, JGD2011, JGD2000: degrees already
TOKYO = {4301, *range(3092, 3097), *range(30161, 30180)}  # the datum of before 2002


def to_degrees(code: int, east: float, north: float) -> tuple[float, float] | None:
    """Give longitude and latitude of a place in one of SYSTEMS; None where it is too far from there."""
    system = SYSTEMS[code]
    far = FARTHEST if isinstance(system, Transverse) else WORLD
    if not (abs(east) <= far and abs(north) <= WORLD):
        return None
    return system(float(east), float(north))


# (EPSG, east, north, longitude, latitude), as PROJ has them
RIGHT = [
    (6669, 12345.678, -23456.789, 129.631804884, 32.788401439),
    (6675, -34567.8, -112345.6, 136.788024073, 34.986726507),
    (6677, -10250.5, -33900.25, 139.720069702, 35.694387865),
    (2451, 80000.125, -45000.75, 140.716152926, 35.591150341),
    (6683, 25000.0, 23000.0, 127.750171475, 26.207403924),
    (6687, -1000.5, -190000.0, 153.990144466, 24.284640678),
    (6690, 388000.123, 3950000.456, 133.762214293, 35.687555028),
    (3101, 500000.0, 4750000.0, 147.0, 42.902610950),
    (32654, 383000.5, 3945000.25, 139.707699087, 35.641901695),
    (3857, 15550408.91, 4257980.73, 139.691699982, 35.689499984),
]
