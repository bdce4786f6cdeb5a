"""A printed sheet described in mm: print, rules, QR codes and seals, drawn as a picture (here) or as a
page of a PDF file (paper_pdf.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ocrcli.geometry import Point
from ocrcli.specimens.canvas import BLACK, WHITE, Canvas, Colour, Style
from ocrcli.specimens.documents.base import MM, Print, print_all
from ocrcli.specimens.fonts import Typecase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RED: Colour = (214, 40, 40)
SEAL_OPACITY = 0.85
_SWEEP = 19.0  # degrees from one character of a seal's rim to the next


@dataclass(frozen=True)
class Rule:
    """A straight rule from (x0, y0) to (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.25
    colour: Colour = BLACK


@dataclass(frozen=True)
class QrCode:
    """A QR code (ISO/IEC 18004) that fills a square of `size` from (x, y)."""

    text: str
    x: float
    y: float
    size: float
    colour: Colour = BLACK


@dataclass(frozen=True)
class Seal:
    """An oval seal about (x, y): words over the upper rim, across the middle, and along the lower rim or below."""

    x: float
    y: float
    rx: float
    ry: float
    over: str
    middle: str
    under: str
    size: float
    curved: bool  # `under` runs along the rim
    stamped: bool = False  # in a PDF file it is a picture, not characters

    def rims(self) -> list[tuple[str, bool]]:
        """The words along the rim, each with whether they run over the top."""
        return [(self.over, True), *([(self.under, False)] if self.curved else [])]

    def levels(self) -> list[tuple[str, float]]:
        """The words that run straight, each with the y of its middle."""
        return [(self.middle, self.y), *([] if self.curved else [(self.under, self.y + 0.5 * self.ry)])]

    @property
    def rim(self) -> Point:
        """The half axes of the ellipse on which the middles of the rim's characters stand."""
        return self.rx - 0.9 * self.size, self.ry - 0.9 * self.size

    @staticmethod
    def sweep(text: str) -> float:
        """Degrees of the rim that the words take."""
        return min(200.0, _SWEEP * (len(text) - 1))

    def words(self) -> list[str]:
        """Everything it says."""
        return [self.over, self.middle, self.under]


@dataclass(frozen=True)
class Hole:
    """A punched hole of tractor paper."""

    x: float
    y: float
    radius: float


Part = Print | Rule | QrCode | Seal | Hole


@dataclass(frozen=True)
class Paper:
    """A sheet of `width` × `height` mm and what is on it, in the order of printing."""

    width: float
    height: float
    parts: Sequence[Part]
    ground: Colour = WHITE


def pictured(paper: Paper, typecase: Typecase, scale: float = MM) -> Canvas:
    """The sheet as a picture of `scale` px per mm."""
    canvas = Canvas(round(paper.width * scale), round(paper.height * scale), paper.ground)
    for part in paper.parts:
        if isinstance(part, Print):
            print_all(canvas, [part], {}, typecase, scale)
        elif isinstance(part, Rule):
            ends = (part.x0 * scale, part.y0 * scale, part.x1 * scale, part.y1 * scale)
            canvas.rule(*ends, width=max(1, round(part.width * scale)), colour=part.colour)
        elif isinstance(part, QrCode):
            paint_code(canvas, part, scale)
        elif isinstance(part, Seal):
            paint_seal(canvas, part, typecase, scale)
        else:
            canvas.draw.circle((part.x * scale, part.y * scale), part.radius * scale, fill=(120, 118, 112))
    return canvas


def paint_code(canvas: Canvas, code: QrCode, scale: float) -> None:
    """Draws the code on a canvas of `scale` px per mm."""
    from PIL import Image

    side = round(code.size * scale)
    mask = Image.fromarray(255 - modules(code.text)).resize((side, side), Image.Resampling.NEAREST)
    canvas.image.paste(code.colour, (round(code.x * scale), round(code.y * scale)), mask)


def modules(text: str) -> NDArray[np.uint8]:
    """A QR code's modules, one px each: 0 dark, 255 light."""
    import numpy as np
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.QRCode)
    return np.array(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False))


def paint_seal(canvas: Canvas, seal: Seal, typecase: Typecase, scale: float) -> None:
    """Stamps the seal on a canvas of `scale` px per mm."""
    centre, flat = (seal.x * scale, seal.y * scale), seal.ry / seal.rx
    canvas.ring(centre, seal.rx * scale, max(2, round(0.5 * scale)), RED, flat=flat, opacity=SEAL_OPACITY)
    style = Style(typecase.face("song"), round(seal.size * scale), RED)
    rx, ry = seal.rim
    for text, upwards in seal.rims():
        canvas.arc(
            centre,
            rx * scale,
            text,
            style,
            sweep=seal.sweep(text),
            upwards=upwards,
            flat=ry / rx,
            opacity=SEAL_OPACITY,
            role="stamp",
        )
    for text, y in seal.levels():
        canvas.turned((centre[0], y * scale), text, style, 0.0, opacity=SEAL_OPACITY, role="stamp")
