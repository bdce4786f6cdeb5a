"""The real run in an empty home, without a network: it works, leaves our cache only, and connects to nothing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.engine
SAMPLE = Path(__file__).parent.parent / "samples" / "idcard-back.jpg"
COMMAND = [sys.executable, "-m", "ocrcli", "general", str(SAMPLE), "--threads", "1"]


def without_network() -> list[str]:
    """The words that run a command in a network namespace of its own, where that is allowed."""
    words = ["unshare", "-rn"]
    if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
        return words
    return []


def run(home: Path, *before: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home / "tmp")}
    (home / "tmp").mkdir()
    return subprocess.run([*before, *COMMAND], capture_output=True, text=True, env=environment, cwd=home)


def test_it_works_without_a_network_and_leaves_only_the_cache(tmp_path: Path) -> None:
    done = run(tmp_path, *without_network())
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    record = json.loads(done.stdout)
    assert "居民身份证" in record["text"]
    left = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if not p.is_dir()}
    assert all(name.startswith(".cache/ocrcli/") for name in left), left
    assert any(name.endswith("inference.onnx") for name in left)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_no_connection_is_tried(tmp_path: Path) -> None:
    """A socket may be made (urllib3, which paddlex brings, asks so whether IPv6 is there); nothing is done with it."""
    log = tmp_path / "calls"
    done = run(tmp_path, "strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(log))
    if "ptrace" in done.stderr.lower():
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    calls = log.read_text().splitlines()
    internet = [call for call in calls if "AF_INET" in call]
    assert internet == []


def test_pulling_models_without_a_network_fails_with_one_line(tmp_path: Path) -> None:
    network = without_network()
    if not network:
        pytest.skip("the network cannot be taken away here")
    words = [*network, sys.executable, "-m", "ocrcli", "models", "pull", "tiny"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=240)
    assert done.returncode == 4
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "PP-OCRv6_tiny_det cannot be fetched" in done.stderr


def test_medium_models_are_not_fetched_unasked(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    words = [*COMMAND, "--models", "medium"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment)
    assert done.returncode == 4
    assert json.loads(done.stdout)["error"]["code"] == "model_missing"
    assert "ocrcli models pull medium" in done.stderr
