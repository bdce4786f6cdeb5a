"""Draws the Chinese signs of number plates, trains a network that tells them apart, and writes it as ONNX.

    pip install torch onnx
    python training/plate_signs.py province --out province_sign.onnx
    python training/plate_signs.py end --count 39000 --epochs 5 --out end_sign.onnx

Only drawn signs are used, as many of each, and the seed says which; at the ends a part shows digits, letters, or what
else is seen there. The faces are those found of FACES, all under open licences; their names are noted in the file. Each
takes some five minutes of one core.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from torch import nn

from ocrcli.checks.plate import LETTERS, PROVINCES, SERIAL
from ocrcli.engine.plate_signs import END_SIGNS, NO_SIGN, SIDE, SIGNS, prepared
from ocrcli.specimens.fonts import SYSTEM_FONTS, Typecase

Ink = NDArray[np.uint8]
Picture = NDArray[np.float32]
Random = np.random.Generator

# File, number of the face in it, and how often it is taken. Plates are printed bold, without serifs.
FACES: tuple[tuple[str, int, float], ...] = (
    *(
        (f"NotoSansCJK-{weight}.ttc", face, often * share)
        for weight, often in (("Light", 1), ("DemiLight", 2), ("Regular", 3), ("Medium", 4), ("Bold", 4), ("Black", 2))
        for face, share in ((2, 1.0), (0, 0.25))  # the mainland's forms, and Japan's
    ),
    *((f"NotoSerifCJK-{weight}.ttc", 2, often) for weight, often in (("Medium", 0.5), ("Bold", 0.8), ("Black", 0.7))),
    ("wqy-zenhei.ttc", 0, 3),
    ("ukai.ttc", 0, 1.2),
    ("uming.ttc", 0, 0.5),
    ("gkai00mp.ttf", 0, 1.2),
    ("BabelStoneHan.ttf", 0, 0.4),
)
_CARRIED_OFTEN = 3.0  # PyMuPDF's own face
_EM = 160  # px at which glyphs are drawn
_RED = "警领使"
_NO_SIGNS = 6  # how many times as often as each sign at the end there is none

# All of a plate's upper left corner that may be seen, in mm, and how far the plate's own corner is from there.
_WIDTH, _HEIGHT, _CAR = 230, 190, 25


@dataclass(frozen=True)
class Layout:
    """Where the sign stands from the plate's upper left corner, and its size; in mm (GA 36)."""

    x: float
    y: float
    width: float
    height: float


ONE_LINE = Layout(15.5, 25, 45, 90)
TWO_LINES = Layout(70, 15, 80, 60)
# The same at the plate's other end, from its upper right corner.
LAST = Layout(15.5, 25, 45, 90)
LAST_BELOW = Layout(27.5, 90, 65, 110)
_AT_THE_END = (LAST, LAST_BELOW)


class Glyphs:
    """The ink of every sign and character in every face, cut close."""

    def __init__(self) -> None:
        carried = Typecase.carried().face("hei")
        fonts: list[tuple[Any, str, float]] = [(carried.at(_EM), carried.name, _CARRIED_OFTEN)]
        found = {path.name: path for path in sorted(SYSTEM_FONTS.rglob("*"))}
        for name, index, often in FACES:
            if name in found:
                fonts.append((ImageFont.truetype(str(found[name]), _EM, index=index), f"{name}#{index}", often))
        self.names = [name for _, name, _ in fonts]
        self._often = np.array([often for _, _, often in fonts]) / sum(often for _, _, often in fonts)
        self._inks = [{c: _ink(font, c) for c in PROVINCES + END_SIGNS + SERIAL} for font, _, _ in fonts]

    def face(self, rng: Random) -> dict[str, Ink]:
        """One face."""
        return self._inks[rng.choice(len(self._inks), p=self._often)]


