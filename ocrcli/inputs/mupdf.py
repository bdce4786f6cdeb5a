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


def drawn(page: pymupdf.Page, scale: float) -> Pixels:
    """The page as pixels, H × W × 3 BGR, at `scale` px per pt."""
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
    rgb = np.frombuffer(pixmap.samples_mv, np.uint8).reshape(pixmap.height, pixmap.width, 3)
    bgr: Pixels = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    return bgr
