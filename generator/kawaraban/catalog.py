"""datasets/*/datapackage.yaml -> `Catalog`. A broken descriptor is a problem of its dataset, never of the others."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kawaraban.descriptor import LARGEST, Lines, parse
from kawaraban.errors import KawarabanError, nearest, unknown
from kawaraban.gathering import gather
from kawaraban.model import Dataset, Problem, Recipe, Resource
from kawaraban.recipe import read_recipe
from kawaraban.schema import check_schema

DESCRIPTORS = ("datapackage.yaml", "datapackage.yml", "datapackage.json")
FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx", ".xlsb": "xlsx",
    ".ods": "xlsx", ".geojson": "geojson", ".json": "json", ".parquet": "parquet",
}  # fmt: skip
_UNPACK = "unpack it, and put the data file itself here"
OTHERS = {
    ".zip": _UNPACK, ".gz": _UNPACK, ".7z": _UNPACK, ".lzh": _UNPACK,
    ".pdf": "ask for the table it was made of, as Excel or CSV", ".shp": "export it as GeoJSON",
    ".kml": "export it as GeoJSON",
}  # fmt: skip
RESOURCES = 1000  # of a dataset
SHOWN = 20  # unknown keys that are named
OWN_KEYS = (
    "kind", "theme", "standard", "updates", "translations", "tidy", "views", "fields", "silence", "consolidate",
    "against", "stated", "pages",
)  # fmt: skip
SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every dataset below one folder, by slug, in the order of their names."""

    datasets: Mapping[str, Dataset]

    def __iter__(self) -> Iterator[Dataset]:
        return iter(self.datasets.values())

    def __len__(self) -> int:
        return len(self.datasets)


def read_catalog(root: Path) -> Catalog:
    """Give the catalogue of the project in `root`. Folders without a descriptor are not datasets."""
    base = root / "datasets"
    if base.is_symlink():
        raise KawarabanError("`datasets` is a link", "", "put the folder itself in the project")
    found = {}
    for folder in sorted(base.iterdir()) if base.is_dir() else []:
        if folder.is_dir() and not folder.name.startswith("."):
            name = next((each for each in DESCRIPTORS if (folder / each).is_file()), None)
            if name:
                found[folder.name] = read_dataset(folder, name, root)
    return Catalog(gather(found, _problem))


def read_dataset(folder: Path, name: str, root: Path) -> Dataset:
    """Give the dataset in `folder`; what is wrong with its descriptor is in its `problems`."""
    file = folder / name
    source = file.relative_to(root).as_posix()
    try:
        if file.is_symlink() or folder.is_symlink():
            raise KawarabanError("a descriptor may not be a link", source, "put the file itself there")
        descriptor, lines = parse(_bytes(file, source).decode("utf-8-sig"), source)
    except UnicodeDecodeError:
        error = KawarabanError("{path} is not UTF-8", source, "save it as UTF-8", path=name)
        return Dataset(folder.name, folder, source, {}, problems=(_problem(error, source, None),))
    except KawarabanError as error:
        return Dataset(folder.name, folder, source, {}, problems=(_problem(error, source, None),))
    return build_dataset(folder, source, descriptor, lines)


