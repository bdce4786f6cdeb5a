"""`--check-against`: lists as people keep them, and what the checks say."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ocrcli.context import Context
from ocrcli.declaration import Field, Panel, Service, checked
from ocrcli.errors import UsageError
from ocrcli.finding import Finding
from ocrcli.limits import Limits
from ocrcli.outputs.declared_workbook import write_declared
from ocrcli.services import find_service
from ocrcli.services.receipts.invoice.workbook import WORKBOOK
from ocrcli.steps import agreement
from ocrcli.steps.agreement import CheckAgainst
from tests.outputs import sample_records as sample

FIELDS = ("number", "code", "issue_date", "seller_name", "total")
SERVICE = Service(
    name="sample",
    title="Sample",
    title_zh="样本",
    panel=Panel.RECEIPTS,
    help="Reads a sample.",
    limits=Limits(),
    fields=(*(Field(name, name) for name in FIELDS), Field("item_list", "items", type="list")),
    own_read=lambda reading, options: [],
    options=(CheckAgainst(join=("number", "code"), headings={"发票号码": "number", "价税合计": "total"}),),
)
READ = {
    "number": "00586250",
    "code": "",
    "issue_date": "2025-03-04",
    "seller_name": "样本（甲）公司",
    "total": "1041.00",
}


def asked(path: Path | None) -> dict[str, Any]:
    return checked(SERVICE, {"check-against": path and str(path)})


def compared(finding: Finding, path: Path, context: Context | None = None) -> Finding:
    [(step, text)] = SERVICE.steps({"check-against": str(path)})
    return step.changed(finding, SERVICE, text, context or Context())


def checks(path: Path, **read: Any) -> list[tuple[tuple[str, ...], bool | None]]:
    found = compared(Finding({**READ, **read}), path)
    assert all(check.rule == "agrees-with" and path.name in check.standard for check in found.checks)
    return [(check.fields, check.passed) for check in found.checks]


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_field_of_a_row_gets_a_check(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = "number,code,issue_date,seller_name,total\n'00586250,,2025/3/4,样本(甲) 公司,1041\n".replace(",", delimiter)
    assert checks(written(tmp_path, text, encoding)) == [
        *((("issue_date",), True), (("seller_name",), True), (("total",), True))
    ]


def test_what_differs_fails_and_says_what_the_list_has(tmp_path: Path) -> None:
    path = written(tmp_path, 'number,total,seller_name\n00586250,"1,041.10",别家公司\n')
    finding = compared(Finding(READ), path)
    assert [check.passed for check in finding.checks] == [False, False]
    assert finding.checks[0].message == "list.csv says '1,041.10'"


def test_empty_cells_say_nothing_and_unread_fields_are_open(tmp_path: Path) -> None:
    path = written(tmp_path, "number,total,seller_name\n00586250,1041,\n")
    assert checks(path, total=None) == [(("total",), None)]


def test_a_document_that_is_not_in_the_list_fails(tmp_path: Path) -> None:
    path = written(tmp_path, "number,code,total\n00586250,044992100311,1041\n")
    assert checks(path) == [(("number", "code"), False)]
    assert checks(path, code="044992100311") == [(("total",), True)]
    assert checks(path, number=None) == [(("number", "code"), None)]


def test_a_workbook_s_numbers_and_dates(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["number", "issue_date", "total"])
    sheet.append([586250, datetime(2025, 3, 4), 1041.0])
    sheet.append([None, None, None])
    book.save(tmp_path / "list.xlsx")
    assert checks(tmp_path / "list.xlsx") == [(("issue_date",), True), (("total",), True)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("number,sum\n1,2\n", "has nothing to compare besides 'number'"),
        ("number,totl\n1,2\n", "has a column 'totl'; did you mean 'total'?"),
        ("发票号,价税合计\n1,2\n", "has a column '发票号'; did you mean '发票号码'?"),
        ("code,total\n1,2\n", "must hold 'number' (发票号码)"),
        ("", "has the columns none"),
        ("number,number\n1,2\n", "has two columns for 'number'"),
        ("number,total\n1,2\n1,3\n", "row 3 is there twice, with other values"),
        ("number,total\n,2\n", "row 2 has no number"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=r"--check-against 'list\.csv'") as refused:
        asked(written(tmp_path, text))
    assert said in str(refused.value)


def test_chinese_headings_and_columns_of_no_concern(tmp_path: Path) -> None:
    text = "部门,发票号码,价税合计\n财务,00586250,1041\n财务,00586250,1041\n合计,,1041\n"
    for encoding in ("utf-8", "gbk"):
        assert checks(written(tmp_path, text, encoding)) == [(("total",), True)]


def test_the_workbook_of_an_earlier_run_is_a_list(tmp_path: Path) -> None:
    fields = {**READ, "code": None, "item_list": []}
    records = [sample.record(name, fields=fields, confidence=c) for name, c in (("a", 0.9), ("b", 0.8))]
    with (tmp_path / "list.xlsx").open("wb") as stream:
        write_declared(stream, records, WORKBOOK)
    option = CheckAgainst(join=("number", "code"), headings=WORKBOOK.keys, others=WORKBOOK.other_headings)
    invoice = find_service("invoice")
    finding = option.changed(Finding({**READ, "code": None}), invoice, str(tmp_path / "list.xlsx"), Context())
    assert {check.fields: check.passed for check in finding.checks} == {
        ("issue_date",): True,
        ("seller_name",): True,
        ("total",): True,
    }


@pytest.mark.parametrize("name", ["gone.csv", "torn.xlsx", "odd.csv"])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "torn.xlsx").write_bytes(b"PK")
    (tmp_path / "odd.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(UsageError, match=name):
        asked(tmp_path / name)


def test_another_list_is_another_run(tmp_path: Path) -> None:
    first = asked(written(tmp_path, "number,total\n1,2\n"))
    second = asked(written(tmp_path, "number,total\n1,3\n"))
    assert first.keys() == second.keys() and first["check-against contents"] != second["check-against contents"]
    assert asked(None) == {"check-against": None}


def test_a_list_is_read_once_a_run_unless_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, context = written(tmp_path, "number,total\n00586250,1041\n"), Context()
    assert [check.passed for check in compared(Finding(READ), path, context).checks] == [True]
    monkeypatch.setattr(agreement, "_csv", lambda *_: pytest.fail("read again"))
    assert [check.passed for check in compared(Finding(READ), path, context).checks] == [True]
    monkeypatch.undo()
    written(tmp_path, "number,total\n00586250,1042\n")
    os.utime(path, ns=(0, 0))
    assert [check.passed for check in compared(Finding(READ), path, context).checks] == [False]