def _ink(font: ImageFont.FreeTypeFont, character: str) -> Ink:
    sheet = Image.new("L", (2 * _EM, 2 * _EM))
    ImageDraw.Draw(sheet).text((_EM // 3, _EM // 5), character, font=font, fill=255)
    ink = np.asarray(sheet)
    rows, columns = np.nonzero(ink > 60)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].copy()


def warped(rng: Random, ink: Ink, amount: float) -> Ink:
    """Stretched unevenly: every face divides its square otherwise."""
    height, width = ink.shape

    def along(count: int) -> NDArray[np.float32]:
        place = np.linspace(0, 1, count, dtype=np.float32)
        moved = sum(rng.normal(0, amount / n) * np.sin(np.pi * n * place) for n in (1, 2, 3))
        return np.asarray((place + moved) * count, np.float32)

    def bulge(count: int, reach: int) -> NDArray[np.float32]:
        return rng.normal(0, 0.4 * amount) * reach * np.sin(np.pi * np.linspace(0, 1, count, dtype=np.float32))

    x = along(width)[None, :] + bulge(height, width)[:, None]
    y = along(height)[:, None] + bulge(width, height)[None, :]
    return np.asarray(cv2.remap(ink, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR), np.uint8)


def bolder(ink: Ink, millimetres: float) -> Ink:
    """Strokes thicker (or thinner) on each side, on a plate whose characters are 90 mm high."""
    reach = round(abs(millimetres) * ink.shape[0] / 90)
    if not reach:
        return ink
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    room = cv2.copyMakeBorder(ink, reach, reach, reach, reach, cv2.BORDER_CONSTANT)
    return np.asarray((cv2.dilate if millimetres > 0 else cv2.erode)(room, kernel), np.uint8)


def _put(sheet: Ink, ink: Ink, at: Layout, mirrored: bool) -> None:
    """`mirrored`: the place counts from the right end, which is drawn as if it were the left one, and turned later."""
    sized = cv2.resize(ink, (max(1, round(at.width)), max(1, round(at.height))), interpolation=cv2.INTER_AREA)
    x, y = round(at.x + _CAR), round(at.y + _CAR)
    part = sheet[y : y + sized.shape[0], x : x + sized.shape[1]]
    np.maximum(part, (np.fliplr(sized) if mirrored else sized)[: part.shape[0], : part.shape[1]], out=part)


def _printed(rng: Random, glyphs: Glyphs, sign: str, at: Layout) -> tuple[Ink, Ink]:
    """The print at an end of a plate: the sign, and what stands beside it."""
    sheet, others = np.zeros((_HEIGHT, _WIDTH), np.uint8), np.zeros((_HEIGHT, _WIDTH), np.uint8)
    mirrored, width = at in _AT_THE_END, at.width
    if sign == NO_SIGN:
        character = rng.choice(list(SERIAL))
        ink, width = glyphs.face(rng)[character], width * (0.4 if character == "1" else 1)
    else:
        ink = warped(rng, glyphs.face(rng)[sign], 0.035)
    ink = bolder(ink, rng.uniform(-1.2, 3.2))
    x, y = at.x + (at.width - width) / 2 + rng.normal(0, 1.5), at.y + rng.normal(0, 1.5)
    place = Layout(x, y, width * rng.uniform(0.88, 1.08), at.height * rng.uniform(0.9, 1.06))
    _put(sheet, ink, place, mirrored)
    face = glyphs.face(rng)

    def beside(alphabet: str, place: Layout) -> None:
        _put(others, bolder(face[rng.choice(list(alphabet))], rng.uniform(-1, 2)), place, mirrored)

    if at is TWO_LINES:
        beside(LETTERS, Layout(at.x + 80, at.y, 78, 60))
        for i in range(3):
            beside(SERIAL, Layout(27 + 80 * i, 90, 60, 74))
    elif at is LAST_BELOW:
        beside(SERIAL, Layout(at.x + 80, at.y, 65, 110))
        beside(LETTERS, Layout(110, 15, 80, 60))
    elif at is LAST:
        for i in (1, 2):
            beside(SERIAL, Layout(at.x + 57 * i, at.y, 45, 90))
    else:
        beside(LETTERS, Layout(at.x + 57, at.y, 43, 90))
        beside(SERIAL, Layout(at.x + 136, at.y, 43, 90))
        if rng.random() < 0.8:
            cv2.circle(others, (round(_CAR + at.x + 116), round(_CAR + at.y + 45)), 6, 255, -1)
    return sheet, others


def _clouds(rng: Random, deviation: float, cells: int) -> Picture:
    small = rng.normal(0, deviation, (cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(small, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_CUBIC), np.float32)


def _metal(rng: Random, ink: Ink, others: Ink, at: Layout, red: bool) -> Picture:
    """The print on its ground, with frame, bolts, dirt, and the car around; grey levels."""
    low = rng.uniform(5, 150)
    high = min(250, low + rng.uniform(50, 200))
    ground, fore = (low, high) if rng.random() < 0.65 else (high, low)
    end = _CAR + (220 if at in (TWO_LINES, LAST_BELOW) else 140)
    picture = np.full((_HEIGHT, _WIDTH), rng.uniform(5, 250), np.float32)
    if rng.random() < 0.5:
        picture += _clouds(rng, 25, 6)
    picture[_CAR:end, _CAR:] = ground
    if rng.random() < 0.8:  # the frame that is printed on the plate
        edge, tone = _CAR + int(rng.integers(1, 8)), fore if rng.random() < 0.8 else rng.uniform(0, 255)
        far = (_WIDTH + 50, end + _CAR - edge)
        cv2.rectangle(picture, (edge, edge), far, float(tone), int(rng.integers(1, 4)))
    if rng.random() < 0.3:  # a holder whose rim covers the edge
        picture[_CAR - 2 : _CAR + int(rng.integers(0, 12))] = rng.uniform(0, 255)
    if rng.random() < 0.6:
        across = at.x + at.width / 2 + rng.normal(0, 15) if rng.random() < 0.3 else 110 + rng.normal(0, 6)
        down = 13 + rng.normal(0, 2)
        for y in (_CAR + down, end - down)[: 1 + int(rng.random() < 0.4)]:
            tone = float(rng.uniform(0, 255))
            cv2.circle(picture, (round(_CAR + across), round(y)), int(rng.integers(3, 7)), tone, -1)
    tone = fore + (ground - fore) * rng.uniform(0, 0.75) if red else fore  # red is neither dark nor light
    for part, shade in ((others, fore), (ink, tone)):
        cover = part.astype(np.float32) / 255
        picture = picture * (1 - cover) + shade * cover
    if at in _AT_THE_END:
        picture = np.fliplr(picture)
    return picture + _clouds(rng, 18, 5) if rng.random() < 0.3 else picture


def _window(rng: Random, at: Layout) -> tuple[NDArray[np.float32], float, float]:
    """The corners of what is cut out around the sign, not quite rightly; its width and height in mm."""
    width, height = at.width / rng.uniform(0.47, 0.78), at.height / rng.uniform(0.55, 1.0)
    middle = _CAR + at.x + at.width / 2
    x = (_WIDTH - middle if at in _AT_THE_END else middle) + rng.normal(0, 0.07) * width
    y = _CAR + at.y + at.height / 2 + np.clip(rng.normal(0, 0.09), -0.22, 0.22) * height
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32) * (width / 2, height / 2)
    aslant = rng.random() < 0.4
    turn = math.radians(rng.normal(0, 7 if aslant else 2))
    corners = corners @ np.array([(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))])
    corners[:, 0] -= np.sign(corners[:, 1]) * rng.normal(0, 0.2 if aslant else 0.06) * height / 2
    return np.asarray(corners + np.array((x, y)) + rng.normal(0, 1.5, (4, 2)), np.float32), width, height


