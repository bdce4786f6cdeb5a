"""The kinds of documents that are known: those of the services, each with its own signs, and those below.

Below stand the kinds of documents that have no service yet: they are named, and given with their text. The names are
the classes of auto-classification of Huawei Cloud OCR.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ocrcli.declaration import Declared, Field, Service
from ocrcli.finding import Finding, placed
from ocrcli.forms.results import completed
from ocrcli.forms.signs import kind_of
from ocrcli.page import Line, Reading
from ocrcli.services import all_services, find_service
from ocrcli.signs import Kind, Labels, Title

if TYPE_CHECKING:
    from ocrcli.layout.documents import Document

OWN = "form"  # the service that reads documents of the user's own
TEMPLATE_ID = Field("template_id", "the name of the template that the document was read by")
NONE: Mapping[str, Declared] = MappingProxyType({})


WITHOUT_SERVICE = (
    Kind(
        "mvs_invoice",
        "机动车销售发票",
        "mvs-invoice",
        (
            Title(("机动车销售统一发票", "二手车销售统一发票")),
            Labels(
                (
                    "厂牌型号",
                    "合格证号",
                    "进口证明书号",
                    "商检单号",
                    "发动机号码",
                    "车辆识别代号",
                    "完税凭证号码",
                    "限乘人数",
                    "转入地车辆管理所名称",
                    "二手车市场",
                ),
                4,
            ),
        ),
    ),
    Kind(
        "quota_invoice",
        "定额发票",
        "quota-invoice",
        (Title(("定额发票", "税务局通用定额发票"), 0.85), Labels(("发票代码", "发票号码", "定额"), 2, 0.3)),
    ),
    Kind(
        "toll_invoice",
        "车辆通行费发票",
        "toll-invoice",
        (
            Title(
                (
                    "车辆通行费",
                    "车辆通行费专用发票",
                    "通行费专用发票",
                    "过路(过桥)费专用发票",
                    "公路通行费",
                    "通行费票据",
                    "过路费",
                    "过桥费",
                )
            ),
            Labels(("入口", "出口", "车型", "车类", "收费员", "收费站", "车次", "车种"), 3, 0.7),
        ),
    ),
    Kind(
        "flight_itinerary",
        "飞机行程单",
        "flight-itinerary",
        (
            Title(("航空运输电子客票行程单", "ITINERARY/RECEIPT OF E-TICKET", "电子发票(航空运输电子客票行程单)")),
            Labels(
                (
                    "旅客姓名",
                    "有效身份证件号码",
                    "签注",
                    "承运人",
                    "航班号",
                    "座位等级",
                    "客票级别",
                    "票价",
                    "民航发展基金",
                    "电子客票号码",
                    "保险费",
                    "填开单位",
                    "填开日期",
                    "免费行李",
                    "NAME OF PASSENGER",
                    "CARRIER",
                ),
                4,
            ),
        ),
    ),
)


def all_kinds(types: Collection[str] = (), own: Mapping[str, Declared] = NONE) -> tuple[Kind, ...]:
    """Every kind that can be named, or those of these classes; `own` are documents of the user's own.

    What those say goes before what a service says, and that before what stands above.
    """
    declared = {service.type: service for service in all_services().values() if service.type} | dict(own)
    known = (*map(kind_of, declared.values()), *(kind for kind in WITHOUT_SERVICE if kind.type not in declared))
    return tuple(kind for kind in known if not types or kind.type in types)


def service_of(kind: Kind) -> Service | None:
    """The service that reads documents of this kind, None where there is none yet."""
    try:
        return find_service(kind.spec)
    except KeyError:
        return None


def reader_of(document: Document, own: Mapping[str, Declared] = NONE) -> Declared | None:
    """The service that reads this document, or what the user declared of it; None where there is neither."""
    if document.name.best is None:
        return None
    return own.get(document.name.type) or service_of(document.name.best.kind)


def read_document(
    document: Document, options: Mapping[str, Any] | None = None, own: Mapping[str, Declared] = NONE
) -> list[Finding]:
    """What the document's service, or the user's own declaration, finds on it, with places on the page; `options` are
    the service's own.

    Raises OcrError where it finds nothing.
    """
    reader = reader_of(document, own)
    assert reader is not None
    if not isinstance(reader, Service):
        found = read_own(reader, document.reading)
        return [placed(finding, document.quad, document.to_page, OWN) for finding in found]
    asked = reader.defaults() if options is None else options
    on_page = (
        placed(finding, document.quad, document.to_page, reader.name)
        for finding in reader.read(document.reading, asked)
    )
    return [completed(finding, reader.fields, asked, document.reading) for finding in on_page]


def read_own(declared: Declared, reading: Reading) -> list[Finding]:
    """What a document of the user's own says, its template's name first."""
    from ocrcli.forms.reading import read

    found = read(declared, reading, {})
    for finding in found:
        assert isinstance(finding.fields, dict)
        finding.fields = {TEMPLATE_ID.name: declared.name, **finding.fields}
    return found


def looks_like(lines: Sequence[Line]) -> Kind | None:
    """The kind of document that these lines look like, None for no known kind."""
    from ocrcli.layout.naming import name_of

    best = name_of(lines, all_kinds()).best
    return best.kind if best else None
