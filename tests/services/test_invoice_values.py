"""What readers make of small, pale and blurred print, in the normal forms of results."""

from __future__ import annotations

import pytest

from ocrcli.services.receipts.invoice.kinds import kind_of
from ocrcli.services.receipts.invoice.values import normal


@pytest.mark.parametrize(
    ("key", "text", "value", "sound"),
    [
        ("item_list/0/tax_rate", "396", "3%", True),
        ("item_list/0/tax_rate", "1366", "13%", True),
        ("item_list/0/tax_rate", "3%6", "3%", True),
        ("item_list/0/tax_rate", "496", "496", False),
        ("total", "V258.89", "258.89", True),
        ("subtotal_tax", "-Y3.10", "-3.10", True),
        ("encryption_block", "03±7<1 4\n*±-", "03+7<14\n*+-", True),
    ],
)
def test_misread_marks(key: str, text: str, value: str, sound: bool) -> None:
    assert normal(key, text) == (value, sound)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("电子发票（增值税专用发票）", "fully_digitalized_special_electronic"),
        ("电子发票（普通发票）", "fully_digitalized_normal_electronic"),
        ("电子发票", None),  # the rest was not read: either may stand there
    ],
)
def test_a_title_read_in_part_names_no_kind(title: str, kind: str | None) -> None:
    assert kind_of(title, None, "23112000000000000001", toll=False) == kind
