"""What stands in the cells of a workbook (Office Open XML, ECMA-376): text that stays text, numbers, dates, rates,
links, and their looks."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill

MAX_TEXT = 32_767  # UTF-16 units in a cell, "Excel specifications and limits"
LARGEST = 10**15  # numbers from here on would lose digits (IEEE 754): they are written as text
ROW_PT = 14.5  # the height of a row of print
MOST_ROW_PT = 409.0  # "Excel specifications and limits"
FONT = "Microsoft YaHei"  # has Chinese and comes with Windows and Office; others take their own in its place

_CUT = "… (cut: longer than a cell may be)"
# Not allowed in XML 1.0 (2.2, "Characters").
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# `_x0041_` in a cell means the character U+0041 (ECMA-376, ST_Xstring): its first underline has to be escaped.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Tone = Literal["bad", "doubtful", "again", "good"]
"""What a cell's colour says: a check failed, the value is doubtful, the document was there before, all is well."""
_COLOURS: dict[Tone, str] = {"bad": "F8CBCB", "doubtful": "FFEFB3", "again": "D9D9D9", "good": "DDEFD9"}


@dataclass(frozen=True)
class Link:
    """A text that leads to a file or page; `target` is its URI, which may be relative to the workbook."""

    text: str
    target: str


@dataclass(frozen=True)
class Percent:
    """A rate, 0.13 for 13 %, shown with so many places."""

    share: float
    places: int = 0


@dataclass(frozen=True)
class Formula:
    """A formula of ours about amounts, with its `=`."""

    text: str


Plain = str | int | float | bool | Decimal | date | Percent | Formula | Link | None  # a Decimal is an amount of money


@dataclass(frozen=True)
class Toned:
    """A value on a colour."""

    value: Plain
    tone: Tone


Value = Plain | Toned


@dataclass(frozen=True)
class Column:
    """A heading, and a width in characters.

    `key`: with the sheet's other keys it tells rows apart; the first key is the input. `total`: its sum stands below.
    `live`: it speaks of other rows, too, so that new ones may change it; how what ocrcli writes there begins.
    """

    heading: str
    width: int = 20
    key: bool = False
    total: bool = False
    live: tuple[str, ...] = ()


def safe_text(text: str) -> str:
    """The text as a cell can hold it: without control characters, at most 32,767 UTF-16 units, said where it is cut."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _units(text) > MAX_TEXT:
        text = text.encode("utf-16-le")[: 2 * (MAX_TEXT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    return _ESCAPE.sub("_x005F_", text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def styles() -> list[NamedStyle]:
    """The looks of cells, by name."""
    top = Alignment(vertical="top")
    wrapped = Alignment(vertical="top", wrap_text=True)
    middle = Alignment(horizontal="center", vertical="top")
    plain, blue = Font(name=FONT, size=10), Font(name=FONT, size=10, color="0563C1", underline="single")
    bold = Font(name=FONT, size=10, bold=True)
    head = PatternFill("solid", fgColor="E7EDF3")
    # "@" is Excel's format for text: it stays text when somebody edits the cell.
    return [
        NamedStyle("ocrcli text", number_format="@", alignment=wrapped, font=plain),
        NamedStyle("ocrcli number", alignment=top, font=plain),
        NamedStyle("ocrcli amount", number_format="#,##0.00", alignment=top, font=plain),
        NamedStyle("ocrcli date", number_format="yyyy-mm-dd", alignment=middle, font=plain),
        NamedStyle("ocrcli total", number_format="#,##0.00", alignment=top, font=bold, fill=head),
        NamedStyle("ocrcli link", number_format="@", alignment=wrapped, font=blue),
        NamedStyle("ocrcli heading", number_format="@", alignment=wrapped, font=bold, fill=head),
        *(NamedStyle(f"ocrcli rate {n}", number_format=_rate(n), alignment=top, font=plain) for n in range(3)),
    ]


def _rate(places: int) -> str:
    return f"0.{'0' * places}%" if places else "0%"


def fill(cell: Cell, value: Value, style: str = "ocrcli text") -> None:
    """Puts a value into a cell, in its looks. Links have to be registered by the sheet: there is a limit to them."""
    if isinstance(value, Toned):
        fill(cell, value.value, style)
        cell.fill = PatternFill("solid", fgColor=_COLOURS[value.tone])
        return
    if isinstance(value, Link):
        fill(cell, value.text, "ocrcli link")
        cell.hyperlink = value.target
    elif isinstance(value, Percent):
        _put(cell, value.share, f"ocrcli rate {min(value.places, 2)}")
    elif isinstance(value, Formula):
        _put(cell, value.text, "ocrcli total")
    elif isinstance(value, date):
        _put(cell, value, "ocrcli date")
    elif value is None or isinstance(value, str):
        _put(cell, None if value is None else safe_text(value), style)
        cell.data_type = "n" if value is None else "s"  # or `=1+1` would be a formula and `#N/A` an error
    elif not -LARGEST < value < LARGEST:  # nor is NaN a number that a cell can hold
        fill(cell, str(value), style)
    else:
        _put(cell, value, "ocrcli amount" if isinstance(value, Decimal) else "ocrcli number")


def rows_of(value: Value, width: float) -> int:
    """How many rows of print a value takes in a column so wide: only texts are wrapped."""
    if isinstance(value, Toned):
        value = value.value
    if isinstance(value, Link):
        value = value.text
    if not isinstance(value, str) or (len(value) < width / 2 and "\n" not in value):
        return 1
    return sum(max(1, math.ceil(columns_of(row) / (width - 1))) for row in value.split("\n"))


def columns_of(text: str) -> int:
    """Columns of a fixed-width font that a row of text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _put(cell: Cell, value: Any, style: str) -> None:
    cell.value = value
    cell.style = style
