"""Page → Reading: find the lines, find which way they run, read them."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

import numpy as np
from rapidfuzz import fuzz

from ocrcli.context import Context
from ocrcli.engine import catalogue
from ocrcli.engine.crops import cut, half_turned, lying_down
from ocrcli.engine.detection import Boxes, find_lines
from ocrcli.engine.models import weights_hash
from ocrcli.engine.paddle import Detector, Recognizer
from ocrcli.engine.reading import LineReader, Probabilities
from ocrcli.engine.turning import is_slanted, page_turn, runs_along, text_direction
from ocrcli.engine.view import (
    BETTER,
    CLEARLY_MORE,
    CLEARLY_UPRIGHT,
    LARGE_SAMPLE,
    SAMPLE,
    View,
    are_clear,
    is_reversed_zone,
    is_zone,
    readable,
)
from ocrcli.geometry import Affine, Quad, angle, around, length, quad_of_box, quarter_and_rest, thickness
from ocrcli.options import ReadingHints, ReadOptions
from ocrcli.page import Line, Notice, Page, Pixels, Reading
from ocrcli.vision.quality import quality_notices
from ocrcli.vision.scripts import uncovered, uncovered_notice
from ocrcli.vision.watermark import Watermark, clear_watermark, find_watermark

POOR = 0.75  # a line less sure than this is also tried upside down
UNREADABLE = 0.5  # a line less sure than this is no text: a texture, a drawing, a script nobody taught the model
AGREEING_SHARE = 0.4  # two readings of a column agree where this share of their characters does
TALL_RATIO = 1.5  # a box higher than this times its width holds text that runs downwards
SIGN_RATIO = 3.5  # … or, up to this, one letter or digit
STROKES = ("一", "-", "—", "_")  # what a stroke says that lies down
NARROW_PX = 64  # a picture lower or narrower than this gets a margin, the detector wants one
ENGINE_NAMES = {"onnx": "onnxruntime", "paddle": "paddle"}


class PaddleReader:
    """Reads pages with PaddleOCR's detector and recogniser. Not thread-safe: one per process."""

    def __init__(
        self, detector: Boxes, recognizer: Probabilities, executor: Executor | None, engine: str, hashes: dict[str, str]
    ) -> None:
        self._detector = detector
        self._lines = LineReader(recognizer, executor)
        self._engine = engine
        self._models = hashes

    @staticmethod
    def open(options: ReadOptions, context: Context) -> PaddleReader:
        """Loads the models; lines are read by the context's threads. Raises OcrError("model_missing")."""
        threads = options.threads or os.cpu_count() or 1
        det = catalogue.find_model("detection", options.engine, options.models)
        rec = catalogue.find_recognizer(options.engine, options.models, options.language)
        hashes = {model.name: weights_hash(model) or "" for model in (det, rec)}
        # Paddle's own predictor does not take two calls at once.
        executor = context.executor if options.engine == "onnx" else None
        return PaddleReader(Detector(det, threads), Recognizer(rec), executor, ENGINE_NAMES[options.engine], hashes)

    def read(self, page: Page, options: ReadOptions) -> Reading:
        """The page's lines in no particular order, quads in the page's unit."""
        pixels = page.pixels
        if options.hints.one_line:
            lines, seen = self._one_line(pixels), list[Notice]()
        else:
            lines, seen = self._all_lines(pixels, options.hints)
        to_unit = Affine.scaling(1 / page.scale, 1 / page.scale)
        rows = [line.quad for line in lines if not line.vertical and len(line.text) > 1]  # a sign may stand or lie
        rotation, skew = quarter_and_rest(page_turn(rows))

        lines = [replace(line, quad=to_unit.quad(line.quad)) for line in lines]
        seen = [replace(notice, quad=to_unit.quad(notice.quad) if notice.quad else None) for notice in seen]

        def again(quad: Quad, prepare: Callable[[Pixels], Pixels] | None = None) -> Line:
            crop = cut(page.pixels, to_unit.inverse().quad(quad))
            return self._lines.crop(prepare(crop) if prepare else crop, quad)

        return Reading(
            width=page.width,
            height=page.height,
            unit=page.unit,
            number=page.number,
            count=page.count,
            source="ocr",
            lines=tuple(lines),
            rotation=rotation,
            skew=skew,
            today=options.today,
            notices=(*page.notices, *seen, *quality_notices(pixels, lines, page.scale)),
            engine=self._engine,
            models=self._models,
            again=again,
            page=page,
        )

    def _one_line(self, pixels: Pixels) -> list[Line]:
        """The whole picture as a single line."""
        height, width = pixels.shape[:2]
        line = self._lines.crop(pixels, quad_of_box(0, 0, width, height))
        return [line] if line.text else []

    def _all_lines(self, pixels: Pixels, hints: ReadingHints) -> tuple[list[Line], list[Notice]]:
        framed, frame = _with_margin(pixels)
        quads = self._find(framed)
        across: list[Line] = []
        watermark = self._watermark(framed, quads)
        if watermark is not None:
            across = [replace(x, quad=frame.inverse().quad(x.quad)) for x in self._across(watermark)]
            framed = clear_watermark(framed, watermark)
            quads = self._find(framed)
        view = self._upright(View(framed, quads, frame, self._lines))
        lines = self._read(view, mend=not hints.same_direction)
        back = view.affine.inverse()
        unknown = uncovered([line for line in lines if not is_zone(line)], lambda line: cut(view.pixels, line.quad))
        dropped = set(map(id, unknown))
        kept = [line for line in lines if _is_text(line) and id(line) not in dropped]
        kept = [replace(line, quad=back.quad(line.quad)) for line in kept] or self._lone_line(pixels)
        seen = uncovered_notice([replace(line, quad=back.quad(line.quad)) for line in unknown], alone=not kept)
        seen_all = [seen] if seen else []
        if across and hints.keep_watermark:
            kept += across
        elif across:
            seen_all.append(_left_out(across))
        return kept, seen_all

    def _watermark(self, pixels: Pixels, quads: Sequence[Quad]) -> Watermark | None:
        """The watermark across a page. A dense one outweighs the print, and its direction passes for the page's: where
        most text is slanted, light ink is also looked for across what runs another way.
        """
        leading = text_direction(quads) or 0.0
        found = find_watermark(pixels, quads, leading, self._find)
        if found is None and is_slanted(leading):
            others = [quad for quad in quads if not runs_along(quad, leading)]
            if (direction := text_direction(others)) is not None:
                found = find_watermark(pixels, quads, direction, self._find)
        return found

    def _find(self, pixels: Pixels) -> list[Quad]:
        return find_lines(self._detector, pixels)

    def _across(self, watermark: Watermark) -> list[Line]:
        """The lines of a watermark, each read the way that it reads better."""
        one_way = self._lines.read(watermark.layer, watermark.quads)
        other_way = self._lines.read(watermark.layer, [half_turned(q) for q in watermark.quads])
        better = [max(pair, key=lambda line: line.confidence) for pair in zip(one_way, other_way, strict=True)]
        return [line for line in better if _is_text(line)]

    def _lone_line(self, pixels: Pixels) -> list[Line]:
        """A small strip in which the detector saw nothing may still be one line that fills it."""
        height, width = pixels.shape[:2]
        if height > 2 * NARROW_PX or width < 1.5 * height:
            return []
        return [line for line in self._one_line(pixels) if line.confidence >= POOR]

    def _upright(self, view: View) -> View:
        """The view in which the text runs level, the right way up: decided by reading a few lines both ways.

        An upright page pays nothing for it: its lines in the sample have to be read anyway.
        """
        direction = text_direction(view.quads) or 0.0
        if abs(direction) > 45 and self._stands(view):
            return view
        if abs(direction) > 45 and self._set_downwards(view):
            return view.turned(self._detector, math.copysign(90.0, direction) - direction)
        level = view.turned(self._detector, -direction)
        sure, upside_down = level.which_way()
        if sure < POOR and level.quads:
            # Neither end reads well: the boxes may lie across the text (short words, for one).
            other = view.turned(self._detector, 90.0 - direction)
            other_sure, other_down = other.which_way()
            if other_sure > sure + BETTER:
                level, upside_down = other, other_down
        return level.upside_down() if upside_down else level

    def _stands(self, view: View) -> bool:
        """Whether a page of single letters and digits, whose boxes are higher than wide, reads clearly as it is."""
        longest = max((thickness(q) / max(1.0, length(q)) for q in view.quads), default=0.0)
        return longest <= SIGN_RATIO and are_clear(view.read(view.quads[:LARGE_SAMPLE]))

    def _set_downwards(self, view: View) -> bool:
        """Whether the tall boxes of a page hold upright characters below each other, not lines that lie on a side."""
        tall = sorted((q for q in view.quads if _is_tall(q)), key=thickness)[-SAMPLE:]
        lying = view.read([lying_down(q) for q in tall])
        columns = [self._column(view, quad, line) for quad, line in zip(tall, lying, strict=True)]
        return 2 * sum(line.vertical for line in columns) > len(columns)

    def _column(self, view: View, quad: Quad, lying: Line) -> Line:
        """A tall box as vertical writing, where its characters read alike standing below each other and lying.

        The recogniser was also taught columns that lie on their side, so that reading stands unless the other is much
        surer; but a turned line, laid out letter by letter, is nonsense: agreement tells one from the other.
        """
        chinese = sum("\u2e80" <= c <= "\uffdc" for c in lying.text)
        if 2 * chinese <= len(lying.text):
            return lying
        standing = self._lines.column(view.pixels, quad)
        if fuzz.ratio(lying.text, standing.text) < 100 * AGREEING_SHARE:
            return lying
        surer = standing if standing.confidence > lying.confidence + BETTER else lying
        return replace(surer, quad=quad, vertical=True)

    def _sign(self, view: View, quad: Quad, lying: Line) -> Line | None:
        """A tall box as one letter or digit that stands in it, where it reads as such: I, l and 1 lie down as 一."""
        if thickness(quad) > SIGN_RATIO * length(quad) or (len(lying.text) > 1 and lying.confidence >= CLEARLY_UPRIGHT):
            return None
        (standing,) = view.read([quad])
        least = UNREADABLE if lying.text in STROKES else POOR
        is_sign = len(standing.text) == 1 and standing.text.isascii() and standing.confidence >= least
        return standing if is_sign else None

    def _read(self, view: View, *, mend: bool) -> list[Line]:
        """The lines of a view; tall boxes are read downwards, doubtful ones also the other way up (`mend`)."""
        placed = [lying_down(q) if _is_tall(q) else q for q in view.quads]
        lines = view.read(placed)
        for i, quad in enumerate(view.quads):
            if _is_tall(quad) and (sign := self._sign(view, quad, lines[i])):
                placed[i], lines[i] = quad, sign
            elif _is_tall(quad):
                lines[i] = self._column(view, quad, lines[i])
        if mend:
            self._turn_sideways(view, placed, lines)
        # A sign that stands is not asked upside down: l and I are none the clearer for it.
        stand = {i for i, quad in enumerate(view.quads) if _is_tall(quad) and placed[i] is quad}
        doubtful = [i for i, line in enumerate(lines) if mend and i not in stand and _is_doubtful(line)]
        turned = view.read([half_turned(placed[i]) for i in doubtful])
        for i, other in zip(doubtful, turned, strict=True):
            longer = 2 * len(other.text) >= len(lines[i].text)  # a single sign is sure soon
            surer = other.confidence > max(lines[i].confidence + BETTER, CLEARLY_UPRIGHT)
            reversed_zone = is_reversed_zone(lines[i]) and other.confidence > POOR
            if longer and not is_reversed_zone(other) and (surer or reversed_zone):
                lines[i] = other
        return lines

    def _turn_sideways(self, view: View, placed: Sequence[Quad], lines: list[Line]) -> None:
        """Text that runs down a level page, such as a second document's, begins at the end from which it reads."""
        sideways = [i for i, quad in enumerate(placed) if 45 < abs(angle(quad)) < 135 and not lines[i].vertical]
        if not sideways or are_clear([lines[i] for i in sideways]):
            return
        turned = view.read([half_turned(placed[i]) for i in sideways])
        if readable(turned) > CLEARLY_MORE * readable([lines[i] for i in sideways]):
            for i, line in zip(sideways, turned, strict=True):
                lines[i] = line


