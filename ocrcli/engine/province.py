"""The province's sign on a number plate, by a small network of our own on ONNX Runtime.

The recogniser knows 18,708 characters as they are printed on paper; what it gets wrong on small plates is nearly always
the first sign. This network knows the 31 signs of the provinces as plates have them and nothing else. It was trained on
drawn signs alone, as many of each (training/province_sign.py), so it prefers no province.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.checks.plate import PROVINCES
from ocrcli.engine.catalogue import find_model
from ocrcli.engine.models import weights_hash
from ocrcli.engine.session import open_session
from ocrcli.errors import OcrError
from ocrcli.page import Pixels

SIDE = 32  # px, what the network sees
_LEAST_SPREAD = 4.0  # grey levels: a flat crop is not blown up to noise


class ProvinceModel:
    """Says which province's sign a crop shows."""

    def __init__(self) -> None:
        model = find_model("province", "onnx", "small")
        self._session = open_session(model)
        self.hashes = {model.name: weights_hash(model) or ""}

    def log_probabilities(self, crops: Sequence[Pixels]) -> dict[str, float]:
        """Natural logarithms of the provinces' probabilities, by sign: the means over several crops of one sign.

        A crop is h × w × 3 BGR, the sign in its middle, a little of what stands beside it around.
        """
        (logits,) = self._session.run(None, {"signs": np.stack([prepared(crop) for crop in crops])})
        logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        return dict(zip(PROVINCES, logs.mean(axis=0).tolist(), strict=True))


@cache
def open_province_model() -> ProvinceModel:
    """The model, loaded when a plate first needs it. Raises OcrError("model_missing")."""
    try:
        return ProvinceModel()
    except RuntimeError as error:
        raise OcrError("model_missing", f"province_sign cannot be loaded ({error}); install ocrcli again") from error


def prepared(crop: Pixels) -> NDArray[np.float32]:
    """A crop as the network wants it: 1 × SIDE × SIDE, grey, its mean 0 and its spread about 1."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    way = cv2.INTER_LINEAR if grey.shape[0] < SIDE else cv2.INTER_AREA
    small = np.asarray(cv2.resize(grey, (SIDE, SIDE), interpolation=way), np.float32)
    return np.asarray((small - small.mean()) / (small.std() + _LEAST_SPREAD), np.float32)[np.newaxis]
