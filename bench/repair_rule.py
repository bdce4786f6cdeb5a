"""When may a check choose between readings, and when is a value doubtful? The experiment behind ChoosingRule's numbers.

Draws identity numbers, credit codes, bank card numbers and VINs: right ones, and misprinted ones with one digit
changed. Spoils them at three levels, reads them with the recogniser, and counts for a grid of limits what the rule
makes of them. The numbers are invented and the pictures drawn with PyMuPDF's own fonts, so the figures flatter.

    python bench/repair_rule.py [--count 300] [--seed 1]
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from itertools import product
from random import Random

import cv2
import numpy as np
import pymupdf
from common import tell
from PIL import Image, ImageDraw, ImageFont

from ocrcli.checks import citizen_id, luhn, uscc, vin
from ocrcli.engine import catalogue, grammars
from ocrcli.engine.decoding import Choice, ChoosingRule, Standing, choose, standing
from ocrcli.engine.grammar import Grammar
from ocrcli.engine.lattice import make_lattice
from ocrcli.engine.paddle import Recognizer

FONTS = ("cjk", "helv", "tiro", "cour")  # PyMuPDF's names: Droid Sans Fallback, Nimbus Sans, Roman, Mono
REACH = 16.0  # nats: beyond the sum of any two limits tried
REPAIRS = (0, 1, 2, 3)
LEADS = (2, 4, 6)
DOUBTS = (2, 4, 6)


@dataclass(frozen=True)
class Level:
    """How a drawn line is spoilt: px height it is shrunk to, blur (px at that size), noise (of 255)."""

    name: str
    height: int
    blur: float
    noise: float


LEVELS = (Level("light", 24, 0.8, 8), Level("medium", 20, 1.1, 10), Level("bad", 19, 1.15, 12))


def identity_number(rng: Random) -> str:
    """A number of region 71, which no office gives out."""
    born = date(1940, 1, 1) + timedelta(days=rng.randrange(30000))
    first = f"71{rng.randrange(10000):04}{born:%Y%m%d}{rng.randrange(1000):03}"
    return first + citizen_id.check_character(first)


def credit_code(rng: Random) -> str:
    first = f"9171{rng.randrange(10000):04}" + "".join(rng.choices(uscc.ALPHABET, k=9))
    return first + uscc.check_character(first)


def card_number(rng: Random) -> str:
    first = "6299" + "".join(rng.choices("0123456789", k=14))
    return first + luhn.check_digit(first)


def vehicle_number(rng: Random) -> str:
    free = "L" + "".join(rng.choices(vin.ALPHABET, k=10)) + "".join(rng.choices("0123456789", k=6))
    return free[:8] + vin.check_character(free) + free[9:]


KINDS: tuple[tuple[Callable[[Random], str], Grammar], ...] = (
    (identity_number, grammars.CITIZEN_ID),
    (credit_code, grammars.USCC),
    (card_number, grammars.BANK_PAN),
    (vehicle_number, grammars.VIN),
)


def misprinted(rng: Random, text: str) -> str:
    """The text with one digit replaced by another."""
    place = rng.choice([i for i, c in enumerate(text) if c.isdigit()])
    return text[:place] + rng.choice([d for d in "0123456789" if d != text[place]]) + text[place + 1 :]


def drawn(rng: Random, text: str, level: Level) -> np.ndarray:
    """A line of text as a spoilt picture (h × w × 3)."""
    font = ImageFont.truetype(BytesIO(pymupdf.Font(rng.choice(FONTS)).buffer), 64)
    width = math.ceil(font.getlength(text)) + 64
    page = Image.new("L", (width, 96), 255)
    ImageDraw.Draw(page).text((32, 48), text, rng.randrange(70), font=font, anchor="lm")
    small = cv2.resize(np.asarray(page), (round(width * level.height / 96), level.height), interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, level.noise, small.shape)
    spoilt = np.clip(cv2.GaussianBlur(small, (0, 0), level.blur) + noise, 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(spoilt, cv2.COLOR_GRAY2BGR))


@dataclass(frozen=True)
class Trial:
    """What was printed, whether it passes its check, and what was read."""

    printed: str
    right: bool
    found: Standing


def trials(recognizer: Recognizer, level: Level, count: int, seed: int) -> Iterator[Trial]:
    """`count` right and `count` misprinted numbers, the kinds in turn."""
    rng = Random(f"{seed} {level.name}")
    for i, right in product(range(count), (True, False)):
        make, grammar = KINDS[i % len(KINDS)]
        number = make(rng)
        printed = number if right else misprinted(rng, number)
        dense, used = recognizer.probabilities(drawn(rng, printed, level))
        found = standing(make_lattice(dense[: math.ceil(used)], recognizer.alphabet), grammar, reach=REACH)
        if found is not None:
            yield Trial(printed, right, found)


def counts(tried: list[Trial], rule: ChoosingRule) -> list[str]:
    """One row of the table: numbers of right prints, then of misprints."""
    right = [(t.printed, choose(t.found, rule)) for t in tried if t.right]
    wrong = [(t.printed, choose(t.found, rule)) for t in tried if not t.right]

    def unlike(trials: list[tuple[str, Choice]]) -> int:
        """Values that pass, are not what was printed, and are not marked doubtful."""
        return sum(c.passed and not c.doubtful and c.candidate.text != printed for printed, c in trials)

    columns = (
        sum(c.candidate.text == printed for printed, c in right),
        sum(c.chose and c.candidate.text == printed for printed, c in right),
        unlike(right),
        sum(c.doubtful for _, c in right),
        sum(c.candidate.text == printed for printed, c in wrong),
        sum(c.chose for _, c in wrong),
        unlike(wrong),
        sum(c.doubtful for _, c in wrong),
    )
    return [str(n) for n in columns]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--count", type=int, default=300, help="right numbers, and as many misprints, a level")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    recognizer = Recognizer(catalogue.find_recognizer("onnx", "small", "zh"))
    headers = ["repair", "lead", "doubt", "right: exact", "repaired", "wrong, unmarked", "doubtful"]
    headers += ["misprints: as printed", "chose", "forged, unmarked", "doubtful"]
    for level in LEVELS:
        tried = list(trials(recognizer, level, given.count, given.seed))
        right = sum(t.right for t in tried)
        rows = [
            [*map(str, limits), *counts(tried, ChoosingRule(*limits))] for limits in product(REPAIRS, LEADS, DOUBTS)
        ]
        title = f"{level.name}, {level.height} px high: of {right} right numbers and {len(tried) - right} misprints"
        tell(title, headers, rows)


if __name__ == "__main__":
    main()
