"""`classify`: pages are named, read by their own service, and one bad document does not fail the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocrcli.errors import UsageError
from ocrcli.geometry import quad_of_box
from ocrcli.page import Line, Reading
from ocrcli.services import all_services, find_service
from ocrcli.services.general.classify import SERVICE, types_of
from ocrcli.services.kinds import all_kinds, looks_like, service_of
from tests.days import TODAY
from tests.layout.tables.drawn import reading_of, ruled

VIN = "LSGPC52U66F113562"  # no car's: its check character is computed
TYPES = (
    "id_card driver_license vehicle_license passport bankcard transportation_license vat_invoice mvs_invoice "
    "taxi_invoice train_ticket quota_invoice toll_invoice flight_itinerary"
)

PRINTS = {
    "id_card": ("姓名 样本", "性别 女 民族 汉", "出生 1990年1月1日", "住址 样本市样本路1号", "公民身份号码"),
    "driver_license": ("中华人民共和国机动车驾驶证", "证号", "姓名 样本", "准驾车型 C1", "初次领证日期"),
    "vehicle_license": ("中华人民共和国机动车行驶证", "号牌号码", "车辆类型", "所有人", "使用性质"),
    "transportation_license": ("中华人民共和国道路运输证", "业户名称", "车辆号牌", "经营许可证号"),
    "bankcard": ("样本银行", "6222 0200 0000 0000 008", "VALID", "THRU", "银联"),
    "vat_invoice": ("样本增值税普通发票", "购买方", "价税合计", "开票人：样本", "密码区"),
    "mvs_invoice": ("机动车销售统一发票", "厂牌型号", "合格证号", "完税凭证号码", "限乘人数", "车辆类型"),
    "taxi_invoice": ("样本市出租汽车专用发票", "上车 12:00", "下车 12:10", "单价 2.50", "里程 3.0"),
    "train_ticket": ("样本站", "G1234", "2020年01月01日10:00开", "二等座", "限乘当日当次车", "检票:2A"),
    "quota_invoice": ("样本省国家税务局通用定额发票", "发票代码", "发票号码", "壹拾元"),
    "toll_invoice": ("样本市车辆通行费专用发票", "入口", "出口", "车型", "收费员"),
    "flight_itinerary": ("航空运输电子客票行程单", "旅客姓名", "承运人", "航班号", "票价"),
    "passport": ("PASSPORT", "P<UTOSPECIMEN<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<"),
    "other": ("今天天气很好", "我们去公园散步"),
}


def reading(*texts: str, width: float = 800, height: float = 500) -> Reading:
    drawn = tuple(Line(t, 0.95, quad_of_box(40, 40 + 40 * i, 440, 70 + 40 * i)) for i, t in enumerate(texts))
    blocks = tuple(((line,),) for line in drawn)
    return Reading(width, height, "px", 1, 1, "ocr", lines=drawn, blocks=blocks, today=TODAY)


def classified(page: Reading, **own: object) -> list[dict[str, object]]:
    [finding] = SERVICE.read(page, {**SERVICE.defaults(), **own})
    assert isinstance(finding.fields, list)
    return finding.fields


@pytest.mark.parametrize("type", PRINTS)
def test_every_kind_is_named(type: str) -> None:
    [told] = classified(reading(*PRINTS[type]), extract=False)
    assert told["type"] == type
    assert list(told) == [field.name for field in SERVICE.fields]
    assert told["content"] is None


def test_the_vendors_classes_are_all_known() -> None:
    assert set(TYPES.split()) <= {kind.type for kind in all_kinds()}


def test_a_service_with_signs_takes_part() -> None:
    for service in all_services().values():
        kinds = [kind for kind in all_kinds() if service_of(kind) is service]
        assert bool(kinds) >= bool(service.signs)
        assert all(kind.signs == service.signs for kind in kinds if service.signs)


def test_a_document_without_service_is_given_with_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr("ocrcli.services.kinds.find_service", unknown)
    [told] = classified(reading(*PRINTS["flight_itinerary"]))
    assert told["content"] == {"text": "\n\n".join(PRINTS["flight_itinerary"])}
    assert told["status"] == {"error_code": None, "error_msg": None}


def test_a_document_is_read_by_its_service() -> None:
    [finding] = SERVICE.read(reading(VIN), SERVICE.defaults())
    assert isinstance(finding.fields, list)
    assert finding.fields[0]["type"] == "vin"
    assert finding.fields[0]["content"] == {"vin": VIN}
    assert [check.fields for check in finding.checks] == [("0/content/vin",)] * len(finding.checks)
    assert set(finding.evidence) == {"0/type", "0/content/vin"}


def test_a_document_that_cannot_be_read_has_a_status() -> None:
    [told] = classified(
        reading(*PRINTS["passport"][:1], "PASSPORT", "Place of birth", "Passport No", "国籍", "签发机关")
    )
    assert told["type"] == "passport"
    assert told["content"] is None
    assert isinstance(told["status"], dict)
    assert told["status"]["error_code"] == "not_this_document"


def test_types_restrict() -> None:
    page = reading(*PRINTS["vat_invoice"])
    assert classified(page, extract=False, types="id_card, passport")[0]["type"] == "other"
    assert classified(page, extract=False, types="vat_invoice")[0]["type"] == "vat_invoice"


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(UsageError, match="menu"):
        types_of("id_card,menu")


def test_an_empty_page_has_no_document() -> None:
    assert classified(reading()) == []


def test_what_a_document_looks_like() -> None:
    kind = looks_like(reading(*PRINTS["train_ticket"]).lines)
    assert kind is not None and kind.spec == "train-ticket"
    assert looks_like(reading(*PRINTS["other"]).lines) is None


def test_auto_gives_the_records_of_the_services() -> None:
    auto = find_service("auto")
    [number] = auto.read(reading(VIN), auto.defaults())
    assert (number.service, number.fields) == ("vin", {"vin": VIN})
    [text] = auto.read(reading(*PRINTS["other"]), auto.defaults())
    assert text.service == "general"
    assert text.text is not None and "公园" in text.text


@pytest.mark.parametrize(
    ("texts", "service"),
    [
        ((("品名", "数量", "单价"), ("纸张", "12", "3.50"), ("墨水", "7", "18.00")), "table"),
        ((("", "", ""), ("", "奖状", ""), ("", "", "")), "general"),
    ],
)
def test_auto_reads_a_page_that_is_all_table_as_one(texts: tuple[tuple[str, ...], ...], service: str) -> None:
    canvas, auto = ruled(texts), find_service("auto")
    [found] = auto.read(reading_of(canvas.picture(), canvas.lines), auto.defaults())
    assert found.service == service


def test_auto_reads_a_page_with_a_table_among_its_text_as_text() -> None:
    canvas, auto = ruled((("品名", "数量"), ("纸张", "12"))), find_service("auto")
    page = reading_of(canvas.picture(), canvas.lines)
    prose = [Line("此表仅供参考，以原件为准。", 0.99, quad_of_box(50, y, 300, y + 18)) for y in (5, 25)]
    [found] = auto.read(replace(page, lines=(*page.lines, *prose)), auto.defaults())
    assert found.service == "general"


def test_equal_documents_on_one_sheet_are_told_apart() -> None:
    drawn = tuple(
        Line(text, 0.95, quad_of_box(x, y + 40 * i, x + 300, y + 40 * i + 30))
        for x in (0, 330, 660, 990)
        for y in (0, 300, 600)
        for i, text in enumerate(PRINTS["taxi_invoice"])
    )
    sheet = Reading(1400, 1000, "px", 1, 1, "ocr", lines=drawn, blocks=tuple(((line,),) for line in drawn), today=TODAY)
    told = classified(sheet)
    assert [thing["type"] for thing in told] == ["taxi_invoice"] * 12
    values = {"boarding_time": "12:00", "alighting_time": "12:10", "unit_price": "2.50", "distance": "3.0"}
    assert all(values.items() <= dict(thing["content"]).items() for thing in told)  # type: ignore[call-overload]
    auto = find_service("auto")
    findings = auto.read(sheet, auto.defaults())
    assert {finding.service for finding in findings} == {"taxi-invoice"}
