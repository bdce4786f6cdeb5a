"""Where things stand on a VAT invoice of the Chinese mainland, printed or digital: anchors, cells, labels.

Two layouts are known. The older one has the buyer and the cipher area above the items, the seller and the remarks below
them. The fully digital one (数电发票) has buyer and seller side by side above the items. What is found is print: values
in their normal form are the service's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ocrcli.geometry import Quad, around
from ocrcli.layout.invoice_items import Columns, Row, item_columns, items, subtotal, sums, trip_columns, trips
from ocrcli.layout.invoice_roll import is_roll, read_roll
from ocrcli.layout.invoice_rows import NOTHING, Print, PrintRow, joined, loose, rows_of
from ocrcli.layout.invoice_split import parted
from ocrcli.layout.upright import Piece

_TITLE = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:增\s*值\s*税|电\s*子|通\s*用|区\s*块\s*链).{0,14}?发\s*票(?:\s*[(（].{2,12}?[)）])?"
)
_LIST_TITLE = re.compile(r"销售货物.{0,16}清\s*单|销\s*货\s*清\s*单\s*$")
_GRAND = re.compile(loose("价税合计") + r"|[(（]\s*大\s*写|大\s*写\s*[)）]")
_TOTALS = re.compile(r"^\W*合\s*计")
_MARGIN = "购买销售方信息密码区备注"  # stand below one another in the narrow cells at the left of others
_CIPHER = re.compile(r"(?=\d*[+\-*/<>])[\d+\-*/<>]{18,}")  # lines of the cipher area: digits and six signs
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
_PARTY: Mapping[str, str] = {
    "name": r"名\s*称\s*[:：]?|(?<![\u4e00-\u9fff])名(?=\t)|(?<![\u4e00-\u9fff])称\s*[:：]",
    "id": r"(?:统\s*一\s*社\s*会\s*)?(?:信\s*用\s*代\s*码\s*[/／]?\s*)?纳?\s*税\s*人\s*识\s*别\s*号\s*[:：]?"
    r"|识\s*别\s*号\s*[:：]|信\s*用\s*代\s*码\s*[:：]",
    "address": r"地\s*址\s*[、,，.·]?\s*电\s*话\s*[:：]?|地\s*址\s*[、,，]",
    "bank": r"开\s*户\s*行\s*及\s*[账帐]\s*号?\s*[:：]?|开\s*户\s*[行银].{0,3}[账帐]\s*号\s*[:：]?",
}
_GOES_ON = 1.6  # heights: a row without a label within this of one goes on its value
_FOOT: Mapping[str, str] = {
    "receiver": r"收\s*款\s*人\s*[:：]?",
    "reviewer": r"复\s*核\s*人?\s*[:：]?",
    "issuer": r"开\s*票\s*人\s*[:：]?",
    "": r"销\s*售\s*[方单][^\t]{0,3}[:：]?|[(（]\s*章\s*[)）]",  # the seller's stamp: ends what stands before
}
_FIGURES = r"[-−]?\s*[¥￥]?\s*[-−]?\s*\d[\d,，]*\s?\.\s?\d{1,2}(?!\d)"
_NUMERALS = "〇○零壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟万萬亿億圆圓元角分整正一二三四五六七八九十百千 "
_WORDS = re.compile(rf"(?:[(（]负数?[)）]|负)?[{_NUMERALS}]{{2,}}")
_BARE = re.compile(r"(?:N\s*[o0O°º.]{0,2}\s*)?(\d{8}|\d{10}|\d{12})(\d{10}|\d{12})?")
_COPY = re.compile(r"第\s*[一二三四五六七]\s*联")
_STRIP = 5  # characters
_STAMP = re.compile(r"发票专用章|专用章|[0-9A-Z]{15,20}|[(（]?\d{1,2}[)）]?")
_PAGES = re.compile(r"共\s*(\d+)\s*页\D{0,3}?第\s*(\d+)\s*页")
_TAGS = ("通行费", "代开", "成品油", "收购", "机动车", "旅客运输服务")


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


@dataclass(frozen=True)
class _Frame:
    """The rows of a sheet and the heights that divide it: the items' heading, the sums, the grand total."""

    pieces: Sequence[Piece]
    rows: Sequence[PrintRow]
    columns: Columns | None
    totals: PrintRow | None
    grand: PrintRow | None

    @property
    def top(self) -> float:
        """Where the items begin."""
        return self.columns.y if self.columns else self.grand.y if self.grand else float("inf")

    @property
    def end(self) -> float:
        """Where the items end."""
        ends = [row.y for row in (self.totals, self.grand) if row]
        return min(ends, default=float("inf"))

    def level(self, row: PrintRow) -> PrintRow:
        """All that stands at a row's height: rows that are torn apart are one again."""
        near = [p for p in self.pieces if abs(p.cy - row.y) < 0.5 * row.height and not p.tall]
        return PrintRow(tuple(sorted(near, key=lambda p: p.x0)))

    def band(self, above: float, below: float, x0: float = float("-inf"), x1: float = float("inf")) -> list[PrintRow]:
        """The rows between two heights and two places, without what stands in narrow side cells."""
        inside = (p for p in self.pieces if above < p.cy < below and not _is_margin(p))
        cut = (row.between(x0, x1) for row in rows_of(inside))
        return [row for row in cut if row]


