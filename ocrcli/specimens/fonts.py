"""The typefaces the press can use: those that installed packages carry, and wider ones where a machine has them.

PyMuPDF carries Droid Sans Fallback (Chinese, Japanese, Korean, Latin, Greek, Cyrillic) and URW's Nimbus Sans, Roman
and Mono; tests and samples need nothing else. `Typecase.wide` adds the CJK faces of the package mplfonts and of
Debian's fonts-ocr-b, fonts-wqy-zenhei, fonts-arphic-gkai00mp and fonts-arphic-gbsn00lp where they are found.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, Literal

from PIL import ImageFont

Role = Literal["hei", "song", "kai", "sans", "bold", "serif", "mono", "ocr-b"]
"""hei, song, kai: Chinese without serifs, with serifs, brushed. The others are Latin; ocr-b is ISO 1073-2's."""

# What each role is played by when nothing but the installed packages is there: PyMuPDF's names of its own fonts.
_CARRIED: Mapping[Role, str] = {
    "hei": "cjk",
    "song": "cjk",
    "kai": "cjk",
    "sans": "helv",
    "bold": "hebo",
    "serif": "tiro",
    "mono": "cour",
    "ocr-b": "cjk",  # its I, 1, O and 0 differ as those of OCR-B do
}
# Roles that Droid Sans Fallback only stands in for: it is left out where a real one is found.
_STAND_INS: frozenset[Role] = frozenset({"song", "kai", "ocr-b"})
# File names of the wider faces. mplfonts also carries SimHei, whose licence is unclear: it is left alone.
_WIDER: Mapping[Role, tuple[str, ...]] = {
    "hei": ("NotoSansCJKsc-Regular.otf", "wqy-zenhei.ttc"),
    "song": ("NotoSerifCJKsc-Regular.otf", "gbsn00lp.ttf"),
    "kai": ("gkai00mp.ttf",),
    "ocr-b": ("OCRB.otf",),
}
SYSTEM_FONTS = Path("/usr/share/fonts")


@dataclass(frozen=True)
class Face:
    """A typeface: its family name and where its bytes are (a file, or one of PyMuPDF's own fonts)."""

    name: str
    source: str = field(repr=False)

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The face with an em of `size` px."""
        return _sized(self.source, size)

    def has(self, character: str) -> bool:
        """True where the face can draw this character."""
        return _has(self.source, character)

    @property
    def outlines(self) -> Any:
        """The face as PyMuPDF sets it (`pymupdf.Font`)."""
        return _glyphs(self.source)


@dataclass(frozen=True)
class Typecase:
    """The faces at hand for each role, those that packages carry first."""

    faces: Mapping[Role, tuple[Face, ...]]

    @staticmethod
    @cache
    def carried() -> Typecase:
        """Only what installed packages carry."""
        return Typecase({role: (_face(source),) for role, source in _CARRIED.items()})

    @staticmethod
    def wide(folders: Iterable[Path] | None = None) -> Typecase:
        """The carried faces and every wider one found under `folders` (default: mplfonts, the system's fonts)."""
        found = _files(_usual_folders() if folders is None else folders)
        faces: dict[Role, tuple[Face, ...]] = {}
        for role, carried in Typecase.carried().faces.items():
            wider = tuple(_face(str(found[name])) for name in _WIDER.get(role, ()) if name in found)
            faces[role] = wider if wider and role in _STAND_INS else (*carried, *wider)
        return Typecase(faces)

    def chosen(self, rng: Random) -> Typecase:
        """A typecase for one document: one face for each role."""
        return Typecase({role: (rng.choice(faces),) for role, faces in self.faces.items()})

    def face(self, role: Role) -> Face:
        """The first face for the role."""
        return self.faces[role][0]


def _usual_folders() -> list[Path]:
    package = find_spec("mplfonts")
    carried = [Path(place) for place in (package.submodule_search_locations or ())] if package else []
    return [*carried, SYSTEM_FONTS]


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    wanted = {name for names in _WIDER.values() for name in names}
    return {path.name: path for folder in folders for path in sorted(folder.rglob("*")) if path.name in wanted}


def _face(source: str) -> Face:
    family, style = _sized(source, 16).getname()
    return Face(f"{family or Path(source).stem} {style or ''}".removesuffix(" Regular").strip(), source)


@cache
def _bytes(source: str) -> bytes:
    if source in _CARRIED.values():
        import pymupdf

        return bytes(pymupdf.Font(source).buffer)
    return Path(source).read_bytes()


@lru_cache(maxsize=64)  # each size holds a copy of the font's bytes
def _sized(source: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_bytes(source)), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(source: str, character: str) -> bool:
    return bool(_glyphs(source).has_glyph(ord(character)))


@cache
def _glyphs(source: str) -> Any:  # pymupdf has no types
    import pymupdf

    return pymupdf.Font(fontbuffer=_bytes(source))
