"""The tables of an invoice: items, trips, sales lists. Columns are found by their headings, cells by their places.

Cells are not ruled off from one another in every print, headings are centred, names stand to the left and numbers to
the right of their columns: a cell belongs to the heading it stands under most, or else next to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ocrcli.layout.invoice.rows import Print, PrintRow, joined, loose, sub_piece
from ocrcli.layout.upright import Piece

Row = dict[str, Print]  # key → print, as in the service's item lists

_HEADINGS: Mapping[str, str] = {
    "item_number": loose("序号"),
    "name": rf"(?:货|項|项){{1}}[^\t]{{0,14}}?名\s*称|货物[^\t]{{2,14}}称|{loose('项目名')}|{loose('项目')}",
    "specification": loose("规格型号") + "|" + loose("规格"),
    "license_plate_number": loose("车牌号"),
    "vehicle_type": loose("类型"),
    "start_date": loose("通行日期起"),
    "end_date": loose("通行日期止"),
    "unit": loose("面积单位") + "|" + loose("单位"),
    "quantity": loose("数量"),
    "unit_price": loose("单价"),
    "amount": loose("金额"),
    "tax_rate": loose("税率") + r"\s*/?\s*" + loose("征收率") + "|" + loose("税率") + "|" + loose("征收率"),
    "tax": loose("税额") + r"|税\s*[^\s率](?=\t|$)",
    # Columns of construction, sale and lease of real estate (digital invoices), for which the result has no key.
    "_place": loose("建筑服务发生地") + "|" + loose("不动产地址"),
    "_project": loose("建筑项目名称"),
    "_certificate": loose("产权证书") + r"[^\t]{0,12}",
    "_period": loose("租赁期起止"),
}
_TRIP_HEADINGS: Mapping[str, str] = {
    "traveler_name": loose("出行人"),
    "id_number": loose("有效身份证件号") + "码?",
    "travel_date": loose("出行日期"),
    "departure_location": loose("出发地"),
    "arrival_location": loose("到达地"),
    "class": loose("等级"),
    "transportation_type": loose("交通工具类型"),
}
_FEWEST_TRIP_HEADINGS = 4
_TEXTS = ("name", "specification", "unit", "license_plate_number")  # what may go on in the next row
_NUMBERS = re.compile(r"[-¥￥\d.,%*]+")
# A small % is taken for 96 or 66.
_RATE = re.compile(
    r"\d+(?:\.\d+)?\s*[%％]6?|(?:1?[369]|5|1[017])[69]6|免税|不征税|零税率|简易征收|普通零税率|出口零税|\*{1,3}"
)
# Readers take the asterisks for characters of the same look: three of one kind are no number.
_SUM = re.compile(r"[-−]?\s*[¥￥Y]?\s*[-−]?\s*\d[\d,，]*(?:\.\s?\d+)?|\*+|([^\d\W])\1\1")
_SUBTOTAL = re.compile(r"^\W*小\s*计")


@dataclass(frozen=True)
class Columns:
    """The headings of a table, by key, with their left and right edges; `y` and `height` are the heading row's."""

    spans: Mapping[str, tuple[float, float]]
    y: float
    height: float

    def of(self, x0: float, x1: float, text: str = "") -> str:
        """The column that print between two places belongs to. Rates and numbers keep out of each other's columns."""
        keys = list(self.spans)
        if "tax_rate" in keys and _NUMBERS.fullmatch(text) and not _RATE.fullmatch(text):
            keys.remove("tax_rate")
        elif "%" in text and _RATE.fullmatch(text):
            keys = [key for key in keys if key == "tax_rate"] or keys
        return max(keys, key=lambda key: _shared(self.spans[key], x0, x1))

    def only(self, *keys: str) -> Columns:
        """These of the columns."""
        return replace(self, spans={key: span for key, span in self.spans.items() if key in keys})


def _shared(span: tuple[float, float], x0: float, x1: float) -> float:
    """What print has in common with a heading; how far it is off, as a negative number, where that is nothing."""
    return min(span[1], x1) - max(span[0], x0)