def _photographed(rng: Random, picture: Picture, at: Layout) -> Ink:
    """The window as a camera sees it from afar: the sign 9 to 40 px high, blurred, smeared, noisy, compressed."""
    corners, width, height = _window(rng, at)
    high = math.exp(rng.uniform(math.log(9), math.log(40))) * height / at.height
    wide = max(4, round(high * width / height * rng.uniform(0.7, 1.25)))
    high = max(4, round(high))
    fine = max(1, math.ceil(96 / high))
    target = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32) * fine
    way = cv2.getPerspectiveTransform(corners, target)
    big = cv2.warpPerspective(picture, way, (wide * fine, high * fine), borderMode=cv2.BORDER_REPLICATE)
    blur = abs(rng.normal(0, 0.035)) * high * fine
    if blur > 0.3:
        big = cv2.GaussianBlur(big, (0, 0), blur)
    if rng.random() < 0.3:
        big = cv2.filter2D(big, -1, _smear(rng, rng.uniform(0.03, 0.1) * high * fine), borderType=cv2.BORDER_REPLICATE)
    small = cv2.resize(big, (wide, high), interpolation=cv2.INTER_AREA)
    small = small * rng.uniform(0.6, 1.1) + rng.uniform(-15, 15)
    small += rng.normal(0, 9 * rng.uniform(0, 1) ** 2, small.shape)
    seen = np.clip(small, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        _, data = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 95))])
        seen = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    return seen


def _smear(rng: Random, length: float) -> NDArray[np.float32]:
    side = 2 * math.ceil(length / 2) + 1
    turn, middle = rng.uniform(0, math.pi), side // 2
    dx, dy = round(length / 2 * math.cos(turn)), round(length / 2 * math.sin(turn))
    kernel = np.zeros((side, side), np.float32)
    cv2.line(kernel, (middle - dx, middle - dy), (middle + dx, middle + dy), 1.0)
    return np.asarray(kernel / kernel.sum(), np.float32)


