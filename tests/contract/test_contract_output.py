"""docs/contract.md, "Commands": the rows on what is written, and where."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from ocrcli.errors import Exit
from ocrcli.inputs.ofd_content import MOST_OBJECTS
from ocrcli.inputs.ofd_package import MOST_NODES
from ocrcli.inputs.page_weight import MOST_CHARACTERS, MOST_PATHS
from ocrcli.inputs.pdf import MOST_ATTACHED_BYTES
from ocrcli.outputs.tables import markdown_of
from ocrcli.safe_text import clean
from tests.contract.contract_rows import COMMANDS as row
from tests.contract.contract_rows import Ocrcli, Put, pdf


@row("stdout")
def test_stdout(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    put("b.png", b"broken")
    ran = run("general", "a.pdf", "b.png", "a.pdf", "-v")
    for line, record in zip(ran.out.split(b"\n"), [*ran.records, None], strict=True):
        expected = "" if record is None else json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        assert line.decode() == expected
    assert ran.inputs == ["a.pdf", "b.png"]


@row("stderr")
def test_stderr(run: Ocrcli, put: Put) -> None:
    put("a.pdf", pdf("secret"))
    put("b\x1b[31m.png", b"broken")
    ran = run("general", "a.pdf", "a.pdf", "b\x1b[31m.png", "-v")
    told = ran.err.splitlines()
    assert [line.split(":")[0] for line in told] == ["ocrcli"] * len(told)
    assert "\x1b" not in ran.err
    assert "secret" not in ran.err
    assert re.search(r"^ocrcli: a.pdf: 1 page, \d+\.\d\d s$", ran.err, re.M)
    quiet = run("general", "a.pdf", "a.pdf", "b\x1b[31m.png", "-q").err
    assert quiet.count("\n") == 1
    assert quiet.startswith("ocrcli: b\\x1b[31m.png: ")


@row("`-f`")
def test_f(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf", pages=2)
    put("b.pdf")
    assert run("general", "a.pdf", "-f", "txt").out.decode() == "a 1\n\fa 2\n"
    both = run("general", "a.pdf", "b.pdf", "-f", "txt").out.decode()
    assert both.startswith("==> a.pdf <==\na 1\n\fa 2\n")
    assert "==> b.pdf <==\nb 1\n" in both
    for name, count in (("x.json", 1), ("x.jsonl", 3)):
        assert run("general", *(["b.pdf"] if count == 1 else ["a.pdf", "b.pdf"]), "-o", name).code == 0
    assert isinstance(json.loads((tmp_path / "x.json").read_text()), list)
    assert (tmp_path / "x.jsonl").read_text().count("\n") == 3
    assert run("general", "b.pdf", "-f", "txt", "-o", "x.json").code == Exit.USAGE
    assert run("general", "b.pdf", "-f", "xlsx").code == Exit.USAGE


@row("`-o` is a folder if")
def test_o_is_a_folder_if(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("in/a.pdf")
    put("in/sub/a.pdf")
    put("in/bad.png", b"broken")
    (tmp_path / "exists.json").mkdir()
    for folder, form in (("plain", "json"), ("exists.json", "json"), ("slash.txt/", "txt")):
        assert run("general", "in", "-", "-r", "-o", folder, "-f", form, input=pdf()).code == Exit.SOME_FAILED
        made = sorted(str(p.relative_to(tmp_path / folder)) for p in (tmp_path / folder).rglob(f"*.{form}"))
        assert made == [f"a.pdf.{form}", f"stdin.{form}", f"sub/a.pdf.{form}"]
    ran = run("general", "in/a.pdf", "in/sub/a.pdf", "-o", "collision")
    assert ran.code == Exit.USAGE
    assert not (tmp_path / "collision").exists()
    ran = run("general", "in/a.pdf", "-o", "all.xls")
    assert ran.code == Exit.USAGE and ".xlsx" in ran.err
    assert not (tmp_path / "all.xls").exists()
    ran = run("general", "in/a.pdf", "-o", "new/folder/all.txt")
    assert "makes the folder 'new/folder'" in ran.err
    assert "makes the folder" not in run("general", "in/a.pdf", "-o", "new/folder/other.txt").err


@row("single output file")
def test_single_output_file(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf")
    put("b.pdf")
    torn = '{"schema_version": 1, "service": "general", "inp'
    put("x.json.partial.jsonl", torn.encode())
    put("x.jsonl", torn.encode())
    for name in ("x.json", "x.jsonl"):
        for source in ("a.pdf", "b.pdf"):
            assert run("general", source, "-o", name, "--skip-existing").code == 0
    assert [r["input"] for r in json.loads((tmp_path / "x.json").read_text())] == ["a.pdf", "b.pdf"]
    assert [json.loads(r)["input"] for r in (tmp_path / "x.jsonl").read_text().splitlines()] == ["a.pdf", "b.pdf"]
    assert not list(tmp_path.glob("*.partial.jsonl"))


@row("`--skip-existing`")
def test_skip_existing(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf")
    put("b.pdf")
    put("bad.png", b"broken")
    again = ("general", "a.pdf", "b.pdf", "bad.png", "-o", "x.json", "--skip-existing", "-v")
    assert run(*again).err.count("skipped") == 0
    assert run(*again).err.count("skipped") == 2
    put("b.pdf", pdf("changed"))
    assert run(*again).err.count("skipped") == 1
    assert run(*again, "--details").err.count("skipped") == 0
    for name in ("x.xlsx", "x.txt"):
        first = ("general", "a.pdf", "b.pdf", "bad.png", "-o", name)
        assert run(*first).err.count("skipped") == 0
        assert run(*first, "--skip-existing", "-v").err.count(": skipped") == 2
    assert [path.name for path in tmp_path.glob("*.partial.jsonl")] == []
    assert "words" not in (tmp_path / ".ocrcli.jsonl").read_text()


@row("a workbook that is there")
def test_a_workbook_that_is_there(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf")
    put("b.pdf")
    path = tmp_path / "x.xlsx"
    assert [run("general", "a.pdf", "-o", "x.xlsx").code for _ in range(2)] == [0, 0]
    book = openpyxl.load_workbook(path)
    book["Text"]["F1"], book["Text"]["F2"] = "whose", "mine"
    book.save(path)
    changed = path.read_bytes()
    ran = run("general", "a.pdf", "-o", "x.xlsx")
    assert ran.code == Exit.OUTPUT and "--skip-existing" in ran.err and "--force" in ran.err
    assert path.read_bytes() == changed
    assert run("general", "a.pdf", "b.pdf", "-o", "x.xlsx", "--skip-existing").code == 0
    sheet = openpyxl.load_workbook(path)["Text"]
    assert [row[0].value for row in sheet.iter_rows(2)] == ["a.pdf", "b.pdf"]
    assert (sheet["F1"].value, sheet["F2"].value) == ("whose", "mine")
    assert run("general", "a.pdf", "-o", "x.xlsx", "--force").code == 0
    put("y.xlsx", b"somebody's own")
    assert run("general", "a.pdf", "-o", "y.xlsx").code == Exit.OUTPUT


@row("output = input, or inside it")
def test_output_is_input(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.txt", b"precious")
    put("in/a.pdf")
    for source, output in (("a.txt", "a.txt"), ("a.txt", "./in/../a.txt"), ("in", "in"), ("in", "in/out.json")):
        assert run("general", source, "-o", output).code == Exit.USAGE
    assert (tmp_path / "a.txt").read_bytes() == b"precious"


@row("`--crops`")
def test_crops(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("in/a.pdf")
    for folder in ("in/a.pdf", "in/cut"):
        assert run("general", "in", "--crops", folder).code == Exit.USAGE
    assert run("general", "in/a.pdf", "--crops", "in").code == Exit.USAGE
    assert run("general", "in", "--crops", "cut").code == Exit.OK
    assert not (tmp_path / "cut").exists()  # a page of text is no document


@row("options left out")
@pytest.mark.parametrize("name", ["reproduce", "tampering", "blocking-within-border"])
def test_an_option_left_out_is_refused_with_the_reason(run: Ocrcli, name: str) -> None:
    ran = run("idcard", "a.png", f"--detect-{name}")
    assert ran.code == Exit.USAGE and f"--detect-{name}: ocrcli cannot tell" in ran.err
    assert name not in run("idcard", "--help").out.decode()


@row("`--check-against`, `--rename`")
def test_check_against_and_rename(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf")  # no invoice
    (tmp_path / "list.csv").write_text("number,total\n")
    assert run("invoice", "a.pdf", "--check-against", "gone.csv").code == Exit.USAGE
    assert run("invoice", "a.pdf", "--rename", "sorted/same").code == Exit.USAGE
    ran = run("invoice", "a.pdf", "--check-against", "list.csv", "--rename", "sorted/{number}")
    assert ran.code == Exit.ALL_FAILED and not (tmp_path / "sorted").exists()
    assert run("general", "a.pdf", "--rename", "sorted/{number}").code == Exit.USAGE


@row("`--sort-into`")
@row("copies")
def test_sort_into(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("in/a.pdf")
    put("in/deeper/a.pdf")
    (tmp_path / "in" / "deeper" / "a.pdf").write_bytes((tmp_path / "in" / "a.pdf").read_bytes() + b"%")
    (tmp_path / "in" / "c.pdf").write_bytes(b"")
    for folder in ("in", "in/sorted", "."):
        assert run("classify", "in", "--sort-into", folder).code == Exit.USAGE
    for _ in range(2):
        ran = run("classify", "in", "-r", "--sort-into", "sorted", "--summary", "told.json")
        assert ran.code == Exit.SOME_FAILED
        names = sorted(str(path.relative_to(tmp_path)) for path in (tmp_path / "sorted").rglob("*.*"))
        assert names == ["sorted/other/a.pdf", "sorted/other/a_2.pdf"]
    told = json.loads((tmp_path / "told.json").read_text())["services"]["classify"]["copies"]
    assert [copy["copy"] for copy in told] == names and not any(copy["new"] for copy in told)


@row("`--annotate`")
def test_annotate(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf", pages=2)
    assert run("general", "a.pdf", "--annotate", "seen").code == 0
    names = sorted(path.name for path in (tmp_path / "seen").iterdir())
    assert names == ["a.pdf.page1.png", "a.pdf.page2.png"]


@row("`--annotate`, `--crops` files")
def test_pictures_lie_over_nobody_s(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("one/a.pdf")
    put("two/a.pdf")
    put("drawn/a.pdf.png", b"mine")
    for _ in range(2):
        assert run("general", "one/a.pdf", "two/a.pdf", "--annotate", "drawn", "-o", "x.jsonl").code == 0
    names = sorted(path.name for path in (tmp_path / "drawn").iterdir())
    assert names == ["a.pdf.png", "a.pdf_2.png", "a.pdf_3.png"]
    assert (tmp_path / "drawn/a.pdf.png").read_bytes() == b"mine"


@row("outputs that go away")
def test_outputs_that_go_away(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf")
    put("out/.ocrcli-left.tmp", b"half")
    # The list stays open behind its first name until the output is gone.
    gone = (
        "set -m; mkfifo list; ocrcli general --files-from list -o {0} & exec 3>list; echo a.pdf >&3; "
        "until [ -s {1} ]; do sleep 0.05; done; rm -r {2}; echo b.pdf >&3; exec 3>&-; wait %1; code=$?; rm list; "
        "exit $code"
    )
    put("b.pdf")
    assert run.shell(gone.format("out.jsonl", "out.jsonl", "out.jsonl")).code == Exit.OUTPUT
    assert run("general", "a.pdf", "-o", "out/").code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.pdf.json"]
    assert run.shell(gone.format("out/", "out/a.pdf.json", "out")).code == Exit.OUTPUT


@row("what a file may cost")
def test_what_a_file_may_cost(run: Ocrcli, put: Put) -> None:
    answer = row.answers["what a file may cost"]
    for figure in (MOST_NODES, MOST_OBJECTS, MOST_CHARACTERS, MOST_PATHS):
        assert f"{figure:,}" in answer
    assert f"{MOST_ATTACHED_BYTES >> 20} MB of attachments" in answer
    ran = run("general", "-", input=b"%PDF-" + bytes(8_000_000))
    assert ran.codes == ["file_too_large"]
    assert "7,864,320" in ran.err


@row("control characters")
def test_control_characters(run: Ocrcli, put: Put) -> None:
    put("a\x1b[2J\u202e.pdf")
    ran = run("general", "a\x1b[2J\u202e.pdf", "missing\x1b[31m\x9b.pdf")
    assert ran.records[0]["input"] == "a\x1b[2J\u202e.pdf"
    for told in (ran.out.decode(), ran.err):
        assert all(char.isprintable() or char == "\n" for char in told)
    assert clean("\x1b\x9b\u202ea\u2028b") == "\ufffd\ufffda\nb"
    quad = [[0, 0], [1, 0], [1, 1], [0, 1]]
    cell = {"row": 0, "column": 0, "row_span": 1, "column_span": 1, "quad": quad, "text": "![x](http://a.example)"}
    table = {"rows": 1, "columns": 1, "quad": quad, "cells": [cell]}
    assert "`![x](http://a.example)`" in markdown_of(table)
