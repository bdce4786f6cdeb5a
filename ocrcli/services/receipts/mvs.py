"""Invoices for vehicles (机动车销售统一发票, 二手车销售统一发票), new ones and used ones, on paper and electronic.

Limits and result keys: mvs-invoice of Huawei Cloud OCR. Which form it is, the title says (`type`); `--type new` or
`used` takes no other. Keys that a form does not have are null.
"""

from __future__ import annotations

from ocrcli.declaration import Choice, Extra, Panel, Service, Side
from ocrcli.extras import TEXT_LOCATION
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.receipts.vehicle_sales import (
    CHECKS,
    COMMON,
    MARKS,
    NEW,
    NEW_CHECKS,
    NEW_LABELS,
    NEW_ONLY,
    REVERSE,
    TITLES,
    USED,
    USED_LABELS,
    USED_ONLY,
)  # fmt: skip
from ocrcli.signs import Labels, Title

_OWN = (
    "title", "quality_certificate", "import_certificate", "inspection_number", "licence_plate_number",
    "used_vehicle_market_name", "dept_motor_vehicles",
)  # fmt: skip

SERVICE = Service(
    name="mvs-invoice",
    title="Vehicle sales invoice",
    title_zh="机动车销售发票识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese invoices for new vehicles and used cars, told apart by their title.",
    limits=Limits((*RASTER, *PDF, *OFD), min_side=100, max_side=8000, min_area_percent=80),
    options=(Choice("type", ("auto", "new", "used"), "Which form it must be: any, for new vehicles, for used cars."),),
    extras=(
        TEXT_LOCATION,
        Extra("return_confidence", "Put how sure each value is into fields.confidence.", CONFIDENCE),
    ),
    sides=(
        Side(words="the invoice", least=6, titles=TITLES, marks=MARKS, own=tuple(frozenset({key}) for key in _OWN)),
    ),
    fields=(*COMMON[:-3], *NEW_ONLY, *USED_ONLY, REVERSE, *COMMON[-3:]),
    checks=(*CHECKS, *NEW_CHECKS),
    overprinted=True,
    enough=3,
    type="mvs_invoice",
    signs=(Title((NEW, USED)), Labels((*NEW_LABELS, *USED_LABELS, "厂牌型号", "车辆识别代号", "发动机号码"), 4)),
)  # fmt: skip
