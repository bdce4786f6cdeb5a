"""services, schema, models, doctor, eval."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ocrcli.cli import doctor
from ocrcli.cli.app import run
from ocrcli.engine import models, pulling
from ocrcli.errors import OcrError
from ocrcli.services import all_services


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("OCRCLI_CACHE", str(folder))
    models.cache_dir.cache_clear()
    yield folder
    models.cache_dir.cache_clear()


def printed(arguments: list[str], capfd: pytest.CaptureFixture[str], code: int = 0) -> str:
    assert run(arguments) == code
    return capfd.readouterr().out


def test_services(capfd: pytest.CaptureFixture[str]) -> None:
    shown = printed(["services"], capfd)
    told = json.loads(printed(["services", "--json"], capfd))
    assert [service["name"] for service in told] == list(all_services())
    for service in told:
        assert f"  {service['name']} " in shown
        assert service["title_zh"] in shown
        assert service["max_bytes"] > 0


@pytest.mark.parametrize("name", [*all_services(), "general-text"])
def test_schema(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    Draft202012Validator.check_schema(json.loads(printed(["schema", name], capfd)))


def test_models_list(capfd: pytest.CaptureFixture[str]) -> None:
    shown = printed(["models", "list"], capfd)
    told = json.loads(printed(["models", "list", "--json"], capfd))
    assert [model["name"] for model in told] == [model.name for model in models.catalogue()]
    for model in told:
        assert model["name"] in shown
        assert (model["sha256"] is None) == (model["from"] == "hub")


def test_models_path(capfd: pytest.CaptureFixture[str], cache: Path) -> None:
    assert printed(["models", "path"], capfd) == f"{cache}\n"


def test_models_verify(capfd: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(["models", "verify", "--json"], capfd))
    sound = [model["name"] for model in told if model["problem"] is None]
    assert "PP-OCRv6_small_rec" in sound
    assert "PP-OCRv6_tiny_rec" not in sound
    assert printed(["models", "verify"], capfd).count(" sound\n") == len(sound)


def test_models_verify_finds_what_is_wrong(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    model = next(model for model in models.catalogue() if model.name == "PP-OCRv6_small_rec")
    monkeypatch.setattr(models, "verify", lambda: [models.ModelState(model, None, "SHA-256 differs")])
    assert "SHA-256 differs" in printed(["models", "verify"], capfd, code=4)


def test_models_pull(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "pull", lambda size: [Path(f"/somewhere/{size}")])
    assert printed(["models", "pull", "tiny"], capfd) == "/somewhere/tiny\n"


def test_models_pull_without_a_network_is_one_line_and_exit_4(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(size: str) -> list[Path]:
        raise OcrError("model_missing", "the hub cannot be reached")

    monkeypatch.setattr(pulling, "pull", refuse)
    assert run(["models", "pull", "tiny"]) == 4
    assert capfd.readouterr() == ("", "ocrcli: the hub cannot be reached\n")


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A doctor whose reading costs nothing; the real one is tested with the engine."""
    monkeypatch.setattr(doctor, "_recognition", lambda: doctor.Symptom("recognition", "as drawn"))


def test_doctor(healthy: None, capfd: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(["doctor", "--json"], capfd))
    names = [check["name"] for check in told["checks"]]
    assert told["ok"] is True
    for name in ("python", "paddleocr", "onnxruntime", "opencv", "PP-OCRv6_small_rec", "cores", "memory", "free disk"):
        assert name in names
    shown = printed(["doctor"], capfd)
    assert "PP-OCRv6_tiny_rec" not in shown
    assert "FAIL" not in shown


def test_doctor_says_what_to_do_about_a_missing_system_library(
    healthy: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str) -> Any:
        raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(doctor, "import_module", fail)
    shown = printed(["doctor"], capfd, code=4)
    assert "FAIL  opencv" in shown
    assert "what to do: apt install libgl1 libglib2.0-0" in shown


def test_doctor_finds_a_missing_package(
    healthy: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("numpy", "no-such-package"))
    told = json.loads(printed(["doctor", "--json"], capfd, code=4))
    assert told["ok"] is False
    bad = [check for check in told["checks"] if check["problem"] and check["needed"]]
    assert [check["name"] for check in bad] == ["no-such-package"]


def test_doctor_finds_opencvs_that_differ(
    healthy: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {"opencv-python": "4.10.0.84", "opencv-python-headless": "5.0"}
    monkeypatch.setattr(doctor, "version", lambda name: versions.get(name, "1"))
    shown = printed(["doctor"], capfd)
    assert "note  opencv packages" in shown


def test_doctor_finds_a_broken_model(
    healthy: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = next(model for model in models.catalogue() if model.name == "PP-OCRv6_small_rec")
    monkeypatch.setattr(doctor, "verify", lambda: [models.ModelState(model, None, "SHA-256 differs")])
    assert "FAIL  PP-OCRv6_small_rec" in printed(["doctor"], capfd, code=4)


def test_doctor_without_a_folder_for_models(
    healthy: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("OCRCLI_CACHE", str(tmp_path / "file"))
    models.cache_dir.cache_clear()
    assert "OCRCLI_CACHE" in printed(["doctor"], capfd, code=4)


def test_doctor_advises_where_memory_and_disk_are_little(
    healthy: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "available_memory", lambda: 1 << 30)
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=1 << 20))
    shown = printed(["doctor"], capfd)
    assert "note  memory" in shown
    assert "note  free disk" in shown


@pytest.mark.parametrize(
    ("told", "build"),
    [
        ("contrib = True\nheadless = False", "opencv-contrib-python"),
        ("contrib = False\nheadless = True", "opencv-python-headless"),
        ("contrib = False\nheadless = False", "opencv-python"),
    ],
)
def test_which_opencv_is_in_place(told: str, build: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "version.py").write_text(f'opencv_version = "4"\n{told}\n')
    monkeypatch.setattr(doctor, "find_spec", lambda name: SimpleNamespace(submodule_search_locations=[str(tmp_path)]))
    assert doctor.opencv_build() == f"the build of {build}"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("another text", "was drawn"), (OcrError("model_missing", "no model"), "no model"), (OSError("x"), "OSError")],
)
def test_doctor_tells_a_failed_reading(outcome: Any, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(image: Any) -> Any:
        if isinstance(outcome, Exception):
            raise outcome
        return [SimpleNamespace(text=outcome)]

    monkeypatch.setattr("ocrcli.library.read", read)
    symptom = doctor._recognition()
    assert symptom.needed
    assert said in str(symptom.problem)


@pytest.mark.engine
def test_doctor_reads_for_real(capfd: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(["doctor", "--json"], capfd))
    assert told["checks"][-1]["name"] == "recognition"
    assert told["checks"][-1]["problem"] is None


def test_eval(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.jsonl"
    sample = {"service": "general", "file": "gone.png", "truth": {"lines": ["样张"]}}
    manifest.write_text(json.dumps(sample, ensure_ascii=False))
    told = json.loads(printed(["eval", str(manifest), "--json"], capfd))
    assert told["files"][0]["errors"][0]["code"] == "unreadable"
    assert "general" in printed(["eval", str(manifest)], capfd)


def test_eval_tells_each_file_with_v(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(json.dumps({"service": "general", "file": "gone.png", "truth": {"lines": ["x"]}}))
    assert run(["eval", str(manifest), "-v", "--json"]) == 0
    captured = capfd.readouterr()
    assert captured.err == "ocrcli: gone.png: 100.0 % wrong\n"
    assert os.linesep not in json.loads(captured.out)["manifest"]
