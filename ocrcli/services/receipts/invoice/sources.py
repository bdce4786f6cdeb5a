"""Where an invoice's file speaks of itself more than once: gaps filled, disagreements told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ocrcli.geometry import Affine, Quad, centre, inside
from ocrcli.page import Notice, Page, Reading, Source
from ocrcli.safe_text import quoted
from ocrcli.services.receipts.invoice.values import Value, normal

if TYPE_CHECKING:
    from ocrcli.inputs.invoice_data import Account

_SAME = str.maketrans("（），：；／－０１２３４５６７８９", "(),:;/-0123456789")


def accounts_of(reading: Reading) -> list[Account]:
    """What travels with the page beside its print, the best source first. Raises OcrError where a part is broken.

    The QR code is looked for where nothing else speaks: on pictures and on most PDFs.
    """
    from ocrcli.inputs.invoice_data import accounts

    if reading.page is None:
        return []
    kind: Source = "ofd" if reading.source == "ofd" else "pdf-attachment"
    return list(accounts(reading.page.attachments(), kind)) or _coded(reading.page)


def _coded(page: Page) -> list[Account]:
    """What the QR codes say: those that stand on the page as pictures, or else those seen anywhere on it."""
    from ocrcli.inputs.invoice_data import of_code
    from ocrcli.inputs.qr import codes

    pictured = [text for picture in page.pictures for text, _ in codes(picture)]
    if pictured:
        return [account for text in pictured if (account := of_code(text))]
    to_unit = Affine.scaling(1 / page.scale, 1 / page.scale)
    seen = codes(page.pixels)
    return [replace(account, quad=to_unit.quad(quad)) for text, quad in seen if (account := of_code(text))]


def lying_on(accounts: Sequence[Account], quad: Quad | None) -> list[Account]:
    """Those of the accounts that stand on a document, or nowhere; all where the document is the whole page."""
    return [a for a in accounts if quad is None or a.quad is None or inside(centre(a.quad), quad)]


def compared(
    values: Mapping[str, Value], accounts: Sequence[Account], *, alone: bool
) -> tuple[dict[str, Value], list[Notice]]:
    """The values with gaps filled from the accounts of this invoice, and warnings where sources disagree.

    An account is of this invoice if it names its number, or if the page holds no other (`alone`) and the number was
    not found. The one QR code of a page's one invoice that names another number contradicts it: nothing else of it is
    taken. Text that an account only points at on the page (an OFD's tags) stands before what the layout made of it.
    """
    whole = dict(values)
    notices: list[Notice] = []
    for account in accounts:
        number = values.get("number")
        if _told(account, "number") == number.text if number and not number.doubtful else alone:
            notices += _weigh(whole, account)
        elif number and alone and account.source == "qr" and len(accounts) == 1 and (said := _told(account, "number")):
            notices.append(_differs(account, "number", number, said))
    return whole, notices


def _told(account: Account, key: str) -> str | None:
    return normal(key, account.fields[key])[0] if key in account.fields else None


def _weigh(values: dict[str, Value], account: Account) -> Iterator[Notice]:
    """Takes in what an account says; yields where it says otherwise than the page."""
    rows = {pointer.split("/")[1] for pointer in values if pointer.startswith("item_list/")}
    told = dict(account.fields)
    if len(rows) == len(account.items):
        told |= {f"item_list/{i}/{k}": text for i, row in enumerate(account.items) for k, text in row.items()}
    for pointer, text in told.items():
        value, sound = normal(pointer, text)
        own = values.get(pointer)
        if own is None and sound:
            values[pointer] = Value(value, text, 1.0, None, account.source)
        elif own is not None and sound and _bare(own.text) != _bare(value):
            if account.shown or own.doubtful:
                values[pointer] = Value(value, own.plain, 1.0, own.quad, account.source)
            yield _differs(account, pointer, own, value)
        elif own is not None and sound:
            values[pointer] = replace(own, why="")


def _differs(account: Account, pointer: str, own: Value, value: str) -> Notice:
    message = f"the page says {quoted(own.text)}, {account.name} {quoted(value)}"
    return Notice("sources_differ", message, pointer, own.quad)


def _bare(text: str) -> str:
    """A text without blanks, with marks in one width: what sources may write differently."""
    return re.sub(r"\s+", "", text.translate(_SAME))
