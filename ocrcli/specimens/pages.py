"""Ordinary pages of text, each drawn by its own function from a seed.

Every kind is `draw(seed, *, typecase=..., ...) -> Specimen`; PAGES names them. Lines are printed in reading order:
columns one after the other, what stands on one printed row from left to right.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ocrcli.specimens import people, words
from ocrcli.specimens.canvas import Canvas, Style
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.sheet import Column, a4, body, finished, heading, points
from ocrcli.specimens.truth import Specimen

CARRIED = Typecase.carried()
Sentence = Callable[[Random], str]


def dense(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 300, size: float | None = None) -> Specimen:
    """An A4 page full of print of 7 to 12 pt, or of one `size` in pt."""
    rng, canvas = Random(seed), a4(dpi)
    column = _margins(canvas, 0.07)
    column.leading = 1.4
    sizes = (7, 7.5, 8, 9, 10, 10.5, 12) if size is None else (size,)
    while column.holds(style := body(typecase, rng, points(rng.choice(sizes), dpi))):
        sentence = rng.choice((words.chinese, words.chinese, words.mixed, words.english))
        column.paragraph(words.paragraph(rng, rng.randint(3, 7), sentence), style)
        column.skip(style.size * 0.4)
    return finished(canvas)


def article(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150) -> Specimen:
    """One column under a title, with a line for author and date."""
    rng, canvas = Random(seed), a4(dpi)
    style = body(typecase, rng, points(11, dpi))
    column = _margins(canvas, 0.12)
    column.line(words.title(rng), heading(style, style.size * 1.9), align="centre")
    column.line(f"{people.name(rng)}　{people.day(rng, 2001, 2030)}", style.sized(style.size * 0.9), align="centre")
    column.skip(style.size)
    for _ in range(rng.randint(5, 7)):
        column.paragraph(words.paragraph(rng, rng.randint(3, 5)), style)
        column.skip(style.size * 0.7)
    return finished(canvas)


def columns(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150, count: int = 2) -> Specimen:
    """Two or three columns of print under a title that runs across."""
    rng, canvas = Random(seed), a4(dpi)
    style = body(typecase, rng, points(10.5 if count == 2 else 9, dpi))
    sentence = words.chinese if rng.random() < 0.7 else words.english
    across = _margins(canvas, 0.09)
    across.line(words.title(rng), heading(style, style.size * 2), align="centre")
    across.skip(style.size)
    gap = style.size * 2.5
    width = (across.width - gap * (count - 1)) / count
    bottom = across.bottom - rng.randint(0, 4) * style.size * 2
    for number in range(count):
        column = Column(canvas, across.x + number * (width + gap), across.top, width, bottom)
        while column.holds(style):
            column.paragraph(words.paragraph(rng, rng.randint(2, 5), sentence), style)
            column.skip(style.size * 0.5)
    return finished(canvas)


def three_columns(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150) -> Specimen:
    """Three columns of print under a title that runs across."""
    return columns(seed, typecase=typecase, dpi=dpi, count=3)


def mixed(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150) -> Specimen:
    """Chinese, English, figures and signs in one line."""
    rng, canvas = Random(seed), a4(dpi)
    style = body(typecase, rng, points(12, dpi))
    column = _margins(canvas, 0.1)
    for _ in range(rng.randint(9, 14)):
        column.paragraph(words.paragraph(rng, rng.randint(1, 3), words.mixed), style, indent=False)
        column.skip(style.size * 0.3)
    return finished(canvas)


def form(seed: int, *, typecase: Typecase = CARRIED, dpi: int = 150) -> Specimen:
    """A form: a title, then framed rows of label and value, two pairs to a row."""
    rng, canvas = Random(seed), a4(dpi)
    style = body(typecase, rng, points(10.5, dpi))
    column = _margins(canvas, 0.1)
    column.line(
        rng.choice(("设备领用登记表", "来访人员登记表", "物品交接单", "报名信息表")),
        heading(style, style.size * 1.8),
        align="centre",
    )
    column.skip(style.size)
    height = style.size * 2.4
    edges = [column.x + column.width * share for share in (0.0, 0.16, 0.5, 0.66, 1.0)]
    pairs = people.form_entries(rng)
    for number in range(0, len(pairs) - 1, 2):
        top = column.top
        texts = [text for pair in pairs[number : number + 2] for text in pair]
        for text, left, right in zip(texts, edges, edges[1:], strict=False):
            canvas.box(left, top, right, top + height)
            canvas.text(left + style.size * 0.5, top + (height - style.size) / 2, text, style)
        column.skip(height)
    column.skip(style.size)
    column.paragraph(words.paragraph(rng, 3), style)
    return finished(canvas)


def receipt(seed: int, *, typecase: Typecase = CARRIED, width: int = 560) -> Specimen:
    """A till receipt: a narrow strip, goods with number and price, a total."""
    rng = Random(seed)
    style = Style(typecase.face("hei"), round(width / 22))
    goods = [(words.goods(rng), rng.randint(1, 5), rng.randint(150, 9900)) for _ in range(rng.randint(5, 14))]
    total = sum(number * price for _, number, price in goods)
    canvas = Canvas(width, round(style.size * 1.6 * (len(goods) + 15)))
    column = Column(canvas, width * 0.06, width * 0.06, width * 0.88, canvas.height)
    column.line(people.shop(rng), heading(style, style.size * 1.3), align="centre")
    column.line(f"流水号：{rng.randrange(10**10):010d}", style)
    column.line(f"日期：{people.day(rng, 2015, 2030)} {rng.randint(8, 21):02d}:{rng.randint(0, 59):02d}", style)
    rows = [("品名", "数量", "单价", "金额")]
    rows += [(name, str(number), _money(price), _money(price * number)) for name, number, price in goods]
    rows.append(("合计", str(sum(number for _, number, _ in goods)), "", _money(total)))
    paid = -(-total // 10000) * 10000
    for row in rows:
        _receipt_row(column, row, style)
    for label, amount in (("应收", total), ("实收", paid), ("找零", paid - total)):
        column.line(f"{label}：{_money(amount)}", style)
    column.line("谢谢惠顾", style, align="centre")
    return finished(canvas)


def _receipt_row(column: Column, row: tuple[str, ...], style: Style) -> None:
    canvas, x, width = column.canvas, column.x, column.width
    if row[0] in ("品名", "合计"):
        canvas.rule(x, column.top - style.size * 0.25, x + width, column.top - style.size * 0.25)
    canvas.text(x, column.top, row[0], style)
    for text, share in zip(row[1:], (0.58, 0.8, 1.0), strict=True):
        if text:
            canvas.text(x + width * share, column.top, text, style, align="right")
    column.skip(round(style.size * 1.6))


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _margins(canvas: Canvas, share: float) -> Column:
    """The part of the sheet inside margins of this share of its width."""
    margin = round(canvas.width * share)
    return Column(canvas, margin, margin, canvas.width - 2 * margin, canvas.height - margin)


PAGES: dict[str, Callable[..., Specimen]] = {
    "dense": dense,
    "article": article,
    "two-columns": columns,
    "three-columns": three_columns,
    "mixed": mixed,
    "form": form,
    "receipt": receipt,
}
