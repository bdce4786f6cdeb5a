"""The head of a VAT invoice: title, numbers, date, marks; for a sales list the invoice that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ocrcli.geometry import thickness
from ocrcli.layout.invoice.frame import LIST_TITLE, Frame
from ocrcli.layout.invoice.rows import NOTHING, Print, PrintRow, joined, loose

_TITLE = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:增\s*值\s*税|电\s*子|通\s*用|区\s*块\s*链).{0,14}?发\s*票(?:\s*[(（].{2,12}?[)）])?"
)
_COLON = r"\s*[:：;；.]?\s*"
_DAY = r"\d{4}\s*[年\s.-]\s*\d{1,2}\s*[月\s.-]\s*\d{1,2}\s*日?"
_HEAD: Mapping[str, str] = {
    "code": loose("发票代码") + _COLON + r"(\d[\d ]{8,13}\d)(?!\d)",
    "number": loose("发票号码") + _COLON + r"(\d[\d ]{6,22}\d)(?!\d)",
    "print_code": loose("机打代码") + _COLON + r"(\d[\d ]{8,13}\d)(?!\d)",
    "print_number": loose("机打号码") + _COLON + r"(\d[\d ]{6,22}\d)(?!\d)",
    "machine_number": "(?:"
    + loose("机器编")
    + "|"
    + loose("器编号")
    + r")\s*[号码]?"
    + _COLON
    + r"(\d[\d ]{10,14})(?!\d)",
    "check_code": r"校\s*验\s*码" + _COLON + r"([0-9A-Za-z][0-9A-Za-z ]{3,26})",
    "issue_date": rf"(?:{loose('开票日期')}|{loose('票日期')}|{loose('填开日期')}){_COLON}({_DAY})",
}
_BARE = re.compile(r"(?:№\s*|N\s*[o0O°º.]{0,2}\s*)?(\d{8}|\d{10}|\d{12})(\d{10}|\d{12})?")
_DIGITAL = 20  # digits of a fully digital invoice's number, beside which there is no code
_COPY = re.compile(r"第\s*[一二三四五六七]\s*联")
_PAGES = re.compile(r"共\s*(\d+)\s*页\D{0,3}?第\s*(\d+)\s*页")
_TAGS = ("通行费", "代开", "成品油", "收购", "机动车", "旅客运输服务")


def head(frame: Frame) -> dict[str, Print]:
    """Title, numbers and date."""
    found: dict[str, Print] = {}
    for row in frame.rows:
        for key, form in _HEAD.items():
            match = re.search(form, row.text)
            shown = row.said(*match.span(1)) if match and key not in found else None
            if shown is not None:
                found[key] = shown
        pages = _PAGES.search(row.text)
        if pages:
            for key, group in (("total_pages", 1), ("current_page", 2)):
                shown = row.said(*pages.span(group))
                if shown is not None:
                    found[key] = shown
        if row.y < frame.top:
            for tag in _TAGS:
                match = re.search(rf"(?:^|\t){loose(tag)}(?:\t|$)", row.text)
                shown = row.said(*match.span()) if match else None
                if shown is not None:
                    found["invoice_tag"] = shown
    if not frame.is_list and len(found.get("number", NOTHING).text) != _DIGITAL:
        _paper_numbers(frame, found)
    title = _title(frame, LIST_TITLE if frame.is_list else _TITLE)
    copy = _copy(frame)
    return found | ({"title": title} if title else {}) | ({"serial_number": copy} if copy else {})


def _copy(frame: Frame) -> Print | None:
    """Which copy it is (第…联), in a line of its own or down the right edge."""
    if any("联" in piece.lines[0].text for piece in frame.strip):
        return joined([PrintRow((p,)).said() or NOTHING for p in frame.strip])
    named = next((p for p in frame.pieces if _COPY.search(p.lines[0].text.replace(" ", ""))), None)
    if named is None:
        return None
    line = named.lines[0]
    return Print(line.text, line.quad, line.confidence, named.lines)


def _paper_numbers(frame: Frame, found: dict[str, Print]) -> None:
    """Code and number of paper invoices, which stand without a label: large at both sides of the title, and small,
    as the machine printed them, below or behind the number."""
    bare: list[tuple[float, Print]] = []
    for row in frame.rows:
        for piece in row.pieces if row.y < frame.top else ():
            match = _BARE.fullmatch(piece.lines[0].text.strip())
            for group in (1, 2) if match else ():
                shown = PrintRow((piece,)).said(*match.span(group)) if match and match[group] else None
                if shown is not None:
                    bare.append((piece.height, shown))
    for names, lengths in ((("number", "print_number"), (8,)), (("code", "print_code"), (10, 12))):
        places = sorted((e for e in bare if len(e[1].text) in lengths), key=lambda e: -e[0])
        if names[0] not in found:
            for name, (_, shown) in zip(names, places, strict=False):
                found.setdefault(name, shown)


def _title(frame: Frame, form: re.Pattern[str]) -> Print | None:
    """The largest print above the items that names an invoice."""
    found = []
    for row in frame.rows:
        match = form.search(row.text) if row.y < frame.top else None
        shown = row.said(*match.span()) if match else None
        if shown is not None and shown.quad is not None:
            found.append((thickness(shown.lines[0].quad), shown))
    return max(found, key=lambda f: f[0])[1] if found else None


def is_head(row: PrintRow) -> bool:
    """True for a row that belongs to the head and not to a party."""
    return any(re.search(form, row.text) for form in _HEAD.values()) or "机器编号" in row.text or "发票" in row.text


def list_head(frame: Frame) -> dict[str, Print]:
    """Which invoice a sales list belongs to."""
    found = {}
    forms = {
        "buyer_name": loose("购买方名称") + _COLON,
        "seller_name": loose("销售方名称") + _COLON,
    }
    for row in frame.rows:
        for key, form in forms.items():
            match = re.search(form, row.text)
            shown = row.said(match.end()) if match else None
            if shown is not None:
                found[key] = shown
        for key, form in (("code", r"代\s*码"), ("number", r"号\s*码")):
            match = re.search(form + _COLON + r"(\d{8,20})", row.text)
            shown = row.said(*match.span(1)) if match else None
            if shown is not None and row.y < frame.top:
                found[key] = shown
    return found
