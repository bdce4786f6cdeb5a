"""PaddleOCR's modules: the only file, beside pulling.py, that knows PaddleX's insides.

`TextDetection` and `TextRecognition` of PaddleOCR 3.7 are built as their makers mean them; then their own steps are
called one by one (`paddlex_predictor.pre_tfs`, `.runner`, `.post_op`), because `predict` pads, batches, and throws the
class probabilities away. tests/engine/test_paddle.py names each attribute used here, so that an upgrade that breaks one
says which.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ocrcli.engine import models
from ocrcli.engine.catalogue import PADDLE_CHARACTERS, Model
from ocrcli.engine.session import quiet_environment
from ocrcli.errors import OcrError
from ocrcli.geometry import Quad, as_quad
from ocrcli.page import Alphabet, Pixels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Probabilities = NDArray[np.float32]

LINE_HEIGHT = 48  # px, what the recogniser wants
MAX_LINE_WIDTH = 3200  # px at that height; PaddleX squeezes what is longer
# The detector looks at no more than TILE × TILE px at once; tiles overlap by at least 2 × MARGIN px.
TILE = 1600
MARGIN = 96
# Widths are padded up to multiples of this: fewer different shapes keep ONNX Runtime's memory from growing.
WIDTH_STEP = 32


def _module(name: str) -> Any:
    """A module class of PaddleOCR by name. A missing system library gives one clear line."""
    quiet_environment()
    try:
        import paddleocr
    except ImportError as error:
        if "libGL" in str(error) or "libgthread" in str(error):
            raise OcrError(
                "model_missing",
                "OpenCV needs a system library that is missing; install it with: apt install libgl1 libglib2.0-0",
            ) from error
        raise OcrError("model_missing", f"PaddleOCR cannot be loaded ({error}); install ocrcli again") from error
    logging.getLogger("paddlex").setLevel(logging.ERROR)
    return getattr(paddleocr, name)


def _predictor(class_name: str, model: Model, threads: int, **settings: Any) -> Any:
    """PaddleX's predictor for a staged model, on the model's engine."""
    folder = models.model_folder(model)
    if model.engine == "paddle":
        engine, config = "paddle_static", {"cpu_threads": threads}
        os.environ["OMP_NUM_THREADS"] = "1"  # or Paddle warns at import; it counts its threads itself
    else:
        engine = "onnxruntime"
        config = {
            "intra_op_num_threads": threads,
            "inter_op_num_threads": 1,
            # Memory patterns are kept per input shape, and every line has its own.
            "enable_mem_pattern": False,
            # An arena never gives back what the largest page took, and saves no time here (bench/memory.py).
            "enable_cpu_mem_arena": False,
            "log_severity_level": 3,
        }
    module = _module(class_name)(
        model_name=model.name,
        model_dir=str(folder),
        engine=engine,
        engine_config=config,
        device="cpu",
        **settings,
    )
    return module.paddlex_predictor


class Detector:
    """Finds text lines (PP-OCR's DB detector)."""

    def __init__(self, model: Model, threads: int) -> None:
        self._predictor = _predictor("TextDetection", model, threads)

    def boxes(self, pixels: Pixels, width: int, height: int, least: float) -> list[tuple[Quad, float]]:
        """The text lines of a picture looked at as width × height px (multiples of 32): quads in its own px, scores.

        Lines with a score below `least` (0 to 1) are left out.
        Quads may stand at any angle; their first corner is the upper left one as seen. What is larger than a tile is
        looked at in overlapping tiles whose maps are put together before lines are drawn from them, so no line is cut.
        """
        import cv2
        import numpy as np

        small = cv2.resize(pixels, (width, height), interpolation=_interpolation(pixels, width))
        seen = np.empty((1, 1, height, width), np.float32)
        for y in _tiles(height):
            for x in _tiles(width):
                part = self._text_map(small[y.start : y.stop, x.start : x.stop])
                seen[0, 0, y.keep_start : y.keep_stop, x.keep_start : x.keep_stop] = part[
                    y.keep_start - y.start : y.keep_stop - y.start, x.keep_start - x.start : x.keep_stop - x.start
                ]
        # The boxes come back as 16-bit whole numbers: asked for in parts of a pixel, they keep a fraction.
        fine = max(1, min(8, 32000 // max(width, height)))
        shape = np.array([height * fine, width * fine, 1.0, 1.0])
        quads, scores = self._predictor.post_op([seen], [shape], box_thresh=least)
        sx = pixels.shape[1] / (width * fine)
        sy = pixels.shape[0] / (height * fine)
        return [
            (as_quad([(float(x) * sx, float(y) * sy) for x, y in quad]), float(score))
            for quad, score in zip(quads[0], scores[0], strict=True)
        ]

    def _text_map(self, tile: Pixels) -> NDArray[np.float32]:
        """How likely each pixel belongs to text (H × W, 0..1)."""
        steps = self._predictor.pre_tfs
        x = steps["ToBatch"](imgs=steps["ToCHW"](imgs=steps["Normalize"](imgs=[tile])))
        found: NDArray[np.float32] = self._predictor.runner(x=x)[0][0, 0]
        return found


@dataclass(frozen=True)
class _Tile:
    """A stretch of a side: what is looked at, and the inner part of it that is kept."""

    start: int
    stop: int
    keep_start: int
    keep_stop: int


def _tiles(side: int) -> list[_Tile]:
    """Stretches of at most TILE px that cover a side (a multiple of 32), overlapping by 2 × MARGIN."""
    if side <= TILE:
        return [_Tile(0, side, 0, side)]
    count = -(-(side - 2 * MARGIN) // (TILE - 2 * MARGIN))
    length = -(-((side - 2 * MARGIN) / count + 2 * MARGIN) // 32) * 32
    starts = [round((side - length) * i / (count - 1) / 32) * 32 for i in range(count)]
    edges = [0, *((a + length + b) // 2 for a, b in pairwise(starts)), side]
    return [
        _Tile(int(s), int(s + length), int(a), int(b)) for s, a, b in zip(starts, edges[:-1], edges[1:], strict=True)
    ]


def _interpolation(pixels: Pixels, width: int) -> int:
    import cv2

    # Linear interpolation skips pixels when it shrinks by more than 2: thin strokes vanish.
    return cv2.INTER_AREA if pixels.shape[1] > 2 * width else cv2.INTER_LINEAR


class Recognizer:
    """Reads one straightened line (CTC): the probability of every character at every step."""

    def __init__(self, model: Model) -> None:
        # One thread inside, several lines at once outside: faster than several threads on one line (run frees the GIL).
        self._predictor = _predictor("TextRecognition", model, 1)
        self.alphabet = Alphabet.of(self._characters(model))

    def _characters(self, model: Model) -> list[str]:
        if model.engine == "paddle":
            keys = models.package_file(*PADDLE_CHARACTERS)
            listed = keys.read_text(encoding="utf-8").split("\n")
        elif model.package:
            meta = self._predictor.runner.session.get_modelmeta().custom_metadata_map
            listed = meta["character"].split("\n")
        else:
            listed = list(self._predictor.config["PostProcess"]["character_dict"])
        if listed and listed[-1] == "":
            listed.pop()
        return ["", *listed, " "]

    def probabilities(self, crop: Pixels) -> tuple[Probabilities, float]:
        """Class probabilities (T × C, each row sums to 1) of a crop (h × w × 3, BGR), and the steps its text covers.

        The crop is scaled to the model's height and read at its own width. The second value is T as far as the crop
        goes (a fraction of a step is meant); what follows is padding. Lines too long for the model are squeezed.
        """
        import numpy as np

        steps, run = self._predictor.pre_tfs, self._predictor.runner
        image = steps["ReisizeNorm"](imgs=[crop])[0]
        used = min(LINE_HEIGHT * crop.shape[1] / crop.shape[0], MAX_LINE_WIDTH)
        extra = -image.shape[2] % WIDTH_STEP
        if extra:
            image = np.pad(image, ((0, 0), (0, 0), (0, extra)))
        (batch,) = run(x=[image[np.newaxis]])
        dense: Probabilities = batch[0]
        return dense, dense.shape[0] * used / image.shape[2]
