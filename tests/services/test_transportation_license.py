"""Road transport permits from saved readings of drawn specimens and from boxes; all operators are invented."""

from __future__ import annotations

import pytest

from ocrcli.errors import OcrError
from ocrcli.services.cards.transportation_license import SERVICE
from tests.forms.cards import Boxes, moved, page, swapped
from tests.services.declared import all_found, drawn, failed, fields, found, kept_reading, saved

FOLDER = "transportation_license"
CARD = (
    ("业户名称", 100, 100),
    ("样本市示例运输有限公司", 220, 100),
    ("车辆号牌", 100, 150),
    ("晋AX8370", 220, 150),
    ("车辆类型", 100, 200),
    ("重型集装箱自", 220, 200),
    ("卸式半挂货车", 130, 235),
    ("吨(座)位", 100, 300),
    ("33吨", 220, 300),
    ("车辆尺寸", 100, 350),
    ("12990 * 2550 * 3950", 130, 400),
    ("毫米", 420, 400),
    ("核发机关", 100, 450),
    ("样本县道路运输管理所", 260, 450),
    ("道路运输证号晋", 100, 500),
    ("交运管货字", 310, 500),
    ("140882001234", 440, 500),
    ("号", 620, 500),
    ("发证日期", 100, 550),
    ("2017.02.10", 260, 550),
)
CARD_FIELDS = {
    "owner_name": "样本市示例运输有限公司",
    "license_number": "晋交运管货字140882001234号",
    "vehicle_number": "晋AX8370",
    "vehicle_type": "重型集装箱自卸式半挂货车",
    "maximum_capacity": "33吨",
    "vehicle_size": "12990×2550×3950mm",
    "issuing_authority": "样本县道路运输管理所",
    "issue_date": "2017-02-10",
    "is_temporary_certificate": False,
}
PAGE = (
    ("中华人民共和国道路运输证", 200, 40),
    ("陕交运管货字610102001234号", 200, 90),
    ("业户名称：", 100, 150),
    ("样本市示例运输有限公司", 240, 150),
    ("地", 100, 210),
    ("址：", 190, 210),
    ("样本省标本市示例街道一百二十三号", 240, 210),
    ("车辆号牌：", 100, 270),
    ("陕AX8370", 240, 270),
    ("经营许可证号：", 100, 330),
    ("610102005678", 280, 330),
    ("车辆类型：", 100, 390),
    ("重型仓栅式货车", 240, 390),
    ("吨(座)位：", 100, 450),
    ("17.5吨", 240, 450),
    ("车辆(毫米)：", 100, 510),
    ("长 11990", 260, 510),
    ("宽 2550", 390, 510),
    ("高 3960", 520, 510),
    ("经营范围：", 100, 570),
    ("道路普通货物运输", 240, 570),
    ("有效期：", 100, 630),
    ("至2021年09月19日", 240, 630),
    ("发证日期", 200, 750),
    ("2017", 330, 750),
    ("年", 390, 750),
    ("09", 430, 750),
    ("月", 470, 750),
    ("20", 510, 750),
    ("日", 550, 750),
)


def test_the_plastic_card() -> None:
    permit = found(SERVICE, page(*CARD))
    assert fields(permit) == CARD_FIELDS
    assert failed(permit) == set()


def test_the_paper_page() -> None:
    permit = found(SERVICE, page(*PAGE))
    told = fields(permit)
    assert told["license_number"] == "陕交运管货字610102001234号"
    assert told["owner_address"] == "样本省标本市示例街道一百二十三号"
    assert told["business_certificate"] == "610102005678"
    assert told["vehicle_size"] == "11990×2550×3960mm"
    assert (told["issue_date"], told["expiry_date"]) == ("2017-09-20", "2021-09-19")
    assert "issuing_authority" not in told  # its seal is not read
    assert failed(permit) == set()


def test_a_provisional_permit() -> None:
    permit = found(SERVICE, page(*swapped(PAGE, "中华人民共和国道路运输证", "道路运输证待理证")))
    assert fields(permit)["is_temporary_certificate"] is True


def test_values_of_other_kinds_that_lie_beside_a_label_are_not_taken() -> None:
    """A page whose values were printed four rows too high: what stands beside its labels now is no such value."""
    boxes = tuple(box for box in PAGE if box[0] not in {"610102005678", "道路普通货物运输", "重型仓栅式货车"})
    wrong = (("7425 2550 3670", 280, 330), ("道路普通货物运输", 240, 390), ("2017 09 20", 240, 570))
    told = fields(found(SERVICE, page(*boxes, *wrong)))
    assert not {"business_certificate", "business_scope"} & set(told)
    assert found(SERVICE, page(*boxes, *wrong)).evidence["vehicle_type"].doubtful


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        ("陕AX8370", "陕IX8370", "plate-cn", ("vehicle_number",)),
        ("陕交运管货字610102001234号", "陕交运管货字610199001234号", "gb2260", ("license_number",)),
        ("至2021年09月19日", "至2016年09月19日", "date-order", ("issue_date", "expiry_date")),
        ("高 3960", "高 9960", "vehicle-size", ("vehicle_size",)),
        ("至2021年09月19日", "至2021年09月31日", "date-real", ("expiry_date",)),
    ],
)
def test_what_cannot_be_is_told_as_printed(old: str, new: str, rule: str, keys: tuple[str, ...]) -> None:
    assert (rule, keys) in failed(found(SERVICE, page(*swapped(PAGE, old, new))))


def test_two_permits_in_a_picture_are_two_documents() -> None:
    first, second = all_found(SERVICE, page(*CARD, *moved(PAGE, 1000, 0)))
    assert (fields(first)["vehicle_number"], fields(second)["vehicle_number"]) == ("晋AX8370", "陕AX8370")


LICENCE = (
    ("中华人民共和国机动车行驶证", 300, 40),
    ("号牌号码", 100, 100),
    ("京A12345", 220, 96),
    ("车辆类型", 480, 100),
    ("小型轿车", 620, 96),
)


@pytest.mark.parametrize(("boxes", "looks_like"), [((), None), (LICENCE, "vehicle-license"), (CARD[:6], None)])
def test_other_documents_and_half_a_card(boxes: Boxes, looks_like: str | None) -> None:
    with pytest.raises(OcrError) as refused:
        found(SERVICE, page(*boxes))
    assert (refused.value.code, refused.value.looks_like) == ("not_this_document", looks_like)


@pytest.mark.parametrize("case", saved(FOLDER))
def test_a_drawn_permit(case: str) -> None:
    permit = found(SERVICE, kept_reading(FOLDER, case))
    assert fields(permit) == drawn(FOLDER, case)["fields"]
    assert failed(permit) == set()