def sheets_of(pieces: Sequence[Piece]) -> list[Sheet]:
    """The invoices on a page, in reading order."""
    parts = [part for part in parted(pieces) if part]
    sheets = [read_sheet(part) for part in parts]
    if len(sheets) > 1:
        for sheet, part in zip(sheets, parts, strict=True):
            sheet.quad = around(line.quad for piece in part for line in piece.lines)
    return sheets


def read_sheet(pieces: Sequence[Piece]) -> Sheet:
    """What an invoice, or one page of a sales list, says. `pieces` are in the upright frame."""
    rows = rows_of(p for p in pieces if not _is_margin(p))
    columns = item_columns(rows)
    below = [row for row in rows if columns is None or row.y > columns.y]
    grand = next((row for row in below if _GRAND.search(row.text)), None)
    totals = next((row for row in below if _TOTALS.match(row.text) and (grand is None or row.y < grand.y)), None)
    strip = _strip(pieces, columns)
    if strip:
        left_out = {id(p) for p in strip}
        kept = [p for p in pieces if id(p) not in left_out]
        rows = rows_of(p for p in kept if not _is_margin(p))
        pieces = kept
    frame = _Frame(pieces, rows, columns, totals, grand)
    sheet = Sheet(columns=columns, is_list=_lists(frame))
    sheet.prints.update(_head(frame))
    if any("联" in piece.lines[0].text for piece in strip):
        sheet.prints["serial_number"] = joined([PrintRow((p,)).said() or NOTHING for p in strip])
    if is_roll(rows):
        told, sheet.items = read_roll(rows, columns)
        sheet.prints.update(told)
        return sheet
    if sheet.is_list:
        sheet.prints.update(_list_head(frame))
    else:
        sheet.prints.update(_parties(frame))
        sheet.prints.update(_grand(frame))
        sheet.prints.update(_foot(frame))
    _tables(frame, sheet)
    return sheet


def _is_margin(piece: Piece) -> bool:
    text = piece.lines[0].text.replace(" ", "")
    return all(c in _MARGIN for c in text) and len(text) < 6 and (len(text) == 1 or piece.tall)


def _strip(pieces: Sequence[Piece], columns: Columns | None) -> list[Piece]:
    """The characters below one another that name the copy (第…联) at the right edge, from top to bottom."""
    if columns is None or "amount" not in columns.spans:
        return []
    right = columns.spans["amount"][1]
    single = [p for p in pieces if len(p.lines[0].text) == 1 and p.x0 > right and not p.lines[0].text.isdigit()]
    for piece in single:
        column = [p for p in single if abs(p.cx - piece.cx) < 0.6 * piece.height]
        if len(column) >= _STRIP:
            return sorted(column, key=lambda p: p.cy)
    return []


def _head(frame: _Frame) -> dict[str, Print]:
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
    if not _lists(frame):
        _paper_numbers(frame, found)
    title = _title(frame, _TITLE) if not _lists(frame) else _title(frame, _LIST_TITLE)
    if title is not None:
        found["title"] = title
    copy = next((p for p in frame.pieces if _COPY.search(p.lines[0].text.replace(" ", ""))), None)
    if copy is not None:
        line = copy.lines[0]
        found["serial_number"] = Print(line.text, line.quad, line.confidence, copy.lines)
    return found


def _paper_numbers(frame: _Frame, found: dict[str, Print]) -> None:
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


def _lists(frame: _Frame) -> bool:
    """True for a page of a sales list."""
    return any(_LIST_TITLE.search(row.text) for row in frame.rows if row.y < frame.top)