def build_dataset(folder: Path, source: str, descriptor: Any, lines: Lines) -> Dataset:
    """Give the dataset of a parsed descriptor; every mistake in it becomes a problem with its line."""
    problems: list[Problem] = []
    resources: list[Resource] = []

    def complain(error: KawarabanError, *path: str | int) -> None:
        line = next((lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in lines), None)
        problems.append(_problem(error, source, line))

    if not isinstance(descriptor, Mapping):
        complain(KawarabanError("a descriptor holds keys and values", hint="begin with `name: ...`"))
        return Dataset(folder.name, folder, source, {}, (), tuple(problems), lines)
    if not SLUG.fullmatch(folder.name):
        complain(
            KawarabanError(
                "the folder name {name} cannot be part of a web address",
                hint="use lower-case letters a-z, digits and hyphens, such as evacuation-sites",
                name=folder.name,
            )
        )
    for key in ("title", "description"):
        if key in descriptor and not isinstance(descriptor[key], str):
            complain(KawarabanError("`{key}` must be text", hint="put it in quotes", key=key), key)
    own = descriptor.get("kawaraban", {})
    if not isinstance(own, Mapping):
        complain(
            KawarabanError("`{key}` must hold keys and values", hint="indent what belongs to it", key="kawaraban"),
            "kawaraban",
        )
    else:
        for key in [key for key in own if key not in OWN_KEYS][:SHOWN]:
            complain(unknown("`{word}` is not a key of `kawaraban:`", key, OWN_KEYS), "kawaraban", key)
        if own.get("pages") not in (None, True, False):
            complain(
                KawarabanError("`{key}` must be true or false", hint="write it without quotes", key="pages"),
                "kawaraban",
                "pages",
            )
    listed = descriptor.get("resources")
    if isinstance(own, Mapping) and "consolidate" in own:
        listed = []
    elif isinstance(own, Mapping) and own.get("kind") == "dashboard" and listed is None:
        listed = []  # it shows other datasets
    elif not isinstance(listed, list) or not listed:
        complain(
            KawarabanError(
                "a dataset needs at least one resource",
                hint="add `resources:` and below it `- path: file.csv`",
            ),
            "resources",
        )
        listed = []
    if len(listed) > RESOURCES:
        complain(
            KawarabanError(
                "a dataset of {count} resources; at most {most} are read", hint="split it", count=len(listed),
                most=RESOURCES,
            ),
            "resources",
        )  # fmt: skip
    recipe = None
    if isinstance(own, Mapping) and own.get("tidy") is not None:
        try:
            recipe = read_recipe(own["tidy"])
        except KawarabanError as error:
            complain(error, "kawaraban", "tidy", *filter(None, [error.where]))
    names: set[str] = set()
    taken = {"datapackage.json"}
    for index, each in enumerate(listed[:RESOURCES]):
        try:
            resource = _build_resource(folder, each, index, source, recipe if index == 0 else None)
        except KawarabanError as error:
            keys = (int(key) if key.isdecimal() else key for key in error.where.split("/"))
            complain(error, "resources", index, *keys)
            continue
        if resource.name in names:
            complain(
                KawarabanError("two resources are named {name}", hint="rename one of them", name=resource.name),
                "resources",
                index,
            )
        elif taken & set(download_names(resource.name)):
            complain(
                KawarabanError(
                    "the downloads of the resource {name} would be named as others are",
                    hint="rename one of them",
                    name=resource.name,
                ),
                "resources",
                index,
            )
        names.add(resource.name)
        taken.update(download_names(resource.name))
        resources.append(resource)
    return Dataset(folder.name, folder, source, descriptor, tuple(resources), tuple(problems), lines)


def _build_resource(folder: Path, each: Any, index: int, source: str, recipe: Recipe | None) -> Resource:
    if not isinstance(each, Mapping):
        raise KawarabanError("a resource holds keys and values", "", "write `- path: file.csv`")
    path = each.get("path")
    if not isinstance(path, str) or not path:
        raise KawarabanError("a resource needs `path:`, one file", "path", "name the data file in this folder")
    file = inside(folder, path, "path")
    name = each.get("name")
    if name is None:
        name = folder.name if index == 0 else f"{folder.name}-{index + 1}"
    if not isinstance(name, str) or not SLUG.fullmatch(name):
        raise KawarabanError(
            "the resource name {name} cannot be part of a web address",
            "name",
            "use lower-case letters a-z, digits and hyphens, such as evacuation-sites",
            name=name,
        )
    form = str(each.get("format") or "").lower().lstrip(".")
    form = form if form in FORMATS.values() else FORMATS.get(file.suffix.lower(), form)
    if form not in FORMATS.values():
        raise KawarabanError(
            "{path} is not a kind of file that can be read",
            "path",
            OTHERS.get(file.suffix.lower(), "known here: {names}"),
            path=path,
            names=", ".join(FORMATS),
        )
    schema = each.get("schema")
    if isinstance(schema, str):
        schema, _ = parse(read_text(inside(folder, schema, "schema")), f"{source} -> {schema}")
    if schema is not None:
        check_schema(schema)
    dialect = each.get("dialect", {})
    if not isinstance(dialect, Mapping):
        raise KawarabanError("`{key}` must hold keys and values", "dialect", "write it out here", key="dialect")
    encoding = each.get("encoding")
    if encoding is not None:
        try:
            "".encode(str(encoding))
            codecs.getincrementaldecoder(str(encoding))().decode(b"", final=True)
        except (LookupError, ValueError):  # `undefined` raises UnicodeError, a zero byte ValueError
            raise KawarabanError(
                "the encoding {name} is not known",
                "encoding",
                "use utf-8, or cp932 for Excel in Japan",
                name=str(encoding),
            ) from None
    return Resource(name, path, file, form, str(encoding) if encoding else None, dialect, schema, each, recipe)


