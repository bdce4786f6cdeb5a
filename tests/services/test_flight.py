"""Air itineraries, drawn and read without mistakes, and from boxes; passengers and airlines are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocrcli.errors import OcrError
from ocrcli.page import Line, Page, Reading
from ocrcli.services.receipts.flight import SERVICE
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.truth import Specimen
from tests.days import TODAY
from tests.services.boxes import Box, found, outcome, reading, values


def drawn(kind: str, seed: int, altered: bool = False) -> Specimen:
    return all_documents()["flight-itinerary"].draw(Order(seed, kind, Typecase.carried(), altered))


def read(specimen: Specimen) -> Reading:
    """What a reader without mistakes sees."""
    pixels = specimen.picture
    height, width = pixels.shape[:2]
    lines = tuple(Line(line.text, 0.95, line.quad) for line in specimen.truth.lines if line.role == "text")
    page = Page(width, height, "px", 1, 1, render=lambda: pixels)
    blocks = tuple(((line,),) for line in lines)
    return Reading(width, height, "px", 1, 1, "ocr", lines, blocks=blocks, page=page, today=TODAY)


ELECTRONIC: tuple[Box, ...] = (
    ("电子发票（航空运输电子客票行程单）", 700, 20),
    ("国内国际标识：国内", 60, 80),
    ("开具状态：正常", 1500, 80),
    ("发票号码：25449123456789012345", 1500, 130),
    ("旅客姓名", 60, 200),
    ("鲁子", 60, 240),
    ("有效身份证件号码", 500, 200),
    ("430499******19670X", 500, 240),
    ("签注", 1000, 200),
    ("不得签转", 1000, 240),
    *(
        (head, 400.0 + 220 * i, 320.0)
        for i, head in enumerate(("承运人", "航班号", "座位等级", "日期", "时间", "客票级别/客票类别"))
    ),
    ("自：QXA 青石", 60, 400),
    ("至：WCB 望潮", 60, 470),
    ("至：SFC 双枫", 60, 540),
    ("至：", 60, 610),
    *(
        (text, 400.0 + 220 * i, 400.0)
        for i, text in enumerate(("样航", "XY7707", "Z", "2025-07-15", "09:25", "YID00R2"))
    ),
    *((text, 400.0 + 220 * i, 470.0) for i, text in enumerate(("青航", "QX3129", "Y", "2025-07-18", "11:40", "YRT"))),
    ("票价", 400, 700),
    ("CNY 1000.00", 400, 740),
    ("增值税税率", 700, 700),
    ("9%", 700, 740),
    ("增值税税额", 950, 700),
    ("CNY 90.00", 950, 740),
    ("民航发展基金", 1200, 700),
    ("CNY 100.00", 1200, 740),
    ("合计", 1600, 700),
    ("CNY 1190.00", 1600, 740),
    ("电子客票号码：000-2169154624", 60, 820),
    ("验证码：0648", 700, 820),
    ("填开日期：2025-03-03", 1500, 880),
)


@pytest.mark.parametrize("kind", ["paper", "electronic"])
@pytest.mark.parametrize("seed", [1, 5])
def test_every_value_of_one_leg_and_of_three(kind: str, seed: int) -> None:
    specimen = drawn(kind, seed)
    expected = specimen.truth.fields
    assert isinstance(expected, dict)
    says = values(found(SERVICE, read(specimen)))
    assert len(says["itinerary_list"]) == len(expected["itinerary_list"]) in (1, 3)
    assert {key: says[key] for key in expected} == expected


def test_legs_lie_between_their_stations() -> None:
    page = found(SERVICE, reading(*ELECTRONIC))
    legs = values(page)["itinerary_list"]
    assert [(leg["departure_station"], leg["destination_station"]) for leg in legs] == [
        ("QXA 青石", "WCB 望潮"),
        ("WCB 望潮", "SFC 双枫"),
    ]
    assert [leg["flight"] for leg in legs] == ["XY7707", "QX3129"]
    assert outcome(page, "air-sum") == outcome(page, "eticket") == [True]
    assert values(page)["e_ticket_number"] == "0002169154624"


def test_a_leg_whose_row_was_not_read_has_its_stations() -> None:
    boxes = tuple(box for box in ELECTRONIC if not (box[2] == 470 and box[1] > 100))
    legs = values(found(SERVICE, reading(*boxes)))["itinerary_list"]
    assert [leg["destination_station"] for leg in legs] == ["WCB 望潮", "SFC 双枫"]
    assert [leg["flight"] for leg in legs] == ["XY7707", None]


def test_a_misprinted_total_is_no_sum() -> None:
    page = found(SERVICE, read(drawn("paper", 1, altered=True)))
    assert outcome(page, "air-sum") == [False]


def test_a_masked_number_has_no_check_digit_and_a_whole_one_has() -> None:
    page = found(SERVICE, reading(*ELECTRONIC))
    assert values(page)["id_number"] == "430499******19670X" and outcome(page, "gb11643") == []
    boxes = tuple((text.replace("******", "199001"), x, y) for text, x, y in ELECTRONIC)
    assert outcome(found(SERVICE, reading(*boxes)), "gb11643") == [False]


def test_days_without_a_year_stay_as_printed() -> None:
    boxes = tuple((text.replace("2025-07-18", "18JUL"), x, y) for text, x, y in ELECTRONIC)
    assert values(found(SERVICE, reading(*boxes)))["itinerary_list"][1]["date"] == "18JUL"


def test_a_page_that_is_turned_over() -> None:
    page = read(drawn("electronic", 1))
    width, height = page.width, page.height
    lines = tuple(
        replace(line, quad=tuple((width - x, height - y) for x, y in line.quad))  # type: ignore[arg-type]  # four points
        for line in page.lines
    )
    says = values(found(SERVICE, replace(page, lines=lines, rotation=180, page=None)))
    assert says["total"] == values(found(SERVICE, page))["total"]


@pytest.mark.parametrize(
    "boxes",
    [
        (),
        (
            ("电子发票（铁路电子客票）", 700, 20),
            ("票价:￥120.00", 60, 200),
            ("电子客票号:1234", 60, 260),
            ("合计", 60, 300),
        ),
        ELECTRONIC[-6:],
    ],
    ids=["empty", "railway ticket", "its foot"],
)
def test_what_is_no_itinerary(boxes: tuple[Box, ...]) -> None:
    with pytest.raises(OcrError) as raised:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert raised.value.code == "not_this_document"
