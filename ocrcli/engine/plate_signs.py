"""The Chinese characters at the ends of number plates, by two small networks of our own on ONNX Runtime.

The recogniser knows 18,708 characters as they are printed on paper; what it gets wrong on small plates is nearly always
the province's sign, or the 学, 挂, 警, 港, 澳 or 领 at the end. One network knows the provinces' signs as plates have
them, the other those at the end. They were trained on drawn signs alone, as many of each (training/plate_signs.py), so
they prefer no province.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ocrcli.checks.plate import PROVINCES
from ocrcli.engine.catalogue import find_model
from ocrcli.engine.models import weights_hash
from ocrcli.engine.session import open_session
from ocrcli.errors import OcrError
from ocrcli.page import Pixels

SIDE = 32  # px, what the networks see
END_SIGNS = "学警挂港澳领使"
NO_SIGN = "-"  # a digit or a letter stands at the end, or nothing
SIGNS: dict[Literal["province", "end"], str] = {"province": PROVINCES, "end": END_SIGNS + NO_SIGN}
_LEAST_SPREAD = 4.0  # grey levels: a flat crop is not blown up to noise


class SignModel:
    """Says which of its signs a crop shows."""

    def __init__(self, role: Literal["province", "end"]) -> None:
        model = find_model(role, "onnx", "small")
        self._session = open_session(model)
        self._signs = SIGNS[role]
        self.hashes = {model.name: weights_hash(model) or ""}

    def log_probabilities(self, crops: Sequence[Pixels]) -> dict[str, float]:
        """Natural logarithms of the probabilities, by sign (SIGNS): the means over several crops of one sign.

        A crop is h × w × 3 BGR, the sign in its middle, a little of what stands beside it around.
        """
        (logits,) = self._session.run(None, {"signs": np.stack([prepared(crop) for crop in crops])})
        logs = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        return dict(zip(self._signs, logs.mean(axis=0).tolist(), strict=True))


def open_sign_model(role: Literal["province", "end"]) -> SignModel:
    """Loads the model, which a run does when a plate first needs it. Raises OcrError("model_missing")."""
    try:
        return SignModel(role)
    except RuntimeError as error:
        raise OcrError("model_missing", f"{role}_sign cannot be loaded ({error}); install ocrcli again") from error


def prepared(crop: Pixels) -> NDArray[np.float32]:
    """A crop as the network wants it: 1 × SIDE × SIDE, grey, its mean 0 and its spread about 1."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    way = cv2.INTER_LINEAR if grey.shape[0] < SIDE else cv2.INTER_AREA
    small = np.asarray(cv2.resize(grey, (SIDE, SIDE), interpolation=way), np.float32)
    return np.asarray((small - small.mean()) / (small.std() + _LEAST_SPREAD), np.float32)[np.newaxis]
