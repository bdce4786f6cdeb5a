"""Where things stand on a VAT invoice of the Chinese mainland, printed or digital: anchors, cells, labels.

Two layouts are known. The older one has the buyer and the cipher area above the items, the seller and the remarks below
them. The fully digital one (数电发票) has buyer and seller side by side above the items. What is found is print: values
in their normal form are the service's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ocrcli.geometry import Quad, around
from ocrcli.layout.invoice.cells import foot, grand, parties
from ocrcli.layout.invoice.frame import Frame, frame_of
from ocrcli.layout.invoice.gaps import filled
from ocrcli.layout.invoice.head import head, list_head
from ocrcli.layout.invoice.items import Columns, Row, items, subtotal, sums, trip_columns, trips
from ocrcli.layout.invoice.roll import is_roll, read_roll
from ocrcli.layout.invoice.rows import Print, PrintRow, joined, loose, page_pieces
from ocrcli.layout.invoice.splitting import parted
from ocrcli.layout.upright import Piece
from ocrcli.page import Reading


@dataclass
class Sheet:
    """What stands on one invoice: prints by the service's keys, its items and trips."""

    prints: dict[str, Print] = field(default_factory=dict)
    items: list[Row] = field(default_factory=list)
    trips: list[Row] = field(default_factory=list)
    columns: Columns | None = None
    is_list: bool = False  # a sales list (销货清单) and not an invoice
    quad: Quad | None = None

    @property
    def is_invoice(self) -> bool:
        """True where enough of an invoice, or of a sales list, was found."""
        title = self.prints["title"].text if "title" in self.prints else ""
        signs = (
            self.columns is not None and ("tax" in self.columns.spans or "tax_rate" in self.columns.spans),
            "total" in self.prints and "total_in_words" in self.prints,
            "number" in self.prints,
            bool(re.search(r"增\s*值\s*税|电\s*子\s*发\s*票\s*[(（]|电子.{0,2}发票", title)),
        )
        return (self.is_list or sum(signs) > 1) and not re.search("铁路|航空|机动车销售|二手车", title)


def sheets_of(reading: Reading) -> list[Sheet]:
    """The invoices on a page, in reading order."""
    parts = [part for part in parted(page_pieces(reading)) if part]
    sheets = [read_sheet(part, reading) for part in parts]
    if len(sheets) > 1:
        for sheet, part in zip(sheets, parts, strict=True):
            sheet.quad = around(line.quad for piece in part for line in piece.lines)
    return sheets


def read_sheet(pieces: Sequence[Piece], reading: Reading) -> Sheet:
    """What an invoice, or one page of a sales list, says. `pieces` are the reading's, in the upright frame."""
    frame = frame_of(pieces)
    sheet = Sheet(head(frame), columns=frame.columns, is_list=frame.is_list)
    if is_roll(frame.rows):
        prints, sheet.items = read_roll(frame.rows, frame.columns)
        sheet.prints.update(prints)
        return sheet
    if sheet.is_list:
        sheet.prints.update(list_head(frame))
    else:
        sheet.prints.update(parties(frame))
        sheet.prints.update(grand(frame))
        sheet.prints.update(foot(frame))
    _tables(frame, sheet, reading)
    return sheet


def _tables(frame: Frame, sheet: Sheet, reading: Reading) -> None:
    """Items, sub-totals, totals and trips."""
    columns = frame.columns
    if columns is None:
        return
    inner = frame.band(columns.y + 0.5 * columns.height, frame.end - 0.3 * columns.height)
    at, partly = subtotal(inner, columns)
    for key, shown in partly.items():
        sheet.prints[f"sum_{key}"] = shown
    rows = items(_item_rows(inner if at is None else inner[:at]), columns)
    *sheet.items, found = filled(rows, _totals(frame.totals, columns) if frame.totals else {}, columns, reading)
    if frame.totals:
        sheet.prints.update({f"subtotal_{key}": found[key] for key in ("amount", "tax") if key in found})
    elif sheet.is_list and at is not None:
        _list_sums(inner[at:], columns, sheet)
    between = [row for row in frame.rows if frame.end < row.y < (frame.grand.y if frame.grand else float("inf"))]
    heads = trip_columns(between)
    if heads:
        sheet.trips = trips([row for row in between if row.y > heads.y + 0.5 * heads.height], heads)


def _totals(row: PrintRow, columns: Columns) -> Row:
    """The row of the sums: its label, amount and tax."""
    label = re.match(r"[^\t\d¥￥]+", row.text)
    named = row.said(*label.span()) if label else None
    return sums(row, columns) | ({"name": named} if named else {})


def _item_rows(rows: Iterable[PrintRow]) -> list[PrintRow]:
    """The rows without the note that nothing follows, and without the second line of a heading (税率/征收率)."""
    return [row for row in rows if not re.search(rf"{loose('以下空白')}|^\W*{loose('征收率')}\W*$", row.text)]


def _list_sums(rows: Sequence[PrintRow], columns: Columns, sheet: Sheet) -> None:
    for row in rows:
        for form, name in ((r"^\W*(?:总|合)\s*计", "subtotal"), (r"^\W*折\s*扣", "discount")):
            if re.search(form, row.text):
                sheet.prints.update({f"{name}_{key}": shown for key, shown in sums(row, columns).items()})
    last = max(i for i, row in enumerate(rows) if re.search(r"^\W*(?:小|总|合)\s*计|^\W*折\s*扣", row.text))
    notes = [re.sub(r"^\W*备\s*注\W*", "", row.text) for row in rows[last + 1 :] if "日期" not in row.text]
    said = [row.said(len(row.text) - len(note)) for row, note in zip(rows[last + 1 :], notes, strict=False)]
    if shown_notes := [note for note in said if note]:
        sheet.prints["remarks"] = joined(shown_notes, "\n")
