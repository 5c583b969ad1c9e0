"""What a cell looks like, before anyone knows its column: a number, a date, a mark, a word. And a row of them.

The layout of a sheet is found by contrast: words stand above what is typed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kawaraban.tidying.eras import read_era_date

NUMBER = re.compile(
    r"(?:[-+]|[△▲]\s?)?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?%?", re.IGNORECASE
)
QUANTITY = re.compile(
    r"[0-9][0-9,.]*\s*(?:人|名|円|千円|台|件|戸|世帯|㎡|m2|m|km|cm|mm|ha|kg|t|歳|か所|箇所|床|回|室|階|席|本|冊|枚|個|点|校|園|館"
    r"|店|社|棟|基|学級|区画|団体|頭|羽|匹|票|食|袋|箱|施設)"
)
DATE = re.compile(
    r"[12][0-9]{3}([-/.])[01]?[0-9]\1[0-3]?[0-9](?:[T ][0-9:.]+)?|[0-3]?[0-9]/[0-3]?[0-9]/(?:[12][0-9])?[0-9]{2}"
    r"|[12][0-9]{3}年\s*[01]?[0-9]月\s*[0-3]?[0-9]日(?:\s*\(.\))?"
)
PERIOD = re.compile(
    r"(?:[12][0-9]{3}|(?:明治|大正|昭和|平成|令和|[MTSHR])\s*(?:元|[0-9]{1,2}))\s*年度?(?:\s*[0-9]{1,2}月(?:末|分)?)?"
    r"|(?:[0-9]{1,2})月(?:末|分)?|[12][0-9]{3}[-/.][01]?[0-9]|[MTSHR][0-9]{1,2}(?:年度?)?|[12][0-9]{3}-W[0-9]{2}"
    r"|第?[0-9]{1,2}(?:週目?|四半期)|[12][0-9]{3}(?:Q|q)[1-4]"
)
TIME = re.compile(r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\s*[-~〜～]\s*[0-2]?[0-9]:[0-5][0-9])?")
PHONE = re.compile(r"\(?0[0-9]{1,4}\)?[-‐−–―ー]?\(?[0-9]{1,4}\)?[-‐−–―ー][0-9]{3,4}|〒?[0-9]{3}[-‐−–―ー][0-9]{4}")
LINK = re.compile(r"https?://\S+|[^@\s]+@[^@\s]+\.[a-z]+", re.IGNORECASE)
CODE = re.compile(r"(?=(?:.*[0-9]){4})[A-Z]{0,3}[0-9][0-9A-Z_-]{3,}", re.IGNORECASE)
MARKS = frozenset("○×△◎●〇◯✕✓✔☑")
MISSING = frozenset({"-", "－", "―", "ー", "‐", "−", "–", "—", "…", "...", "*", "＊", "･･･", "・・・"})
LONG = 60  # letters: what is longer is prose
FORMS = (
    ("number", NUMBER), ("date", DATE), ("period", PERIOD), ("time", TIME), ("phone", PHONE), ("link", LINK),
    ("quantity", QUANTITY), ("code", CODE),
)  # fmt: skip
TYPED = frozenset({"number", "date", "time", "phone", "link", "quantity", "code", "mark", "prose"})

RIGHT: list[tuple[str, str]] = [
    ("1,230", "number"), ("３４．５", "number"), ("▲12", "number"), ("2024/4/1", "date"), ("令和6年4月1日", "date"),
    ("令和6年度", "period"), ("4月", "period"), ("8:30～17:15", "time"), ("099-123-4567", "phone"),
    ("126人", "quantity"), ("1,040本", "quantity"), ("▲ 12", "number"),
    ("○", "mark"), ("－", "missing"), (" ", "blank"), ("https://example.jp/a", "link"), ("CC00000012", "code"),
    ("電話番号", "text"),
    ("0-4歳の男性", "text"), ("item12", "text"), ("本町1-2-3", "text"),
]  # fmt: skip


@lru_cache(maxsize=8192)
def kind_of(cell: str) -> str:
    """Give what a cell looks like: blank, missing, mark, prose, text, or one of FORMS."""
    text = cell.strip()
    if not text:
        return "blank"
    if text in MISSING:
        return "missing"
    if text in MARKS:
        return "mark"
    if len(text) > LONG:
        return "link" if LINK.fullmatch(text) else "prose"
    if text.isalpha():
        return "text"
    plain = unicodedata.normalize("NFKC", text)
    found = next((name for name, form in FORMS if form.fullmatch(plain)), "text")
    if found == "text" and plain[0] in "明大昭平令MTSHRmtshr":
        era = read_era_date(plain)
        found = "text" if era is None else "date" if era.day else "period"
    return found


def number_of(cell: str) -> float | None:
    """Give the number that a cell is, as officers write it (1,230; ▲12; １２); None for what is no number, or 007."""
    text = unicodedata.normalize("NFKC", cell).strip().replace(",", "").replace("△", "-").replace("▲", "-")
    if text[:1] == "0" and text[1:2].isdigit():
        return None
    try:
        return float(text) if text and text[-1].isdigit() and len(text) < 30 else None
    except ValueError:
        return None


def comparable(cell: str) -> str:
    """Give a label as labels are compared: NFKC, without any space, in small letters."""
    return "".join(unicodedata.normalize("NFKC", cell).split()).casefold()


def filled_of(cells: Sequence[str]) -> tuple[int, ...]:
    """Give the places of the cells that hold something."""
    return tuple(at for at, cell in enumerate(cells) if cell and not cell.isspace())


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number, its cells, and the places of those that hold something."""

    number: int
    cells: Sequence[str]
    filled: tuple[int, ...]

    def cell(self, at: int) -> str:
        return self.cells[at].strip() if at < len(self.cells) else ""

    @property
    def texts(self) -> list[str]:
        """The cells that hold something, trimmed."""
        return [self.cells[at].strip() for at in self.filled]

    @property
    def typed(self) -> int:
        """How many cells are typed: numbers, dates, marks, prose, not words."""
        return sum(kind_of(self.cells[at]) in TYPED for at in self.filled)


def lines_of(rows: Sequence[tuple[int, Sequence[str]]]) -> list[Line]:
    """Give the rows as lines."""
    return [Line(number, cells, filled_of(cells)) for number, cells in rows]
