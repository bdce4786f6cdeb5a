"""Pages with what is hardly a table, or one that is hard to see. Invented content."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from ocrcli.page import Pixels
from ocrcli.specimens.canvas import Canvas
from tests.layout.tables.drawn import STYLE, ruled

RED = (200, 30, 40)
GOODS = (
    ("品名", "数量", "单价", "金额"),
    ("复印纸", "12", "23.50", "282.00"),
    ("墨水", "7", "18.00", "126.00"),
    ("铅笔", "105", "1.20", "126.00"),
    ("订书机", "3", "45.80", "137.40"),
    ("合计", "127", "", "671.40"),
)
WEEK = tuple("日一二三四五六")
FIRST, DAYS = 3, 30  # the month begins on a Wednesday


def goods() -> Canvas:
    """A ruled table of numbers."""
    return ruled(GOODS, pitch=(150, 52))


def stamped() -> Canvas:
    """A round red stamp in transparent ink over the numbers."""
    canvas = goods()
    canvas.ring((470, 230), 95, 5, RED, opacity=0.8)
    canvas.star((470, 230), 34, RED, opacity=0.8)
    return canvas


def weeks() -> list[list[str]]:
    """A calendar's rows."""
    days = [""] * FIRST + [str(day) for day in range(1, DAYS + 1)]
    days += [""] * (-len(days) % 7)
    return [list(WEEK), *(days[i : i + 7] for i in range(0, len(days), 7))]


def calendar(*, rules: bool) -> Canvas:
    """A month, a row for each week; the days before and after it are empty."""
    rows = weeks()
    canvas = ruled(rows, pitch=(90, 56)) if rules else Canvas(100 + 90 * 7, 120 + 56 * len(rows))
    canvas.text(canvas.width / 2, 16, "十一月", STYLE.sized(28), align="centre")
    for r, row in enumerate(rows if not rules else ()):
        for c, text in enumerate(row):
            if text:
                canvas.text(95 + 90 * c, 70 + 56 * r, text, STYLE, align="centre")
    return canvas


def form() -> Canvas:
    """Labels with lines to write on, two boxes to tick, a frame for remarks: no table, though much is ruled."""
    canvas = Canvas(700, 560)
    canvas.text(350, 20, "样本申请表", STYLE.sized(30), align="centre")
    for row, label in enumerate(("姓名：", "地址：", "电话：", "职业：")):
        y = 80 + 50 * row
        canvas.text(60, y, label, STYLE)
        canvas.rule(140, y + 26, 620, y + 26, width=2)
    for column, label in enumerate(("同意", "不同意")):
        canvas.box(60 + 160 * column, 296, 82 + 160 * column, 318, width=2)
        canvas.text(92 + 160 * column, 296, label, STYLE)
    canvas.text(60, 350, "备注：", STYLE)
    canvas.box(60, 384, 640, 520, width=2)
    return canvas


def photographed(page: Canvas) -> Pixels:
    """The page out of focus, in poor light."""
    blurred = cv2.GaussianBlur(page.picture(), (0, 0), 1.5).astype(np.float32)
    light = np.linspace(1.0, 0.6, blurred.shape[1], dtype=np.float32)[np.newaxis, :, np.newaxis]
    grain = np.random.default_rng(1).normal(0, 4, blurred.shape)
    return np.clip(blurred * light + grain, 0, 255).astype(np.uint8)


def several_levels() -> tuple[Canvas, list[list[str]]]:
    """A head of three levels with cells over rows and columns, and what each square's first says."""
    xs, ys = (40, 160, 260, 360, 460, 560), (40, 90, 140, 190, 240, 290)
    cells = (
        (0, 0, 3, 1, "地区"), (0, 1, 1, 4, "产量"), (1, 1, 1, 2, "上半年"), (1, 3, 1, 2, "下半年"),
        (2, 1, 1, 1, "一季"), (2, 2, 1, 1, "二季"), (2, 3, 1, 1, "三季"), (2, 4, 1, 1, "四季"),
        (3, 0, 2, 1, "东岸"), (3, 1, 1, 1, "12"), (3, 2, 1, 1, "15"), (3, 3, 1, 1, ""), (3, 4, 1, 1, "9"),
        (4, 1, 1, 1, "3"), (4, 2, 1, 2, "合并"), (4, 4, 1, 1, "27"),
    )  # fmt: skip
    canvas = Canvas(600, 330)
    for row, column, rows, columns, text in cells:
        x0, y0, x1, y1 = xs[column], ys[row], xs[column + columns], ys[row + rows]
        canvas.box(x0, y0, x1, y1, width=2)
        if text:
            canvas.text((x0 + x1) / 2, (y0 + y1) / 2 - 10, text, STYLE, align="centre")
    told = [[""] * (len(xs) - 1) for _ in pairwise(ys)]
    for row, column, _, _, text in cells:
        told[row][column] = text
    return canvas, told
