"""Records, inputs and services for the tests of outputs. All people and numbers are invented (SPECIMEN)."""

from __future__ import annotations

import hashlib
from typing import Any

from openpyxl import Workbook

from ocrcli.declaration import Field, Panel, Service
from ocrcli.inputs.discover import Given
from ocrcli.limits import Limits

FINGERPRINT = "0123456789abcdef"


def service(name: str = "sample", **more: Any) -> Service:
    told: dict[str, Any] = {
        "title": "Sample",
        "title_zh": "样本",
        "panel": Panel.CARDS,
        "help": "Reads a sample.",
        "limits": Limits(),
        "fields": FIELDS,
        "own_read": lambda reading, options: [],
    }
    return Service(name=name, **{**told, **more})


FIELDS = (
    Field("name", "who it belongs to", required=True),
    Field("number", "its number"),
    Field("count", "how many", type="integer"),
    Field("owner", "the owner", type="object", items=(Field("city", "where"), Field("street", "which street"))),
    Field("marks", "lines as printed", type="list"),
    Field("items", "what was bought", type="list", items=(Field("item", "its name"), Field("amount", "its price"))),
    Field("extra", "an extra", option="with_extra"),
)
CARD = {
    "name": "样本张三",
    "number": "00123",
    "count": 2,
    "owner": {"city": "北京", "street": None},
    "marks": ["<<A", "B<<"],
    "items": [{"item": "茶", "amount": "12.00"}, {"item": "=1+1", "amount": ""}],
}


def shown(book: Workbook) -> Workbook:
    """A workbook without the sheet that nobody sees."""
    hidden = [sheet for sheet in book.worksheets if sheet.title.startswith("ocrcli")]
    assert all(sheet.sheet_state == "veryHidden" for sheet in hidden)
    for sheet in hidden:
        book.remove(sheet)
    return book


def given(name: str, relative: str | None = None) -> Given:
    return Given(name, name, None, name if relative is None else relative)


def sha256_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def record(name: str, page: int = 1, pages: int = 1, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "schema_version": 1,
        "service": "sample",
        "input": name,
        "input_sha256": sha256_of(name),
        "page": page,
        "pages": pages,
        "width": 640,
        "height": 480,
        "unit": "px",
        "rotation": 0,
        "skew": 0.0,
        "document": {"index": 1, "count": 1, "quad": None, "side": None},
        "fields": {},
        "checks": [],
        "confidence": 0.98,
        "warnings": [],
    }
    tool = {"version": "0.1.0", "engine": "onnxruntime", "models": {}, "options": FINGERPRINT, "today": "2026-07-01"}
    return {**told, **more, "tool": tool}


def text_record(name: str, text: str, page: int = 1, pages: int = 1, **more: Any) -> dict[str, Any]:
    lines = [
        {"text": row, "confidence": 0.99, "quad": [[0, 0], [9, 0], [9, 9], [0, 9]]} for row in text.split("\n") if row
    ]
    return record(name, page, pages, text=text, lines=lines, **more)


def error(name: str, page: int | None = None, code: str = "decode_failed") -> dict[str, Any]:
    told: dict[str, Any] = {
        "schema_version": 1,
        "service": "sample",
        "input": name,
        "input_sha256": sha256_of(name),
    }
    if page is not None:
        told["page"] = page
    return {**told, "error": {"code": code, "message": "cut in half", "huawei": None, "ctyun": None}}


def cell(row: int, column: int, text: str, *, width: int = 100, **more: Any) -> dict[str, Any]:
    """A table cell as records have it."""
    x, y = column * 100, row * 40
    quad = [[x, y], [x + width, y], [x + width, y + 40], [x, y + 40]]
    told = {"row": row, "column": column, "row_span": 1, "column_span": 1, "text": text, "quad": quad}
    return {**told, "confidence": 0.99, "align": "left", **more}
