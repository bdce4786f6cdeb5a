"""Kinds of pages, each drawn from a seed with its reading order known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ocrcli.layout.upright import units

from .drawn import HEIGHT, WIDTH, Box, Drawn, Printer

MARGIN = 80.0
INNER = WIDTH - 2 * MARGIN
BOTTOM = HEIGHT - MARGIN


def prose(seed: int, *, chinese: bool = True, columns: int = 1, title: bool = False, em: float = 20.0) -> Drawn:
    """Running text in columns, under a title that goes across where one is asked for."""
    page, printer = Drawn(), Printer(seed, chinese=chinese, em=em)
    y = MARGIN
    if title:
        page.blocks.append([[_centred(printer, printer.phrase(12), y, 1.8)]])
        y += 4.5 * em
    gutter = em * printer.random.uniform(1.8, 3)
    width = (INNER - gutter * (columns - 1)) / columns
    for column in range(columns):
        x = MARGIN + column * (width + gutter)
        # Some printers keep all columns on one grid of lines, others do not.
        shift = printer.random.choice((0.0, 0.0, 0.4, 0.7)) * printer.leading if column else 0.0
        page.blocks += _column(printer, x, y + shift, width)
    return page


def _column(printer: Printer, x: float, y: float, width: float) -> list[list[list[Box]]]:
    indented = printer.random.random() < 0.5
    blocks = []
    while y < BOTTOM - 6 * printer.leading:
        lines = printer.random.randint(3, 9)
        blocks.append(printer.paragraph(x, y, width, lines, 2 * printer.em if indented else 0.0))
        y += lines * printer.leading + (0.0 if indented else 0.8 * printer.em)
    return blocks


def _centred(printer: Printer, text: str, y: float, scale: float = 1.0) -> Box:
    box = Box(0.0, y, printer.em * scale, text)
    return Box((WIDTH - box.width) / 2, y, box.em, text)


def table(seed: int, *, chinese: bool = True, rows: int = 12, columns: int = 5) -> Drawn:
    """A title, then names and numbers in columns; some cells are empty."""
    printer = Printer(seed, chinese=chinese, em=16)
    page = Drawn([[[_centred(printer, printer.phrase(10), MARGIN, 1.5)]]])
    pitch = printer.em * printer.random.uniform(1.5, 2.6)
    page.blocks.append(_grid(printer, MARGIN + 60, rows, columns, pitch))
    return page


def _grid(printer: Printer, y: float, rows: int, columns: int, pitch: float) -> list[list[Box]]:
    step = INNER / (columns + 1)
    grid = []
    for index in range(rows):
        row = [Box(MARGIN, y + index * pitch, printer.em, printer.phrase(printer.random.uniform(2, 6)))]
        for column in range(columns):
            if index and printer.random.random() < 0.1:
                continue
            text = printer.number() if index else printer.phrase(2.5)
            box = Box(0.0, row[0].y, printer.em, text)
            row.append(Box(MARGIN + step * (column + 2) - box.width - printer.em, box.y, box.em, text))
        grid.append(row)
    return grid


def form(seed: int, *, chinese: bool = True) -> Drawn:
    """Labels and values, two pairs on a row."""
    printer = Printer(seed, chinese=chinese)
    rows = []
    for index in range(14):
        row = []
        for x in (MARGIN, MARGIN + INNER / 2):
            y = MARGIN + index * 2.2 * printer.em
            label = Box(x, y, printer.em, printer.phrase(3) + "：")
            row += [label, Box(x + 7 * printer.em, y, printer.em, printer.phrase(printer.random.uniform(2, 8)))]
        rows.append(row)
    return Drawn([rows])


def receipt(seed: int, *, chinese: bool = True) -> Drawn:
    """A shop's name, then items with their price at the right, some over two rows."""
    printer = Printer(seed, chinese=chinese)
    page = Drawn([[[_centred(printer, printer.phrase(8), MARGIN, 1.6)]]])
    rows, y = [], MARGIN + 70
    for _ in range(12):
        item = Box(MARGIN + 150, y, printer.em, printer.phrase(printer.random.uniform(3, 12)))
        price = Box(MARGIN + 560, y, printer.em, printer.number())
        rows.append([item, price])
        y += printer.leading
        if printer.random.random() < 0.4:
            rows.append([Box(item.x + printer.em, y, printer.em, printer.phrase(6))])
            y += printer.leading
    page.blocks.append(rows)
    return page


