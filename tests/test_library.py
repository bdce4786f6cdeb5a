from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest
from PIL import Image

import ocrcli
from ocrcli import OcrError
from ocrcli.context import Context
from ocrcli.engine import base
from ocrcli.options import ReadingHints, ReadOptions
from ocrcli.page import Line, Page, Reading
from ocrcli.records import Record
from tests.days import TODAY


class FakeEngine:
    """Keeps the pixels it is shown, and reads the same line in all of them."""

    def __init__(self) -> None:
        self.seen: list[np.ndarray] = []
        self.opened: list[ReadOptions] = []

    def read(self, page: Page, options: ReadOptions) -> Reading:
        self.seen.append(page.pixels)
        self.options = options
        line = Line("样张", 0.9, ((1, 1), (9, 1), (9, 5), (1, 5)))
        return Reading(
            page.width,
            page.height,
            "px",
            page.number,
            page.count,
            "ocr",
            (line,),
            notices=page.notices,
            today=options.today,
        )


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()

    def open_reader(options: ReadOptions, context: Context) -> FakeEngine:
        fake.opened.append(options)
        return fake

    monkeypatch.setattr(base, "open_reader", open_reader)
    return fake


def picture() -> np.ndarray:
    """60 × 40 BGR, all pixels different from one another in blue and green, red 7."""
    y, x = np.mgrid[:40, :60]
    return np.dstack([x, y, np.full_like(x, 7)]).astype(np.uint8)


def png(pixels: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[..., ::-1])).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    document = pymupdf.open()
    for number in (1, 2, 3):
        document.new_page(width=300, height=200).insert_text((40, 60), f"第 {number} 页", fontname="china-s")
    path = tmp_path / "三页.pdf"
    document.save(path)
    return path


def test_a_path(pdf: Path, engine: FakeEngine) -> None:
    for source in (pdf, str(pdf)):
        records = ocrcli.read(source)
        assert all(isinstance(record, Record) for record in records)
        assert [record.page for record in records] == [1, 2, 3]
        assert records[0].input == str(pdf)
    assert engine.opened == []  # digital pages need no engine


def test_every_form_of_a_picture_shows_the_same_pixels(tmp_path: Path, engine: FakeEngine) -> None:
    pixels = picture()
    path = tmp_path / "a.png"
    path.write_bytes(png(pixels))
    sources: list[Any] = [path, str(path), png(pixels), Image.open(path), pixels, pixels[::-1][::-1]]
    for source in sources:
        [record] = ocrcli.read(source)
        assert record.text == "样张"
        assert (record.width, record.height) == (60, 40)
    assert len(engine.seen) == len(sources)
    for seen in engine.seen:
        assert np.array_equal(seen, pixels)


def test_a_grey_array(engine: FakeEngine) -> None:
    grey = picture()[..., 0]
    ocrcli.read(grey)
    assert np.array_equal(engine.seen[0], np.dstack([grey] * 3))


def test_a_pil_image_is_turned_as_its_exif_says_and_alpha_is_white(engine: FakeEngine) -> None:
    turned = Image.new("RGB", (60, 40))
    turned.getexif()[0x0112] = 6
    ocrcli.read(turned)
    assert engine.seen[0].shape == (60, 40, 3)
    ocrcli.read(Image.new("RGBA", (30, 20), (0, 0, 0, 0)))
    assert engine.seen[1].min() == 255


def test_the_same_picture_has_the_same_hash(engine: FakeEngine) -> None:
    pixels = picture()
    first, again, other = (ocrcli.read(p)[0].input_sha256 for p in (pixels, pixels.copy(), pixels[:, ::-1]))
    assert first == again != other


def test_options(pdf: Path) -> None:
    [record] = ocrcli.read(pdf, pages="2", details=True, detect_direction=True)
    assert record.page == 2
    assert record.evidence
    assert isinstance(record.fields, dict) and record.fields["direction"] == 0
    assert record.warnings[0].code == "more_pages"


def test_the_aliases_of_services(pdf: Path) -> None:
    assert ocrcli.read(pdf, "general-text")[0].service == "general"


def test_the_same_fingerprint_as_the_command(pdf: Path) -> None:
    command = [sys.executable, "-m", "ocrcli", "general", str(pdf), "--today", TODAY.isoformat()]
    ran = subprocess.run(command, capture_output=True, check=True)
    first = json.loads(ran.stdout.splitlines()[0])
    assert ocrcli.read(pdf, today=TODAY)[0].model_dump(mode="json", exclude_unset=True) == first


