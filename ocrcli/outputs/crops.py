"""What `--crops` writes: the documents found on a page, each straightened, and what else is worth cutting out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image

from ocrcli.finding import Crop, Finding
from ocrcli.geometry import Affine
from ocrcli.inputs.discover import Given
from ocrcli.outputs.pictures import write_picture
from ocrcli.page import Reading
from ocrcli.vision.corners import straightened


def write_crops(reading: Reading, findings: Sequence[Finding], given: Given, folder: str) -> None:
    """Writes a PNG for each crop of the findings into `folder`, in one rename each.

    The files are named as under `-o DIR`: `a.png.front.png`, `a.pdf.page03.document2.png` where the input has several
    pages, or the page several documents. Raises OcrError("output_failed").
    """
    if reading.page is None:
        return
    digits = len(str(reading.count))
    page = f".page{reading.number:0{digits}}" if reading.count > 1 else ""
    to_pixels = Affine.scaling(reading.page.scale, reading.page.scale)
    for name, crop in (named for finding in findings for named in _crops(finding)):
        picture = straightened(reading.page.pixels, to_pixels.quad(crop.quad), crop.ratio)
        image = Image.fromarray(picture[:, :, ::-1])  # BGR to RGB
        write_picture(image, folder, given, f"{page}.{name}.png", f"crops {name} {reading.number}")


def _crops(finding: Finding) -> Iterator[tuple[str, Crop]]:
    """Each place with its name, in which the document's number stands where the page has several."""
    place = finding.document
    crops = finding.crops or ({"document": Crop(place.quad)} if place.quad else {})
    number = str(place.index) if place.count > 1 else ""
    return ((name + number, crop) for name, crop in crops.items())
