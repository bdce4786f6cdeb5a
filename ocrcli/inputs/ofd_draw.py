"""OFD objects → pixels: they are written down in PDF's own operators (ISO 32000-1, 8 and 9), and MuPDF draws those.

Drawn are texts (in the embedded font where there is one), paths in plain colours, and pictures; shadings count as
their first colour, arcs as straight lines, clips are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pymupdf

from ocrcli.geometry import Affine
from ocrcli.inputs.ofd_content import Colour, Item, Paint, Path, Picture, Text, usual_width

_FARTHEST = 1e7  # pt
_FALLBACK = "cjk"  # MuPDF's own font with Chinese and Latin characters
_PATH_OPERATORS = {"S": "m", "M": "m", "L": "l", "A": "l", "Q": "c", "B": "c"}
_BLENDS = {"Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight", "SoftLight"}


class Sheet:
    """A PDF page that OFD objects are written on. `resource` gives the bytes of a font or image ID, or None."""

    def __init__(self, width: float, height: float, resource: Callable[[str], bytes | None]) -> None:
        self._pdf = pymupdf.open()
        self._page = self._pdf.new_page(width=width, height=height)
        self._resource = resource
        self._fonts: dict[str, tuple[str, pymupdf.Font]] = {}
        self._pictures: dict[str, str | None] = {}
        # OFD counts downwards, PDF upwards.
        self._operators = [f"1 0 0 -1 0 {height:.4f} cm"]

    def draw(self, items: Iterable[Item]) -> pymupdf.Page:
        """The page with the objects on it; it lives as long as this sheet."""
        for item in items:
            if item.is_painted:
                self._operators += ["q", _matrix(item.to_page), *self._state(item.paint), *self._item(item), "Q"]
        contents = self._pdf.get_new_xref()
        self._pdf.update_object(contents, "<<>>")
        self._pdf.update_stream(contents, "\n".join(self._operators).encode())
        self._page.set_contents(contents)
        return self._page

    def _item(self, item: Item) -> Iterator[str]:
        if isinstance(item, Text):
            return self._text(item)
        return _path(item) if isinstance(item, Path) else self._picture(item)

    def _state(self, paint: Paint) -> Iterator[str]:
        """Colours, line width, opacity and blend mode."""
        if paint.fill is not None:
            yield _colour(paint.fill, ("g", "rg", "k"))
        if paint.stroke is not None:
            yield _colour(paint.stroke, ("G", "RG", "K"))
        yield f"{_short(paint.line_width)} w"
        blend = paint.blend if paint.blend in _BLENDS else "Normal"
        if paint.alpha < 1 or blend != "Normal":
            name = f"{blend}{round(paint.alpha * 255)}"
            state = f"<</BM/{blend}/ca {paint.alpha:.3f}/CA {paint.alpha:.3f}>>"
            kind, value = self._pdf.xref_get_key(self._page.xref, "Resources")
            owner, path = (int(value.split()[0]), "") if kind == "xref" else (self._page.xref, "Resources/")
            self._pdf.xref_set_key(owner, f"{path}ExtGState/{name}", state)
            yield f"/{name} gs"

    def _text(self, text: Text) -> Iterator[str]:
        mode = 2 if text.paint.fill is not None and text.paint.stroke is not None else int(text.paint.fill is None)
        yield f"BT {mode} Tr"
        for i, (char, (x, y)) in enumerate(zip(text.characters, text.places, strict=True)):
            name, font = self._font(text.font)
            glyph = text.glyphs.get(i) or font.has_glyph(ord(char))
            width = text.size * text.stretch
            if name == _FALLBACK or not glyph:
                name, font = self._font("")
                glyph = font.has_glyph(ord(char))
                # The font that was meant may be narrower: letters are pressed together as far as they must.
                width *= min(1.0, usual_width(char) / max(font.glyph_advance(ord(char)), 0.1))
            place = f"{_short(width)} 0 0 {_short(-text.size)} {_short(x)} {_short(y)}"
            yield f"/{name} 1 Tf {place} Tm <{glyph:04x}> Tj"
        yield "ET"

    def _picture(self, picture: Picture) -> Iterator[str]:
        if picture.resource not in self._pictures:
            self._pictures[picture.resource] = self._inserted(self._resource(picture.resource))
        name = self._pictures[picture.resource]
        if name is not None:
            yield f"1 0 0 -1 0 1 cm /{name} Do"  # PDF's unit square has its first row on top

    def _inserted(self, data: bytes | None) -> str | None:
        """The name under which a picture's bytes can be painted; None where MuPDF cannot decode them."""
        try:
            xref = self._page.insert_image(self._page.rect, stream=data)
        except Exception:
            return None
        return next(str(image[7]) for image in self._page.get_images() if image[0] == xref)

    def _font(self, resource: str) -> tuple[str, pymupdf.Font]:
        """An embedded font, else the fallback: its name on the page, and the font."""
        if resource not in self._fonts:
            data = self._resource(resource) if resource else None
            try:
                font = pymupdf.Font(fontbuffer=data) if data else pymupdf.Font(_FALLBACK)
                name = f"F{len(self._fonts)}" if data else _FALLBACK
                self._page.insert_font(fontname=name, fontbuffer=font.buffer)
            except Exception:
                name, font = self._font("")
            self._fonts[resource] = (name, font)
        return self._fonts[resource]


def _matrix(affine: Affine) -> str:
    a, b, c, d, e, f = affine.m
    return " ".join([*(_short(value, 6) for value in (a, d, b, e)), _short(c), _short(f), "cm"])


def _short(value: float, places: int = 4) -> str:
    """A number as PDF writes it, without exponent: one that lies far off any page is cut down."""
    return f"{min(max(value, -_FARTHEST), _FARTHEST):.{places}f}"


def _colour(colour: Colour, operators: tuple[str, str, str]) -> str:
    operator = dict(zip((1, 3, 4), operators, strict=True)).get(len(colour))
    return " ".join([*(f"{part:.3f}" for part in colour), operator]) if operator else f"0 {operators[0]}"


def _path(path: Path) -> Iterator[str]:
    here = (0.0, 0.0)
    for operator, operands in path.steps:
        if operator == "C":
            yield "h"
            continue
        if operator == "Q":  # a quadratic curve as the cubic one it equals
            x1, y1, x2, y2 = operands
            operands = ((here[0] + 2 * x1) / 3, (here[1] + 2 * y1) / 3, (x2 + 2 * x1) / 3, (y2 + 2 * y1) / 3, x2, y2)
        here = (operands[-2], operands[-1])
        points = operands if operator in "QB" else here
        yield " ".join([*map(_short, points), _PATH_OPERATORS[operator]])
    painted = (path.paint.fill is not None, path.paint.stroke is not None)
    yield {(True, True): "B", (True, False): "f", (False, True): "S"}[painted]
