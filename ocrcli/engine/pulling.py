"""`ocrcli models pull`: models fetched from PaddleOCR's hub on request. The only use of the network."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ocrcli.engine.catalogue import CATALOGUE
from ocrcli.engine.languages import OTHER_MODELS
from ocrcli.engine.models import file_sha256, hub_home
from ocrcli.engine.session import quiet_environment
from ocrcli.errors import OcrError


def pull(what: str) -> list[Path]:
    """Fetches models from PaddleOCR's hub, and notes their hashes.

    `what` is a size (tiny, medium) or a language that needs a model of its own (ko, ru, …). Raises
    OcrError("model_missing") with one line where there is nothing to fetch or the hub cannot be reached.
    """
    wanted = [m for m in CATALOGUE if not m.package and what in (m.pull_word, *m.languages)]
    if not wanted:
        words = ", ".join(sorted({m.pull_word for m in CATALOGUE if not m.package} | OTHER_MODELS.keys()))
        raise OcrError("model_missing", f"there is nothing to fetch for {what!r}; there is for: {words}")
    folders = []
    for model in wanted:
        folder = _download(model.name, hub_home())
        files = {p.name: file_sha256(p) for p in sorted(folder.iterdir()) if p.is_file()}
        weights = next((n for n in files if n.endswith((".onnx", ".pdiparams"))), None)
        noted = {"folder": str(folder), "files": files, "sha256": files.get(weights or "", "")}
        building = hub_home() / f".{model.name}.json"
        building.write_text(json.dumps(noted), encoding="utf-8")
        building.replace(hub_home() / f"{model.name}.json")
        folders.append(folder)
    return folders


def _download(name: str, home: Path) -> Path:
    """Fetches a model from PaddleOCR's hub into `home`. Raises OcrError("model_missing") without a network."""
    quiet_environment()
    os.environ["PADDLE_PDX_CACHE_HOME"] = str(home)
    # Here the hub is asked on purpose, and asked first whether it is there: without a network that fails fast.
    del os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"]
    try:
        with _silence():
            from paddlex.inference.utils.official_models import official_models

            return Path(official_models.get_model_path(name, model_formats=("onnx",)))
    except Exception as error:  # the hub clients raise anything, from OSError to bare Exception
        raise OcrError(
            "model_missing",
            f"{name} cannot be fetched from PaddleOCR's hub (no network, or the hub is down); "
            "the small models need no network",
        ) from error


@contextmanager
def _silence() -> Iterator[None]:
    """Descriptor 2 points nowhere: four hub clients log and print what went wrong, each in its own way."""
    sys.stderr.flush()
    kept = os.dup(2)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
