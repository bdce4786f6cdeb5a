"""docs/contract.md, "Commands" and "Exit codes": every row has a test, and what is listed is what there is.

The rows on input and output have files of their own; the details of each row are tested where the code is
(tests/inputs, tests/outputs, tests/batch, tests/cli).
"""

from __future__ import annotations

import inspect
import json
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from typer.testing import CliRunner

import ocrcli
from ocrcli.batch import DEFAULT_MEMORY
from ocrcli.batch.machine import share_cores
from ocrcli.cli.commands import app
from ocrcli.errors import FAULTS, Exit, exit_code
from ocrcli.options import ReadOptions
from ocrcli.records import Record
from ocrcli.services import all_services, find_service
from tests.contract import (
    test_contract_input,  # noqa: F401 (its rows count)
    test_contract_output,  # noqa: F401
)
from tests.contract.contract_rows import COMMANDS as row
from tests.contract.contract_rows import CONTRACT, Ocrcli, Put, pdf


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
        r"schema SERVICE \| schema --template \| models ([a-z|]+) \| config \| completion SHELL \| man \| doctor \| "
        r"eval MANIFEST \| --version",
        CONTRACT,
    )
    group = CliRunner().invoke(app, ["models", "--help"]).output
    assert set(told[0].split("|")) == set(re.findall(r"^  (\w+)  ", group.split("Commands:")[1], re.M))
    for command in ("services", "schema", "teach", "config", "completion", "man", "doctor", "eval"):
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


@row("`--memory`")
def test_memory(run: Ocrcli, put: Put) -> None:
    """A page drawn with many pixels takes more than is allowed: its worker ends, the next input is read."""
    assert "[default: 1792" in " ".join(CliRunner().invoke(app, ["general", "--help"]).output.split())
    assert 2 * DEFAULT_MEMORY < 4096
    assert FAULTS["out_of_memory"].exit is None
    put("large.pdf", pdf(width=3000, height=3000))
    put("a.pdf")
    ran = run("general", "large.pdf", "a.pdf", "--memory", "512", "--pdf-text", "never", "--dpi", "290")
    assert ran.codes[0] == "out_of_memory"
    assert ran.inputs == ["large.pdf", "a.pdf"]
    assert "--memory" in ran.err


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


