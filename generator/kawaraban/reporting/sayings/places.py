"""What is said of coordinates."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "swapped-coordinates": (
        "latitude and longitude are the wrong way round: “{value}”", "change them over: write {fix} here",
        "Latitudes in Japan are about 20 to 46 degrees, longitudes about 123 to 154. "
        "The other way round the place is nowhere on the earth, or in another country.",
    ),
    "swapped-coordinate-columns": (
        "latitude and longitude are the wrong way round in the whole table (the column {label})",
        "change the two columns over; GeoJSON has the longitude first",
        "The columns hold each other's numbers. In GeoJSON a place is written as longitude, then latitude; "
        "many programs and maps show it the other way round, and so it is copied.",
    ),
    "zero-coordinates": (
        "“{value}” is no place in Japan", "write the coordinates, or leave both cells empty",
        "0 is often written where a place is not known. A map then shows it in the sea off Africa.",
    ),
    "equal-coordinates": (
        "latitude and longitude are both “{value}”", "write the right number into one of the two",
        "Nowhere in Japan are the two the same: one of the cells was copied into the other.",
    ),
    "impossible-coordinates": (
        "“{value}” is too large: {label} goes to {most} degrees",
        "look for a decimal point that is missing or misplaced",
        "No place on the earth has such a number. Mostly the decimal point is missing or misplaced.",
    ),
    "projected-coordinates": (
        "the coordinates are not in degrees (“{latitude}”, “{longitude}”): they look like metres",
        "save the file again with latitude and longitude in degrees (EPSG:6668 or EPSG:4326)",
        "Surveying and city planning use plane rectangular coordinates (平面直角座標系) in metres. "
        "A map on the web needs latitude and longitude in degrees, and without the name of the zone nobody can tell "
        "where the places are. In QGIS the system is chosen when a layer is saved.",
    ),
    "projected-crs": (
        "the coordinates are in {value}, a system in metres, and were turned into longitude and latitude",
        "see on the map if the places are right; if so, leave it as it is",
        "GeoJSON holds longitude and latitude in degrees (RFC 7946). Some programs obey a `crs` that says otherwise "
        "and others do not, so that the same file lies in different places. Here it is obeyed for the plane "
        "rectangular systems (平面直角座標系), UTM and Web Mercator; the places are exact to a millimetre.",
    ),
    "degrees-minutes-seconds": (
        "“{value}” is in degrees, minutes and seconds", "write it in degrees: {fix}",
        "Programs take one number in degrees, such as 35.178611, and no signs for degrees and minutes.",
    ),
    "degrees-minutes-seconds-columns": (
        "the numbers look like degrees, minutes and seconds in a row: “{value}” for {degrees}°{minutes}′{seconds}″",
        "if so, write them in degrees; “{value}” is then {right}",
        "35.1043 may mean 35°10′43″ or 35.1043 degrees, kilometres apart. "
        "In this column all numbers look like the first.",
    ),
    "outside-japan": (
        "the place ({latitude}, {longitude}) is outside of Japan", "look for a wrong or missing digit",
        "Latitudes in Japan are 20.4 to 45.6 degrees, longitudes 122.9 to 154.0, with all islands. "
        "If the place really is abroad, the remark can be set aside with `silence`.",
    ),
    "far-from-town": (
        "the place ({latitude}, {longitude}) is {distance} km from the town", "look for a wrong digit",
        "A wrong digit moves a place by 10 or 100 km. Of places beyond `reach` (40 km, where `extra.town` of "
        "mkdocs.yml says nothing else) the officer is asked; tables with many such places are left alone.",
    ),
    "far-from-others": (
        "the place ({latitude}, {longitude}) is {distance} km from the others of the table", "look for a wrong digit",
        "One place lies far from all the others, which are close together. "
        "A wrong digit does that; a branch office too.",
    ),
    "coarse-coordinates": (
        "the coordinates have two decimals or fewer (“{latitude}”, “{longitude}”)",
        "write five or six decimals; see if the spreadsheet rounds them",
        "With two decimals a place is known to within about a kilometre: nobody finds a building with that.",
    ),
    "half-coordinates": (
        "{label} is empty, while {other} is “{there}”", "write both, or leave both empty",
        "With one of the two a place cannot be shown on a map.",
    ),
}  # fmt: skip
