"""ONNX Runtime without telemetry; sessions for the networks that PaddleOCR has no module for."""

from __future__ import annotations

import os
import warnings
from typing import Any

from ocrcli.engine.catalogue import Model
from ocrcli.engine.models import hub_home, model_folder


def quiet_environment() -> None:
    """Sets what must be set before anything heavy is imported: no telemetry, no hub check, caches in our folder."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime's is on by default, on Linux too
    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
    os.environ["PADDLE_PDX_CACHE_HOME"] = str(hub_home())
    os.environ.setdefault("GLOG_minloglevel", "2")
    # modelscope and the hub clients, which come with paddlex, keep folders in the home unless told.
    os.environ.setdefault("MODELSCOPE_CACHE", str(hub_home()))
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    # Paddle warns at import that it would need ccache to compile extensions, which nobody does here.
    warnings.filterwarnings("ignore", message="No ccache found")


def open_session(model: Model) -> Any:
    """An InferenceSession of a model that is one ONNX file: one thread, on the processor, silent."""
    folder = model_folder(model)
    quiet_environment()
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    return onnxruntime.InferenceSession(str(folder / "inference.onnx"), settings, providers=["CPUExecutionProvider"])
