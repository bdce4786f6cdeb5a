"""Invoices for used cars (二手车销售统一发票): the used-car forms of `mvs_invoice`."""

from __future__ import annotations

from dataclasses import replace

from ocrcli.specimens.documents.mvs_invoice import DOCUMENT as BOTH

DOCUMENT = replace(
    BOTH, service="used-car-invoice", kinds=("used", "used-electronic"), pdf_kinds=("used-electronic",), type=None
)
