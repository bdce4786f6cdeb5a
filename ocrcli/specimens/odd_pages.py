"""Pages that are hard for a reader in one way each: size, turn, watermark, stamp, colour, script.

Every kind is `draw(seed, *, typecase=..., ...) -> Specimen`, as in `pages`; ODD_PAGES names them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from random import Random

from ocrcli.geometry import Affine, bounds
from ocrcli.specimens import people, words
from ocrcli.specimens.canvas import WHITE, Canvas, Colour, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.sheet import Column, a4, body, finished, heading, points
from ocrcli.specimens.truth import Specimen

CARRIED = Typecase.carried()
RED: Colour = (206, 32, 38)


def screenshot(seed: int, *, typecase: Typecase = CARRIED, width: int = 1000, height: int = 12_000) -> Specimen:
    """A long screenshot of messages: grey and green bubbles, names above, times between."""
    rng, canvas = Random(seed), Canvas(width, height, (237, 237, 237))
    style = Style(typecase.face("hei"), round(width / 30))
    small = style.sized(style.size * 0.7).coloured((130, 130, 130))
    top = style.size * 2.0
    while True:
        mine = rng.random() < 0.4
        lines = words.wrap(words.paragraph(rng, rng.randint(1, 4)), width * 0.62, style.width)
        bubble = style.size * (1.5 * len(lines) + 0.9)
        if top + bubble + style.size * 5 > height:
            return finished(canvas)
        if rng.random() < 0.3:
            canvas.text(width / 2, top, f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}", small, align="centre")
            top += style.size * 1.5
        wide = max(style.width(line) for line in lines) + style.size * 1.2
        left = width * 0.96 - wide if mine else width * 0.04
        if not mine:
            canvas.text(left, top, people.name(rng), small)
            top += style.size * 1.2
        fill: Colour = (149, 236, 105) if mine else WHITE
        canvas.box(left, top, left + wide, top + bubble, colour=None, fill=fill, radius=style.size * 0.4)
        for number, line in enumerate(lines):
            canvas.text(left + style.size * 0.6, top + style.size * (0.6 + 1.5 * number), line, style)
        top += bubble + style.size


def big_scan(seed: int, *, typecase: Typecase = CARRIED, width: int = 10_000, height: int = 7_000) -> Specimen:
    """A scan of a wall sheet: columns of small print under a large title."""
    rng, canvas = Random(seed), Canvas(width, height, (250, 249, 245))
    style = body(typecase, rng, max(16, round(height / 130)))
    margin, count = style.size * 4, 5
    across = Column(canvas, margin, margin, width - 2 * margin, height - margin)
    across.line(words.title(rng), heading(style, style.size * 4), align="centre")
    gap = style.size * 3
    wide = (across.width - gap * (count - 1)) / count
    for number in range(count):
        column = Column(canvas, margin + number * (wide + gap), across.top, wide, across.bottom)
        while column.holds(style):
            column.paragraph(words.paragraph(rng, rng.randint(3, 6)), style)
            column.skip(style.size * 0.5)
    return finished(canvas)


def single_line(seed: int, *, typecase: Typecase = CARRIED, size: int = 36) -> Specimen:
    """One line of print, cut out closely."""
    rng = Random(seed)
    style = body(typecase, rng, size)
    text = rng.choice((words.chinese, words.english, words.mixed, lambda r: words.nonsense(r, r.randint(8, 20))))(rng)
    canvas = Canvas(math.ceil(style.width(text)) + 2 * size, 2 * size)
    canvas.text(size, size // 2, text, style)
    return finished(canvas)


def big_words(seed: int, *, typecase: Typecase = CARRIED, width: int = 1600, height: int = 900) -> Specimen:
    """A few words that fill the picture: a sign, a slide."""
    rng = Random(seed)
    ink, ground = rng.choice((((250, 250, 245), (20, 80, 60)), ((190, 30, 40), (250, 245, 230)), ((30, 30, 60), WHITE)))
    canvas = Canvas(width, height, ground)
    texts = (words.title(rng)[:5], rng.choice(("OPEN", "LEVEL 3", "EXIT B2", "8:30-17:00")))
    style = Style(typecase.face("hei"), round(width / 6), ink, weight=4)
    for number, text in enumerate(texts):
        canvas.text(width / 2, height * (0.14 + 0.44 * number), text, style, align="centre")
    return finished(canvas)


def upside_down_line(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150) -> Specimen:
    """An upright page on which one line stands on its head."""
    rng, canvas = Random(seed), a4(dpi)
    style = body(typecase, rng, points(12, dpi))
    column = Column(canvas, canvas.width * 0.1, canvas.width * 0.1, canvas.width * 0.8, canvas.height)
    for number in range(6):
        if number == 3:
            text = words.chinese(rng)[:20]
            canvas.turned((canvas.width / 2, column.top + style.size), text, style, 180.0)
            column.skip(style.size * 3)
        column.paragraph(words.paragraph(rng, 3), style)
        column.skip(style.size * 0.6)
    return finished(canvas)


def watermark(
    seed: int,
    *,
    typecase: Typecase = CARRIED,
    dpi: int = 150,
    degrees: float | None = None,
    repeated: bool | None = None,
) -> Specimen:
    """Print with light words across it: grey of at least 70 %, turned 20 to 60 degrees either way, once or repeated."""
    rng, canvas = Random(seed), a4(dpi)
    turn = rng.choice((-1, 1)) * rng.uniform(20, 60) if degrees is None else degrees
    many = rng.random() < 0.5 if repeated is None else repeated
    text = rng.choice(("内部资料 请勿外传", "仅供办理业务使用", "CONFIDENTIAL", "样稿 不得复制", "COPY 副本"))
    grey = rng.randint(round(0.7 * 255) + 1, 215)
    size = points(26, dpi) if many else round(canvas.width * 1.0 / max(6, len(text)))
    style = Style(typecase.face("hei"), size, (grey, grey, grey))
    for centre in _spots(canvas, style.width(text), size, turn) if many else [(canvas.width / 2, canvas.height / 2)]:
        canvas.turned(centre, text, style, turn, role="watermark")
    column = Column(canvas, canvas.width * 0.1, canvas.width * 0.1, canvas.width * 0.8, canvas.height * 0.93)
    print_style = body(typecase, rng, points(11, dpi))
    while column.holds(print_style):
        column.paragraph(words.paragraph(rng, rng.randint(3, 6)), print_style)
        column.skip(print_style.size * 0.6)
    return finished(canvas)


def dense_watermark(seed: int, *, typecase: Typecase = CARRIED, width: int = 1240, height: int = 1000) -> Specimen:
    """A few rows of print on a sheet that is full of pale words: grey, red or blue ones, more of them than print."""
    rng, canvas = Random(seed), Canvas(width, height)
    turn = rng.choice((-1, 1)) * rng.uniform(20, 35)
    pale = rng.randint(200, 222)
    colour: Colour = rng.choice(((pale, pale, pale), (246, pale, pale), (pale, pale, 246)))
    text, style = rng.choice(("内部资料 严禁外传 2026-01", "仅供办理业务使用")), Style(typecase.face("hei"), 34, colour)
    for centre in _spots(canvas, style.width(text) - style.size, round(0.6 * style.size), turn):
        canvas.turned(centre, text, style, turn, role="watermark")
    column = Column(canvas, width * 0.08, height * 0.08, width * 0.84, height)
    for _ in range(5):
        column.line(words.chinese(rng)[:24], body(typecase, rng, 32))
        column.skip(24)
    return finished(canvas)


def single_letters(seed: int, *, typecase: Typecase = CARRIED, rows: int = 6) -> Specimen:
    """A list of which each cell is one letter or digit, higher than wide."""
    rng, canvas = Random(seed), Canvas(600, 60 + 44 * rows)
    style = Style(typecase.face("hei"), 22)
    for y in range(30, 30 + 44 * rows, 44):
        for x in (70, 230, 390):
            canvas.text(x, y, rng.choice("ABCDEHIKlNPR123457890"), style)
    return finished(canvas)


def _spots(canvas: Canvas, length: float, size: int, degrees: float) -> list[tuple[float, float]]:
    """Middles of repeated words, in rows along the turned direction, only where the whole word is on the sheet."""
    turning, _, _ = Affine.turning(degrees, 0, 0)
    middle = Affine.shift(canvas.width / 2, canvas.height / 2)
    step, row = length + 2 * size, 5 * size
    half = math.hypot(length, size) / 2
    reach = math.ceil(math.hypot(canvas.width, canvas.height) / min(step, row))
    spots = [
        turning.then(middle)((i * step, j * row)) for j in range(-reach, reach + 1) for i in range(-reach, reach + 1)
    ]
    return [s for s in spots if half < s[0] < canvas.width - half and half < s[1] < canvas.height - half]


def stamp(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150) -> Specimen:
    """A letter with a round red seal over its signature."""
    rng, canvas = Random(seed), a4(dpi)
    style = body(typecase, rng, points(12, dpi))
    column = Column(canvas, canvas.width * 0.12, canvas.width * 0.12, canvas.width * 0.76, canvas.height)
    column.line(rng.choice(("证明", "通知", "收条", "委托书")), heading(style, style.size * 2), align="centre")
    column.skip(style.size)
    for _ in range(3):
        column.paragraph(words.paragraph(rng, 3), style)
    column.skip(style.size * 3)
    firm = people.firm(rng)
    column.line(firm, style, align="right")
    x0, y0, x1, y1 = bounds(canvas.lines[-1].quad)
    column.line(f"{people.day(rng, 2001, 2030):%Y年%m月%d日}", style, align="right")
    seal((x0 + x1) / 2, (y0 + y1) / 2 + style.size, points(56, dpi), firm, typecase, canvas)
    return finished(canvas)


def seal(x: float, y: float, radius: int, firm: str, typecase: Typecase, canvas: Canvas) -> None:
    """A company's round seal about (x, y): the name along the rim, a star, a word below."""
    canvas.ring((x, y), radius, max(2, radius // 22), RED, opacity=0.85)
    canvas.star((x, y), radius * 0.3, RED, opacity=0.85)
    style = Style(typecase.face("song"), round(radius * 0.27), RED)
    sweep = min(270.0, 22.0 * len(firm))
    canvas.arc((x, y), radius * 0.76, firm, style, sweep=sweep, opacity=0.85, role="stamp")
    canvas.turned((x, y + radius * 0.55), "业务专用章", style.sized(radius * 0.2), 0.0, opacity=0.85, role="stamp")


def white_on_dark(seed: int, *, typecase: Typecase = CARRIED, width: int = 1400, height: int = 1000) -> Specimen:
    """Light print on a dark ground."""
    rng = Random(seed)
    canvas = Canvas(width, height, rng.choice(((24, 26, 30), (12, 40, 70), (60, 20, 30))))
    style = body(typecase, rng, round(width / 45), (236, 236, 230))
    column = Column(canvas, width * 0.08, height * 0.08, width * 0.84, height * 0.94)
    column.line(words.title(rng), heading(style, style.size * 1.6))
    while column.holds(style):
        column.paragraph(words.paragraph(rng, 3, rng.choice((words.chinese, words.english, words.mixed))), style)
        column.skip(style.size * 0.5)
    return finished(canvas)


def foreign_region(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150, script: str | None = None) -> Specimen:
    """A Chinese page with a region of Cyrillic or Hangul, which the recogniser does not know."""
    rng, canvas = Random(seed), a4(dpi)
    script = rng.choice(("cyrillic", "hangul")) if script is None else script
    style = body(typecase, rng, points(12, dpi))
    foreign = replace(style, face=CARRIED.face("hei"), latin=None)
    column = Column(canvas, canvas.width * 0.1, canvas.width * 0.1, canvas.width * 0.8, canvas.height)
    for number in range(5):
        if number == 2:
            for _ in range(rng.randint(3, 6)):
                column.line(words.foreign(rng, script), foreign, role="uncovered")
        else:
            column.paragraph(words.paragraph(rng, 3), style)
        column.skip(style.size)
    return finished(canvas, notes=(f"script: {script}",))


ODD_PAGES: dict[str, Callable[..., Specimen]] = {
    "screenshot": screenshot,
    "big-scan": big_scan,
    "single-line": single_line,
    "big-words": big_words,
    "upside-down-line": upside_down_line,
    "watermark": watermark,
    "dense-watermark": dense_watermark,
    "single-letters": single_letters,
    "stamp": stamp,
    "white-on-dark": white_on_dark,
    "foreign-region": foreign_region,
}
