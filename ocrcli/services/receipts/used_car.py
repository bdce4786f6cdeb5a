"""Invoices for used cars (二手车销售统一发票), on paper and electronic: the used-car half of `mvs-invoice`.

Limits and result keys: mvs-invoice of Huawei Cloud OCR with type=used. An invoice for a new vehicle is refused.
"""

from __future__ import annotations

from ocrcli.declaration import Extra, LeftOut, Panel, Service, Side
from ocrcli.extras import TEXT_LOCATION
from ocrcli.forms.results import CONFIDENCE
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.services.receipts.vehicle_sales import CHECKS, COMMON, MARKS, NEW, REVERSE, TITLES, USED, USED_ONLY

SERVICE = Service(
    name="used-car-invoice",
    title="Used car invoice",
    title_zh="二手车销售统一发票识别",
    panel=Panel.RECEIPTS,
    help="Read Chinese invoices for used cars: parties, car, price, auctioneer and market.",
    limits=Limits((*RASTER, *PDF, *OFD), min_side=100, max_side=8000, min_area_percent=80),
    extras=(
        TEXT_LOCATION,
        Extra("return_confidence", "Put how sure each value is into fields.confidence.", CONFIDENCE),
    ),
    left_out=(LeftOut("type", "used cars alone are read here; `ocrcli mvs-invoice --type` reads both forms"),),
    sides=(
        Side(
            words="the invoice",
            least=6,
            marks=MARKS,
            titles=tuple(title for title in TITLES if USED in title),
            own=tuple(frozenset({key}) for key in ("title", "licence_plate_number", "used_vehicle_market_name")),
            refuses={NEW: "mvs-invoice", f"{NEW}）": "mvs-invoice"},
        ),
    ),
    fields=(*COMMON[:-3], *USED_ONLY, REVERSE, *COMMON[-3:]),
    checks=CHECKS,
    overprinted=True,
    enough=3,
)