def _title(frame: _Frame, form: re.Pattern[str]) -> Print | None:
    """The largest print above the items that names an invoice."""
    found = []
    for row in frame.rows:
        for piece in row.pieces if row.y < frame.top else ():
            match = form.search(piece.lines[0].text)
            shown = PrintRow((piece,)).said(*match.span()) if match else None
            if shown is not None:
                found.append((piece.height, shown))
    return max(found, key=lambda f: f[0])[1] if found else None


def _parties(frame: _Frame) -> dict[str, Print]:
    """Buyer and seller, cipher area and remarks."""
    top = frame.top - 0.7 * (frame.columns.height if frame.columns else 0.0)
    above = frame.band(float("-inf"), top)
    second = next((starts[1] for row in above if len(starts := _starts(row, _PARTY["name"])) > 1), None)
    if second is not None:
        first = next(row for row in above if len(_starts(row, _PARTY["name"])) > 1)
        middle = second - 0.5 * first.height
        left = frame.band(float("-inf"), top, x1=middle)
        right = frame.band(float("-inf"), top, x0=middle)
        found = {**_party(left, "buyer"), **_party(right, "seller")}
        return {**found, **_remarks(frame, None, found.get("seller_name"))}
    middle = _middle(frame)
    below = frame.grand.y + 0.3 * frame.grand.height if frame.grand else frame.end
    foot = _foot_row(frame)
    bottom = foot.y - 0.6 * foot.height if foot else float("inf")
    found = _party(frame.band(float("-inf"), top, x1=middle), "buyer")
    found.update(_party(frame.band(below, bottom, x1=middle), "seller"))
    right = frame.band(float("-inf"), top, x0=middle)
    shown = [said for row in right for m in [_CIPHER.search(row.text)] if m and (said := row.said(*m.span()))]
    if shown:
        found["encryption_block"] = joined(shown, "\n")
    return {**found, **_remarks(frame, middle, found.get("seller_name"))}


def _starts(row: PrintRow, form: str) -> list[float]:
    return [row.span(*match.span())[0] for match in re.finditer(form, row.text)]


def _middle(frame: _Frame) -> float:
    """What divides the buyer from the cipher area and the seller from the remarks, in the older layout."""
    left, right = min(p.x0 for p in frame.pieces), max(p.x1 for p in frame.pieces)
    sides = [p.x0 for p in frame.pieces if _is_margin(p) and set(p.lines[0].text) & set("密区备注")]
    sides = [x for x in sides if x > left + 0.4 * (right - left)]
    found = [(row, m) for row in frame.rows if row.y < frame.top and (m := _CIPHER.search(row.text))]
    starts = [row.span(*m.span())[0] for row, m in found]
    return min(sides) - 1 if sides else min(starts) - 1 if starts else left + 0.57 * (right - left)


def _party(rows: Sequence[PrintRow], who: str) -> dict[str, Print]:
    """Name, number, address and bank of one party; values of two rows stand above and below their label or below it."""
    labelled: list[tuple[str, PrintRow]] = []
    found: dict[str, list[tuple[float, Print]]] = {}
    loose_rows = []
    for row in rows:
        match, key = next(((m, k) for k, form in _PARTY.items() if (m := re.search(form, row.text))), (None, ""))
        if match is None or any(key == k for k, _ in labelled):
            loose_rows.append(row)
            continue
        labelled.append((key, row))
        found.setdefault(key, []).append((row.y, row.said(match.end()) or NOTHING))
    for row in loose_rows:
        near = [(abs(row.y - r.y), k) for k, r in labelled if k != "id" and abs(row.y - r.y) < _GOES_ON * r.height]
        shown = row.said()
        if near and shown is not None and not _is_head(row):
            found.setdefault(min(near)[1], []).append((row.y, shown))
    return {f"{who}_{k}": joined([p for _, p in sorted(v, key=lambda e: e[0])]) for k, v in found.items()}


def _is_head(row: PrintRow) -> bool:
    return any(re.search(form, row.text) for form in _HEAD.values()) or "机器编号" in row.text or "发票" in row.text


def _stamped(frame: _Frame, seller: Print | None) -> list[Piece]:
    """What of the print below the grand total is the seller's stamp's, which repeats the seller's name and number."""
    below = [p for p in frame.pieces if frame.grand and p.cy > frame.grand.y]
    if not any("专用章" in p.lines[0].text for p in below):
        return []
    name = seller.text if seller else ""
    texts = [(p, p.lines[0].text.replace(" ", "")) for p in below]
    return [p for p, text in texts if _STAMP.fullmatch(text) or text in name or len(text) == 1]


