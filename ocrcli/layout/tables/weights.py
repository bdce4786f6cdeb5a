"""What each sign of a column, or of a row, is worth: trained on drawn tables (training/tables.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Features = dict[str, float]


@cache
def trained() -> Mapping[str, Mapping[str, float]]:
    """The weights by what they decide (`columns`, `rows`) and the name of the sign, in nats."""
    weights: Mapping[str, Mapping[str, float]] = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return weights


def score(features: Features, weights: Mapping[str, float]) -> float:
    """What the signs are worth together."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def step(name: str, value: float, *edges: float) -> str:
    """The sign that a figure lies in one of the ranges between `edges`: a range of its own for each is learnt."""
    return f"{name} {sum(value >= edge for edge in edges)}"
