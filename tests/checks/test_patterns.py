from __future__ import annotations

import time

import pytest

from ocrcli.checks.patterns import SECONDS, Pattern
from ocrcli.errors import OcrError


def test_where_it_matches_and_whether_wholly() -> None:
    number = Pattern(r"SH-\d{4}")
    assert number.place_in("No. SH-2024 b") == (4, 11)
    assert number.place_in("SH-20") is None
    assert number.fault("SH-2024") is None
    assert number.fault("SH-20245") == r"SH-20245 is not as the expression SH-\d{4} says"


@pytest.mark.parametrize("text", [r"(a|aa)+$", r"b(\w|\w\w)+$|(a|aa)+$"])
def test_one_that_takes_for_ever_is_stopped(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(OcrError) as caught:
        Pattern(text).place_in("a" * 60 + "!")
    assert caught.value.code == "timeout"
    assert text in caught.value.message
    assert time.monotonic() - started < 20 * SECONDS  # a busy machine


@pytest.mark.parametrize("text", ["(", "a" * 301, "(a{1000}){1000}", "a{99999}"])
def test_one_that_cannot_be_used_is_refused_at_once(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(ValueError, match="it"):
        Pattern(text)
    assert time.monotonic() - started < 5
