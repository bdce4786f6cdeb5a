"""Business cards, Chinese and English: their values have labels only now and then, and no fixed places.

Limits, options and result keys: business-card of Huawei Cloud OCR. Every key is a list. `layout.contacts` says how each
is found; what nothing but its place and size speaks for is doubtful.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ocrcli.declaration import Field, LeftOut, Panel, Service
from ocrcli.finding import Evidence
from ocrcli.forms import doubt
from ocrcli.forms.find import By
from ocrcli.forms.found import Found
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.signs import Number, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocrcli.forms.sheet import Sheet
    from ocrcli.layout.contacts import Typed

_NOT_A_CARD = 2  # kinds of values that make a card, at least
_ACCOUNTS = ("wechat", "qq", "alipay", "bank")


def _all(sheet: Sheet) -> Found | None:
    from ocrcli.layout.contacts import contacts_on

    typed = contacts_on(sheet.reading)
    kinds = {one.kind for one in typed}
    reached = kinds & {"phone", "email", "website", "address", *_ACCOUNTS}
    whose = kinds & {"name", "company", "title"}
    return (
        Found("", Evidence(1.0, None, "derived"), value=typed)
        if reached and whose and len(kinds) >= _NOT_A_CARD
        else None
    )


def _typed(sheet: Sheet, *kinds: str) -> Sequence[Typed]:
    found = sheet.value("contacts")
    told: Any = found.value if found else ()
    return [one for one in told if one.kind in kinds]


def _of(kind: str, sheet: Sheet) -> Found | None:
    typed = _typed(sheet, kind)
    return _found(typed, [one.text for one in typed]) if typed else None


def _accounts(sheet: Sheet) -> Found | None:
    typed = _typed(sheet, *_ACCOUNTS)
    return _found(typed, [{"item": one.kind, "value": one.text, "note": []} for one in typed]) if typed else None


def _found(typed: Sequence[Typed], value: list[Any]) -> Found:
    from ocrcli.geometry import around

    parts = [part for one in typed for part in one.parts]
    chars = [char for part in parts for char in part.as_line().chars]
    unsure = None if all(one.sure for one in typed) else doubt.NOT_LABELLED
    why = doubt.reason(chars, faults=(unsure,))
    confidence = min(part.confidence for part in parts)
    quad = around(part.quad for part in parts)
    return Found(" ".join(one.text for one in typed), Evidence(confidence, quad, parts[0].line.source, None, why or ""),
                 value=value)  # fmt: skip


def _list(key: str, meaning: str) -> Field:
    return Field(key, meaning, By(partial(_of, key)), type="list")


SERVICE = Service(
    name="business-card",
    spec="business-card",
    type="business_card",
    title="Business card",
    title_zh="名片识别",
    panel=Panel.CARDS,
    help="Read business cards, Chinese and English: name, title, company, phones, e-mail, address.",
    limits=Limits(formats=RASTER + PDF + OFD, min_side=15, max_side=8192, min_area_percent=60),
    left_out=(
        LeftOut("detect_direction", "pictures are read whichever way up they lie; `rotation` says how they lay"),
        LeftOut(
            "return_adjusted_image", "a card without fixed print does not say where its edges are; use --crops of auto"
        ),
    ),
    inner=(Field("contacts", "all values of the card", By(_all), required=True),),
    fields=(
        _list("name", "names of people"),
        _list("title", "what they are"),
        _list("company", "companies"),
        _list("department", "departments"),
        _list("phone", "telephone numbers, as printed"),
        _list("address", "addresses, their rows joined"),
        _list("email", "e-mail addresses"),
        _list("fax", "fax numbers, as printed"),
        _list("postcode", "postal codes of the mainland"),
        _list("website", "web sites"),
        Field(
            "extra_info_list",
            "accounts: {item, value, note}, item wechat, qq, alipay or bank",
            By(_accounts),
            type="list",
        ),
    ),
    # All of them together, and the shape of a card: letters and receipts have phones and web sites, too.
    signs=(
        Number(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", None, 0.17),
        Number(r"(TEL|PHONE|MOB|手机|电话|FAX|传真).{0,4}[+(\d]", None, 0.22),
        Number(r"(WWW\.|HTTPS?://)", None, 0.17),
        Shape(90 / 54, 0.15),
    ),
)
