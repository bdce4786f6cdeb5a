"""The weights: found in their packages, checked, staged so that processes can share them."""

import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from ocrcli.engine import catalogue, models, pulling
from ocrcli.errors import OcrError


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("OCRCLI_CACHE", str(tmp_path / "cache"))
    models.cache_dir.cache_clear()
    yield tmp_path / "cache"
    models.cache_dir.cache_clear()


CARRIED = [m for m in catalogue.CATALOGUE if m.package]


@pytest.mark.parametrize("model", CARRIED, ids=lambda m: m.name)
def test_every_carried_model_is_staged_whole(model: catalogue.Model, cache: Path) -> None:
    folder = models.model_folder(model)
    assert folder.is_relative_to(cache)
    for weights in model.files:
        assert models.file_sha256(folder / weights.name) == weights.sha256
    settings = json.loads((folder / "inference.yml").read_text())
    assert settings["Global"]["model_name"] == model.name
    assert models.model_folder(model) == folder


def test_a_damaged_file_is_staged_again(cache: Path) -> None:
    model = CARRIED[0]
    folder = models.model_folder(model)
    weights = folder / model.files[0].name
    weights.write_bytes(b"damaged")
    assert models.model_folder(model) == folder
    assert models.file_sha256(weights) == model.files[0].sha256


def test_weights_that_are_not_the_right_ones_are_refused(cache: Path) -> None:
    good = CARRIED[0]
    wrong = catalogue.Model(
        good.name, good.role, good.engine, good.size, good.package,
        (catalogue.Weights(good.files[0].source, "inference.onnx", "0" * 64),), good.config,
    )  # fmt: skip
    with pytest.raises(OcrError, match="SHA-256 differs") as caught:
        models.model_folder(wrong)
    assert caught.value.code == "model_missing"


def test_a_missing_package_says_what_to_do(cache: Path) -> None:
    with pytest.raises(OcrError, match="not installed"):
        models.package_file("no_such_package_at_all", "x.onnx")


def test_models_of_the_hub_are_never_fetched_unasked(cache: Path) -> None:
    model = catalogue.find_model("recognition", "onnx", "medium")
    with pytest.raises(OcrError, match="ocrcli models pull medium") as caught:
        models.model_folder(model)
    assert caught.value.code == "model_missing"


@pytest.mark.parametrize("language", ["zh", "auto", "de", "tr"])
def test_latin_and_chinese_take_the_usual_model(language: str) -> None:
    assert catalogue.find_recognizer("onnx", "small", language).name == "PP-OCRv6_small_rec"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("ko", "korean_PP-OCRv5_mobile_rec is not on this machine; fetch it with: ocrcli models pull ko"),
        ("ru", "eslav_PP-OCRv5_mobile_rec is not on this machine; fetch it with: ocrcli models pull"),
        ("am", "PaddleOCR has no model for its script"),
        ("xx", "known are ar, auto"),
    ],
)
def test_another_script_names_the_model_it_takes(cache: Path, language: str, says: str) -> None:
    with pytest.raises(OcrError, match=says) as caught:
        models.model_folder(catalogue.find_recognizer("onnx", "small", language))
    assert caught.value.code == "model_missing"


def test_nothing_to_fetch_is_said(cache: Path) -> None:
    with pytest.raises(OcrError, match="nothing to fetch for 'small'"):
        pulling.pull("small")


def test_a_changed_pulled_model_is_refused(cache: Path) -> None:
    model = catalogue.find_model("detection", "onnx", "tiny")
    folder = cache / "hub" / "official_models" / model.name
    folder.mkdir(parents=True)
    (folder / "inference.onnx").write_bytes(b"weights")
    noted = {"folder": str(folder), "files": {"inference.onnx": models.file_sha256(folder / "inference.onnx")}}
    (cache / "hub" / f"{model.name}.json").write_text(json.dumps(noted))
    assert models.model_folder(model) == folder
    (folder / "inference.onnx").write_bytes(b"other weights")
    with pytest.raises(OcrError, match="changed since"):
        models.model_folder(model)


def test_no_medium_paddle_model() -> None:
    with pytest.raises(OcrError, match="--models small"):
        catalogue.find_model("detection", "paddle", "medium")


def test_a_home_that_cannot_be_written_falls_to_a_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")  # a folder cannot be made below a file, whoever asks
    monkeypatch.delenv("OCRCLI_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked / "cache"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    models.cache_dir.cache_clear()
    try:
        assert models.cache_dir().parent == tmp_path
        monkeypatch.setenv("OCRCLI_CACHE", str(blocked / "cache"))
        models.cache_dir.cache_clear()
        with pytest.raises(OcrError, match="OCRCLI_CACHE"):
            models.cache_dir()
    finally:
        models.cache_dir.cache_clear()


def _stage_all(_: int) -> list[str]:
    return [str(models.model_folder(m)) for m in CARRIED[:2]]


def test_processes_share_a_cold_cache(cache: Path) -> None:
    """Four processes stage the same models at once; each gets whole ones."""
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        folders = pool.map(_stage_all, range(4), chunksize=1)
    assert all(f == folders[0] for f in folders)
    left = [p.name for p in (cache / "models").iterdir() if p.name.startswith(".")]
    assert left == []


def test_verify_names_what_is_missing(cache: Path) -> None:
    states = {s.model.name: s for s in models.verify()}
    assert states["PP-OCRv6_small_rec"].problem is None
    assert "pull" in (states["PP-OCRv6_medium_rec"].problem or "")
