"""Values without labels: what each line of a business card is, by what it looks like, how large it is, where it stands.

First what labels name, and what its signs alone tell (e-mail, web, numbers); then what words tell (companies, titles,
departments, addresses); the name is what is left, large, beside the title, and like the e-mail address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ocrcli.layout import contact_words as words
from ocrcli.layout.parts import Part
from ocrcli.layout.rows import printed_rows
from ocrcli.layout.upright import Piece, is_wide, pieces_of
from ocrcli.page import Line, Reading

_LEADING = 1.2  # heights of blank between two lines of one value, at most
_EDGE_EM = 1.5  # em between the left edges, or the middles, of two lines of one value, at most
_BESIDE_EM = 8.0  # between a label and its value, and between a name and the title on its row
_LARGE = 1.15  # times the median height from which print is large
_FEWEST, _MOST = 7, 15  # digits of a telephone number (ITU-T E.164 has 15 at most)
_TWO_SCRIPTS = re.compile(rf"({words.CHINESE_NAME.pattern})\s*[(（]?\s*({words.LATIN_NAME.pattern})\s*[)）]?")


@dataclass(frozen=True)
class Typed:
    """A value: what it is, what it says, the parts it stands in; `sure` where more than its place speaks for it."""

    kind: str
    text: str
    parts: tuple[Part, ...]
    sure: bool = True


@dataclass
class _Item:
    """A stretch of print on one row, and what a label in front of it names."""

    part: Part
    piece: Piece
    labels: tuple[str, ...] = ()
    kind: str = ""
    done: bool = False

    @property
    def text(self) -> str:
        return self.part.text.lstrip(" :：|;；,，/、").rstrip(" :：|;；,，、")


@dataclass
class _Card:
    items: list[_Item]
    found: list[Typed] = field(default_factory=list)

    def put(self, kind: str, text: str, *items: _Item, sure: bool = True) -> None:
        text = " ".join(text.split())
        if text and not any(typed.kind == kind and typed.text == text for typed in self.found):
            self.found.append(Typed(kind, text, tuple(item.part for item in items), sure))

    @property
    def left(self) -> list[_Item]:
        return [item for item in self.items if not item.done and len(item.text) > 1]

    def texts(self, kind: str) -> list[str]:
        return [typed.text for typed in self.found if typed.kind == kind]


def contacts_on(reading: Reading) -> list[Typed]:
    """Every value on the card, from the top."""
    card = _Card(list(_items(reading)))
    _by_labels(card)
    _by_signs(card)
    _by_words(card)
    _by_domain(card)
    _names(card)
    order = {id(item.part): number for number, item in enumerate(card.items)}
    return sorted(card.found, key=lambda typed: min(order[id(part)] for part in typed.parts))


def _items(reading: Reading) -> Iterator[_Item]:
    """The print in pieces, cut before each label, the label left out; a label alone names what stands beside it."""
    for row in printed_rows(pieces_of(reading)):
        waiting: tuple[tuple[str, ...], float] | None = None
        for piece in row:
            for line in piece.lines:
                for labels, part in _cut(line):
                    if waiting and not labels and piece.x0 - waiting[1] <= _BESIDE_EM * piece.em:
                        labels = waiting[0]
                    waiting = (labels, piece.x1) if labels and not part.text.strip(" :：") else None
                    if waiting is None:
                        yield _Item(part, piece, labels)


def _cut(line: Line) -> Iterator[tuple[tuple[str, ...], Part]]:
    """The stretches of a line, each with the labels in front of it."""
    labels: tuple[str, ...] = ()
    start = 0
    for match in words.LABEL.finditer(line.text):
        key = next(key for key in words.LABEL_KEYS if match[key])
        between = line.text[start : match.start()].strip(" /|、&;；,，")
        if between:
            if not match["end"] and re.match(r"[a-zA-Z\u4e00-\u9fff]", line.text[match.end() : match.end() + 1]):
                continue  # a word in a text, no label
            yield labels, Part(line, start, match.start())
            labels = ()
        elif not match["end"] and not _may_be_value(key, line.text[match.end() :]):
            continue
        labels = (*labels, key)
        start = match.end()
    if start < len(line.text) or labels:
        yield labels, Part(line, min(start, len(line.text)), len(line.text))


def _may_be_value(key: str, text: str) -> bool:
    """True for what may stand behind a label without a colon; other labels may follow it."""
    if key in ("phone", "fax", "postcode", *words.ACCOUNTS):
        return not text.strip() or bool(re.match(r"\s*[+(\d/&、]", text))
    return (
        not text.strip()
        or (key == "email" and "@" in text)
        or (key == "website" and "." in text)
        or (key == "address" and words.is_address(text))
    )


def _by_labels(card: _Card) -> None:
    for item in card.items:
        for key in item.labels:
            values = [item.text] if key in ("address", *words.ACCOUNTS) else list(_values(key, item.text))
            for value in values:
                if key == "address":
                    _address(card, item)
                else:
                    card.put(key, value, item)
            item.done = item.done or bool(values)


def _by_signs(card: _Card) -> None:
    for item in card.items:
        if item.done:
            continue
        for key in ("email", "website", "phone"):
            found = list(_values(key, item.text))
            whole = sum(map(len, found)) >= 0.7 * len(item.text.replace(" ", ""))
            if found and (whole or key == "email"):
                for value in found:
                    card.put(key, value, item)
                item.done = True
                break


def _values(key: str, text: str) -> Iterator[str]:
    if key == "email":
        yield from (match[0] for match in words.EMAIL.finditer(text.replace(" ", "")))
    elif key == "website" and "@" not in text:
        yield from (match[0] for match in words.WEBSITE.finditer(text.replace(" ", "")))
    elif key == "postcode":
        yield from (match[0] for match in words.POSTCODE.finditer(text))
    elif key in ("phone", "fax"):
        numbers = (match[0].strip() for match in words.PHONE.finditer(text))
        yield from (number for number in numbers if _FEWEST <= len(re.sub(r"\D", "", number)) <= _MOST + 5)


def _by_words(card: _Card) -> None:
    """Addresses first, for they hold words of all kinds; of the rest the end of the text says what it is."""
    for item in card.left:
        if not item.done and words.is_address(item.text):
            _address(card, item)
    for item in card.left:
        text = item.text
        named = re.fullmatch(rf"({words.CHINESE_NAME.pattern})\s+(\S.*)", text)
        if named and words.is_chinese_name(named[1]) and words.TITLE.search(named[2]):
            card.put("name", "".join(named[1].split()), item)
            card.put("title", named[2], item)
            item.kind, item.done = "title", True
        elif (both := _TWO_SCRIPTS.fullmatch(text)) and words.is_chinese_name(both[1]):
            for name in ("".join(both[1].split()), both[2]):
                card.put("name", name, item)
            item.done = True
        elif words.COMPANY.search(text) and not words.DEPARTMENT.search(text):
            item.kind = "company"
        elif words.TITLE.search(text) and not re.search(r"[.。!！?？]$", text):
            item.kind = "title"
        elif words.DEPARTMENT.search(text):
            item.kind = "department"
    for item in card.left:
        if item.kind in ("title", "department"):
            card.put(item.kind, item.text, item)
            item.done = True


def _address(card: _Card, first: _Item) -> None:
    """An address with the lines that go on below it, and its postal code."""
    rows = [first]
    first.done = True
    for item in card.left:
        goes_on = words.goes_on_address(item.text) or words.is_address(item.text)
        if not item.labels and goes_on and _is_below(rows[-1], item) and not words.COMPANY.search(item.text):
            rows.append(item)
            item.done = True
    text = _joined([item.text for item in rows])
    if any(map(is_wide, text)):
        for code in words.POSTCODE.findall(text):
            card.put("postcode", code, *rows)
            text = text.replace(code, "").strip(" ,，()（）")
    card.put("address", text, *rows)


def _by_domain(card: _Card) -> None:
    """Companies: what ends as their names do, and what stands in the address of the web site or of the e-mail."""
    domains = [re.sub(r"^(https?://)?(www\.)?", "", site.lower()) for site in card.texts("website")]
    domains += [mail.rpartition("@")[2].lower() for mail in card.texts("email")]
    stems = {_letters(domain.split("/")[0].rpartition(".")[0]) for domain in domains}
    alike = [item for item in card.left if any(_is_in(_letters(item.text), stem) for stem in stems)]
    whole = [item for item in card.left if item.kind == "company"]
    for item in whole:
        above = next((other for other in alike if other is not item and _is_below(other, item)), None)
        rows = [above, item] if above is not None else [item]
        card.put("company", _joined([row.text for row in rows]), *rows)
        for row in rows:
            row.done = True
    if not whole:
        for item in alike:
            card.put("company", item.text, item)
            item.done = True


def _is_in(letters: str, stem: str) -> bool:
    return len(letters) >= 4 and (letters in stem or stem in letters) and min(len(letters), len(stem)) >= 4


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


def _names(card: _Card) -> None:
    """The name in each script: what is like an e-mail address, stands beside the title or department, or is large."""
    heights = sorted(item.piece.height for item in card.items)
    usual = heights[len(heights) // 2] if heights else 1.0
    mails = [_letters(mail.partition("@")[0]) for mail in card.texts("email")]
    ranks = [item for item in card.items if item.kind in ("title", "department")]
    for is_name in (words.is_chinese_name, _is_latin_name):
        best: tuple[tuple[bool, float], _Item, bool] | None = None
        for item in card.left:
            in_company = any("".join(item.text.split()) in company for company in card.texts("company"))
            if in_company or not is_name(item.text):
                continue
            mailed = any(_is_mail_of(item.text, mail) for mail in mails)
            beside = any(_is_near(item, rank) for rank in ranks)
            score = mailed or beside, item.piece.height / usual + 2.0 * mailed + beside
            large = item.piece.height >= _LARGE * usual
            listed = is_wide(item.text[0])  # its surname is one of the list
            sure = mailed or (beside and (large or listed))
            if (mailed or beside or large or listed) and (best is None or score > best[0]):
                best = score, item, sure
        if best is not None and not any(is_wide(name[0]) == is_wide(best[1].text[0]) for name in card.texts("name")):
            _, item, sure = best
            text = "".join(item.text.split()) if is_wide(item.text[0]) else item.text
            card.put("name", text, item, sure=sure)
            item.done = True


def _is_latin_name(text: str) -> bool:
    return words.LATIN_NAME.fullmatch(text) is not None


def _is_mail_of(name: str, mail: str) -> bool:
    """True where an address has the surname, or the name's first letters and a part of it."""
    parts = [_letters(part) for part in re.split(r"[\s,.-]+", name)]
    return any(len(part) >= 3 and part in mail for part in parts)


