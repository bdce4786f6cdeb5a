"""PDFs for tests, made with PyMuPDF. Text is set in MuPDF's own Chinese font, embedded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pymupdf
from PIL import Image

from ocrcli.errors import OcrError
from ocrcli.inputs.pdf import PdfDocument
from ocrcli.limits import Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from tests.inputs.pictures import encoded

ROWS = (
    "本页文字用于检查文字层是否可靠",
    "第二行写着完全不同的另一些内容",
    "合计金额壹佰贰拾叁元整请核对后签收",
    "Plain English words stand here too",
    "电话 010-12345678 编号 ABC-2024",
)
FONT = "F0"
_BUFFER = pymupdf.Font("cjk").buffer


def pdf(draw: Callable[[pymupdf.Page], None], width: float = 400, height: float = 300) -> bytes:
    """A PDF of one page."""
    document = pymupdf.open()
    page = document.new_page(width=width, height=height)
    page.insert_font(fontname=FONT, fontbuffer=_BUFFER)
    draw(page)
    return bytes(document.tobytes())


def write(page: pymupdf.Page, x: float, y: float, text: str, size: float = 12, **options: Any) -> None:
    """Text with its baseline beginning at (x, y)."""
    page.insert_text((x, y), text, fontname=FONT, fontsize=size, **options)


def write_rows(page: pymupdf.Page, **options: Any) -> None:
    """ROWS, one below the other."""
    for i, row in enumerate(ROWS):
        write(page, 40, 60 + 30 * i, row, **options)


def scan_of(data: bytes, dpi: int = 200) -> bytes:
    """The first page of a PDF as a PNG."""
    return bytes(pymupdf.open(stream=data)[0].get_pixmap(dpi=dpi).tobytes("png"))


def noise(width: int, height: int) -> bytes:
    """A picture that holds no word."""
    return encoded(Image.fromarray(np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8)))


def with_map(data: bytes, says: Mapping[str, str]) -> bytes:
    """The PDF with its font's map to Unicode replaced: each character says another one."""
    document = pymupdf.open(stream=data)
    font = pymupdf.Font("cjk")
    pairs = [f"<{font.has_glyph(ord(char)):04x}> <{other.encode('utf-16-be').hex()}>" for char, other in says.items()]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    text = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Test def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{body}\nendcmap end end"
    )
    for xref in range(1, document.xref_length()):
        kind, value = document.xref_get_key(xref, "ToUnicode")
        if kind == "xref":
            document.update_stream(int(value.split()[0]), text.encode())
    return bytes(document.tobytes())


def document(data: bytes, **options: Any) -> PdfDocument:
    """The PDF, opened."""
    return PdfDocument(data, Limits(formats=("PDF",)), ReadOptions(**options))


def only_page(data: bytes, **options: Any) -> Page:
    """The one page of a PDF, with its pixels drawn."""
    with document(data, **options) as opened:
        (page,) = opened.pages()
        assert not isinstance(page, OcrError), page
        page.pixels  # noqa: B018  # drawn while the PDF is open
        return page


def texts(page: Page) -> list[str]:
    """What the page's own lines say."""
    assert page.printed is not None
    return [line.text for line in page.printed]
