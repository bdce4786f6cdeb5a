"""`ocrcli doctor`: is everything there that reading needs, and what to do where it is not."""

from __future__ import annotations

import platform
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ocrcli import __version__
from ocrcli.batch.machine import available_cores, available_memory
from ocrcli.cli.console import say, say_json, table
from ocrcli.cli.guard import stdout_kept_clean
from ocrcli.engine.models import cache_dir, verify, weights_hash
from ocrcli.errors import Exit, OcrError

if TYPE_CHECKING:
    from PIL.Image import Image

PACKAGES = ("paddleocr", "paddlex", "onnxruntime", "numpy", "pymupdf", "pillow", "pydantic", "openpyxl")
OPENCVS = ("opencv-contrib-python", "opencv-python", "opencv-python-headless")
SPECIMEN = "离线文字识别 OCR 2580"
REINSTALL = "install ocrcli again: pip install --force-reinstall ocrcli"
LITTLE_MEMORY = 2 << 30  # bytes; one worker takes about a quarter of it on ordinary pages
LITTLE_DISK = 200 << 20  # bytes; all staged models together take less


@dataclass(frozen=True)
class Symptom:
    """One thing that was looked at. `problem` is None where all is well; `needed`: reading fails without it."""

    name: str
    value: str
    problem: str | None = None
    advice: str | None = None
    needed: bool = True

    @property
    def mark(self) -> str:
        """The word in front of it."""
        if self.problem is None:
            return "ok"
        return "FAIL" if self.needed else "note"


def examine(as_json: bool) -> int:
    """Looks at everything and tells. Returns the exit code: 4 where something that is needed is missing."""
    with stdout_kept_clean():
        symptoms = [*_software(), *_opencv(), *_models(), *_machine(), _recognition()]
    ill = any(symptom.problem and symptom.needed for symptom in symptoms)
    if as_json:
        say_json({"ok": not ill, "checks": [asdict(symptom) for symptom in symptoms]})
    else:
        say(_told(symptoms))
    return Exit.MODEL_MISSING if ill else Exit.OK


def _told(symptoms: list[Symptom]) -> str:
    rows = [(s.mark, s.name, f"{s.value}: {s.problem}" if s.problem else s.value) for s in symptoms]
    lines = table(rows).splitlines()
    return "\n".join(
        line + (f"\n      what to do: {symptom.advice}" if symptom.advice else "")
        for line, symptom in zip(lines, symptoms, strict=True)
    )


def _software() -> Iterator[Symptom]:
    yield Symptom("ocrcli", __version__)
    yield Symptom("python", f"{platform.python_version()} ({sys.platform}, {platform.machine()})")
    for name in PACKAGES:
        yield _package(name, needed=True)
    yield _package("paddlepaddle", needed=False)


def _package(name: str, *, needed: bool) -> Symptom:
    try:
        return Symptom(name, version(name))
    except PackageNotFoundError:
        advice = REINSTALL if needed else "only --engine paddle needs it: pip install paddlepaddle==3.2.2"
        return Symptom(name, "missing", "not installed", advice, needed)


def _opencv() -> Iterator[Symptom]:
    """Three packages own the folder cv2/: the one that was installed last is in place."""
    found = {}
    for name in OPENCVS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    if len(set(found.values())) > 1:
        versions = ", ".join(f"{name} {number}" for name, number in found.items())
        yield Symptom("opencv packages", versions, "they own the same folder and differ", REINSTALL, needed=False)
    try:
        cv2 = import_module("cv2")
    except ImportError as error:
        missing = "libGL" in str(error) or "libgthread" in str(error)
        advice = "apt install libgl1 libglib2.0-0" if missing else REINSTALL
        yield Symptom("opencv", opencv_build(), f"cannot be loaded ({error})", advice)
    else:
        yield Symptom("opencv", f"{cv2.__version__}, {opencv_build()}")


def opencv_build() -> str:
    """Which package's build lies in cv2/, as its own version.py says; without importing cv2."""
    spec = find_spec("cv2")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder) / "version.py"
        if file.is_file():
            lines = (line.partition("=")[::2] for line in file.read_text().splitlines())
            facts = {name.strip(): value.strip() for name, value in lines}
            contrib = "-contrib" if facts.get("contrib") == "True" else ""
            headless = "-headless" if facts.get("headless") == "True" else ""
            return f"the build of opencv{contrib}-python{headless}"
    return "no build in place"


def _models() -> Iterator[Symptom]:
    try:
        yield Symptom("models in", str(cache_dir()))
        states = verify()
    except OcrError as error:
        yield Symptom("models in", "nowhere", error.message, "set OCRCLI_CACHE to a folder that can be written")
        return
    for state in states:
        sha256 = weights_hash(state.model)
        if sha256 is None:
            continue  # a model of the hub that nobody fetched: nothing is wrong
        # Only what the default engine reads with has to be there; the rest is asked for by an option.
        needed = bool(state.model.package) and state.model.engine == "onnx"
        advice = REINSTALL if state.problem and state.model.package else None
        yield Symptom(state.model.name, sha256[:12], state.problem, advice, needed)


def _machine() -> Iterator[Symptom]:
    cores = available_cores()
    yield Symptom("cores", f"{cores}; default: --jobs 1 --threads {cores}")
    memory = available_memory()
    size = "unknown" if memory is None else f"{memory / (1 << 30):.1f} GB"
    if memory is not None and memory < LITTLE_MEMORY:
        yield Symptom("memory", size, "little", "keep to --jobs 1, and give large PDFs a lower --dpi", needed=False)
    else:
        yield Symptom("memory", size)
    yield from _disk()


def _disk() -> Iterator[Symptom]:
    try:
        free = shutil.disk_usage(cache_dir()).free
    except (OSError, OcrError):
        return
    if free < LITTLE_DISK:
        yield Symptom("free disk", f"{free >> 20} MB", "little", "free some space, or set OCRCLI_CACHE", needed=False)
    else:
        yield Symptom("free disk", f"{free >> 20} MB")


def _recognition() -> Symptom:
    """One real reading of a drawn line."""
    from ocrcli.library import read

    started = time.monotonic()
    try:
        text = read(draw(SPECIMEN))[0].text or ""
    except OcrError as error:
        return Symptom("recognition", "failed", error.message, "see what is wrong above")
    except Exception as fault:  # whatever is broken in an installation, the doctor tells
        return Symptom("recognition", "failed", f"{type(fault).__name__}: {fault}", REINSTALL)
    if _bare(text) != _bare(SPECIMEN):
        return Symptom("recognition", f"read {text!r}", f"{SPECIMEN!r} was drawn", "ocrcli models verify")
    return Symptom("recognition", f"{text!r} in {time.monotonic() - started:.1f} s, models loaded")


def draw(text: str) -> Image:
    """The text in black on white, in the CJK font that PyMuPDF carries."""
    import pymupdf
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(BytesIO(pymupdf.Font("cjk").buffer), 40)
    width = int(font.getlength(text)) + 80
    image = Image.new("RGB", (width, 120), "white")
    ImageDraw.Draw(image).text((40, 36), text, fill="black", font=font)
    return image


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
