"""`--rename`: patterns, and names that every file system takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.declaration import CopyFolder, checked
from ocrcli.errors import UsageError
from ocrcli.services import find_service
from ocrcli.steps.renaming import Rename, named

INVOICE = find_service("invoice")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("fixed", "names no key"),
        ("{sum}", "'sum' is no key"),
        ("{seler_name}", "did you mean 'seller_name'?"),
        ("{销售方名}", "did you mean '销售方名称'?"),
        ("{item_list}", "'item_list' is no key"),
        ("{}", "'' is no key"),
        ("{total}}", "names no key in braces"),
    ],
)
def test_patterns_that_name_no_key_are_refused(pattern: str, said: str) -> None:
    with pytest.raises(UsageError, match="--rename") as refused:
        checked(INVOICE, {**INVOICE.defaults(), "rename": pattern})
    assert said in str(refused.value)


def test_a_pattern_is_taken_as_it_is() -> None:
    own = {**INVOICE.defaults(), "rename": "a/{issue_date}_{total}"}
    assert checked(INVOICE, own) == own
    [(step, pattern)] = INVOICE.steps(own)
    assert isinstance(step, Rename) and pattern == "a/{issue_date}_{total}"
    assert INVOICE.steps(INVOICE.defaults()) == find_service("general").steps({}) == []


@pytest.mark.parametrize(
    ("pattern", "folder"),
    [("{total}", "."), ("a/b/{total}", "a/b"), ("/x/{issue_date}/{total}", "/x"), ("a/b-{total}/c", "a")],
)
def test_the_folder_of_a_pattern(pattern: str, folder: str) -> None:
    assert Rename().folder(pattern) == CopyFolder(folder, only_copies=False)


def test_headings_of_the_workbook_name_keys_too() -> None:
    pattern = "{开票日期}_{价税合计}_{价税合计 (大写)}"
    checked(INVOICE, {**INVOICE.defaults(), "rename": pattern})
    [(step, _)] = INVOICE.steps({"rename": pattern})
    fields = {"issue_date": "2025-01-02", "total": "3.00", "total_in_words": "叁圆整"}
    assert list(step.names(pattern, None, [fields])) == ["2025-01-02_3.00_叁圆整"]


def test_what_was_not_found_is_unknown() -> None:
    assert named("{issue_date}_{total}", {"issue_date": "2025-01-02", "total": None}) == "2025-01-02_unknown"


@given(st.text())
def test_values_never_lead_out_of_the_folder(value: str) -> None:
    name = named("a/{total}", {"total": value}).removeprefix("a/")
    assert name and name not in (".", "..") and not set(name) & set('/\\:*?"<>|\0\n')
    assert len(name) <= 80
