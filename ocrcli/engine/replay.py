"""Saved readings: what the reader saw on a page, as a file, so that rules are tried again without the engine.

A saved reading is one JSON file (`NAME.reading.json`). Lines, quads, characters, lattices, blocks, notices and the
answers to second looks come back exactly as they were. The recogniser's 18,710 characters are the same for every line
of every page: they stand once in a file of their own, named by their hash, beside the readings or in a folder above.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ocrcli.engine.base import Reader
from ocrcli.engine.catalogue import find_model, find_recognizer
from ocrcli.engine.models import weights_hash
from ocrcli.errors import OcrError
from ocrcli.geometry import Quad, as_quad
from ocrcli.options import ReadOptions
from ocrcli.page import Again, Alphabet, Block, Char, Lattice, Line, Notice, Page, Reading

if TYPE_CHECKING:
    from ocrcli.page import Pixels

    Prepare = Callable[[Pixels], Pixels]

FORMAT = "ocrcli-reading"
VERSION = 1
SUFFIX = ".reading.json"

Plain = dict[str, Any]
Answers = dict[str, Line]  # what second looks gave, by look_key


def save_reading(reading: Reading, path: Path, answers: Mapping[str, Line] | None = None) -> None:
    """Writes a reading to `path`, in one rename, and its alphabet beside it unless a folder above has it.

    `answers` are the lines that second looks gave, by `look_key`. The same reading gives the same bytes. Raises
    OcrError("output_failed").
    """
    saved = {"format": FORMAT, "version": VERSION, **_plain_reading(reading, answers or {})}
    text = json.dumps(saved, ensure_ascii=False, separators=(",", ":")) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (*reading.lines, *(answers or {}).values())
        for alphabet in {id(line.lattice.alphabet): line.lattice.alphabet for line in lines if line.lattice}.values():
            _keep_alphabet(alphabet, path.parent)
        _write(path, text)
    except OSError as error:
        raise OcrError(
            "output_failed", f"the reading cannot be saved as {path} ({error.strerror}); name another folder"
        ) from error


def load_reading(path: Path, today: date) -> Reading:
    """The reading saved at `path`, as of this day.

    Second looks are answered as they were; a new one sees nothing (empty text).

    Raises OcrError("decode_failed") where the file is not a saved reading, or one of another version.
    """
    reading, answers = _load(path, today)
    return replace(reading, again=_Recall(answers))


class SavedReader:
    """A reader that keeps every reading of another one (`inner`) in a folder and answers from there.

    The inner reader is asked only for a page that has no saved reading, or for a second look that was not taken
    before. A reading is found by the page's pixels and by what was asked of the reader: the same page under another
    name is not read again. What the reader's own code does is not part of that: empty the folder when ocrcli is
    upgraded.
    """

    def __init__(self, inner: Reader, folder: Path) -> None:
        self._inner = inner
        self._folder = folder

    def read(self, page: Page, options: ReadOptions) -> Reading:
        """The saved reading of the page, else the inner reader's, which is then saved."""
        path = self._folder / f"{page_key(page, options)}{SUFFIX}"
        if path.exists():
            reading, answers = _load(path, options.today)
            live = functools.cache(lambda: self._inner.read(page, options).again)
        else:
            reading, answers = self._inner.read(page, options), {}
            live = functools.cache(lambda: reading.again)
            save_reading(reading, path)
        keep = functools.partial(save_reading, reading, path)
        return replace(reading, page=page, again=_Recall(answers, live, keep))


class _Recall:
    """Answers second looks from what was saved; `live`, where there is one, answers the others, and that is kept."""

    def __init__(
        self,
        answers: Answers,
        live: Callable[[], Again] | None = None,
        keep: Callable[[Answers], None] = lambda _: None,
    ) -> None:
        self._answers = answers
        self._live = live
        self._keep = keep

    def __call__(self, quad: Quad, prepare: Prepare | None = None) -> Line:
        key = look_key(quad, prepare)
        if key in self._answers:
            return self._answers[key]
        if self._live is None:
            return Line(text="", confidence=0.0, quad=quad)
        line = self._live()(quad, prepare)
        if key is not None:
            self._answers[key] = line
            self._keep(self._answers)
        return line


