"""The page around a zone, on drawn documents whose outline is known; their lines are those that were drawn."""

from __future__ import annotations

import math

import pytest

from ocrcli.checks import mrz
from ocrcli.geometry import area, length
from ocrcli.layout.cards import Place
from ocrcli.layout.zone_page import page_of
from ocrcli.layout.zones import find_zones
from ocrcli.page import Line, Page, Reading
from ocrcli.specimens.press import Run, specimens
from ocrcli.specimens.truth import Specimen
from tests.days import TODAY

KINDS = {"chinese": mrz.TD3, "td1": mrz.TD1, "td2": mrz.TD2, "td3": mrz.TD3, "mrv-a": mrz.MRV_A, "mrv-b": mrz.MRV_B}


def drawn(kind: str) -> Specimen:
    [(_, specimen)] = specimens(Run("passport", 1, level=1, seed=3, kind=kind, any_turn=True))
    return specimen


def found(specimen: Specimen, *, blind: bool) -> Place:
    """The page, as a reader sees the document that makes no mistake."""
    high, wide = specimen.picture.shape[:2]
    page = None if blind else Page(wide, high, "px", 1, 1, render=lambda: specimen.picture)
    lines = tuple(Line(line.text, 0.99, line.quad) for line in specimen.truth.lines)
    reading = Reading(wide, high, "px", 1, 1, "ocr", lines, page=page, today=TODAY)
    [zone] = find_zones(reading)
    return page_of(reading, zone)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("blind", "off"), [(True, 0.06), (False, 0.015)])
def test_the_page_lies_around_its_zone(kind: str, blind: bool, off: float) -> None:
    specimen = drawn(kind)
    [true] = specimen.truth.documents
    place = found(specimen, blind=blind)
    assert max(math.dist(p, q) for p, q in zip(place.quad, true, strict=True)) < off * length(true)


@pytest.mark.parametrize("kind", KINDS)
def test_the_portrait_is_above_the_zone_but_on_td1_cards(kind: str) -> None:
    place = found(drawn(kind), blind=True)
    portrait = place.portrait
    assert (portrait is None) == (KINDS[kind] is mrz.TD1)
    assert portrait is None or 0.1 < area(portrait) / area(place.quad) < 0.25
