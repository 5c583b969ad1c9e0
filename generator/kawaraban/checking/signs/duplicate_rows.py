"""A row that stands twice, cell for cell: pasted once too often, most likely."""

from collections.abc import Iterator

from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every row that an earlier row equals, all cells being the same; blank rows are another matter."""
    import pyarrow as pa
    import pyarrow.compute as pc

    arrays = [sheet.columns.column(column) for column in range(len(sheet.names))]
    # a column without a value twice: no row can stand twice
    if len(arrays) < 2 or any(pc.count_distinct(each).as_py() == len(each) for each in arrays):
        return
    names = [f"c{column}" for column in range(len(arrays))]
    table = pa.table([*arrays, pa.array(sheet.columns.numbers())], names=[*names, "row"])
    groups = table.group_by(names).aggregate([("row", "count"), ("row", "min")])
    groups = groups.filter(pc.greater(groups["row_count"], 1)).drop_columns("row_count")
    twice = table.join(groups, names, join_type="inner").sort_by("row")
    for each in twice.to_pylist():
        if each["row"] != each["row_min"] and any(each[name] for name in names):
            yield Finding(each["row"], details={"first": sheet.table.origin.row(each["row_min"])})


SIGN = Sign("duplicate-row", "warning", look)

RIGHT = [
    Example("名称,住所\n本館,1丁目\n分館,1丁目\n"),
    Example("名称\n本館\n本館\n"),
    Example("名称,住所\n本館,1丁目\n,\n,\n"),
]
WRONG = [
    Example("名称,住所\n本館,1丁目\n分館,2丁目\n本館,1丁目\n", (("4", None),)),
]