def _is_doubtful(line: Line) -> bool:
    return not line.vertical and (line.confidence < POOR or is_reversed_zone(line))


def _with_margin(pixels: Pixels) -> tuple[Pixels, Affine]:
    """A very small picture with paper around it, and the map into it; others as they are."""
    if min(pixels.shape[:2]) >= NARROW_PX:
        return pixels, Affine()
    margin = NARROW_PX // 2
    edge = np.median(np.concatenate([pixels[0], pixels[-1]]), axis=0).astype(np.uint8)
    height, width = pixels.shape[:2]
    framed = np.empty((height + 2 * margin, width + 2 * margin, 3), np.uint8)
    framed[:] = edge
    framed[margin:-margin, margin:-margin] = pixels
    return framed, Affine.shift(margin, margin)


def _left_out(across: Sequence[Line]) -> Notice:
    words = "; ".join(dict.fromkeys(line.text for line in across))
    message = f"light words across the page were left out: {words} (--keep-watermark keeps them)"
    return Notice("watermark", message, quad=around(line.quad for line in across))


def _is_tall(quad: Quad) -> bool:
    return thickness(quad) > TALL_RATIO * length(quad)


def _is_text(line: Line) -> bool:
    return bool(line.text) and (line.confidence >= UNREADABLE or is_zone(line))
