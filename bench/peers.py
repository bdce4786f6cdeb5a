"""The readers that are compared: each takes a picture (H × W × 3, BGR) and gives its lines in its own reading order."""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from ocrcli.engine import models
from ocrcli.engine.catalogue import Model, find_model
from ocrcli.engine.session import quiet_environment
from ocrcli.options import ReadOptions
from ocrcli.page import Page, Pixels


class Peer(Protocol):
    """A reader with its defaults; `name` says what stands in the tables."""

    name: str

    def lines(self, picture: Pixels) -> list[str]:
        """The lines of text, in the reader's own order."""
        ...


class Ocrcli:
    """ocrcli as a library: engine and reading order, without the decoding of files and the writing of records."""

    name = "ocrcli"

    def __init__(self, threads: int | None = None) -> None:
        from ocrcli.context import Context
        from ocrcli.engine.base import open_reader

        self.options = ReadOptions(threads=threads)
        self.reader = open_reader(self.options, Context(threads))

    def lines(self, picture: Pixels) -> list[str]:
        from ocrcli.layout.order import arrange

        height, width = picture.shape[:2]
        page = Page(float(width), float(height), "px", 1, 1, render=lambda: picture)
        return [line.text for line in arrange(self.reader.read(page, self.options)).lines]


class RapidOcr:
    """RapidOCR with its defaults, which are the same weights (PP-OCRv6 small)."""

    name = f"RapidOCR {version('rapidocr')}"

    def __init__(self) -> None:
        quiet_environment()
        from rapidocr import RapidOCR

        self._engine = RapidOCR(params={"Global.log_level": "error"})

    def lines(self, picture: Pixels) -> list[str]:
        return list(self._engine(picture).txts or ())


class PaddlePipeline:
    """PaddleOCR's own pipeline on ONNX Runtime with the same weights.

    Page orientation, unwarping and line orientation are off: each is a further model, and takes further time.
    """

    name = f"PaddleOCR {version('paddleocr')}"

    def __init__(self) -> None:
        quiet_environment()
        from paddleocr import PaddleOCR

        folder = Path(tempfile.mkdtemp(prefix="bench-models-"))
        try:
            self._engine = PaddleOCR(
                **_arguments("text_detection", find_model("detection", "onnx", "small"), folder),
                **_arguments("text_recognition", find_model("recognition", "onnx", "small"), folder),
                use_doc_orientation_classify=False,
                use_doc_unwarping=False,
                use_textline_orientation=False,
                engine="onnxruntime",
                device="cpu",
            )
        finally:
            shutil.rmtree(folder)

    def lines(self, picture: Pixels) -> list[str]:
        (result,) = self._engine.predict(picture)
        return list(result["rec_texts"])


def _arguments(part: str, model: Model, folder: Path) -> dict[str, Any]:
    """Name and folder of a model for the pipeline; the recogniser's settings with all its characters."""
    staged = models.model_folder(model)
    if model.role == "recognition":
        staged = Path(shutil.copytree(staged, folder / model.name))
        config = dict(model.config)
        config["PostProcess"] = {"name": "CTCLabelDecode", "character_dict": _characters(staged / "inference.onnx")}
        (staged / "inference.yml").write_text(json.dumps(config), encoding="utf-8")
    return {f"{part}_model_name": model.name, f"{part}_model_dir": str(staged)}


def _characters(weights: Path) -> list[str]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(weights), providers=["CPUExecutionProvider"])
    characters: list[str] = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return characters


PEERS: dict[str, type[Peer]] = {"ocrcli": Ocrcli, "rapidocr": RapidOcr, "paddleocr": PaddlePipeline}
