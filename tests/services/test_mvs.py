"""Invoices for vehicles, new and used, from saved readings of drawn specimens and from boxes; everybody is invented."""

from __future__ import annotations

import pytest

from ocrcli.errors import OcrError
from ocrcli.services.receipts.mvs import SERVICE
from ocrcli.services.receipts.used_car import SERVICE as USED_CAR
from tests.services.boxes import Box, found, outcome, reading, saved, values

NEW: tuple[Box, ...] = (
    ("机动车销售统一发票", 700, 40),
    ("发票代码 135991985601", 1500, 60),
    ("发票号码 79362455", 1500, 110),
    ("开票日期", 60, 130),
    ("2019-07-27", 240, 130),
    ("机打代码", 60, 200),
    ("135991985601", 300, 200),
    ("机打号码", 60, 240),
    ("79362455", 300, 240),
    ("购买方名称及", 60, 330),
    ("身份证号码/", 60, 362),
    ("组织机构代码", 60, 394),
    ("范妍晓", 300, 340),
    ("349992199211196087", 300, 380),
    ("纳税人识别号", 1000, 360),
    ("车辆类型", 60, 450),
    ("轿车", 300, 450),
    ("厂牌型号", 700, 450),
    ("青石牌QS7150", 900, 450),
    ("合格证号", 60, 510),
    ("WK6468342057389", 300, 510),
    ("车辆识别代号/车架号码", 1000, 560),
    ("LFMAZ61L458973329", 1400, 560),
    ("价税合计", 60, 620),
    ("⊗ 叁拾贰万零捌佰叁拾叁圆玖角柒分", 300, 620),
    ("小写", 1300, 620),
    ("￥320833.97", 1400, 620),
    ("销货单位名称", 60, 680),
    ("霜桥市老秤食品有限公司", 300, 680),
    ("电话", 1300, 680),
    ("058-09399942", 1400, 680),
    ("纳税人识别号", 60, 740),
    ("91997337ACXNTQJNRN", 300, 740),
    ("增值税税率", 60, 800),
    ("或征收率", 60, 832),
    ("3%", 300, 816),
    ("增值税", 500, 800),
    ("税额", 500, 832),
    ("￥9344.68", 620, 816),
    ("不含税价", 60, 890),
    ("小写", 300, 890),
    ("￥311489.29", 380, 890),
    ("限乘人数", 1300, 890),
    ("7", 1450, 890),
    ("销货单位盖章", 60, 950),
)
USED: tuple[Box, ...] = (
    ("二手车销售统一发票", 700, 40),
    ("发票代码 144991564784", 1500, 60),
    ("发票号码 42403820", 1500, 110),
    ("开票日期 2015-07-12", 60, 130),
    ("买方单位/个人", 60, 200),
    ("谢玲", 340, 200),
    ("单位代码/身份证号码", 1000, 200),
    ("639988199011166080", 1400, 200),
    ("买方单位/个人住址", 60, 260),
    ("广东省禾泽市望舒县茶亭乡九组219号", 340, 260),
    ("电话", 1300, 260),
    ("12569808406", 1400, 260),
    ("卖方单位/个人", 60, 320),
    ("金欣泽", 340, 320),
    ("单位代码/身份证号码", 1000, 320),
    ("539949199407226723", 1400, 320),
    ("卖方单位/个人住址", 60, 380),
    ("广东省榆川市石笋县蓝印花街232号", 340, 380),
    ("电话", 1300, 380),
    ("064-01157385", 1400, 380),
    ("车牌照号", 60, 440),
    ("粤CX6430", 340, 440),
    ("登记证号", 700, 440),
    ("121568743815", 900, 440),
    ("车架号/车辆识别代码", 60, 500),
    ("LGTG320F6WE873026", 340, 500),
    ("车价合计（大写）", 60, 560),
    ("⊗ 贰拾柒万贰仟伍佰圆整", 340, 560),
    ("小写", 1300, 560),
    ("￥272500.00", 1400, 560),
    ("经营、拍卖单位", 60, 620),
    ("禾泽市风车物流有限公司", 340, 620),
    ("经营、拍卖单位地址", 60, 680),
    ("广东省霜桥市柳坞县半亩塘路771号", 340, 680),
    ("纳税人识别号", 1200, 680),
    ("91993527A1UNB2BQ69", 1400, 680),
    ("开户银行、账号", 60, 740),
    ("榆川银行营业部9970741180755588", 340, 740),
    ("电话", 1300, 740),
    ("017-02764979", 1400, 740),
    ("二手车市场", 60, 800),
    ("禾泽市望潮园艺有限公司", 340, 800),
    ("纳税人识别号", 1200, 800),
    ("9199337273HD8JGU5R", 1400, 800),
    ("地址", 1200, 860),
    ("广东省箬溪市梓潭县三眼井40号", 1400, 860),
    ("电话", 1300, 920),
    ("019-02764970", 1400, 920),
)


