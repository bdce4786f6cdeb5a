"""A line a minute about a run."""

from __future__ import annotations

from ocrcli.cli.pulse import Pulse


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def said(total: int | None, *steps: tuple[float, dict[str, bool]]) -> list[str]:
    clock = Clock()
    pulse = Pulse(total, clock)
    lines = []
    for seconds, how in steps:
        clock.now += seconds
        lines.append(pulse.advance(**how))
    return [line for line in lines if line]


def test_nothing_is_said_before_a_minute_and_then_once_a_minute() -> None:
    assert said(10, *[(20.0, {})] * 2) == []
    assert said(10, *[(20.0, {})] * 5) == ["3 of 10 inputs done, 0 failed, 3.0 a minute, about 2 min left"]


def test_inputs_kept_from_before_do_not_count_for_the_rate() -> None:
    kept = [(0.0, {"kept": True})] * 50
    assert said(171, *kept, (60.0, {"failed": True})) == [
        "51 of 171 inputs done, 1 failed, 1.0 a minute, about 2 h 0 min left"
    ]


def test_without_a_total_nobody_knows_how_long() -> None:
    assert said(None, (90.0, {})) == ["1 inputs done, 0 failed, 0.7 a minute"]


def test_nothing_is_said_of_a_run_that_is_done() -> None:
    assert said(1, (90.0, {})) == []