def download_names(name: str) -> tuple[str, ...]:
    """Give the names of the files that people take away of a resource."""
    return f"{name}.csv", f"{name}.excel.csv", f"{name}.json"


def inside(folder: Path, path: str, key: str) -> Path:
    """Give the file that `path` names below `folder`; refuse URLs, ways out of it, and links."""
    if "://" in path or path.startswith(("//", "\\\\")):
        raise KawarabanError(
            "`{key}: {path}` is an address on the network",
            key,
            "download the file and put it beside the descriptor; a build fetches nothing",
            key=key,
            path=path,
        )
    file = folder / path
    if Path(path).is_absolute() or "\\" in path or "\x00" in path or ".." in Path(path).parts:
        raise KawarabanError(
            "`{key}: {path}` leads out of the dataset's folder", key, "put the file in it", key=key, path=path
        )
    try:
        link = not file.resolve().is_relative_to(folder.resolve()) or _has_link(file, folder)
    except (OSError, ValueError):  # a name that no disk holds
        raise KawarabanError(
            "the file {path} is not there", key, "put it beside the descriptor, or correct the name", path=path
        ) from None
    if link:
        raise KawarabanError(
            "`{key}: {path}` is a link", key, "put the file itself in the folder", key=key, path=path
        )
    if file.is_dir():
        raise KawarabanError("{path} is a folder", key, "name one file in it", path=path)
    if not file.is_file():
        others = [each.name for each in folder.iterdir() if each.is_file() and each.name not in DESCRIPTORS]
        guess = nearest(path, others)
        hint = "did you mean {guess}?" if guess else "put it beside the descriptor, or correct the name"
        raise KawarabanError("the file {path} is not there", key, hint, path=path, guess=guess)
    return file


def read_text(file: Path) -> str:
    """Give the text of a small UTF-8 file; KawarabanError where it is not UTF-8."""
    try:
        return _bytes(file, file.name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KawarabanError("{path} is not UTF-8", "schema", "save it as UTF-8", path=file.name) from None


def _bytes(file: Path, shown: str) -> bytes:
    """Give a descriptor's bytes, where it is not larger than one may be."""
    if file.stat().st_size > 4 * LARGEST:
        raise KawarabanError("the descriptor is too large", shown, "keep it below 2 MB; data belongs in its own file")
    return file.read_bytes()


def _has_link(file: Path, folder: Path) -> bool:
    steps = [file, *file.parents]
    return any(step.is_symlink() for step in steps[: steps.index(folder) + 1])


def _problem(error: KawarabanError, source: str, line: int | None) -> Problem:
    where, _, number = error.where.rpartition(":")
    if line is None and where and number.isdigit():
        line = int(number)
    return Problem(
        "descriptor-error", path=source, line=line, hint=error.hint,
        details={"what": error.what, **{key: _shown(value) for key, value in error.values.items()}},
    )  # fmt: skip


def _shown(value: Any) -> Any:
    """Give a value of a sentence as it can be kept."""
    return value if value is None or isinstance(value, str | int) else str(value)