def magazine(seed: int, *, chinese: bool = True) -> Drawn:
    """Running head with page number, title across, two columns, a table across, two columns, foot."""
    printer = Printer(seed, chinese=chinese, em=18)
    page = Drawn()
    head = [Box(MARGIN, 40, 14, printer.phrase(8)), Box(WIDTH - MARGIN - 21, 40, 14, "128")]
    page.blocks += [[head], [[_centred(printer, printer.phrase(10), 110, 2)]]]
    width = (INNER - 2 * printer.em) / 2
    lefts = (MARGIN, MARGIN + width + 2 * printer.em)
    for x in lefts:
        page.blocks += [printer.paragraph(x, 200, width, 12)]
    y = 200 + 13.5 * printer.leading
    page.blocks.append(_grid(printer, y, 5, 4, 1.7 * printer.em))
    y += 10 * printer.em
    lines = int((BOTTOM - y) / printer.leading)
    for x in lefts:
        page.blocks += [printer.paragraph(x, y, width, lines)]
    page.blocks.append([[_centred(printer, "- 128 -", HEIGHT - 50)]])
    return page


def side_note(seed: int, *, chinese: bool = True) -> Drawn:
    """Running text with a narrow note in smaller print at its side, on lines of its own."""
    printer, small = Printer(seed, chinese=chinese), Printer(seed + 1, chinese=chinese, em=14)
    width = 0.7 * INNER
    text = printer.paragraph(MARGIN, MARGIN, width, 30)
    note = small.paragraph(MARGIN + width + 50, MARGIN + 7.5 * printer.leading, INNER - width - 50, 8)
    return Drawn([text, note])


def listing(seed: int, *, chinese: bool = True) -> Drawn:
    """Numbered entries; the number is a piece of its own, at the first row of its entry."""
    printer = Printer(seed, chinese=chinese)
    blocks, y = [], MARGIN
    for number in range(1, 9):
        lines = printer.random.randint(1, 4)
        rows = printer.paragraph(MARGIN + 3 * printer.em, y, INNER - 3 * printer.em, lines)
        rows[0].insert(0, Box(MARGIN, y, printer.em, f"{number}."))
        y += (lines + 0.5) * printer.leading
        blocks.append(rows)
    return Drawn(blocks)


def drop_cap(seed: int, *, chinese: bool = True) -> Drawn:
    """Running text that begins with one large character over its first two or three rows."""
    printer = Printer(seed, chinese=chinese)
    deep = printer.random.choice((2, 3))
    side = deep * printer.leading - 0.3 * printer.em
    first = printer.paragraph(MARGIN + side + 10, MARGIN, INNER - side - 10, deep)
    first[-1] = printer.paragraph(MARGIN + side + 10, first[-1][0].y, INNER - side - 10, 2)[0]
    first[-1] = [Box(first[-1][0].x, MARGIN + (deep - 1) * printer.leading, printer.em, first[-1][0].text)]
    rest = printer.paragraph(MARGIN, MARGIN + deep * printer.leading, INNER, 8)
    large = Box(MARGIN, MARGIN, side, "天" if chinese else "W")
    first[0].insert(0, large)
    return Drawn([[*first, *rest]])


def vertical(seed: int, *, chinese: bool = True) -> Drawn:
    """Vertical Chinese, read from right to left; a box is one column (`reading_of` is told by `Box.down`)."""
    printer = Printer(seed, chinese=True, em=26)
    columns = []
    for index in range(12):
        text = printer.phrase(30 if index % 5 else 18).replace("，", "天")
        columns.append([Box(WIDTH - MARGIN - index * printer.leading, MARGIN, printer.em, text, down=True)])
    return Drawn([columns])


def sections(seed: int, *, chinese: bool = True) -> Drawn:
    """Two columns of unequal length with headings, holes for pictures and captions under them."""
    printer = Printer(seed, chinese=chinese, em=18)
    page = Drawn()
    gutter = 1.6 * printer.em
    width = (INNER - gutter) / 2
    for x in (MARGIN, MARGIN + width + gutter):
        y = MARGIN + printer.random.choice((0.0, 0.3, 2.0)) * printer.leading
        while y < BOTTOM - printer.random.uniform(8, 16) * printer.leading:
            page.blocks.append([[Box(x, y, 1.2 * printer.em, printer.phrase(6))]])
            y += 2.2 * printer.leading
            lines = printer.random.randint(4, 10)
            page.blocks.append(printer.paragraph(x, y, width, lines, 2 * printer.em))
            y += (lines + 1) * printer.leading
            if printer.random.random() < 0.3:
                caption = Box(x, y + 150, 0.8 * printer.em, printer.phrase(10))
                page.blocks.append([[replace(caption, x=x + (width - caption.width) / 2)]])
                y += 150 + 2.5 * printer.leading
    return page