def told(*boxes: Box) -> dict[str, object]:
    says = values(found(SERVICE, reading(*boxes)))
    return {key: value for key, value in says.items() if value is not None}


def test_a_new_vehicle() -> None:
    says = told(*NEW)
    assert says["type"] == "机动车销售统一发票"
    assert says["buyer_name"] == "范妍晓" and says["buyer_organization_number"] == "349992199211196087"
    assert says["seller_id"] == "91997337ACXNTQJNRN" and "buyer_id" not in says
    assert says["total"] == "320833.97" and says["tax_exclusive_price"] == "311489.29" and says["tax"] == "9344.68"
    assert says["seating_capacity"] == "7" and says["seller_name"] == "霜桥市老秤食品有限公司"
    page = found(SERVICE, reading(*NEW))
    assert outcome(page, "tax-of-price") == outcome(page, "amount-words") == [True]
    assert outcome(page, "print-vs-machine") == [True, True]


def test_a_used_car_whose_labels_stand_four_times() -> None:
    says = told(*USED)
    assert says["type"] == "二手车销售统一发票"
    phones = ("buyer_phone", "seller_phone", "auction_org_phone", "used_vehicle_market_phone")
    assert [says[key] for key in phones] == ["12569808406", "064-01157385", "017-02764979", "019-02764970"]
    ids = ("buyer_id", "seller_id", "auction_org_id", "used_vehicle_market_id")
    assert [str(says[key])[:6] for key in ids] == ["639988", "539949", "919935", "919933"]
    assert str(says["used_vehicle_market_address"]).endswith("40号") and str(says["seller_address"]).endswith("232号")
    assert says["total"] == "272500.00" and says["reverse_issue"] is False


def test_a_total_that_is_not_its_words() -> None:
    boxes = tuple((text.replace("￥320833.97", "￥320838.97"), x, y) for text, x, y in NEW)
    page = found(SERVICE, reading(*boxes))
    assert values(page)["total"] == "320838.97"
    assert outcome(page, "amount-words") == outcome(page, "tax-of-price") == [False]


def test_a_number_that_the_machine_printed_otherwise() -> None:
    boxes = tuple((text.replace("79362455", "79362456") if x == 300 else text, x, y) for text, x, y in NEW)
    assert outcome(found(SERVICE, reading(*boxes)), "print-vs-machine") == [True, False]


@pytest.mark.parametrize(("wanted", "boxes"), [("used", NEW), ("new", USED)])
def test_the_other_form_is_refused_where_one_is_asked_for(wanted: str, boxes: tuple[Box, ...]) -> None:
    with pytest.raises(OcrError) as raised:
        SERVICE.read(reading(*boxes), {**SERVICE.defaults(), "type": wanted})
    assert raised.value.code == "not_this_document"


def test_used_cars_alone() -> None:
    says = values(found(USED_CAR, reading(*USED)))
    assert says["licence_plate_number"] == "粤CX6430" and "tax" not in says
    with pytest.raises(OcrError) as raised:
        USED_CAR.read(reading(*NEW), USED_CAR.defaults())
    assert raised.value.code == "not_this_document"


@pytest.mark.parametrize("name", ["new", "used", "new-electronic", "used-electronic"])
def test_specimens(name: str) -> None:
    page, expected = saved("mvs", name)
    says = values(found(SERVICE, page))
    assert {key: says[key] for key in expected} == expected


@pytest.mark.parametrize(
    "boxes",
    [(), (("增值税专用发票", 700, 40), *NEW[1:5], *NEW[27:33]), NEW[27:]],
    ids=["empty", "VAT invoice", "its lower half"],
)
def test_what_is_no_vehicle_invoice(boxes: tuple[Box, ...]) -> None:
    with pytest.raises(OcrError) as raised:
        SERVICE.read(reading(*boxes), SERVICE.defaults())
    assert raised.value.code == "not_this_document"
