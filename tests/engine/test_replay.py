from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.engine.replay import SUFFIX, SavedReader, load_reading, look_key, page_key, save_reading
from ocrcli.errors import OcrError
from ocrcli.geometry import quad_of_box
from ocrcli.options import ReadingHints, ReadOptions
from ocrcli.page import Alphabet, Char, Lattice, Line, Notice, Page, Reading
from tests.days import TODAY

ALPHABET = Alphabet.of(["", "0", "1", "京", "\u2028", '"', " "])
QUAD = quad_of_box(1.25, 2.0, 100.1, 1 / 3)


def a_lattice(steps: int = 3, seed: int = 0) -> Lattice:
    rng = np.random.default_rng(seed)
    offsets = np.arange(steps + 1, dtype=np.int32) * 2
    ids = rng.integers(0, 7, steps * 2).astype(np.uint16)
    return Lattice(offsets, ids, np.log(rng.random(steps * 2)).astype(np.float16), ALPHABET)


def a_line(text: str = "京10", lattice: Lattice | None = None) -> Line:
    chars = tuple(Char(c, 0.9876543210123, i / len(text), (i + 1) / len(text)) for i, c in enumerate(text))
    return Line(text, 0.1 + 0.2, QUAD, "ocr", chars, lattice)


def a_reading(*lines: Line) -> Reading:
    return Reading(
        width=640.0,
        height=480.0,
        unit="px",
        number=1,
        count=2,
        source="ocr",
        lines=lines,
        rotation=90,
        skew=-0.0123456789,
        notices=(Notice("blur", "the page is blurred", None, QUAD), Notice("dark", "dark", "name")),
        engine="onnxruntime",
        models={"rec": "b" * 64, "det": "a" * 64},
        today=TODAY,
    )


def told(line: Line) -> tuple[object, ...]:
    """A line as something that can be compared: arrays as bytes with their type."""
    lattice = line.lattice
    arrays: list[Any] = [lattice.offsets, lattice.ids, lattice.logs] if lattice else []
    shown = [(a.dtype, a.tobytes()) for a in arrays] + ([lattice.alphabet.characters] if lattice else [])
    return line.text, line.confidence, line.quad, line.source, line.chars, shown


def test_a_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    lines = (a_line(lattice=a_lattice()), a_line("digital"), a_line("0", lattice=a_lattice(9, 1)))
    reading = a_reading(*lines).arranged([((lines[2], lines[0]),), ((lines[1],),)])
    save_reading(reading, tmp_path / "page.reading.json")
    loaded = load_reading(tmp_path / "page.reading.json", TODAY)

    assert [told(line) for line in loaded.lines] == [told(line) for line in reading.lines]
    assert [[[told(x) for x in row] for row in block] for block in loaded.blocks] == [
        [[told(x) for x in row] for row in block] for block in reading.blocks
    ]
    assert loaded.blocks[0][0][0] is loaded.lines[0]
    for name in ("width", "height", "unit", "number", "count", "source", "rotation", "skew", "notices", "engine"):
        assert getattr(loaded, name) == getattr(reading, name)
    assert dict(loaded.models) == dict(reading.models)


@settings(deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    confidence=st.floats(0, 1),
    numbers=st.lists(st.floats(-1e6, 1e6), min_size=8, max_size=8),
    steps=st.integers(1, 40),
)
def test_any_line_comes_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, confidence: float, numbers: list[float], steps: int
) -> None:
    path = tmp_path_factory.mktemp("any") / "x.reading.json"
    points = [(numbers[i], numbers[i + 1]) for i in range(0, 8, 2)]
    line = Line(text, confidence, (points[0], points[1], points[2], points[3]), lattice=a_lattice(steps))
    save_reading(a_reading(line), path)
    assert told(load_reading(path, TODAY).lines[0]) == told(line)


def test_the_same_reading_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        answers = {k: a_line(k) for k in (("x", "y") if name == "a" else ("y", "x"))}
        save_reading(a_reading(a_line(lattice=a_lattice())), tmp_path / f"{name}.reading.json", answers)
    assert (tmp_path / "a.reading.json").read_bytes() == (tmp_path / "b.reading.json").read_bytes()


def test_the_alphabet_stands_once_beside_or_above(tmp_path: Path) -> None:
    save_reading(a_reading(a_line(lattice=a_lattice())), tmp_path / "top.reading.json")
    save_reading(a_reading(a_line(lattice=a_lattice())), tmp_path / "deep" / "er" / "x.reading.json")
    assert len(list(tmp_path.rglob("*.alphabet.txt"))) == 1
    lattice = load_reading(tmp_path / "deep" / "er" / "x.reading.json", TODAY).lines[0].lattice
    assert lattice is not None
    assert lattice.alphabet.index["京"] == 3

    next(tmp_path.rglob("*.alphabet.txt")).unlink()
    with pytest.raises(OcrError, match="alphabet"):
        load_reading(tmp_path / "top.reading.json", TODAY)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "not a saved reading"),
        ("[1]", "not a saved reading"),
        ('{"format": "other"}', "not a saved reading"),
        ('{"format": "ocrcli-reading", "version": 99}', "version 99"),
        ('{"format": "ocrcli-reading", "version": 1}', "damaged"),
        ('{"format": "ocrcli-reading", "version": 1, "answers": {}, "lines": [{"text": 3}]}', "damaged"),
    ],
)
def test_a_foreign_file_is_an_error(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "x.reading.json"
    path.write_text(content)
    with pytest.raises(OcrError, match=says) as caught:
        load_reading(path, TODAY)
    assert caught.value.code == "decode_failed"


def test_a_missing_file_and_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OcrError, match="not a saved reading"):
        load_reading(tmp_path / "none.reading.json", TODAY)
    (tmp_path / "file").write_text("")
    with pytest.raises(OcrError) as caught:
        save_reading(a_reading(), tmp_path / "file" / "x.reading.json")
    assert caught.value.code == "output_failed"