def text_table(seed: int, *, chinese: bool = True) -> Drawn:
    """A table with a column of text over several rows: number, text, amount; cells begin on one row."""
    printer = Printer(seed, chinese=chinese, em=16)
    rows, y = [], MARGIN
    for number in range(1, 11):
        lines = printer.random.randint(1, 4)
        text = printer.paragraph(MARGIN + 80, y, 380, lines)
        note = printer.paragraph(MARGIN + 520, y, 150, printer.random.randint(1, lines))
        text[0] = [Box(MARGIN, y, printer.em, str(number)), *text[0]]
        for row, more in zip(text, note, strict=False):
            row += more
        text[0].append(Box(MARGIN + 740, y, printer.em, printer.number()))
        rows += text
        y += lines * printer.leading + 0.9 * printer.em
    return Drawn([rows])


def table_in_column(seed: int, *, chinese: bool = True) -> Drawn:
    """Two columns of running text; the second one has a small table in its middle."""
    printer = Printer(seed, chinese=chinese, em=17)
    gutter = 2.2 * printer.em
    width = (INNER - gutter) / 2
    x = MARGIN + width + gutter
    left = printer.paragraph(MARGIN, MARGIN, width, int((BOTTOM - MARGIN) / printer.leading))
    upper = printer.paragraph(x, MARGIN, width, 12)
    y = MARGIN + 13.2 * printer.leading
    cells = [
        [Box(x + column * width / 3, y + row * printer.leading, printer.em, printer.number()) for column in range(3)]
        for row in range(6)
    ]
    lower = printer.paragraph(x, y + 7.3 * printer.leading, width, 14)
    return Drawn([left, upper, cells, lower])


def spanning(seed: int, *, chinese: bool = True) -> Drawn:
    """Three columns; half-way down, a heading goes across the last two."""
    printer = Printer(seed, chinese=chinese, em=15)
    gutter = 2 * printer.em
    width = (INNER - 2 * gutter) / 3
    lefts = [MARGIN + index * (width + gutter) for index in range(3)]
    half = int((BOTTOM - MARGIN) / printer.leading / 2)
    y = MARGIN + (half + 3) * printer.leading
    page = Drawn([printer.paragraph(lefts[0], MARGIN, width, 2 * half)])
    page.blocks += [printer.paragraph(x, MARGIN, width, half) for x in lefts[1:]]
    page.blocks.append(
        [[Box(lefts[1] + 2 * printer.em, y - 2 * printer.leading, 1.6 * printer.em, printer.phrase(16))]]
    )
    page.blocks += [printer.paragraph(x, y, width, half - 3) for x in lefts[1:]]
    return page


def broken(seed: int, *, chinese: bool = True) -> Drawn:
    """Two columns of running text, of which a detector broke one line in five in two."""
    page = prose(seed, chinese=chinese, columns=2)
    chance = Printer(seed, chinese=chinese).random

    def halves(box: Box) -> list[Box]:
        cut = len(box.text) // 2
        if cut < 4 or chance.random() > 0.2:
            return [box]
        head, tail = box.text[:cut].rstrip(), box.text[cut:].lstrip()
        return [replace(box, text=head), replace(box, x=box.x + box.width - units(tail) * box.em, text=tail)]

    return Drawn([[[part for box in row for part in halves(box)] for row in block] for block in page.blocks])


LAYOUTS: dict[str, Callable[..., Drawn]] = {
    "one column": prose,
    "one column, title": lambda seed, chinese: prose(seed, chinese=chinese, title=True),
    "two columns": lambda seed, chinese: prose(seed, chinese=chinese, columns=2, title=True),
    "two columns, no title": lambda seed, chinese: prose(seed, chinese=chinese, columns=2),
    "three columns": lambda seed, chinese: prose(seed, chinese=chinese, columns=3, title=True, em=16),
    "table": table,
    "wide table": lambda seed, chinese: table(seed, chinese=chinese, rows=25, columns=7),
    "small table": lambda seed, chinese: table(seed, chinese=chinese, rows=4, columns=2),
    "form": form,
    "receipt": receipt,
    "magazine": magazine,
    "side note": side_note,
    "list": listing,
    "drop cap": drop_cap,
    "vertical": vertical,
    "sections": sections,
    "text table": text_table,
    "table in a column": table_in_column,
    "heading over two of three": spanning,
    "broken lines": broken,
}
