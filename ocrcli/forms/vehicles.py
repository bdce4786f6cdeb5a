"""The forms that documents about vehicles share: their types, masses and sizes (see `checks.vehicle_types`)."""

from __future__ import annotations

from ocrcli.checks import vehicle_types
from ocrcli.engine.grammar import Row, Slot
from ocrcli.engine.grammars import DIGITS, grammar
from ocrcli.forms.form import Form, one_of

TYPE = one_of(
    "vehicle-type",
    sorted(vehicle_types.TYPES | vehicle_types.PASSENGER_CARS),
    rule=vehicle_types.RULE,
    fault=vehicle_types.fault,
)
MASS = Form(
    "mass",
    grammar("mass", Row((Slot(DIGITS, 2, 6), Slot("k"), Slot("g"))), fence=DIGITS, alike={"k": "K", "g": "G"}),
    vehicle_types.mass,
    looks=r"\d{2}|-|[—一]",
)
_SIDE, TIMES = Slot(DIGITS, 3, 5), Slot("×")
DIMENSION = Form(
    "dimension",
    grammar("dimension", Row((_SIDE, TIMES, _SIDE, TIMES, _SIDE)), fence=DIGITS, alike={"×": "xX*"}),
    vehicle_types.dimension,
    looks=r"\d{3}\D\d{3}",
    rule=vehicle_types.SIZE,
    fault=vehicle_types.dimension_fault,
)