def test_the_day_is_that_of_each_call(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    days = iter((date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3)))
    monkeypatch.setattr("ocrcli.library.day_of_run", lambda: next(days))
    with ocrcli.Reader() as reader:
        assert [reader.read(pdf)[0].tool.today for _ in range(2)] == ["2026-07-01", "2026-07-02"]
    assert ocrcli.read(pdf, today=TODAY)[0].tool.today == TODAY.isoformat()


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"service": "nothing"}, ValueError, "there is no service 'nothing'"),
        ({"page": "1"}, TypeError, "pages"),
        ({"today": "2026-07-01"}, TypeError, "datetime.date"),
        ({"today_given": True}, TypeError, "no option"),
        ({"service": "classify", "sort_into": "sorted"}, TypeError, "no option"),  # only the command copies
        ({"service": "idcard", "detect_tampering": True}, TypeError, "cannot tell whether a picture was edited"),
        ({"pages": "0"}, ValueError, "^pages"),
        ({"pdf_text": "sometimes"}, ValueError, "'auto'"),
        ({"engine": "tesseract"}, ValueError, "'onnx'"),
        ({"models": "huge"}, ValueError, "'tiny'"),
    ],
)
def test_wrong_options(pdf: Path, arguments: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said) as raised:
        ocrcli.read(pdf, **arguments)
    assert "--" not in str(raised.value)


@pytest.mark.parametrize(
    "source", [None, 3, np.zeros((4, 4, 3)), np.zeros((4, 4, 5), np.uint8), np.zeros((0, 4), np.uint8)]
)
def test_what_is_no_input(source: Any) -> None:
    with pytest.raises(TypeError):
        ocrcli.read(source)


@pytest.mark.parametrize(
    ("source", "code"),
    [(b"", "empty_input"), (b"hello", "format_not_supported"), ("/nowhere/x.png", "unreadable")],
)
def test_what_cannot_be_read(source: Any, code: str) -> None:
    with pytest.raises(OcrError) as caught:
        ocrcli.read(source)
    assert caught.value.code == code


def test_a_page_that_fails_names_itself(pdf: Path) -> None:
    with pytest.raises(OcrError) as caught:
        ocrcli.read(pdf, pages="4")
    assert (caught.value.code, caught.value.page) == ("page_out_of_range", 4)


def test_limits_hold_for_pictures_in_memory(engine: FakeEngine) -> None:
    with pytest.raises(OcrError) as caught:
        ocrcli.read(np.zeros((10, 60, 3), np.uint8))
    assert caught.value.code == "side_too_short"
    [record] = ocrcli.read(np.zeros((10, 60, 3), np.uint8), limits="warn")
    assert record.warnings[0].code == "over_limit"
    assert "15" in record.warnings[0].message


def test_a_reader_keeps_its_models(engine: FakeEngine) -> None:
    with ocrcli.Reader(threads=1, models="small") as reader:
        assert engine.opened == []
        reader.read(picture())
        reader.read(picture(), "general", quick_mode=True)
        assert len(engine.opened) == 1
        assert engine.opened[0].threads == 1
    reader.read(picture())
    assert len(engine.opened) == 2


def test_a_service_s_options_reach_the_reader_as_hints(engine: FakeEngine) -> None:
    asked: list[ReadingHints] = []
    inner = engine.read

    def read(page: Page, options: ReadOptions) -> Reading:
        asked.append(options.hints)
        return inner(page, options)

    engine.read = read  # type: ignore[method-assign]
    with ocrcli.Reader(threads=1) as reader:
        reader.read(picture(), "general", quick_mode=True)
        reader.read(picture(), "general", single_orientation_mode=True, keep_watermark=True)
        reader.read(picture(), "plate")
    assert asked == [
        ReadingHints(one_line=True),
        ReadingHints(same_direction=True, keep_watermark=True),
        ReadingHints(),
    ]


def test_importing_costs_nothing() -> None:
    program = "import ocrcli, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "ocrcli" in loaded
    assert not {"numpy", "pydantic", "PIL", "typer", "ocrcli.pipeline"} & set(loaded)


