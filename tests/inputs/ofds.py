"""OFD packages for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from ocrcli.errors import OcrError
from ocrcli.inputs.ofd import OfdDocument
from ocrcli.limits import Limits
from ocrcli.options import ReadOptions
from ocrcli.page import Page

XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
Parts = dict[str, str | bytes]


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts_of(*pages: str, common: str = "", extra: str = "", box: str = "0 0 100 50") -> Parts:
    """A package whose pages hold the given objects; `common` goes into CommonData, `extra` beside it."""
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    area = f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
    root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    parts: Parts = {
        "OFD.xml": f"<ofd:OFD {XMLNS}>{root}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {XMLNS}><ofd:CommonData>{area}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{extra}</ofd:Document>",
    }
    for i, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = content(objects)
    return parts


def content(objects: str, before: str = "") -> str:
    """A page's or template's XML."""
    layer = f'<ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content>'
    return f"<ofd:Page {XMLNS}>{before}{layer}</ofd:Page>"


def text(
    words: str, boundary: str = "10 10 80 5", code: str = 'X="0" Y="4"', inside: str = "", **attributes: str
) -> str:
    """A text object of 4 mm; unless said otherwise its characters advance by 4 mm."""
    own = {"Font": "1", "Size": "4", **attributes}
    told = " ".join(f'{name}="{value}"' for name, value in own.items())
    delta = "" if "Delta" in code else f' DeltaX="g {len(words)} 4"'
    return (
        f'<ofd:TextObject ID="5" Boundary="{boundary}" {told}>{inside}'
        f"<ofd:TextCode {code}{delta}>{words}</ofd:TextCode></ofd:TextObject>"
    )


def path(data: str, boundary: str, inside: str = "", **attributes: str) -> str:
    """A path object."""
    told = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    body = f"{inside}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="6" Boundary="{boundary}" {told}>{body}</ofd:PathObject>'


def resources(body: str) -> str:
    """A resource part; files lie in the folder Res."""
    return f'<ofd:Res {XMLNS} BaseLoc="Res">{body}</ofd:Res>'


def media(**files: str) -> str:
    """Image resources: ID → file."""
    listed = "".join(
        f'<ofd:MultiMedia ID="{name.strip("_")}" Type="Image"><ofd:MediaFile>{file}</ofd:MediaFile></ofd:MultiMedia>'
        for name, file in files.items()
    )
    return f"<ofd:MultiMedias>{listed}</ofd:MultiMedias>"


def document(parts: Mapping[str, str | bytes], **options: Any) -> OfdDocument:
    """The package, opened."""
    return OfdDocument(packed(parts), Limits(formats=("OFD",)), ReadOptions(**options))


def pages(parts: Mapping[str, str | bytes], **options: Any) -> list[Page | OcrError]:
    """All pages, drawn where they are pages."""
    with document(parts, **options) as opened:
        found = list(opened.pages())
        for page in found:
            if isinstance(page, Page):
                page.pixels  # noqa: B018  # drawn while the package is open
        return found


def only_page(parts: Mapping[str, str | bytes], **options: Any) -> Page:
    """The one page of a package."""
    (page,) = pages(parts, **options)
    assert isinstance(page, Page), page
    return page


def texts(page: Page) -> list[str]:
    """What the page's own lines say."""
    assert page.printed is not None
    return [line.text for line in page.printed]