def _remarks(frame: _Frame, middle: float | None, seller: Print | None) -> dict[str, Print]:
    """The remarks: in the older layout right of the seller, in the digital one over the whole width."""
    if frame.grand is None:
        return {}
    foot = _foot_row(frame)
    bottom = foot.y - 0.6 * foot.height if foot else float("inf")
    stamped = {id(p) for p in _stamped(frame, seller)}
    clear = replace(frame, pieces=[p for p in frame.pieces if id(p) not in stamped])
    rows = clear.band(frame.grand.y + 0.6 * frame.grand.height, bottom, x0=middle or float("-inf"))
    shown = [said for row in rows if (said := row.said(len(row.text) - len(re.sub(r"^\W*备\s*注\W*", "", row.text))))]
    return {"remarks": joined(shown, "\n") if shown else NOTHING}


def _foot_row(frame: _Frame) -> PrintRow | None:
    """The row of the persons, below the grand total."""
    if frame.grand is None:
        return None
    below = [row for row in frame.rows if row.y > frame.grand.y]
    # Remarks may name persons too: the lowest row is meant.
    drawn = [row for row in below if re.search(_FOOT["issuer"], row.text)]
    named = [row for row in below if sum(bool(re.search(form, row.text)) for key, form in _FOOT.items() if key) > 1]
    return next(reversed(drawn or named), None)


def _foot(frame: _Frame) -> dict[str, Print]:
    """Payee, reviewer, drawer."""
    row = _foot_row(frame)
    return _after_labels(row, _FOOT) if row else {}


def _after_labels(row: PrintRow, labels: Mapping[str, str]) -> dict[str, Print]:
    """What stands behind each label of a row, up to the next."""
    marks = sorted((m.start(), m.end(), key) for key, form in labels.items() for m in re.finditer(form, row.text))
    found: dict[str, Print] = {}
    for i, (_, end, key) in enumerate(marks):
        stop = marks[i + 1][0] if i + 1 < len(marks) else len(row.text)
        name = re.match(r"[\s:：]*[^\t]*", row.text[end:stop])  # what stands far behind is a stamp's
        shown = row.said(end, end + name.end()) if name else None
        if key and shown is not None:
            found.setdefault(key, shown)
    return found


def _grand(frame: _Frame) -> dict[str, Print]:
    """The total in figures and in capital numerals."""
    if frame.grand is None:
        return {}
    found: dict[str, Print] = {}
    row = frame.level(frame.grand)
    start = max((m.end() for m in _GRAND.finditer(row.text)), default=0)
    small = re.search(r"[(（]?\s*小\s*写\s*[)）]?", row.text)
    words = _WORDS.search(row.text, start, small.start() if small else len(row.text))
    shown = row.said(*words.span()) if words else None
    if shown is not None:
        found["total_in_words"] = shown
    figures = list(re.finditer(_FIGURES, row.text[small.end() if small else start :]))
    if figures:
        shift = small.end() if small else start
        shown = row.said(figures[-1].start() + shift, figures[-1].end() + shift)
        if shown is not None:
            found["total"] = shown
    return found


def _tables(frame: _Frame, sheet: Sheet) -> None:
    """Items, sub-totals, totals and trips."""
    columns = frame.columns
    if columns is None:
        return
    inner = frame.band(columns.y + 0.5 * columns.height, frame.end - 0.3 * columns.height)
    at, partly = subtotal(inner, columns)
    for key, shown in partly.items():
        sheet.prints[f"sum_{key}"] = shown
    sheet.items = items(_item_rows(inner if at is None else inner[:at]), columns)
    if frame.totals:
        for key, shown in sums(frame.totals, columns).items():
            sheet.prints[f"subtotal_{key}"] = shown
    elif sheet.is_list and at is not None:
        _list_sums(inner[at:], columns, sheet)
    between = [row for row in frame.rows if frame.end < row.y < (frame.grand.y if frame.grand else float("inf"))]
    heads = trip_columns(between)
    if heads:
        sheet.trips = trips([row for row in between if row.y > heads.y + 0.5 * heads.height], heads)


def _item_rows(rows: Iterable[PrintRow]) -> list[PrintRow]:
    return [row for row in rows if not re.search(loose("以下空白"), row.text)]


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


def _list_head(frame: _Frame) -> dict[str, Print]:
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
