"""Tables as CSV, HTML and Markdown."""

from __future__ import annotations

import csv
import io

import pytest

from ocrcli.errors import UsageError
from ocrcli.evaluate.grids import grid_of_html, grid_of_record
from ocrcli.outputs.destinations import open_sink
from ocrcli.outputs.naming import TABLE_FORMS, Destination, TableForm
from ocrcli.outputs.tables import html_of, markdown_of, write_tables
from tests.outputs import sample_records as sample

TABLE = {
    "rows": 2,
    "columns": 3,
    "quad": [],
    "structure": "rules",
    "cells": [
        sample.cell(0, 0, "甲|乙", row_span=2),
        sample.cell(0, 1, "<b>&", column_span=2, align="center"),
        sample.cell(1, 1, "一\n二"),
        sample.cell(1, 2, "=1"),
    ],
}
RECORDS = [
    sample.text_record("a.png", "x", tables=[TABLE]),
    sample.error("b.png"),
    sample.text_record("c.pdf", "x", 2, 3, tables=[TABLE, TABLE]),
]


def written(form: TableForm, records=RECORDS) -> str:
    stream = io.BytesIO()
    write_tables(stream, records, form)
    return stream.getvalue().decode("utf-8-sig" if form == "csv" else "utf-8")


def test_html_comes_back_as_the_same_grid():
    assert grid_of_html(html_of(TABLE)).cells == grid_of_record(TABLE).cells


def test_html_names_each_page():
    text = written("html")
    assert text.count("<table>") == 3
    assert "<h2>a.png</h2>" in text
    assert "<h2>c.pdf, page 2</h2>" in text
    assert "&lt;b&gt;&amp;" in text
    assert text.endswith("</body>\n")


def test_csv_parts_tables_by_an_empty_row_and_runs_no_formula():
    rows = list(csv.reader(io.StringIO(written("csv"), newline="")))
    assert rows[:3] == [["甲|乙", "<b>&", ""], ["", "一\n二", "'=1"], []]
    assert rows.count([]) == 2


def test_markdown_keeps_its_columns():
    lines = written("md").splitlines()
    assert lines[0] == "## a.png"
    assert lines[2:5] == ["| 甲\\|乙 | &lt;b&gt;&amp; |  |", "|---|---|---|", "|  | 一<br>二 | =1 |"]
    assert "## c.pdf, page 2" in lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[x](y)", r"\[x\](y)"),
        ("![x](y)", r"\!\[x\](y)"),
        ("[x]: y", r"\[x\]: y"),
        ("[x](http://a/)", "`[x](http://a/)`"),
        ("![x](data:image/png;base64,AA)", r"\!\[x\](data:image/png;base64,AA)"),
        ("<https://a.example>", "`<https://a.example>`"),
        ("see www.example.com | now", "`see www.example.com \\| now`"),
        ("mail@example.com", "`mail@example.com`"),
        ("host.cn", "`host.cn`"),
        ("a`b`` http://c", "``` a`b`` http://c ```"),
        ("*a* _b_ ~c~", r"\*a\* \_b\_ \~c\~"),
        ("12:30 1,234.50 a.png 名称：甲", "12:30 1,234.50 a.png 名称：甲"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("http://a\nb", "`http://a`<br>b"),
    ],
)
def test_markdown_makes_no_link_and_no_picture_of_a_document_s_text(text: str, shown: str):
    quad = [[0, 0], [1, 0], [1, 1], [0, 1]]
    table = {"rows": 1, "columns": 1, "quad": quad, "structure": "rules", "cells": [sample.cell(0, 0, text)]}
    assert markdown_of(table).splitlines()[0] == f"| {shown} |"


@pytest.mark.parametrize("form", TABLE_FORMS)
def test_stdout_says_the_same_as_a_file(form: TableForm):
    stream = io.BytesIO()
    sink = open_sink(Destination(form), sample.service(has_tables=True), stdout=stream)
    for record in RECORDS:
        sink.write(sample.given(record["input"]), record)
    sink.close()
    assert stream.getvalue().decode("utf-8-sig" if form == "csv" else "utf-8") == written(form)


@pytest.mark.parametrize("form", TABLE_FORMS)
def test_a_service_without_tables_refuses(form: TableForm):
    with pytest.raises(UsageError, match="reads no tables"):
        open_sink(Destination(form), sample.service(), stdout=io.BytesIO())
