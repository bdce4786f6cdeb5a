"""`--engine paddle`: the same modules on PaddlePaddle, really."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.engine, pytest.mark.paddle]
SAMPLE = Path(__file__).parents[2] / "samples" / "scan.pdf"


def read(engine: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "ocrcli", "general", str(SAMPLE), "-f", "txt", "--engine", engine]
    return subprocess.run(words, capture_output=True, text=True, check=True)


def test_both_engines_read_the_sample_alike() -> None:
    from rapidfuzz import fuzz

    onnx, paddle = read("onnx"), read("paddle")
    assert len(paddle.stdout) > 150
    assert fuzz.ratio(onnx.stdout, paddle.stdout) > 93
    assert paddle.stderr == ""


def test_the_record_names_the_engine_and_its_models() -> None:
    from ocrcli.library import read

    (record,) = read(SAMPLE, engine="paddle", threads=1)
    assert record.tool.engine == "paddle"
    assert set(record.tool.models) == {"PP-OCRv4_mobile_det", "PP-OCRv4_mobile_rec"}
    assert all(len(sha256) == 64 for sha256 in record.tool.models.values())
