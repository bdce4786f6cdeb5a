"""VAT invoices on a roll (卷票): one narrow column of labels with their values behind or below them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ocrcli.layout.invoice.items import Columns, Row, cells
from ocrcli.layout.invoice.rows import NOTHING, Print, PrintRow, joined, loose

_BEHIND = r"\s*[:：]?\s*"
_LABELS: Mapping[str, str] = {
    "code": loose("发票代码"),
    "number": loose("发票号码"),
    "print_code": loose("机打代码"),
    "print_number": loose("机打号码"),
    "machine_number": loose("机器编号"),
    "seller_name": loose("销售方名称"),
    "buyer_name": loose("购买方名称"),
    "buyer_id": r"购\s*买\s*方\s*(?:税\s*号|纳?.{0,4}识\s*别\s*号)",
    "seller_id": r"(?:销\s*售\s*方\s*)?(?:税\s*号|纳\s*税\s*人\s*识\s*别\s*号)",
    "issue_date": loose("开票日期"),
    "receiver": r"收\s*款\s*[员人]",
    "total": r"合\s*计\s*金\s*额\s*[(（]?\s*小\s*写\s*[)）]?",
    "total_in_words": r"合\s*计\s*.\s*额\s*[(（]?\s*大\s*写\s*[)）]?",
    "check_code": r"校\s*验\s*码",
}
_OPTIONAL = ("buyer_name", "buyer_id")  # what may be left empty
_LONG = ("seller_name", "buyer_name", "total_in_words")  # may go on in the next row


def is_roll(rows: Sequence[PrintRow]) -> bool:
    """True where the rows are labelled as a roll invoice's are."""
    text = "\n".join(row.text for row in rows)
    return bool(re.search(_LABELS["total"], text)) and bool(re.search(f"{_LABELS['print_number']}|卷\\s*票", text))


def read_roll(rows: Sequence[PrintRow], columns: Columns | None) -> tuple[dict[str, Print], list[Row]]:
    """Prints by key, and the items between their heading and the total."""
    found: dict[str, Print] = {}
    end = next((row.y for row in rows if re.search(_LABELS["total"], row.text)), float("inf"))
    right = max(row.pieces[-1].x1 for row in rows)
    last = ""
    for row in rows:
        if columns and columns.y - 0.5 * columns.height < row.y < end - 1:
            continue
        marks = sorted(
            (m.start(), m.end(), key) for key, form in _LABELS.items() for m in re.finditer(form + _BEHIND, row.text)
        )
        marks = [m for i, m in enumerate(marks) if not any(o[0] <= m[0] and m[1] <= o[1] and o != m for o in marks[:i])]
        for i, (start, stop, key) in enumerate(marks):
            if key == "seller_id" and "buyer_name" in found:  # the same label stands below both names
                key = "buyer_id"
            behind = marks[i + 1][0] if i + 1 < len(marks) else None
            shown = row.said(stop, behind) or (row.empty_behind(start, stop, right) if behind is None else None)
            if shown is not None or key in _OPTIONAL:
                found.setdefault(key, shown or NOTHING)
        shown = row.said() if not marks and last in _LONG and last in found else None
        if shown is not None:
            found[last] = joined([found[last], shown])
        last = marks[-1][2] if marks else ""
    if columns is None:
        return found, []
    inner = [row for row in rows if columns.y + 0.5 * columns.height < row.y < end - 1]
    return found, _items(inner, columns)


def _items(rows: Sequence[PrintRow], columns: Columns) -> list[Row]:
    """The items: a name, and behind or below it the numbers."""
    found: list[Row] = []
    for row in rows:
        here = cells(row, columns)
        if "name" in here or not found:
            found.append({})
        found[-1].update(here)
    return found
