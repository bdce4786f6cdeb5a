"""docs/contract.md, "Commands" and "Exit codes": every row has a test, and what is listed is what there is.

The details of each row are tested where the code is (tests/inputs, tests/outputs, tests/batch, tests/cli).
"""

from __future__ import annotations

import base64
import hashlib
import inspect
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from contract_rows import CONTRACT, Ocrcli, Put, Rows, pdf
from PIL import Image
from typer.testing import CliRunner

import ocrcli
from ocrcli.batch.machine import share_cores
from ocrcli.batch.tally import breaches
from ocrcli.cli.commands import app
from ocrcli.errors import FAULTS, Exit, exit_code
from ocrcli.limits import MEGABYTE, TEN_MB_OF_BASE64
from ocrcli.options import ReadOptions
from ocrcli.records import Record
from ocrcli.services import all_services, find_service

row = Rows("Commands")


def png(width: int = 64, height: int = 64) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, "PNG")
    return stream.getvalue()


def test_every_row_has_a_test() -> None:
    assert sorted(row.tested) == sorted(row.answers)


def test_the_synopsis_names_every_option_and_no_other() -> None:
    synopsis = CONTRACT.split("```")[1]
    shown = CliRunner().invoke(app, ["general", "--help"]).output
    own = shown.index("This service:")
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", synopsis.split("ocrcli services")[0]))
    there = set(re.findall(r"^ +(-\w|--[a-z-]+)(?:, )?", shown[:own], re.M))
    assert there == told - {"--version"}
    long_names = {f"--{name}" for name in ("output", "format", "recursive", "quiet", "verbose")}
    assert long_names <= set(re.findall(r"--[a-z-]+", shown))


def test_the_other_commands() -> None:
    told = re.findall(
        r"services \| schema SERVICE \| models ([a-z|]+) \| doctor \| eval MANIFEST \| --version", CONTRACT
    )
    group = CliRunner().invoke(app, ["models", "--help"]).output
    assert set(told[0].split("|")) == set(re.findall(r"^  (\w+)  ", group.split("Commands:")[1], re.M))
    for command in ("services", "schema", "doctor", "eval"):
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_short_names_and_aliases() -> None:
    short = re.search(r"short names \(`([a-z ]+)`\)", CONTRACT)[1].split()
    for service in all_services().values():
        assert service.name in short or service.name == (service.spec or service.name)
        assert find_service(service.spec or service.name) is service


