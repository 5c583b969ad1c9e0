"""The pictures of a site's cards: made by processes of their own while the pages are made, and put there at the end.

A picture is slow to draw, and nothing waits for it but the finished site.
"""

import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kawaraban.ahead import draw_beside
from kawaraban.cache import Cache, write_beside
from kawaraban.model import Asset
from kawaraban.publishing.pictures import Picture, png


class Gallery:
    """Knows the pictures that a rendering met; they are kept in the cache."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.pictures: list[Picture] = []
        self._started: list[subprocess.Popen[bytes]] = []

    def assets(self) -> Iterator[Asset]:
        """Give the pictures as files of the stage."""
        for each in self.pictures:
            yield Asset(each.path, each.digest, partial(self._image, each))

    def begin(self) -> None:
        """Have the pictures that are new made beside what comes next."""
        keys = {self._key(each): each for each in self.pictures}
        new = {key: each.svg() for key, each in keys.items() if not self.cache.path(key).is_file()}
        self._started = draw_beside(self.cache.folder, new)

    def write(self, site: Path) -> None:
        """Put the pictures into the built site."""
        for each in self._started:
            each.wait()
        for picture in self.pictures:
            write_beside(site / picture.path, self._image(picture))

    def _key(self, picture: Picture) -> str:
        return self.cache.key("png", picture.digest)

    def _image(self, picture: Picture) -> bytes:
        key = self._key(picture)
        found = self.cache.get(key)
        if found is None:
            found = png(picture.svg())
            self.cache.put(key, found)
        return found