def item_columns(rows: Iterable[PrintRow]) -> Columns | None:
    """The first row that heads a list of items."""
    for row in rows:
        found = _headings(row, _HEADINGS)
        if "amount" in found and ("tax" in found or "tax_rate" in found or "quantity" in found):
            first = min(found, key=lambda key: found[key][0])
            if first in ("name", "item_number"):
                found[first] = (float("-inf"), found[first][1])
                if first == "item_number" and "name" in found:  # names stand to the left of their column
                    found["name"] = (found[first][1], found["name"][1])
            elif "name" not in found:
                found["name"] = (float("-inf"), found[first][0] - row.height)
            last = max(found, key=lambda key: found[key][1])
            found[last] = (found[last][0], float("inf"))
            return Columns(found, row.y, row.height)
    return None


def trip_columns(rows: Iterable[PrintRow]) -> Columns | None:
    """The first row that heads a list of trips."""
    for row in rows:
        found = _headings(row, _TRIP_HEADINGS)
        if len(found) >= _FEWEST_TRIP_HEADINGS:
            return Columns(found, row.y, row.height)
    return None


def _headings(row: PrintRow, forms: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    text = row.text
    found = {}
    for key, form in forms.items():
        match = re.search(form, text)
        if match:
            found[key] = row.span(*match.span())
            text = text[: match.start()] + "\0" * len(match.group()) + text[match.end() :]
    return found


def trips(rows: Iterable[PrintRow], columns: Columns) -> list[Row]:
    """The trips, one a row."""
    return [trip for row in rows if (trip := cells(row, columns))]


def items(rows: Iterable[PrintRow], columns: Columns) -> list[Row]:
    """The items: one begins with each row that has an amount; names go on in rows that have none."""
    found: list[Row] = []
    for row in rows:
        here = cells(row, columns)
        if _begins(here) or (not found and "name" in here):
            found.append(here)
        elif found and _is_whole_name(here) and _moved_up(found):
            found[-1]["name"] = here["name"]
        elif found:
            for key in _TEXTS:
                if key in here:
                    found[-1][key] = joined([found[-1][key], here[key]]) if key in found[-1] else here[key]
    return found


def _is_whole_name(row: Row) -> bool:
    """True for a row with nothing but the name of an item, its class (*…*) in front."""
    return row.keys() == {"name"} and bool(re.match(r"\*[^*]+\*", row["name"].text))


def _moved_up(found: Sequence[Row]) -> bool:
    """Gives the names since the last item without one to the items before: where paper is bent, names may stand a row
    too low. False where each item has its own.
    """
    first = next((i for i in reversed(range(len(found))) if "name" not in found[i]), None)
    if first is None:
        return False
    for row, after in pairwise(found[first:]):
        row["name"] = after.pop("name")
    return True


def _begins(row: Row) -> bool:
    return any(key in row for key in ("amount", "tax", "tax_rate"))


def subtotal(rows: Sequence[PrintRow], columns: Columns) -> tuple[int | None, Row]:
    """Where in the rows the sub-total stands, and its amount and tax."""
    for i, row in enumerate(rows):
        if _SUBTOTAL.search(row.text):
            return i, sums(row, columns)
    return None, {}


def sums(row: PrintRow, columns: Columns) -> Row:
    """The amount and the tax in a row of sums."""
    places = columns.only("amount", "tax")
    found: Row = {}
    for match in re.finditer(_SUM, row.text):
        shown = row.said(*match.span())
        if shown is not None and places.spans:
            found.setdefault(places.of(*row.span(*match.span())), shown)
    return found


def cells(row: PrintRow, columns: Columns) -> Row:
    """The print in each column."""
    found: dict[str, list[Print]] = {}
    for piece in row.pieces:
        for part in _split(piece, columns):
            shown = PrintRow((part,)).said()
            if shown is not None:
                found.setdefault(columns.of(part.x0, part.x1, shown.text), []).append(shown)
    return {key: joined(shown, " ") for key, shown in found.items() if not key.startswith("_")}


def _split(piece: Piece, columns: Columns) -> Iterator[Piece]:
    """The piece at its blanks, where it lies under several headings; else the piece."""
    under = [key for key, span in columns.spans.items() if _shared(span, piece.x0, piece.x1) > 0]
    text = piece.lines[0].text
    if len(under) < 2 or " " not in text:
        yield piece
        return
    parts = [part for match in re.finditer(r"\S+", text) if (part := sub_piece(piece, *match.span()))]
    if not all(_NUMBERS.fullmatch(part.lines[0].text) for part in parts[1:]):
        yield piece
        return
    yield from parts