# Second looks and the reader that saves.


def grey(crop: np.ndarray) -> np.ndarray:
    return crop


@dataclass(frozen=True)
class Widened:
    share: float

    def __call__(self, crop: np.ndarray) -> np.ndarray:
        return crop


def test_a_second_look_is_named_by_place_and_preparation() -> None:
    keys = [
        look_key(QUAD, None),
        look_key(quad_of_box(0, 0, 9, 9), None),
        look_key(QUAD, grey),
        look_key(QUAD, Widened(0.1)),
        look_key(QUAD, Widened(0.2)),
        look_key(QUAD, functools.partial(grey, depth=1)),  # type: ignore[call-arg]
        look_key(QUAD, functools.partial(grey, depth=2)),  # type: ignore[call-arg]
    ]
    assert None not in keys
    assert len(set(keys)) == len(keys)
    assert look_key(QUAD, lambda crop: crop) is None
    assert look_key(QUAD, functools.partial(lambda crop: crop)) is None


class FakeReader:
    """Counts what it is asked; a second look answers with the name of the preparation."""

    def __init__(self) -> None:
        self.reads = 0
        self.looks = 0

    def read(self, page: Page, options: ReadOptions) -> Reading:
        self.reads += 1
        return Reading(
            page.width, page.height, page.unit, 1, 1, "ocr", (a_line(),), again=self.again, today=options.today
        )

    def again(self, quad: object, prepare: object = None) -> Line:
        self.looks += 1
        return a_line(f"look {self.looks}", a_lattice())


def a_page(shade: int = 0) -> Page:
    return Page(4.0, 3.0, "px", 1, 1, render=lambda: np.full((3, 4, 3), shade, np.uint8))


def test_a_page_is_read_once(tmp_path: Path) -> None:
    fake = FakeReader()
    reader = SavedReader(fake, tmp_path / "new")
    first = reader.read(a_page(), ReadOptions())
    second = reader.read(a_page(), ReadOptions(details=True, threads=3))
    assert fake.reads == 1
    assert [told(line) for line in first.lines] == [told(line) for line in second.lines]
    assert second.page is not None
    reader.read(a_page(1), ReadOptions())
    reader.read(a_page(), ReadOptions(engine="paddle"))
    assert fake.reads == 3


def test_the_engine_is_not_asked_for_what_is_saved(tmp_path: Path) -> None:
    fake = FakeReader()
    reading = SavedReader(fake, tmp_path).read(a_page(), ReadOptions())
    seen = [reading.again(QUAD), reading.again(QUAD, grey)]

    class Never:
        def read(self, page: Page, options: ReadOptions) -> Reading:
            raise AssertionError("the engine was asked")

    replayed = SavedReader(Never(), tmp_path).read(a_page(), ReadOptions())
    assert [told(replayed.again(QUAD)), told(replayed.again(QUAD, grey))] == [told(line) for line in seen]
    with pytest.raises(AssertionError, match="was asked"):
        replayed.again(QUAD, Widened(0.1))


def test_a_new_look_at_a_saved_page_asks_the_reader_and_is_kept(tmp_path: Path) -> None:
    SavedReader(FakeReader(), tmp_path).read(a_page(), ReadOptions())
    fake = FakeReader()
    replayed = SavedReader(fake, tmp_path).read(a_page(), ReadOptions())
    lines = [replayed.again(QUAD, grey), replayed.again(QUAD, grey), replayed.again(QUAD, lambda crop: crop)]
    assert [line.text for line in lines] == ["look 1", "look 1", "look 2"]
    path = next(tmp_path.glob(f"*{SUFFIX}"))
    assert load_reading(path, TODAY).again(QUAD, grey).text == "look 1"
    assert list(json.loads(path.read_text())["answers"]) == [look_key(QUAD, grey)]


def test_a_loaded_file_alone_sees_nothing_new(tmp_path: Path) -> None:
    save_reading(a_reading(), tmp_path / "x.reading.json")
    line = load_reading(tmp_path / "x.reading.json", TODAY).again(QUAD)
    assert (line.text, line.confidence, line.quad) == ("", 0.0, QUAD)


def test_the_page_key_depends_on_what_decides_the_reading() -> None:
    keys = {
        page_key(a_page(), ReadOptions()),
        page_key(a_page(2), ReadOptions()),
        page_key(a_page(), ReadOptions(language="ja")),
        page_key(a_page(), ReadOptions(models="tiny")),
        page_key(a_page(), ReadOptions(hints=ReadingHints(one_line=True))),
        page_key(Page(2.0, 1.5, "pt", 1, 1, lambda: np.zeros((3, 4, 3), np.uint8), 2.0), ReadOptions()),
    }
    assert len(keys) == 6
    assert page_key(a_page(), ReadOptions(details=True)) == page_key(a_page(), ReadOptions())
    assert page_key(a_page(), ReadOptions(own={"side": "front"})) == page_key(a_page(), ReadOptions())
