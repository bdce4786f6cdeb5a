"""The generic service command: names, streams, outputs, options, exit codes."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from ocrcli.errors import Exit
from tests.cli.cli_shell import SECONDS


def test_stdout_is_one_compact_record_a_line(shell: Any) -> None:
    shell.write("a.png", "print noise\ntext 你好\npages 2")
    ran = shell("sample", "a.png")
    assert ran.code == 0
    assert [json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in ran.records] == [
        line.decode() for line in ran.out.splitlines()
    ]
    assert ran.records[0]["text"] == "你好"
    assert b"noise" not in ran.out


def test_names_of_any_kind(shell: Any) -> None:
    names = ["证件 一.png", "two\nlines.png", os.fsdecode(b"caf\xe9.png"), "[x]*?.png", "-dash.png"]
    for name in names:
        shell.write(name, "page")
    ran = shell("sample", "--", *names)
    assert ran.code == 0
    assert ran.inputs == ["证件 一.png", "two\nlines.png", "caf\\xe9.png", "[x]*?.png", "-dash.png"]


def test_a_name_cannot_forge_a_line_on_stderr(shell: Any) -> None:
    shell.write("a\nocrcli: b.png", "fail decode_failed")
    ran = shell("sample", "a\nocrcli: b.png")
    assert ran.err == "ocrcli: a\\nocrcli: b.png: told to fail\n"


def test_standard_input_beside_files_and_with_jobs(shell: Any) -> None:
    names = shell.scripts(3)
    ran = shell("sample", *names[:2], "-", names[2], "--jobs", "2", input=b"text from stdin\npage\n")
    assert ran.inputs == [names[0], names[1], "-", names[2]]
    assert ran.records[2]["text"] == "from stdin"


def test_standard_input_once(shell: Any) -> None:
    ran = shell("sample", "-", "-", input=b"page\n")
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_standard_input_from_a_terminal_is_refused(shell: Any) -> None:
    ours, theirs = pty.openpty()
    for arguments in (["-"], ["--files-from", "-"]):
        ran = shell("sample", *arguments, stdin=theirs)
        assert ran.code == 2
        assert "standard input" in ran.err
    os.close(ours)
    os.close(theirs)


def test_a_fifo_and_a_process_substitution(shell: Any) -> None:
    fifo = shell.folder / "fifo"
    os.mkfifo(fifo)
    threading.Thread(target=lambda: fifo.write_bytes(b"text fifo\npage\n"), daemon=True).start()
    script = f"{sys.executable} {shell.script} sample fifo <(printf 'text shell\\npage\\n')"
    ran = subprocess.run(["bash", "-c", script], cwd=shell.folder, capture_output=True, timeout=SECONDS)
    assert ran.stderr == b""
    assert [json.loads(line)["text"] for line in ran.stdout.splitlines()] == ["fifo", "shell"]


def test_a_pipe_may_feed_the_names_one_by_one(shell: Any) -> None:
    names = shell.scripts(3)
    process = shell.start("sample", "--files-from", "-", "--jobs", "2", stdin=subprocess.PIPE)
    for name in names:
        process.stdin.write(name.encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["input"] == name
    process.stdin.close()
    assert process.wait(SECONDS) == 0
    process.stdout.close()
    process.stderr.close()


def test_ctrl_c_while_a_pipe_is_silent(shell: Any) -> None:
    name = shell.write("a.png").name
    process = shell.start("sample", "--files-from", "-", stdin=subprocess.PIPE)
    process.stdin.write(name.encode() + b"\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 130
    # No complaint of the interpreter about the thread that still waits for a name.
    assert all(line.startswith(b"ocrcli: finishing") for line in process.stderr)
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


@pytest.mark.parametrize("separator", ["\n", "\0", "\r\n"])
def test_names_from_a_list(shell: Any, separator: str) -> None:
    names = [*shell.scripts(3), shell.write("-").name, shell.write("*.png").name]
    shell.folder.joinpath("list").write_bytes("".join(f"{n}{separator}" for n in names).encode())
    assert shell("sample", "--files-from", "list").inputs == names


def test_the_same_file_twice_is_read_once(shell: Any) -> None:
    shell.write("a.png")
    (shell.folder / "link.png").symlink_to("a.png")
    ran = shell("sample", "a.png", "./a.png", "link.png")
    assert ran.inputs == ["a.png"]
    assert ran.err.count("given twice") == 2
    assert ran.code == 0
    assert shell("sample", "a.png", "./a.png", "-q").err == ""


def test_folders_in_natural_order(shell: Any) -> None:
    for name in ("img10.png", "img2.png", ".hidden.png", "sub/deep.png"):
        shell.write(name)
    assert shell("sample", ".").inputs == ["./img2.png", "./img10.png"]
    assert shell("sample", ".", "-r").inputs == ["./img2.png", "./img10.png", "./sub/deep.png"]


def test_a_folder_without_pictures_is_a_failed_input(shell: Any) -> None:
    (shell.folder / "empty").mkdir()
    shell.write("a.png")
    ran = shell("sample", "empty", "a.png")
    assert ran.codes == ["no_input"]
    assert ran.code == 1
    assert shell("sample", "empty").code == 3


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--side", "left"], "--side"), (["--quick-mode", "--quick-mode=1"], "--quick-mode")]
)
def test_wrong_values_of_own_options(shell: Any, arguments: list[str], said: str) -> None:
    ran = shell("sample", "a.png", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_the_services_own_options_reach_it(shell: Any) -> None:
    """They are part of the fingerprint, so each changes it."""
    shell.write("a.png")
    own: tuple[list[str], ...] = ([], ["--quick-mode"], ["--side", "front"], ["--like", "this"])
    prints = [shell("sample", "a.png", *more).records[0]["tool"]["options"] for more in own]
    assert len(set(prints)) == len(own)


@pytest.mark.parametrize(
    ("name", "value", "arguments"),
    [
        ("OCRCLI_PAGES", "1", ["--pages", "1"]),
        ("OCRCLI_DETAILS", "1", ["--details"]),
        ("OCRCLI_SIDE", "front", ["--side", "front"]),
        ("OCRCLI_QUICK_MODE", "true", ["--quick-mode"]),
        ("OCRCLI_PDF_TEXT", "never", ["--pdf-text", "never"]),
    ],
)
def test_every_option_is_an_environment_variable_too(shell: Any, name: str, value: str, arguments: list[str]) -> None:
    shell.write("a.png")
    given = shell("sample", "a.png", *arguments).records
    assert given != shell("sample", "a.png").records
    shell.env = {name: value}
    assert shell("sample", "a.png").records == given


def test_a_wrong_environment_variable_is_named(shell: Any) -> None:
    shell.env = {"OCRCLI_JOBS": "many"}
    ran = shell("sample", "a.png")
    assert ran.code == 2
    assert "OCRCLI_JOBS" in ran.err


def test_the_vendors_name_is_a_hidden_alias(shell: Any) -> None:
    shell.write("a.png")
    assert shell("sample-document", "a.png").records == shell("sample", "a.png").records
    assert "sample-document" not in shell("--help").out.decode()


def test_more_workers_than_cores_are_not_started(shell: Any) -> None:
    cores = len(os.sched_getaffinity(0))
    shell.write("a.png", "env OMP_NUM_THREADS\npage")
    ran = shell("sample", "a.png", "--jobs", str(cores + 5))
    assert ran.records[0]["text"] == "1"
    assert f"--jobs {cores}" in ran.err
    assert shell("sample", "a.png").records[0]["text"] == str(cores)


def test_times_are_told_with_v_only(shell: Any) -> None:
    shell.write("a.png", "pages 2")
    assert shell("sample", "a.png").err == ""
    err = shell("sample", "a.png", "-v").err
    assert err.startswith("ocrcli: a.png: 2 pages, ")
    assert err.endswith(" s\n")


def test_determinism(shell: Any) -> None:
    names = shell.scripts(5, "pages 2")
    first = shell("sample", *names).out
    assert shell("sample", *names, "--jobs", "2", "--threads", "1").out == first


@pytest.mark.parametrize(
    ("scripts", "options", "code"),
    [
        (["page"], [], 0),
        (["page", "fail decode_failed"], [], 1),
        (["page\nfail decode_failed"], [], 3),
        (["fail decode_failed", "fail timeout"], [], 3),
        (["page", "fail model_missing", "fail timeout"], [], 4),
        (["warn doubtful\npage"], [], 0),
        (["warn doubtful\npage"], ["--strict"], 5),
        (["warn over_limit\npage"], ["--strict"], 0),
        (["warn over_limit\npage"], ["--fail-on", "limits"], 5),
        (["warn more_pages\npage"], ["--strict"], 0),
        (["warn doubtful\npage", "fail timeout"], ["--strict"], 1),
        (["fail output_failed", "page"], [], 6),
        (["fail output_failed", "fail model_missing"], [], 4),
        (["raise x", "fail model_missing"], [], 70),
    ],
)
def test_exit_codes(shell: Any, scripts: list[str], options: list[str], code: int) -> None:
    names = [shell.write(f"{i}.png", text).name for i, text in enumerate(scripts)]
    assert shell("sample", *names, *options).code == code


def test_the_summary_counts(shell: Any) -> None:
    scripts = ["warn glare\npages 3", "fail timeout", "page\nfail timeout"]
    names = [shell.write(f"{i}.png", text).name for i, text in enumerate(scripts)]
    assert shell("sample", *names, "--summary", "s.json").code == 1
    summary = shell.read("s.json")
    assert summary.pop("seconds") > 0
    assert summary == {
        "exit_code": 1,
        "services": {
            "sample": {
                "inputs": 3,
                "read": 1,
                "failed": 2,
                "skipped": 0,
                "pages": 4,
                "records": 4,
                "errors": {"timeout": 2},
                "warnings": {"glare": 3},
                "breaches": {},
                "breached": [],
            }
        },
    }


def test_a_summary_that_cannot_be_written_is_known_before_any_work(shell: Any) -> None:
    shell.write("a.png", "page")
    (shell.folder / "file").touch()
    ran = shell("sample", "a.png", "--summary", "file/s.json")
    assert ran.code == 6
    assert ran.out == b""


def test_a_summary_may_go_to_a_device(shell: Any) -> None:
    shell.write("a.png", "page")
    assert shell("sample", "a.png", "--summary", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


def test_read_only_output(shell: Any) -> None:
    shell.write("a.png")
    ran = shell("sample", "a.png", "-o", "/proc/out.json")
    assert ran.code == 6
    assert ran.err.count("\n") == 1


def test_skip_existing_reads_what_changed(shell: Any) -> None:
    names = shell.scripts(3)
    assert shell("sample", *names, "-o", "out.jsonl").code == 0
    shell.write(names[1], "text changed\npage")
    ran = shell("sample", *names, "-o", "out.jsonl", "--skip-existing", "-v")
    assert ran.err.count("skipped") == 2
    assert [r["text"] for r in shell.read("out.jsonl")] == ["0", "changed", "2"]
    assert shell("sample", *names, "-o", "out.jsonl", "--skip-existing", "-v", "--details").err.count("skipped") == 0


def test_inputs_under_the_output_folders_are_not_picked_up(shell: Any) -> None:
    shell.write("in/a.png")
    shell.write("in/drawn/b.png")
    ran = shell("sample", "in", "-r", "--annotate", "in/drawn")
    assert ran.inputs == ["in/a.png"]


@pytest.mark.parametrize(("inputs", "crops"), [("in", "in/cut"), ("in/a.png", "in"), ("in/a.png", "in/a.png")])
def test_crops_never_lie_where_they_could_replace_an_input(shell: Any, inputs: str, crops: str) -> None:
    shell.write("in/a.png")
    ran = shell("sample", inputs, "--crops", crops)
    assert ran.code == Exit.USAGE
    assert "--crops" in ran.err


def test_closed_streams(shell: Any) -> None:
    """Whoever starts us may have closed stdin, stdout or stderr."""
    shell.write("a.png", "print noise\ntext fine\npage")
    command = f"{sys.executable} {shell.script} sample a.png"

    def code(line: str) -> int:
        return subprocess.run(["bash", "-c", line], cwd=shell.folder, timeout=SECONDS).returncode

    assert code(f"{command} -o out.json <&- >&- 2>&-") == 0
    assert [record["text"] for record in shell.read("out.json")] == ["fine"]
    assert code(f"{command} >&- 2>/dev/null") == 6
    assert code(f"{command} 2>&- > out.jsonl") == 0
    assert [record["text"] for record in shell.read("out.jsonl")] == ["fine"]


def test_utf_8_whatever_the_locale(shell: Any) -> None:
    shell.env = {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}
    assert "样张" in shell("services").out.decode()


def on_a_terminal(shell: Any, stream: str, *arguments: str) -> str:
    """What appears on a terminal that is stdout, or stderr, of the command."""
    ours, theirs = pty.openpty()
    other = {"stdout": "stderr", "stderr": "stdout"}[stream]
    process = shell.start("sample", *arguments, **{stream: theirs, other: subprocess.DEVNULL})
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:  # the other end was closed
            break
    os.close(ours)
    assert process.wait(SECONDS) == 0
    return shown.decode()


def test_json_is_indented_on_a_terminal(shell: Any) -> None:
    shell.write("a.png")
    shown = on_a_terminal(shell, "stdout", "a.png")
    assert '\r\n  "service": "sample",\r\n' in shown
    assert json.loads(shown)["page"] == 1


def test_progress_is_drawn_on_a_terminal(shell: Any) -> None:
    shell.env = {"TERM": "xterm", "COLUMNS": "80"}
    shell.write("a.png", "sleep 0.5\npage")
    assert "1 of 1, 0 failed" in on_a_terminal(shell, "stderr", "a.png")
    assert on_a_terminal(shell, "stderr", "a.png", "-q") == ""


@pytest.mark.parametrize("value", ["inf", "nan", "1e99"])
def test_an_endless_timeout_is_refused(shell: Any, value: str) -> None:
    assert shell("sample", "a.png", "--timeout", value).code == 2