@pytest.mark.engine
def test_a_real_picture_leaves_no_trace_but_our_cache(tmp_path: Path) -> None:
    """ONNX Runtime's telemetry writes into the home folder unless it is told before it is imported."""
    program = (
        "from ocrcli.cli.doctor import SPECIMEN, draw; import ocrcli; "
        "print(ocrcli.read(draw(SPECIMEN))[0].text == SPECIMEN)"
    )
    environment = {**os.environ, "HOME": str(tmp_path)}
    environment = {k: v for k, v in environment.items() if k not in ("OCRCLI_CACHE", "ORT_DISABLE_TELEMETRY")}
    environment.pop("XDG_CACHE_HOME", None)
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert ran.stdout.splitlines()[-1] == "True", ran.stderr
    assert [str(p.relative_to(tmp_path)) for p in sorted(tmp_path.rglob("*"))][:2] == [".cache", ".cache/ocrcli"]
    assert {p.name for p in tmp_path.iterdir()} == {".cache"}
    assert {p.name for p in (tmp_path / ".cache").iterdir()} == {"ocrcli"}


def test_a_file_that_cannot_be_opened_raises_what_open_raises(tmp_path: Path):
    with pytest.raises(FileNotFoundError) as missing:
        ocrcli.read(tmp_path / "gone.png")
    assert isinstance(missing.value, OcrError)
    assert (missing.value.code, missing.value.filename) == ("unreadable", str(tmp_path / "gone.png"))
    assert "gone.png" in str(missing.value) and "--" not in str(missing.value)
    with pytest.raises(IsADirectoryError):
        ocrcli.read(tmp_path)
    again = pickle.loads(pickle.dumps(missing.value))
    assert (type(again), again.filename) == (type(missing.value), missing.value.filename)


def test_an_open_file_is_read_and_one_of_text_refused(pdf: Path):
    with pdf.open("rb") as stream:
        assert [record.input for record in ocrcli.read(stream)] == [pdf.name] * 3
    with pytest.raises(TypeError, match="open the file with mode 'rb'"):
        ocrcli.read(io.StringIO("text"))  # type: ignore[call-overload]


def test_a_list_of_paths_gives_the_records_of_all(pdf: Path):
    assert len(ocrcli.read([pdf, str(pdf)])) == 6


def test_pictures_with_opacity_lie_on_white_paper(engine: FakeEngine):
    see_through = np.dstack([picture(), np.zeros((40, 60), np.uint8)])
    solid = np.dstack([picture(), np.full((40, 60), 255, np.uint8)])
    for given, seen in ((see_through, np.full((40, 60, 3), 255, np.uint8)), (solid, picture())):
        ocrcli.read(given)
        assert np.array_equal(engine.seen[-1], seen)
    ocrcli.read(picture()[..., :1])
    assert np.array_equal(engine.seen[-1], np.repeat(picture()[..., :1], 3, axis=2))


def test_errors_speak_python(engine: FakeEngine):
    with pytest.raises(OcrError, match='limits="warn"') as refused:
        ocrcli.read(np.zeros((4, 60, 3), np.uint8))
    assert "--" not in str(refused.value) and "`" not in str(refused.value)
    with pytest.raises(ValueError, match="there is no service 'idcrad'; did you mean 'idcard'"):
        ocrcli.read(picture(), "idcrad")  # type: ignore[call-overload]


def test_threads_that_share_a_reader_take_turns(pdf: Path):
    with ocrcli.Reader() as reader, ThreadPoolExecutor(4) as pool:
        texts = [[record.text for record in records] for records in pool.map(reader.read, [pdf] * 8)]
    assert all(text == texts[0] for text in texts) and len(texts[0]) == 3


def test_records_as_a_frame(pdf: Path):
    pandas = pytest.importorskip("pandas")
    frame = ocrcli.to_frame(ocrcli.read(pdf))
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["page"]) == [1, 2, 3]
    plates = [{"plate_number": "京A00000"}, {"plate_number": "京A00001"}]
    record = ocrcli.read(pdf)[0].model_copy(update={"fields": plates, "text": None})
    assert list(ocrcli.to_frame([record])["plate_number"]) == ["京A00000", "京A00001"]


def test_everything_that_is_exported_is_there():
    assert all(getattr(ocrcli, name) for name in ocrcli.__all__)
    with pytest.raises(AttributeError):
        ocrcli.nothing  # noqa: B018
