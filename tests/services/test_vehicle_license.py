"""Vehicle licences from saved readings of drawn specimens and from boxes; all owners are invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ocrcli.engine.replay import SUFFIX, load_reading
from ocrcli.errors import OcrError
from ocrcli.finding import Finding
from ocrcli.forms.results import completed
from ocrcli.page import Reading
from ocrcli.services.cards.vehicle_license import SERVICE
from tests.days import TODAY
from tests.forms.cards import Boxes, moved, page, swapped

SAVED = Path(__file__).parent / "vehicle_license"
VIN = "LSVAA49JXJ1000018"
MAIN = (
    ("中华人民共和国机动车行驶证", 300, 40),
    ("号牌号码", 100, 100),
    ("京A12345", 220, 96),
    ("车辆类型", 480, 100),
    ("小型轿车", 620, 96),
    ("Plate No.", 100, 124),
    ("所有人", 100, 170),
    ("样本市示例有限公司", 220, 166),
    ("住", 100, 240),
    ("址", 172, 240),
    ("样本省标本市示例街道一百二十三号民族路小区", 220, 222),
    ("四单元五零六室", 220, 250),
    ("使用性质", 100, 310),
    ("非营运", 220, 306),
    ("品牌型号", 400, 310),
    ("样本牌AB1234C", 520, 306),
    ("车辆识别代号", 300, 380),
    (VIN, 460, 376),
    ("发动机号码", 300, 450),
    ("A123456", 460, 446),
    ("注册日期", 300, 520),
    ("2018-03-04", 420, 516),
    ("发证日期", 580, 520),
    ("2018-03-05", 700, 516),
)
DUPLICATE = (
    ("号牌号码", 100, 100),
    ("京A12345", 220, 96),
    ("档案编号", 500, 100),
    ("110099001234", 620, 96),
    ("核定载人数", 100, 170),
    ("5人", 240, 166),
    ("总质量", 600, 170),
    ("1915kg", 760, 166),
    ("整备质量", 100, 240),
    ("1500kg", 220, 236),
    ("核定载质量", 600, 240),
    ("--", 760, 236),
    ("外廓尺寸", 100, 310),
    ("4466×1705×1469mm", 220, 306),
    ("准牵引总质量", 600, 310),
    ("--", 770, 306),
    ("备", 100, 380),
    ("注", 172, 380),
    ("检验记录", 100, 520),
    ("检验有效期至2026年03月京A(A1)", 220, 516),
)
FRONT = {
    "type": "normal",
    "number": "京A12345",
    "vehicle_type": "小型轿车",
    "name": "样本市示例有限公司",
    "address": "样本省标本市示例街道一百二十三号民族路小区四单元五零六室",
    "use_character": "非营运",
    "model": "样本牌AB1234C",
    "vin": VIN,
    "engine_no": "A123456",
    "register_date": "2018-03-04",
    "issue_date": "2018-03-05",
}
BACK = {
    "type": "normal",
    "number": "京A12345",
    "file_no": "110099001234",
    "approved_passengers": "5人",
    "gross_mass": "1915kg",
    "unladen_mass": "1500kg",
    "approved_load": "--",
    "dimension": "4466×1705×1469mm",
    "traction_mass": "--",
    "remarks": "",
    "inspection_record": "检验有效期至2026年03月京A(A1)",
}


def found(reading: Reading, **options: Any) -> Finding:
    own = {**SERVICE.defaults(), **options}
    [finding] = SERVICE.read(reading, own)
    return completed(finding, SERVICE.fields, own, reading)


def fields(finding: Finding) -> Mapping[str, Any]:
    assert isinstance(finding.fields, dict)
    return {key: value for key, value in finding.fields.items() if value not in (None, [])}


def failed(finding: Finding) -> set[tuple[str, tuple[str, ...]]]:
    return {(c.rule, c.fields) for c in finding.checks if c.passed is False}


def test_the_main_page() -> None:
    licence = found(page(*MAIN))
    assert fields(licence) == FRONT
    assert licence.document.side == "front"
    assert failed(licence) == set()


def test_the_duplicate_page() -> None:
    licence = found(page(*DUPLICATE))
    assert fields(licence) == BACK
    assert licence.document.side == "back"
    assert failed(licence) == set()


@pytest.mark.parametrize("place", [(0, 700), (1100, 0)])
def test_both_pages_in_one_picture_are_one_licence(place: tuple[int, int]) -> None:
    licence = found(page(*MAIN, *moved(DUPLICATE, *place)))
    assert fields(licence) == {**FRONT, **BACK}
    assert licence.document.side == "double_side"


def test_an_owner_over_two_rows_and_an_address_below() -> None:
    boxes = swapped(MAIN, "样本市示例有限公司", "样本市示例第一二三四五六七八九十运输服务")
    licence = found(page(*boxes, ("有限公司", 220, 192)))
    assert fields(licence)["name"] == "样本市示例第一二三四五六七八九十运输服务有限公司"
    assert fields(licence)["address"] == FRONT["address"]


def test_rows_of_the_address_are_no_owner() -> None:
    boxes = tuple(box for box in MAIN if box[0] not in ("住", "址"))
    licence = found(page(*boxes))
    assert fields(licence)["name"] == FRONT["name"]
    assert licence.evidence["address"].doubtful  # found by its place alone


def test_two_dates_in_one_line_go_to_their_labels() -> None:
    boxes = (*MAIN[:-2], ("发证日期2018-03-05", 580, 520))
    assert fields(found(page(*boxes))) == FRONT


def test_a_label_behind_the_rest_of_a_value() -> None:
    boxes = (*MAIN[:-2], ("4发证日期2018-03-05", 560, 520))
    assert fields(found(page(*boxes)))["issue_date"] == "2018-03-05"


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        ("京A12345", "京I12345", "plate-cn", ("number",)),
        (VIN, VIN[:8] + "2" + VIN[9:], "vin", ("vin",)),
        ("小型轿车", "小型样车", "vehicle-type", ("vehicle_type",)),
        ("2018-03-04", "2019-03-04", "date-order", ("register_date", "issue_date")),
    ],
)
def test_what_cannot_be_on_the_main_page_is_told_as_printed(
    old: str, new: str, rule: str, keys: tuple[str, ...]
) -> None:
    licence = found(page(*swapped(MAIN, old, new)))
    assert (rule, keys) in failed(licence)
    assert new in fields(licence).values()


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        ("1915kg", "1415kg", "vehicle-mass", ("gross_mass", "unladen_mass")),
        ("4466×1705×1469mm", "44660×1705×1469mm", "vehicle-size", ("dimension",)),
    ],
)
def test_what_cannot_be_on_the_duplicate_page_is_told_as_printed(
    old: str, new: str, rule: str, keys: tuple[str, ...]
) -> None:
    licence = found(page(*swapped(DUPLICATE, old, new)))
    assert (rule, keys) in failed(licence)
    assert new in fields(licence).values()


def test_what_only_electronic_licences_say_is_there_where_asked_for() -> None:
    more = (("车身颜色", 100, 700), ("白", 600, 700), ("状态", 100, 760), ("违法未处理 抵押", 600, 760))
    reading = page(("电子行驶证", 400, 4), *moved(MAIN, 0, 40), *more)
    plain, asked = found(reading), found(reading, recognize_electronic_license=True)
    assert fields(plain)["type"] == "electronic"
    assert "color" not in plain.fields
    assert (fields(asked)["color"], fields(asked)["status"]) == ("白", ["违法未处理", "抵押"])


def test_the_alarm_says_what_can_be_told() -> None:
    alarm = fields(found(page(*MAIN), alarm=True))["alarm_result"]
    assert alarm == {"detect_border_integrity_result": None}  # no picture to look at


CERTIFICATE = (
    ("机动车整车出厂合格证", 300, 40),
    ("总质量", 100, 100),
    ("1915", 260, 100),
    ("整备质量", 100, 170),
    ("1500", 260, 170),
    ("外廓尺寸", 100, 240),
    ("4466×1705×1469", 260, 240),
)


@pytest.mark.parametrize(("boxes", "looks_like"), [((), None), (CERTIFICATE, None), (MAIN[1:7], None)])
def test_other_documents_and_half_a_page(boxes: Boxes, looks_like: str | None) -> None:
    with pytest.raises(OcrError) as refused:
        found(page(*boxes))
    assert (refused.value.code, refused.value.looks_like) == ("not_this_document", looks_like)


@pytest.mark.parametrize("case", sorted(path.name.removesuffix(SUFFIX) for path in SAVED.glob(f"*{SUFFIX}")))
def test_a_drawn_licence(case: str) -> None:
    """Readings of drawn specimens; what is expected is what was drawn, not what was read."""
    drawn = json.loads((SAVED / f"{case}.expected.json").read_text(encoding="utf-8"))
    licence = found(load_reading(SAVED / f"{case}{SUFFIX}", TODAY), recognize_electronic_license=True)
    # Two strokes for what does not apply are seen by a second look alone, which needs the picture.
    told = {key: value for key, value in drawn["fields"].items() if value != "--"}
    assert {key: value for key, value in fields(licence).items() if value != "--"} == told
    assert licence.document.side == drawn["side"]
    if drawn.get("check_digits_ok") is False:
        assert ("vin", ("vin",)) in failed(licence)
