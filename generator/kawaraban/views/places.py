"""The headings under which towns write where a place is."""

LATITUDE = ("緯度", "lat", "latitude", "Latitude", "北緯")
LONGITUDE = ("経度", "lon", "lng", "longitude", "Longitude", "東経")
