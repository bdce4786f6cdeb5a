"""Ctrl-C, SIGTERM, SIGKILL, closed pipes, full disks: nothing that was finished is lost."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.cli_shell import SECONDS
from tests.processes import is_gone, workers_of

FILES = 50


@pytest.fixture
def fifty(shell: Any) -> Any:
    shell.scripts(FILES, "sleep 0.02\npage")
    return shell


def whole_run(shell: Any, output: str) -> Any:
    """What one uninterrupted run gives."""
    ran = shell("sample", ".", "-o", f"../whole/{output}")
    assert ran.code == 0
    return shell.read(f"../whole/{output}")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("output", ["../out.json", "../out.jsonl"])
def test_stopped_in_the_middle_then_gone_on_with(fifty: Any, output: str, number: int, code: int) -> None:
    process = fifty.start("sample", ".", "-o", output, "--summary", "../summary.json", "--skip-existing")
    partial = f"{output}.partial.jsonl" if output.endswith("json") else output
    fifty.wait_for(partial, 5)
    process.send_signal(number)
    process.communicate(timeout=SECONDS)
    assert process.returncode == code
    finished = fifty.read(output)
    assert 0 < len(finished) < FILES
    assert all("error" not in record for record in finished)
    summary = fifty.read("../summary.json")
    assert summary["exit_code"] == code
    assert summary["services"]["sample"]["read"] == len(finished)

    again = fifty("sample", ".", "-o", output, "--skip-existing", "-v")
    assert again.code == 0
    assert again.err.count("skipped") == len(finished)
    assert fifty.read(output) == whole_run(fifty, Path(output).name)


def test_killed_in_the_middle_then_gone_on_with(fifty: Any) -> None:
    process = fifty.start("sample", ".", "-o", "../out.json")
    fifty.wait_for("../out.json.partial.jsonl", 12)
    workers = workers_of(process.pid)
    process.kill()
    process.communicate()
    fifty.wait(lambda: all(is_gone(pid) for pid in workers))
    assert not (fifty.folder / "../out.json").exists()

    again = fifty("sample", ".", "-o", "../out.json", "--skip-existing", "-v")
    assert again.code == 0
    assert again.err.count("skipped") >= 4
    assert fifty.read("../out.json") == whole_run(fifty, "out.json")
    assert not (fifty.folder / "../out.json.partial.jsonl").exists()


def test_killed_while_writing_to_a_folder(fifty: Any) -> None:
    out = fifty.folder / "../out"
    process = fifty.start("sample", ".", "-o", "../out/")
    fifty.wait(lambda: out.exists() and len(list(out.glob("*.json"))) >= 5)
    process.kill()
    process.communicate()
    again = fifty("sample", ".", "-o", "../out/", "--skip-existing", "-v")
    assert again.err.count("skipped") >= 5
    assert len(list(out.glob("*.png.json"))) == FILES


def test_the_second_ctrl_c_ends_at_once(shell: Any) -> None:
    shell.write("a.png", "page")
    shell.write("b.png", "page\nsleep 600")
    process = shell.start("sample", ".", "-o", "../out.jsonl")
    shell.wait_for("../out.jsonl", 1)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    first, *_, last = shell.read("../out.jsonl")
    assert first["input"].endswith("a.png")
    assert last["error"]["code"] == "worker_died"  # half an input is not left looking like a whole one


def test_ctrl_c_on_the_terminal_reaches_the_workers_too_and_does_not_harm_them(shell: Any) -> None:
    shell.write("a.png", "page\nsleep 1\npage")
    process = shell.start("sample", "a.png", start_new_session=True)
    assert process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    rest, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert rest.count(b'"page":2') == 1


def test_head_ends_the_run_quietly_and_at_once(shell: Any) -> None:
    shell.scripts(20, "pages 50\nsleep 0.2")
    command = shlex.join([sys.executable, str(shell.script), "sample", "."])
    ran = subprocess.run(
        ["bash", "-c", f'{command} | head -1; echo "${{PIPESTATUS[0]}}"'],
        cwd=shell.folder,
        capture_output=True,
        timeout=SECONDS,
    )
    line, code = ran.stdout.splitlines()
    assert line.startswith(b'{"schema_version":1')
    assert code == b"0"
    assert ran.stderr == b""


def test_a_reader_that_leaves_ends_the_run_at_once(shell: Any) -> None:
    """Even while nothing is there to be written."""
    shell.write("a.png", "page")
    shell.write("b.png", "sleep 600")
    process = shell.start("sample", "a.png", "b.png")
    process.stdout.readline()
    workers = workers_of(process.pid)
    process.stdout.close()
    assert process.wait(SECONDS) == 0
    assert workers
    shell.wait(lambda: all(is_gone(pid) for pid in workers))
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_full_disk(shell: Any) -> None:
    shell.scripts(3)
    with Path("/dev/full").open("wb") as full:
        ran = shell("sample", ".", stdout=full)
    assert ran.code == 6
    assert "disk is full" in ran.err


def test_a_hanging_file_and_a_dying_worker_cost_one_input_each(shell: Any) -> None:
    names = [
        shell.write(name, text).name
        for name, text in [("1.png", "page"), ("2.png", "sleep 600"), ("3.png", "die 9"), ("4.png", "page")]
    ]
    ran = shell("sample", *names, "--timeout", "1")
    assert ran.inputs == names
    assert ran.codes == ["timeout", "worker_died"]
    assert ran.code == 1
    assert "ocrcli: 2.png: not finished after 1 s" in ran.err


def test_a_fault_of_ours_is_exit_70(shell: Any) -> None:
    shell.write("1.png", "raise secret words")
    shell.write("2.png", "page")
    ran = shell("sample", "1.png", "2.png")
    assert ran.code == 70
    assert ran.codes == ["internal"]
    assert "secret words" not in ran.err
    assert b"secret words" not in ran.out