def drawn(rng: Random, glyphs: Glyphs, sign: str) -> NDArray[np.float32]:
    """One sign as the network sees it."""
    two_lines = rng.random() < (0.6 if sign == "挂" else 0.12)
    at = (ONE_LINE, TWO_LINES)[two_lines] if sign in PROVINCES else (LAST, LAST_BELOW)[two_lines]
    red = sign in _RED and rng.random() < 0.8
    picture = _metal(rng, *_printed(rng, glyphs, sign, at), at, red)
    if sign == NO_SIGN and rng.random() < 0.3:  # whatever else is seen
        at = Layout(rng.uniform(-20, 120), rng.uniform(-30, 60), at.width, at.height)
    seen = _photographed(rng, picture, at)
    return prepared(np.asarray(cv2.cvtColor(seen, cv2.COLOR_GRAY2BGR), np.uint8))


def draw_set(glyphs: Glyphs, classes: str, count: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """`count` signs, the classes in turn, and which they are."""
    rng = np.random.default_rng(seed)
    turns = [i for i, sign in enumerate(classes) for _ in range(_NO_SIGNS if sign == NO_SIGN else 1)]
    labels = [turns[i % len(turns)] for i in range(count)]
    pictures = np.stack([drawn(rng, glyphs, classes[label]).astype(np.float16) for label in labels])
    return torch.from_numpy(pictures), torch.tensor(labels)


def _layers(before: int, after: int, size: int, stride: int = 1) -> list[nn.Module]:
    convolution = nn.Conv2d(before, after, size, stride=stride, padding=size // 2, bias=False)
    return [convolution, nn.BatchNorm2d(after), nn.ReLU()]


def network(classes: int) -> nn.Sequential:
    """Three convolutions and two full layers; some 112,000 weights."""
    return nn.Sequential(
        *_layers(1, 24, 5, stride=2),
        *_layers(24, 32, 3),
        nn.MaxPool2d(2),
        *_layers(32, 64, 3),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.15),
        nn.Linear(64 * (SIDE // 8) ** 2, 80),
        nn.ReLU(),
        nn.Linear(80, classes),
    ).to(memory_format=torch.channels_last)


def train(net: nn.Sequential, pictures: torch.Tensor, labels: torch.Tensor, epochs: int, batch: int = 128) -> None:
    """Trains in place."""
    steps = len(labels) // batch * epochs
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=steps)
    net.train()
    for _ in range(epochs):
        order = torch.randperm(len(labels))
        for chosen in order[: len(order) // batch * batch].split(batch):
            seen = pictures[chosen].float().contiguous(memory_format=torch.channels_last)
            loss = nn.functional.cross_entropy(net(seen), labels[chosen], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    net.eval()


def write(net: nn.Sequential, out: Path, notes: dict[str, str]) -> None:
    """The network as ONNX, input `signs` (N × 1 × SIDE × SIDE), output logits in the order of SIGNS."""
    import onnx

    plain = net.to(memory_format=torch.contiguous_format)
    torch.onnx.export(
        plain,
        (torch.zeros(1, 1, SIDE, SIDE),),
        str(out),
        input_names=["signs"],
        output_names=["logits"],
        dynamic_axes={"signs": {0: "count"}, "logits": {0: "count"}},
        dynamo=False,
    )
    model = onnx.load(str(out))
    onnx.helper.set_model_props(model, notes)
    onnx.save(model, str(out))


def main() -> None:
    """Draws, trains, writes, and says how many of a set drawn with another seed are told rightly."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("signs", choices=SIGNS)
    parser.add_argument("--count", type=int, default=62_000)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    classes = SIGNS[given.signs]
    glyphs = Glyphs()
    print(f"{len(glyphs.names)} faces: {', '.join(glyphs.names)}", flush=True)
    net = network(len(classes))
    train(net, *draw_set(glyphs, classes, given.count, given.seed), given.epochs)
    notes = {"faces": ", ".join(glyphs.names), "drawn": f"{given.count} signs, seed {given.seed}"}
    write(net, given.out, {**notes, "trained": f"{given.epochs} epochs"})
    pictures, labels = draw_set(glyphs, classes, 3100, given.seed + 1)
    with torch.no_grad():
        right = int((net(pictures.float()).argmax(1) == labels).sum())
    print(f"{right} of {len(labels)} told rightly; {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
