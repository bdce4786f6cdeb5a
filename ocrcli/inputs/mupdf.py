"""What PDF and OFD pages need of MuPDF: silence, its errors as ours, pixels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pymupdf

from ocrcli.errors import OcrError
from ocrcli.safe_text import quoted

if TYPE_CHECKING:
    from ocrcli.page import Pixels

MOST_ATTACHED = 1000  # files that are looked at


@contextmanager
def mupdf(what: str) -> Iterator[None]:
    """Everything that calls MuPDF stands inside: its errors, which have many types, become OcrError("decode_failed").

    MuPDF reports faults on stdout unless told not to, and stdout is for data.
    """
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        yield
    except (OcrError, MemoryError):
        raise
    except Exception as error:
        raise OcrError("decode_failed", f"{what} is damaged: {quoted(str(error))}") from error


def attached(pdf: pymupdf.Document, most: int) -> Iterator[tuple[str, bytes]]:
    """The files attached to a PDF by name, `most` bytes together: those that would be more, and broken ones, are left
    out, and names of one file stand for it once.

    None is inflated beyond that, whatever size it declares: PyMuPDF's own way inflates all of it.
    """
    taken: set[int] = set()
    lib = pymupdf.mupdf
    names = lib.pdf_load_name_tree(lib.pdf_document_from_fz_document(pdf.this), lib.pdf_new_name("EmbeddedFiles"))
    for i in range(min(MOST_ATTACHED, lib.pdf_dict_len(names))):
        with suppress(lib.FzErrorBase):
            file = lib.pdf_dict_getl(lib.pdf_dict_get_val(names, i), lib.pdf_new_name("EF"), lib.pdf_new_name("F"))
            number = lib.pdf_to_num(file)
            if number in taken:
                continue
            taken.add(number)
            stream = lib.fz_open_null_filter(lib.pdf_open_stream(file), most + 1, 0)
            data = lib.fz_read_all(stream, 0).fz_buffer_extract_copy()
            if len(data) <= most:
                most -= len(data)
                yield lib.pdf_to_name(lib.pdf_dict_get_key(names, i)), data


def portfolio(pdf: pymupdf.Document) -> list[str]:
    """The names of the documents that a portfolio (ISO 32000-1, 12.3.5, Collections) holds; none of other PDFs."""
    lib = pymupdf.mupdf
    inner = lib.pdf_document_from_fz_document(pdf.this)
    root = lib.pdf_dict_get(lib.pdf_trailer(inner), lib.pdf_new_name("Root"))
    if not lib.pdf_is_dict(lib.pdf_dict_get(root, lib.pdf_new_name("Collection"))):
        return []
    names = lib.pdf_load_name_tree(inner, lib.pdf_new_name("EmbeddedFiles"))
    specs = [lib.pdf_dict_get_val(names, i) for i in range(min(MOST_ATTACHED, lib.pdf_dict_len(names)))]
    return [_named(spec) for spec in specs]


def _named(spec: pymupdf.mupdf.PdfObj) -> str:
    """A file specification's name (7.11.3): that in Unicode, where there is one."""
    lib = pymupdf.mupdf
    texts = (lib.pdf_dict_get(spec, lib.pdf_new_name(key)) for key in ("UF", "F"))
    return next((lib.pdf_to_text_string(text) for text in texts if lib.pdf_is_string(text)), "?")


def drawn(page: pymupdf.Page, scale: float) -> Pixels:
    """The page as pixels, H × W × 3 BGR, at `scale` px per pt."""
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    rgb = np.frombuffer(pixmap.samples_mv, np.uint8).reshape(pixmap.height, pixmap.width, 3)
    bgr: Pixels = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    return bgr
