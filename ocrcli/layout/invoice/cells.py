"""The cells of a VAT invoice around its items: buyer and seller, cipher area, remarks, grand total, persons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from ocrcli.layout.invoice.frame import GRAND, Frame, cut, is_margin
from ocrcli.layout.invoice.head import is_head
from ocrcli.layout.invoice.rows import NOTHING, Print, PrintRow, joined
from ocrcli.layout.upright import Piece

# Lines of the cipher area: digits and six signs; readers take + for ± at times.
_CIPHER = re.compile(r"(?=\d*[+±\-*/<>])[\d+±\-*/<>]{18,}")
_PARTY: Mapping[str, str] = {
    "name": r"名\s*称\s*[:：]?[_\s]*|(?<![\u4e00-\u9fff])名(?=\t)|(?<![\u4e00-\u9fff])称\s*[:：]",
    "id": r"(?:统\s*一\s*社\s*会\s*)?(?:信\s*用\s*代\s*码\s*[/／]?\s*)?纳?\s*税\s*人\s*识\s*别\s*号\s*[:：]?"
    r"|识\s*别\s*号\s*[:：]|信\s*用\s*代\s*码\s*[:：]",
    "address": r"地\s*址\s*[、,，.·]?\s*电\s*话\s*[:：]?|地\s*址\s*[、,，]",
    "bank": r"开\s*户\s*行\s*及\s*[账帐]\s*号?\s*[:：]?|开\s*户\s*[行银].{0,3}[账帐]\s*号\s*[:：]?",
}
_GOES_ON = 1.6  # heights: a row without a label within this of one goes on its value
_ABOVE = 2.4  # heights: so near above its number a party's name stands
_FOOT: Mapping[str, str] = {
    "receiver": r"收\s*款\s*人\s*[:：]?",
    "reviewer": r"复\s*核\s*人?\s*[:：]?",
    "issuer": r"开\s*票\s*人\s*[:：]?",
    "": r"销\s*[售货]\s*[方单][^\t]{0,3}[:：]?|[(（]\s*章\s*[)）]",  # the seller's stamp: ends what stands before
}
_FIGURES = r"[-−]?\s*[¥￥]?\s*[-−]?\s*\d[\d,，]*\s?\.\s?\d{1,2}(?!\d)"
_NUMERALS = "〇○零壹贰貳叁叄参肆伍陆陸柒捌玖拾佰仟万萬亿億圆圓元角分整正一二三四五六七八九十百千 "
_WORDS = re.compile(rf"(?:[(（]负数?[)）]|负)?[{_NUMERALS}]{{2,}}")
_FEWEST, _LEAST_COMMON = 6, 0.8  # characters of a number that show whose it is, and how like they must be
_STAMP = re.compile(r"发票专用章|专用章|[0-9A-Z]{15,20}|[(（]?\d{1,2}[)）]?")


def parties(frame: Frame) -> dict[str, Print]:
    """Buyer and seller, cipher area and remarks."""
    top = frame.top - 0.7 * (frame.columns.height if frame.columns else 0.0)
    above = frame.band(float("-inf"), top)
    second = next((starts[1] for row in above if len(starts := _starts(row, _PARTY["name"])) > 1), None)
    if second is not None:
        first = next(row for row in above if len(_starts(row, _PARTY["name"])) > 1)
        middle = second - 0.5 * first.height
        edge = max(p.x1 for p in frame.pieces)
        found = _party(cut(above, x1=middle), "buyer", middle) | _party(cut(above, x0=middle), "seller", edge)
        return {**found, **_remarks(frame, None, found)}
    middle = _middle(frame)
    below = frame.grand.y + 0.3 * frame.grand.height if frame.grand else frame.end
    persons = _foot_row(frame)
    bottom = persons.y - 0.6 * persons.height if persons else float("inf")
    found = _party(cut(above, x1=middle), "buyer", middle)
    found.update(_party(frame.band(below, bottom, x1=middle), "seller", middle))
    right = cut(above, x0=middle)
    shown = [said for row in right for m in [_CIPHER.search(row.text)] if m and (said := row.said(*m.span()))]
    if shown:
        found["encryption_block"] = joined(shown, "\n")
    return {**found, **_remarks(frame, middle, found)}


def _starts(row: PrintRow, form: str) -> list[float]:
    return [row.span(*match.span())[0] for match in re.finditer(form, row.text)]


def _middle(frame: Frame) -> float:
    """What divides the buyer from the cipher area and the seller from the remarks, in the older layout."""
    left, right = min(p.x0 for p in frame.pieces), max(p.x1 for p in frame.pieces)
    sides = [p.x0 for p in frame.pieces if is_margin(p) and set(p.lines[0].text) & set("密区备注")]
    sides = [x for x in sides if x > left + 0.4 * (right - left)]
    found = [(row, m) for row in frame.rows if row.y < frame.top and (m := _CIPHER.search(row.text))]
    starts = [row.span(*m.span())[0] for row, m in found]
    return min(sides) - 1 if sides else min(starts) - 1 if starts else left + 0.57 * (right - left)


def _party(rows: Sequence[PrintRow], who: str, right: float) -> dict[str, Print]:
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
        found.setdefault(key, []).append((row.y, row.said(match.end()) or row.empty_behind(*match.span(), right)))
    for row in loose_rows:
        near = [(abs(row.y - r.y), k) for k, r in labelled if k != "id" and abs(row.y - r.y) < _GOES_ON * r.height]
        shown = row.said()
        if near and shown is not None and not is_head(row):
            found.setdefault(min(near)[1], []).append((row.y, shown))
    if "name" not in found:
        found["name"] = _unlabelled_name(labelled, loose_rows)
    return {f"{who}_{k}": joined([p for _, p in sorted(v, key=lambda e: e[0])]) for k, v in found.items() if v}


def _unlabelled_name(labelled: Sequence[tuple[str, PrintRow]], rows: Sequence[PrintRow]) -> list[tuple[float, Print]]:
    """The row above that of the number: its label, spread over its cell, was not seen."""
    number = next((row for key, row in labelled if key == "id"), None)
    if number is None:
        return []
    near = [row for row in rows if 0 < number.y - row.y < _ABOVE * number.height and not is_head(row)]
    shown = near[-1].said() if near else None
    return [(near[-1].y, shown)] if shown else []


def _stamped(frame: Frame, name: str, number: str, x0: float) -> list[Piece]:
    """What of the remarks' cell is the seller's stamp's, which repeats the seller's name and number."""
    below = [p for p in frame.pieces if frame.grand and p.cy > frame.grand.y and p.x0 > x0]
    texts = [(p, p.lines[0].text.replace(" ", "")) for p in below]
    said = any("专用章" in text for _, text in texts)
    return [
        p
        for p, text in texts
        if _says(number, text) or (said and (_STAMP.fullmatch(text) or text in name or len(text) == 1))
    ]


def _says(number: str, text: str) -> bool:
    """True for a number as the stamp has it, whole or the beginning or end of it, a few characters misread."""
    if len(text) < _FEWEST or not text.isascii() or not text.isalnum():
        return False
    same = max(
        SequenceMatcher(None, text, part).ratio() for part in (number, number[: len(text)], number[-len(text) :])
    )
    return same > _LEAST_COMMON


def _remarks(frame: Frame, middle: float | None, found: Mapping[str, Print]) -> dict[str, Print]:
    """The remarks: in the older layout right of the seller, in the digital one over the whole width."""
    if frame.grand is None:
        return {}
    persons = _foot_row(frame)
    bottom = persons.y - 0.6 * persons.height if persons else float("inf")
    name, number = (found[key].text if key in found else "" for key in ("seller_name", "seller_id"))
    stamped = {id(p) for p in _stamped(frame, name, number, middle or float("-inf"))}
    clear = replace(frame, pieces=[p for p in frame.pieces if id(p) not in stamped])
    rows = clear.band(frame.grand.y + 0.6 * frame.grand.height, bottom, x0=middle or float("-inf"))
    shown = [said for row in rows if (said := row.said(len(row.text) - len(re.sub(r"^\W*备\s*注\W*", "", row.text))))]
    return {"remarks": joined(shown, "\n") if shown else NOTHING}


def _foot_row(frame: Frame) -> PrintRow | None:
    """The row of the persons, below the grand total."""
    if frame.grand is None:
        return None
    below = [row for row in frame.rows if row.y > frame.grand.y]
    # Remarks may name persons too: the lowest row is meant.
    drawn = [row for row in below if re.search(_FOOT["issuer"], row.text)]
    named = [row for row in below if sum(bool(re.search(form, row.text)) for key, form in _FOOT.items() if key) > 1]
    return next(reversed(drawn or named), None)


def foot(frame: Frame) -> dict[str, Print]:
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


def grand(frame: Frame) -> dict[str, Print]:
    """The total in figures and in capital numerals."""
    if frame.grand is None:
        return {}
    found: dict[str, Print] = {}
    row = frame.level(frame.grand)
    start = max((m.end() for m in GRAND.finditer(row.text)), default=0)
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
