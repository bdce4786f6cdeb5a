"""What reading under a grammar costs: milliseconds a value, and its share of a page's time.

    python bench/guided.py [--count 6] [--rounds 7] [--seed 1]

A value: drawn numbers of several lengths, recognised once, then read under their grammar again and again. A page:
drawn documents; the reader's time, the time of the service's rules with all their guided decoding, and the time of the
second looks that the service asked for (which are reading again, and rare on clear pictures). All is processor time,
which other work on the machine changes little.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from statistics import mean, median

from common import tell
from repair_rule import LEVELS, credit_code, drawn, identity_number, vehicle_number

from ocrcli.checks.mrz import TD3
from ocrcli.context import Context
from ocrcli.declaration import Service
from ocrcli.engine import catalogue, grammars
from ocrcli.engine.base import open_reader
from ocrcli.engine.decoding import read_as
from ocrcli.engine.grammar import Grammar
from ocrcli.engine.lattice import make_lattice
from ocrcli.engine.paddle import Recognizer
from ocrcli.errors import OcrError
from ocrcli.layout.order import arrange
from ocrcli.options import ReadOptions
from ocrcli.page import Page, Pixels, Reading
from ocrcli.services import all_services
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.mrz import Holder, zone
from ocrcli.specimens.people import day
from ocrcli.specimens.press import Run, specimens

GUIDED = ("idcard", "passport", "plate", "vin")


def invoice_number(rng: Random) -> str:
    return "".join(rng.choices("0123456789", k=20))


def zone_line(rng: Random) -> str:
    """The second line of a passport's zone."""
    number = f"L{rng.randrange(10**8):08}"
    holder = Holder("P", "UTO", number, "A", "B", "UTO", day(rng, 1950, 2000), True, day(rng, 2027, 2035))
    return zone(TD3, holder)[1]


VALUES: tuple[tuple[str, int, Callable[[Random], str], Grammar], ...] = (
    ("vehicle identification number", 17, vehicle_number, grammars.VIN),
    ("identity number", 18, identity_number, grammars.CITIZEN_ID),
    ("credit code", 18, credit_code, grammars.USCC),
    ("invoice number", 20, invoice_number, grammars.INVOICE_NUMBER),
    ("line of a passport's zone", 44, zone_line, grammars.MRZ_LINES["TD3"][1]),
)


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median processor time of a piece of work; the first run, which makes plans, does not count."""
    work()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return median(times)


def value_rows(count: int, rounds: int, seed: int) -> list[list[str]]:
    """One row for each kind of value: slots, then the typical and the largest time, clear and badly blurred."""
    recognizer = Recognizer(catalogue.find_recognizer("onnx", "small", "zh"))
    rows = []
    for name, slots, make, grammar in VALUES:
        row = [name, str(slots)]
        for level in (LEVELS[0], LEVELS[-1]):
            rng = Random(f"{seed} {name} {level.name}")
            times = []
            for _ in range(count):
                dense, used = recognizer.probabilities(drawn(rng, make(rng), level))
                lattice = make_lattice(dense[: math.ceil(used)], recognizer.alphabet)
                times.append(milliseconds(partial(read_as, lattice, grammar), rounds))
            row += [f"{median(times):.2f}", f"{max(times):.2f}"]
        rows.append(row)
    return rows


def found(service: Service, reading: Reading) -> None:
    """Runs the service's rules; a page that it refuses has cost what it cost."""
    try:
        service.read(reading, service.defaults())
    except OcrError:
        return


def page_times(service: Service, picture: Pixels, read: Callable[[Page], Reading], rounds: int) -> tuple[float, ...]:
    """Milliseconds of one page: the reader, the rules with guided decoding, the second looks."""
    height, width = picture.shape[:2]
    page = Page(float(width), float(height), "px", 1, 1, render=lambda: picture)
    plain = milliseconds(lambda: read(page), rounds)
    reading = arrange(read(page))
    blind = reading.without_pixels()
    rules = milliseconds(lambda: found(service, blind), rounds)
    return plain, rules, max(0.0, milliseconds(lambda: found(service, reading), rounds) - rules)


def page_rows(names: Sequence[str], count: int, rounds: int, seed: int) -> list[list[str]]:
    """One row for each service and level: means over the pages, and the share of the rules in the reader's time."""
    options = ReadOptions()
    reader = open_reader(options, Context())
    rows = []
    for name in names:
        for level in (1, 3):
            run = Run(name, count, level=level, seed=seed)
            times = [
                page_times(all_services()[name], specimen.picture, lambda page: reader.read(page, options), rounds)
                for _, specimen in specimens(run)
            ]
            plain, rules, looks = (mean(column) for column in zip(*times, strict=True))
            cells = [f"{plain:.0f}", f"{rules:.1f}", f"{100 * rules / plain:.1f} %", f"{looks:.0f}"]
            rows.append([name, str(level), str(len(times)), *cells])
    return rows


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--count", type=int, default=6, help="values of each kind, pages of each service and level")
    arguments.add_argument("--rounds", type=int, default=7, help="the median of so many runs counts")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    headers = ["value", "slots", "clear, ms", "slowest", "blurred, ms", "slowest"]
    tell("guided decoding of one value", headers, value_rows(given.count, given.rounds, given.seed))
    names = [name for name in GUIDED if name in all_services() and name in all_documents()]
    headers = ["service", "level", "pages", "reader, ms", "rules and decoding, ms", "share", "second looks, ms"]
    tell("guided decoding on drawn pages", headers, page_rows(names, given.count, given.rounds, given.seed))


if __name__ == "__main__":
    main()