def look_key(quad: Quad, prepare: Prepare | None) -> str | None:
    """What names a second look: the place, to a tenth of a unit, and the preparation of the crop.

    None where the preparation has no name that says all it does (a lambda, a function made inside another): such a
    look is never saved.
    """
    name = _prepare_name(prepare)
    place = ",".join(f"{value:.1f}" for point in quad for value in point)
    return None if name is None else f"{name}@{place}"


def _prepare_name(prepare: Any) -> str | None:
    if prepare is None:
        return "plain"
    if isinstance(prepare, functools.partial):
        inner = _prepare_name(prepare.func)
        return None if inner is None else f"{inner}{prepare.args!r}{sorted(prepare.keywords.items())!r}"
    if is_dataclass(prepare):
        return repr(prepare)
    name: str = getattr(prepare, "__qualname__", "<unnamed>")
    return None if "<" in name else f"{prepare.__module__}.{name}"


def page_key(page: Page, options: ReadOptions) -> str:
    """What decides a reading, as 32 hexadecimal digits: the pixels, the place in the input, the models, the options.

    No engine is loaded for this.
    """
    detector = find_model("detection", options.engine, options.models)
    recognizer = find_recognizer(options.engine, options.models, options.language)
    hashes = [weights_hash(detector), weights_hash(recognizer)]
    hints = sorted(name for name, given in asdict(options.hints).items() if given)
    asked = [VERSION, options.engine, options.models, options.language, hints, *hashes]
    place = [page.width, page.height, page.unit, page.number, page.count, page.scale, page.pixels.shape]
    digest = hashlib.blake2b(json.dumps([asked, place]).encode(), digest_size=16)
    digest.update(np.ascontiguousarray(page.pixels).data)
    return digest.hexdigest()


# Writing.


def _write(path: Path, text: str) -> None:
    """In one rename, so that nobody ever meets half a file."""
    building = path.with_name(f".{os.getpid()}-{path.name}")
    building.write_text(text, encoding="utf-8", newline="")
    building.replace(path)


def _plain_reading(reading: Reading, answers: Mapping[str, Line]) -> Plain:
    return {
        "width": float(reading.width),
        "height": float(reading.height),
        "unit": reading.unit,
        "number": reading.number,
        "count": reading.count,
        "source": reading.source,
        "rotation": reading.rotation,
        "skew": float(reading.skew),
        "engine": reading.engine,
        "models": dict(sorted(reading.models.items())),
        "notices": [_plain_notice(notice) for notice in reading.notices],
        "lines": [_plain_line(line) for line in reading.lines],
        "blocks": _plain_blocks(reading),
        "answers": {key: _plain_line(line) for key, line in sorted(answers.items())},
    }


def _plain_quad(quad: Quad) -> list[float]:
    return [float(value) for point in quad for value in point]


def _plain_notice(notice: Notice) -> Plain:
    quad = _plain_quad(notice.quad) if notice.quad else None
    return {"code": notice.code, "message": notice.message, "field": notice.field, "quad": quad}


def _plain_line(line: Line) -> Plain:
    return {
        "text": line.text,
        "confidence": float(line.confidence),
        "quad": _plain_quad(line.quad),
        "source": line.source,
        "chars": [[c.text, float(c.confidence), float(c.start), float(c.end)] for c in line.chars],
        "lattice": None if line.lattice is None else _plain_lattice(line.lattice),
    }


def _plain_lattice(lattice: Lattice) -> Plain:
    """The arrays as base64 of their little-endian bytes."""
    return {
        "offsets": _base64(lattice.offsets, "<i4"),
        "ids": _base64(lattice.ids, "<u2"),
        "logs": _base64(lattice.logs, "<f2"),
        "alphabet": _alphabet_name(lattice.alphabet),
    }


def _base64(array: Any, dtype: str) -> str:
    return base64.b64encode(array.astype(dtype).tobytes()).decode()


def _plain_blocks(reading: Reading) -> list[list[list[int]]]:
    """Blocks as places in `lines`."""
    places = {id(line): i for i, line in enumerate(reading.lines)}
    return [[[places[id(line)] for line in row] for row in block] for block in reading.blocks]