@row("`--today`")
def test_today(run: Ocrcli, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.pdf")
    asked = ("general", "a.pdf", "--details")
    [plain], [given] = run(*asked).records, run(*asked, "--today", "2020-02-29").records
    assert given["tool"]["today"] == "2020-02-29" < plain["tool"]["today"]
    assert given["tool"]["options"] != plain["tool"]["options"]
    monkeypatch.setenv("OCRCLI_TODAY", "2020-02-29")
    assert run(*asked).records == [given]
    assert run("general", "a.pdf", "--today", "2021-02-29").code == Exit.USAGE
    yesterday, today = (ReadOptions(today=date(2026, 7, day)) for day in (1, 2))
    assert yesterday.fingerprint("general", "1") == today.fingerprint("general", "1")
    reads_the_clock = re.compile(r"\b(date\.today|datetime\.now|utcnow|localtime|gmtime|strftime)\b")
    sources = Path(ocrcli.__file__).parent.rglob("*.py")
    assert [path.name for path in sources if reads_the_clock.search(path.read_text())] == ["options.py"]


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


TEMPLATE = b"template: note\nheadings: SLIP\nfields:\n  number: {label: Number, form: digits, required: true}\n"


@row("`form`, `--template`")
def test_form(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf", slip("Number: 2024"))
    put("own/note.yaml", TEMPLATE)
    assert run("form", "a.pdf").code == Exit.USAGE
    [record] = run("form", "a.pdf", "--template", "own/note.yaml").records
    assert record["service"] == "form" and record["fields"] == {"template_id": "note", "number": "2024"}
    assert ocrcli.read(tmp_path / "a.pdf", service="form", template=str(tmp_path / "own"))[0].fields == record["fields"]
    [by_auto] = run("auto", "a.pdf", "--template", "own").records
    assert (by_auto["service"], by_auto["fields"]) == ("form", record["fields"])
    [named] = run("classify", "a.pdf", "--template", "own", "--types", "note").records
    assert [thing["type"] for thing in named["fields"]] == ["note"]
    put("own/other.yaml", TEMPLATE.replace(b"note", b"other-note"))
    [two] = run("form", "a.pdf", "--template", "own").records
    assert two["fields"]["template_id"] == "note"
    assert "other-note" in two["warnings"][0]["message"]
    put("b.pdf")
    ran = run("form", "b.pdf", "--template", "own")
    assert ran.codes == ["not_this_document"] and "other-note 0.00" in ran.err
    put("later.yaml", TEMPLATE + b"page: 2\n")
    assert run("form", "a.pdf", "--template", "later.yaml").codes == ["page_out_of_range"]
    put("bad.yaml", TEMPLATE.replace(b"label", b"lable"))
    ran = run("form", "a.pdf", "--template", "bad.yaml")
    assert ran.code == Exit.USAGE and "bad.yaml, line 4: fields.number.lable: there is no key" in ran.err
    asked = ("form", "a.pdf", "--template", "own/note.yaml", "--skip-existing", "-o", "out.jsonl")
    assert [len(run(*asked).out) for _ in range(2)] == [0, 0]
    [before] = (tmp_path / "out.jsonl").read_text().splitlines()
    put("own/note.yaml", TEMPLATE.replace(b"digits", b"text"))
    run(*asked)
    after = (tmp_path / "out.jsonl").read_text().splitlines()[-1]
    assert json.loads(before)["tool"]["options"] != json.loads(after)["tool"]["options"]


@row("`schema --template`")
def test_schema_of_templates(run: Ocrcli, put: Put) -> None:
    put("note.yaml", TEMPLATE)
    assert json.loads(run("schema", "--template").out)["title"] == "Template of `ocrcli form`"
    assert run("schema").code == run("schema", "form", "--template").code == Exit.USAGE
    assert "note" in run("services", "--template", "note.yaml").out.decode().split("Documents of your own:")[1]


def slip(line: str) -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_text((40, 40), "SLIP", fontsize=20)
    page.insert_text((40, 90), line, fontsize=16)
    return bytes(document.tobytes())


@row("`teach`")
def test_teach(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("a.pdf", slip("Number: 2024"))
    put("b.pdf", slip("Number: 3119"))
    put("values.json", b'{"number": "2024"}')
    made = run("teach", "a.pdf", "--values", "values.json", "-o", "own.yaml", "--check")
    assert made.code == Exit.OK and json.loads(made.out) == {"input": "a.pdf", "fields": {"number": "2024"}}
    [record] = run("form", "b.pdf", "--template", "own.yaml").records
    assert record["fields"] == {"template_id": "own", "number": "3119"}
    again = ("teach", "a.pdf", "--values", "values.json", "-o", "own.yaml")
    assert run(*again).code == Exit.USAGE and run(*again, "--force").code == Exit.OK
    put("more.json", b'{"number": "2024", "name": "nobody"}')
    more = run("teach", "a.pdf", "--values", "more.json", "-o", "more.yaml")
    assert more.code == Exit.SOME_FAILED and "name: not in the template" in more.err
    put("none.json", b'{"name": "nobody"}')
    assert run("teach", "a.pdf", "--values", "none.json", "-o", "none.yaml").code == Exit.ALL_FAILED
    put("bad.pdf", b"%PDF-")
    assert run("teach", "bad.pdf", "--values", "values.json", "-o", "none.yaml").code == Exit.ALL_FAILED
    assert not (tmp_path / "none.yaml").exists()


@row("`--strict`, `--fail-on`")
@row("`--report`")
def test_what_a_run_fails_on(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    put("empty.pdf", pdf(""))
    assert run("general", "empty.pdf", "-o", "out/", "--pdf-text", "only", "--fail-on", "all").code == Exit.OK
    put("a.pdf", pdf(width=2000, height=100))
    table = ("table", "a.pdf", "-o", "out/", "--summary", "s.json", "--report", "r.xml")
    ran = run(*table, "--strict", "-q")
    assert ran.code == Exit.STRICT
    assert ran.err == "ocrcli: a.pdf: page 1: no_table\n"
    told = json.loads((tmp_path / "s.json").read_text())["services"]["table"]
    assert told["breaches"] == {"no_table": 1}
    assert [(b["input"], b["page"], b["kind"], b["code"]) for b in told["breached"]] == [
        ("a.pdf", 1, "doubt", "no_table")
    ]
    again = run(*table, "--strict", "-q", "--skip-existing")
    assert (again.code, again.err) == (Exit.STRICT, ran.err)
    assert b'<failure type="no_table"' in (tmp_path / "r.xml").read_bytes()
    assert run(*table, "--fail-on", "checks", "--skip-existing").code == Exit.OK
    assert run(*table, "--fail-on", "chekcs").code == Exit.USAGE


@row("configuration")
def test_configuration(run: Ocrcli, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.pdf")
    put("ocrcli.toml", b"format = 'txt'\n[table]\nformat = 'md'\n")
    assert run("general", "a.pdf").out == b"a 1\n"
    assert run("general", "a.pdf", "-f", "jsonl").records[0]["text"] == "a 1"
    put("other.toml", b"frmat = 'txt'\n")
    ran = run("--config", "other.toml", "general", "a.pdf")
    assert ran.code == Exit.USAGE and "did you mean 'format'?" in ran.err
    assert "md" in run("config").out.decode()
    monkeypatch.setenv("OCRCLI_FROMAT", "json")
    assert "did you mean OCRCLI_FORMAT?" in run("general", "a.pdf").err