def _is_near(item: _Item, title: _Item) -> bool:
    """True for a title or department right below or above, or beside on the row."""
    a, b = item.piece, title.piece
    level = min(a.y1, b.y1) - max(a.y0, b.y0) > 0.3 * min(a.height, b.height)
    beside = level and max(a.x0, b.x0) - min(a.x1, b.x1) <= _BESIDE_EM * max(a.em, b.em)
    return beside or _is_below(item, title) or _is_below(title, item)


def _is_below(upper: _Item, lower: _Item) -> bool:
    """True for the next line of a column: right below, and level with its left edge or its middle."""
    a, b = upper.piece, lower.piece
    blank = b.y0 - a.y1
    close = -0.5 * min(a.height, b.height) <= blank <= _LEADING * max(a.height, b.height) and b.cy > a.cy
    edge = _EDGE_EM * max(a.em, b.em)
    return close and (abs(a.x0 - b.x0) <= edge or abs(a.cx - b.cx) <= edge or (a.x0 <= b.x0 and b.x1 <= a.x1 + edge))


def _joined(texts: Sequence[str]) -> str:
    """Lines of one value: Chinese without a blank between, other writing with one."""
    told = ""
    for text in texts:
        apart = told and not (is_wide(told[-1]) or is_wide(text[0]))
        told += f" {text}" if apart else text
    return told
