"""What a drawn card's picture says beside its print; its lines are those that were drawn."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from ocrcli.finding import Finding
from ocrcli.forms.results import completed
from ocrcli.geometry import Quad, bounds, centre, length, quad_of_box
from ocrcli.page import Line, Page, Pixels, Reading
from ocrcli.services.cards.idcard import SERVICE
from ocrcli.specimens.press import Run, specimens
from ocrcli.specimens.truth import Specimen
from tests.days import TODAY


@cache
def drawn(kind: str, level: int = 2) -> Specimen:
    """A card on a desk, turned by any angle."""
    [(_, specimen)] = specimens(Run("idcard", 1, level=level, seed=4, kind=kind, any_turn=True))
    return specimen


def reading(specimen: Specimen, picture: Pixels | None = None, left: float = 0) -> Reading:
    """As a reader sees it that makes no mistake; `left` px of the picture are cut off."""
    pixels = specimen.picture if picture is None else picture
    pixels = np.ascontiguousarray(pixels[:, round(left) :])
    high, wide = pixels.shape[:2]
    page = Page(wide, high, "px", 1, 1, render=lambda: pixels)
    lines = [Line(line.text, 0.99, moved(line.quad, -left)) for line in specimen.truth.lines]
    seen = tuple(line for line in lines if bounds(line.quad)[0] > 0)
    return Reading(wide, high, "px", 1, 1, "ocr", seen, page=page, today=TODAY)


def moved(quad: Quad, dx: float) -> Quad:
    a, b, c, d = ((x + dx, y) for x, y in quad)
    return a, b, c, d


def found(page: Reading, **options: Any) -> Finding:
    own = {**SERVICE.defaults(), **options}
    [finding] = SERVICE.read(page, own)
    return completed(finding, SERVICE.fields, own, page)


def codes(finding: Finding) -> set[str]:
    return {notice.code for notice in finding.notices}


@pytest.mark.parametrize(("kind", "crops"), [("front", {"front", "portrait"}), ("back", {"back"})])
def test_the_outline_and_what_is_cut_out(kind: str, crops: set[str]) -> None:
    specimen = drawn(kind)
    card = found(reading(specimen))
    [true], quad = specimen.truth.documents, card.document.quad
    assert quad is not None
    assert max(math.dist(p, q) for p, q in zip(quad, true, strict=True)) < 0.015 * length(true)
    assert set(card.crops) == crops
    assert card.crops[kind].ratio == pytest.approx(1.585, abs=0.001)
    assert not codes(card) & {"incomplete_border", "black_and_white", "temporary_card"}


def test_both_sides_have_an_outline_around_both() -> None:
    specimen = drawn("both")
    card = found(reading(specimen))
    assert set(card.crops) == {"front", "back", "portrait"}
    box, true = bounds(card.document.quad or ()), bounds(p for quad in specimen.truth.documents for p in quad)
    assert box == pytest.approx(true, abs=0.02 * length(specimen.truth.documents[0]))


def picture(text: Any) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(text)))


def test_portrait_and_straightened_card_as_fields() -> None:
    told = found(
        reading(drawn("front")), return_portrait_image=True, return_portrait_location=True, return_adjusted_image=True
    ).fields
    assert isinstance(told, dict)
    card, portrait = picture(told["adjusted_image"]), picture(told["portrait_image"])
    assert card.width / card.height == pytest.approx(1.585, abs=0.01)
    assert portrait.width < 0.4 * card.width and portrait.height > portrait.width
    x, y = centre(tuple(tuple(p) for p in told["portrait_location"]))  # type: ignore[arg-type]
    numbered = next(line for line in drawn("front").truth.lines if line.key == "number")
    assert math.dist((x, y), centre(numbered.quad)) < 0.6 * length(drawn("front").truth.documents[0])


def test_the_emblem_side_has_no_portrait() -> None:
    told = found(reading(drawn("back")), return_portrait_image=True, return_portrait_location=True).fields
    assert isinstance(told, dict)
    assert (told["portrait_image"], told["portrait_location"]) == ("", [])


def greyed(pixels: Pixels) -> Pixels:
    return np.repeat(pixels.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)


@pytest.mark.parametrize(("change", "copy"), [(None, False), (greyed, True)])
def test_a_black_and_white_copy(change: Callable[[Pixels], Pixels] | None, copy: bool) -> None:
    specimen = drawn("back")
    card = found(reading(specimen, change(specimen.picture) if change else None), detect_copy=True)
    assert isinstance(card.fields, dict)
    assert card.fields["detect_copy_result"] is copy is ("black_and_white" in codes(card))


@pytest.mark.parametrize(("share", "incomplete"), [(0.0, False), (0.14, True)])
def test_a_card_cut_off_by_the_picture(share: float, incomplete: bool) -> None:
    [(_, specimen)] = specimens(Run("idcard", 1, level=1, seed=4, kind="back"))
    x0, _, x1, _ = bounds(specimen.truth.documents[0])
    left = x0 + share * (x1 - x0) if share else 0
    card = found(reading(specimen, left=left), detect_border_integrity=True)
    assert isinstance(card.fields, dict)
    assert card.fields["detect_border_integrity_result"] is incomplete is ("incomplete_border" in codes(card))


def test_a_temporary_card() -> None:
    page = reading(drawn("back"))
    lines = tuple(replace(line, text="临时居民身份证") if line.text == "居民身份证" else line for line in page.lines)
    card = found(replace(page, lines=lines), detect_interim=True)
    assert isinstance(card.fields, dict)
    assert card.fields["detect_interim_result"] is True and "temporary_card" in codes(card)


def test_without_a_picture_what_needs_one_is_not_decided() -> None:
    page = replace(reading(drawn("front")), page=None)
    told = found(page, detect_copy=True, detect_border_integrity=True, return_adjusted_image=True).fields
    assert isinstance(told, dict)
    keys = ("detect_copy_result", "detect_border_integrity_result", "adjusted_image")
    assert [told[key] for key in keys] == [None, None, None]


def test_a_sex_that_was_missed_is_looked_for_where_it_stands() -> None:
    specimen = drawn("front")
    [missed] = [line for line in specimen.truth.lines if line.key == "sex"]
    page = reading(specimen)
    asked: list[Quad] = []

    def again(quad: Quad, prepare: Any = None) -> Line:
        asked.append(quad)
        return Line(missed.text, 0.99, quad)

    lines = tuple(line for line in page.lines if line.text != missed.text)
    card = found(replace(page, lines=lines, again=again))
    assert isinstance(card.fields, dict)
    assert card.fields["sex"] == missed.text
    assert math.dist(centre(asked[0]), centre(missed.quad)) < 0.02 * length(specimen.truth.documents[0])
    assert card.evidence["sex"].doubtful is False


def test_an_address_whose_label_was_missed_is_taken_from_its_place() -> None:
    specimen = drawn("front")
    page = reading(specimen)
    card = found(replace(page, lines=tuple(line for line in page.lines if line.text != "住址")))
    assert isinstance(card.fields, dict) and isinstance(specimen.truth.fields, dict)
    assert card.fields["address"] == specimen.truth.fields["address"]


@pytest.mark.parametrize("kind", ["front", "both"])
def test_print_around_a_card_does_not_say_how_it_lies(kind: str) -> None:
    """A card askew on a printed sheet: most lines of the picture are level, and none of them is the card's."""
    specimen = drawn(kind)
    card = reading(specimen)
    edges = [bounds(quad) for quad in specimen.truth.documents]
    sheet = [
        Line("样本文字样本文字", 0.9, quad_of_box(x, y, x + 160, y + 18))
        for y in range(0, round(card.height), 24)
        for x in range(-600, round(card.width) + 600, 170)
        if not any(x + 160 > x0 and x < x1 and y + 18 > y0 and y < y1 for x0, y0, x1, y1 in edges)
    ]
    finding = found(replace(card, lines=(*sheet, *card.lines)))
    assert isinstance(finding.fields, dict) and len(sheet) > len(card.lines)
    truth = cast(dict[str, str], specimen.truth.fields)
    assert {key: finding.fields[key] for key in truth} == truth


def test_a_name_whose_label_is_unreadable_is_looked_for_in_its_place() -> None:
    specimen = drawn("front")
    name, card = cast(dict[str, str], specimen.truth.fields)["name"], reading(specimen)

    def again(quad: Quad, prepare: object = None) -> Line:
        return Line(name, 0.9, quad)

    rest = tuple(line for line in card.lines if line.text not in ("姓名", name))
    finding = found(replace(card, lines=rest, again=again))
    assert isinstance(finding.fields, dict) and finding.fields["name"] == name
    assert finding.evidence["name"].doubtful
