"""Codes are whole: every warning and check that the program can give has its words; sentences turn into Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ocrcli.forms import doubt
from ocrcli.services.receipts.invoice.proof import MACHINE
from ocrcli.steps.agreement import RULE
from ocrcli.vision import quality
from ocrcli.wording import CHECKS, WARNINGS, in_chinese
from ocrcli.wording.chinese import SENTENCES

ROOT = Path(__file__).parents[2] / "ocrcli"


def codes_in_the_program() -> set[str]:
    """The first argument of every Notice, where it is written out."""
    found = {code for code, _, _ in quality._ADVICE}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice" and node.args:
                first = node.args[0]
                told = [part.value for part in ast.walk(first) if isinstance(part, ast.Constant)]
                found |= {part for part in told if isinstance(part, str) and part != "code"}  # replayed: plain["code"]
    return found


def test_the_table_in_the_docs_says_what_the_program_does():
    page = (ROOT.parent / "docs" / "warnings.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \| (.+) \|$", page, re.M)
    assert told == [(code, m.concern, m.english, m.chinese) for code, m in WARNINGS.items()]


def rules_of_invoices() -> set[str]:
    """What a clerk's workbook shows."""
    files = ("invoice_sums", "invoice_numbers", "amounts", "dates", "uscc")
    named = (ROOT / "checks" / f"{name}.py" for name in files)
    told = "".join(path.read_text(encoding="utf-8") for path in named)
    return {*re.findall(r'Rule\("([a-z0-9-]+)"', told), MACHINE.id, RULE}


def test_every_warning_has_its_meaning_and_none_is_left_over():
    assert codes_in_the_program() == set(WARNINGS)


def test_every_check_of_an_invoice_has_a_chinese_name():
    assert rules_of_invoices() <= set(CHECKS)


def doubts() -> Iterator[str]:
    yield from (
        value
        for name, value in vars(doubt).items()
        if name.isupper() and isinstance(value, str) and not name.startswith("BY_")
    )


@pytest.mark.parametrize("why", list(doubts()))
def test_every_reason_of_doubt_is_told_in_chinese(why: str):
    told = in_chinese(doubt.notice("total", why).message, {"total": "价税合计"})
    assert re.fullmatch(r"价税合计可能有误（[^a-z]+），请核对原件", told), told


@pytest.mark.parametrize(("english", "chinese"), SENTENCES.items())
def test_a_translation_says_all_values_and_no_others(english: str, chinese: str):
    values = [f"v{at}" for at in range(english.count("{}"))]
    told = in_chinese(english.format(*values))
    assert told != english
    assert set(re.findall(r"v\d", told)) <= set(values)
    assert "{" not in told


def test_inner_sentences_and_names_are_told_too():
    assert in_chinese("row 2: 3 at 13% is a tax of 0.39, not 0.40") == "第 2 行：金额 3 按 13% 计税为 0.39，票面 0.40"
    assert in_chinese("the rows' tax adds up to 1.00, the sum printed is 2.00") == "明细税额合计 1.00，票面 2.00"
    assert in_chinese("nothing of the kind") == "nothing of the kind"