def test_every_option_has_its_environment_variable(run: Ocrcli, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("list", b"a.pdf\n")
    put("a.pdf")
    monkeypatch.setenv("OCRCLI_FILES_FROM", "list")
    assert run("general").inputs == ["a.pdf"]


@row("input")
def test_input(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    for name in ("in/p10.pdf", "in/p2.pdf", "in/.hidden.pdf", "in/sub/deep.pdf", "one1.pdf", "one2.pdf", "[a]*.pdf"):
        put(name)
    put("elsewhere/target.pdf")
    (tmp_path / "in/sub/link.pdf").symlink_to(tmp_path / "elsewhere/target.pdf")
    (tmp_path / "in/sub/loop").symlink_to(tmp_path / "in")
    put("list", b"one2.pdf\0[a]*.pdf\0")
    direct = ["in/p2.pdf", "in/p10.pdf"]
    assert run("general", "in").inputs == direct
    ran = run("general", "in", "-r", "one?.pdf", "-", "--files-from", "list", "--jobs", "2", input=pdf())
    assert ran.inputs == [*direct, "in/sub/deep.pdf", "in/sub/link.pdf", "one1.pdf", "one2.pdf", "-", "[a]*.pdf"]
    assert run("general", "[a]*.pdf").inputs == ["[a]*.pdf"]
    assert run("general", "-", "-", input=pdf()).code == Exit.USAGE


@row("folder contents")
def test_folder_contents(run: Ocrcli, put: Put) -> None:
    put("in/known-bytes", pdf())
    put("in/known-suffix.png", b"broken")
    put("in/notes.txt", b"notes")
    put("in/drawn/old.pdf")
    ran = run("general", "in", "-r", "--annotate", "in/drawn")
    assert ran.inputs == ["in/known-bytes", "in/known-suffix.png"]
    assert "1 file of other kinds left out" in ran.err
    put("none/notes.txt", b"notes")
    assert run("general", "none").codes == ["no_input"]
    assert run("general", "nothing*.pdf").codes == ["no_input"]


@row("same file twice")
def test_same_file_twice(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    ran = run("general", "a.pdf", "./a.pdf")
    assert ran.inputs == ["a.pdf"]
    assert len(ran.records) == 1
    assert "twice" in ran.err


@row("format")
def test_format(run: Ocrcli, put: Put) -> None:
    put("pdf.png", pdf())
    put("eps.png", b"%!PS-Adobe-3.0 EPSF-3.0\n")
    put("text.png", b"hello")
    ran = run("general", "pdf.png", "eps.png", "text.png")
    assert ran.records[0]["unit"] == "pt"
    assert ran.codes == ["format_not_supported", "format_not_supported"]
    assert "PostScript" in ran.err


@row("base64")
def test_base64(run: Ocrcli, put: Put) -> None:
    plain, url_safe = base64.b64encode(pdf()), base64.urlsafe_b64encode(pdf())
    put("in/a.b64", plain)
    put("in/not-taken", plain)
    put("named", b"data:application/pdf;base64," + plain)
    ran = run("general", "in", "named", "-", input=url_safe)
    assert ran.inputs == ["in/a.b64", "named", "-"]
    assert ran.codes == []
    assert ran.records[0]["input_sha256"] == hashlib.sha256(plain).hexdigest()
    refused = run("general", "https://example.com/a b.png")
    assert refused.codes == ["url_refused"]
    assert "curl -sL 'https://example.com/a b.png' | ocrcli" in refused.err


@row("pages")
def test_pages(run: Ocrcli, put: Put) -> None:
    put("a.pdf", pages=3)
    assert [r["page"] for r in run("general", "a.pdf").records] == [1, 2, 3]
    [first] = run("general", "a.pdf", "--pages", "1").records
    assert first["pages"] == 3
    assert [w["code"] for w in first["warnings"]] == ["more_pages"]
    ran = run("general", "a.pdf", "--pages", "2-9")
    assert [r["page"] for r in ran.records] == [2, 3, 4]
    assert ran.codes == ["page_out_of_range"]
    assert "3 pages" in ran.err
    assert ran.code == Exit.ALL_FAILED  # an input fails if any page asked for fails


@row("limits")
def test_limits(run: Ocrcli, put: Put) -> None:
    assert MEGABYTE == 2**20
    assert TEN_MB_OF_BASE64 == 7_864_320
    put("low.png", png(64, 10))
    put("fat.png", png() + bytes(TEN_MB_OF_BASE64))
    put("small.pdf", pdf(width=10, height=10))
    ran = run("general", "low.png", "fat.png", "small.pdf")
    assert ran.codes == ["side_too_short", "file_too_large"]
    low, fat = ran.err.splitlines()[:2]
    assert low.startswith(
        "ocrcli: low.png: the picture is 64 × 10 px; allowed: 15 to 30,000 px a side; `--limits warn`"
    )
    assert "7,864,320" in fat
    for service in all_services().values():
        assert service.limits.max_pixels <= 160_000_000


@row("the other limits")
def test_the_other_limits() -> None:
    warning = {"code": "over_limit", "message": "the document covers 10 %; allowed: at least 15 %", "field": None}
    record = {"fields": {}, "checks": [], "warnings": [warning]}
    assert list(breaches(record, find_service("general"))) == ["over_limit"]
    assert exit_code(inputs=1, failed=0, strict_breach=True) == Exit.STRICT == 5


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
def test_skip_existing(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    put("b.pdf")
    put("bad.png", b"broken")
    again = ("general", "a.pdf", "b.pdf", "bad.png", "-o", "x.json", "--skip-existing", "-v")
    assert run(*again).err.count("skipped") == 0
    assert run(*again).err.count("skipped") == 2
    put("b.pdf", pdf("changed"))
    assert run(*again).err.count("skipped") == 1
    assert run(*again, "--details").err.count("skipped") == 0


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


@row("jobs")
def test_jobs() -> None:
    assert share_cores(None, None, 8) == (1, 8)
    for jobs in (None, 1, 3, 99):
        for threads in (None, 1, 3, 99):
            workers, each = share_cores(jobs, threads, 8)
            assert workers * each <= 8


@row("workers")
@row("`--timeout`")
def test_workers_and_timeout(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    assert "[default: 300.0" in " ".join(CliRunner().invoke(app, ["general", "--help"]).output.split())
    put("a.pdf")
    os.mkfifo(tmp_path / "silent")  # nobody ever writes to it
    ran = run("general", "silent", "a.pdf", "--timeout", "8")  # a busy machine needs some for the second
    assert ran.inputs == ["silent", "a.pdf"]
    assert ran.codes == ["timeout"]
    assert ran.code == Exit.SOME_FAILED
    assert FAULTS["worker_died"].exit is None
    assert FAULTS["internal"].exit == Exit.INTERNAL


@row("Ctrl-C, SIGTERM")
@pytest.mark.parametrize(("name", "code"), [("INT", 130), ("TERM", 143)])
def test_signals(name: str, code: int, run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf", pages=2)
    # The list stays open behind its first name: only the signal ends this run.
    ran = run.shell(
        "set -m; mkfifo list; ocrcli general --files-from list -o out.jsonl & exec 3>list; echo a.pdf >&3; "
        f"until [ -s out.jsonl ]; do sleep 0.05; done; kill -{name} %1; wait %1"
    )
    assert ran.code == code
    assert [json.loads(line)["page"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == [1, 2]


@row("determinism")
def test_determinism(run: Ocrcli, put: Put) -> None:
    names = [put(f"{i}.pdf", pages=2).name for i in range(4)]
    assert run("general", *names).out == run("general", *names, "--jobs", "2", "--threads", "1").out
    plain = ReadOptions()
    changed = ReadOptions(threads=7, annotate="somewhere", crops="elsewhere")
    assert plain.fingerprint("general", "1") == changed.fingerprint("general", "1")


@row("`--summary`")
def test_summary(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf", pages=3)
    put("bad.png", b"broken")
    ran = run("general", "a.pdf", "bad.png", "--pages", "1-2", "--summary", "s.json")
    summary = json.loads((tmp_path / "s.json").read_text())
    assert summary["exit_code"] == ran.code == Exit.SOME_FAILED
    assert summary["seconds"] > 0
    counts = summary["services"]["general"]
    assert (counts["inputs"], counts["read"], counts["failed"], counts["pages"]) == (2, 1, 1, 2)
    assert counts["errors"] == {"format_not_supported": 1}
    assert counts["warnings"] == {"more_pages": 1}


@row("library")
def test_library(put: Put) -> None:
    path = put("a.pdf")
    with ocrcli.Reader() as reader:
        for source in (str(path), path, path.read_bytes()):
            [record] = reader.read(source, "general", details=True)
            assert isinstance(record, Record)
    with pytest.raises(ocrcli.OcrError):
        ocrcli.read(b"")
    assert inspect.signature(ocrcli.read).parameters["service"].default == "general"


def test_the_exit_codes_are_those_there_are() -> None:
    paragraph = CONTRACT.split("## Exit codes\n")[1].split("\n\n")[0]
    listed = {int(number) for number in re.findall(r"(?:^|· )(\d+) ", paragraph)}
    assert listed == {int(exit_) for exit_ in Exit}
    order = re.search(r"The first that applies: ([\d/, ]+)\.", paragraph)[1]
    told = [int(number) for number in re.findall(r"\d+", order)]
    causes: dict[int, dict[str, Any]] = {
        130: {"signal": Exit.INTERRUPTED},
        143: {"signal": Exit.TERMINATED},
        70: {"codes": ["internal"]},
        4: {"codes": ["model_missing"]},
        6: {"codes": ["output_failed"]},
        3: {"failed": 2},
        1: {"failed": 1},
        5: {"strict_breach": True},
        0: {},
    }
    assert told == list(causes)
    for code, cause in causes.items():
        assert exit_code(**{"inputs": 2, "failed": 0, **cause}) == code
    # Each wins over all that come after it, all together.
    for i, code in enumerate(told[2:-1], 2):
        together: dict[str, Any] = {"inputs": 2, "failed": 0}
        for later in told[i:-1]:
            codes = [*together.get("codes", []), *causes[later].get("codes", [])]
            together = {**causes[later], **together, "codes": codes}
            together["failed"] = max(together["failed"], causes[later].get("failed", 0))
        assert exit_code(**together) == code


def test_a_closed_pipe_ends_quietly(run: Ocrcli, put: Put) -> None:
    put("a.pdf", pages=200)
    ran = run.shell('ocrcli general a.pdf | head -1; echo "${PIPESTATUS[0]}"')
    assert ran.out.splitlines()[1] == b"0"
    assert ran.err == ""