@functools.lru_cache(maxsize=8)
def _alphabet_bytes(characters: tuple[str, ...]) -> tuple[str, bytes]:
    blob = "\n".join(characters).encode()
    return hashlib.sha256(blob).hexdigest()[:16], blob


def _alphabet_name(alphabet: Alphabet) -> str:
    return _alphabet_bytes(alphabet.characters)[0]


def _alphabet_path(name: str, folder: Path) -> Path | None:
    """The alphabet's file in the folder or one above."""
    folder = folder.resolve()
    places = (place / f"{name}.alphabet.txt" for place in (folder, *folder.parents))
    return next((path for path in places if path.is_file()), None)


def _keep_alphabet(alphabet: Alphabet, folder: Path) -> None:
    name, blob = _alphabet_bytes(alphabet.characters)
    if _alphabet_path(name, folder) is None:
        _write(folder / f"{name}.alphabet.txt", blob.decode())


# Reading back.


def _load(path: Path, today: date) -> tuple[Reading, Answers]:
    saved = _opened(path)
    try:
        answers = {key: _line(plain, path) for key, plain in saved["answers"].items()}
        return _reading(saved, path, today), answers
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise OcrError(
            "decode_failed", f"{path} is a damaged saved reading ({error!r}); delete it and read the page again"
        ) from error


def _opened(path: Path) -> Plain:
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OcrError("decode_failed", f"{path} is not a saved reading ({error})") from error
    if not isinstance(saved, dict) or saved.get("format") != FORMAT:
        raise OcrError("decode_failed", f"{path} is not a saved reading (no format {FORMAT!r} in it)")
    if saved.get("version") != VERSION:
        raise OcrError(
            "decode_failed",
            f"{path} is a saved reading of version {saved.get('version')}, this ocrcli knows version {VERSION}; "
            "delete it and read the page again",
        )
    return saved


def _reading(saved: Plain, path: Path, today: date) -> Reading:
    lines = tuple(_line(plain, path) for plain in saved["lines"])
    blocks: tuple[Block, ...] = tuple(tuple(tuple(lines[i] for i in row) for row in block) for block in saved["blocks"])
    same = ("width", "height", "unit", "number", "count", "source", "rotation", "skew", "engine", "models")
    return Reading(
        **{key: saved[key] for key in same},
        lines=lines,
        blocks=blocks,
        notices=tuple(_notice(plain) for plain in saved["notices"]),
        today=today,
    )


def _quad(flat: list[float]) -> Quad:
    return as_quad(zip(flat[::2], flat[1::2], strict=True))


def _notice(plain: Plain) -> Notice:
    quad = _quad(plain["quad"]) if plain["quad"] else None
    return Notice(plain["code"], plain["message"], plain["field"], quad)


def _line(plain: Plain, path: Path) -> Line:
    return Line(
        text=plain["text"],
        confidence=plain["confidence"],
        quad=_quad(plain["quad"]),
        source=plain["source"],
        chars=tuple(Char(*char) for char in plain["chars"]),
        lattice=None if plain["lattice"] is None else _lattice(plain["lattice"], path),
    )


def _lattice(plain: Plain, path: Path) -> Lattice:
    def array(key: str, dtype: str) -> Any:
        # astype copies: the bytes of a string can't be written to, and the machine may be big-endian.
        return np.frombuffer(base64.b64decode(plain[key], validate=True), dtype).astype(dtype[1:])

    return Lattice(
        offsets=array("offsets", "<i4"),
        ids=array("ids", "<u2"),
        logs=array("logs", "<f2"),
        alphabet=_alphabet(plain["alphabet"], path),
    )


def _alphabet(name: str, path: Path) -> Alphabet:
    file = _alphabet_path(name, path.parent)
    if file is None:
        raise OcrError(
            "decode_failed", f"{path} needs {name}.alphabet.txt beside it or in a folder above; copy it there"
        )
    return _alphabet_of(file, name)


@functools.lru_cache(maxsize=8)
def _alphabet_of(file: Path, name: str) -> Alphabet:
    blob = file.read_bytes()
    if hashlib.sha256(blob).hexdigest()[:16] != name:
        raise OcrError("decode_failed", f"{file} was changed (its hash is not its name); delete it and read again")
    return Alphabet.of(blob.decode().split("\n"))
