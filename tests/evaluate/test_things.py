from __future__ import annotations

from typing import Any

import pytest

from ocrcli.evaluate.score import Tally
from ocrcli.evaluate.things import plate_kind, score_things


def a_record(*numbers: str, **more: Any) -> dict[str, Any]:
    fields = [{"plate_number": n, "plate_color": "blue"} for n in numbers]
    return {"fields": fields, "checks": [], "warnings": [], **more}


def plates(*numbers: str) -> list[dict[str, str]]:
    return [{"plate_number": n} for n in numbers]


def test_found_exact_and_extra() -> None:
    truth = {"fields": plates("京A12345", "沪B67890", "粤C00000"), "also": None}
    score = score_things(truth, [a_record("沪B6789O", "京A12345", "SHOP88")])
    assert score.tallies["found"] == Tally(2, 3)
    assert score.tallies["exact"] == Tally(1, 3)
    assert score.tallies["extra"] == Tally(1, 3)
    assert score.tallies["wrong_unmarked"] == Tally(1, 3)
    assert {(m.truth, m.read) for m in score.mismatches} == {("沪B67890", "沪B6789O"), ("粤C00000", None)}


def test_groups_by_province_and_kind() -> None:
    truth = {"fields": [*plates("京A12345", "京AD12345"), {"plate_number": "粤Z1234港", "plate_kind": "black"}]}
    tallies = score_things(truth, [a_record("京A12345", "粤Z1234港")]).tallies
    assert tallies["province/京"] == Tally(1, 2)
    assert tallies["kind/new energy"] == Tally(0, 1)
    assert tallies["kind/ordinary"] == Tally(1, 1)
    assert tallies["kind/black"] == Tally(1, 1)
    assert tallies["field/plate_kind"] == Tally(0, 1)


@pytest.mark.parametrize(
    ("number", "kind"),
    [("京A12345", "ordinary"), ("京AD12345", "new energy"), ("京A1234学", "学"), ("粤Z1234港", "港"), ("", "ordinary")],
)
def test_kinds(number: str, kind: str) -> None:
    assert plate_kind(number) == kind


def test_others_in_the_picture_are_not_extra() -> None:
    truth: dict[str, Any] = {"fields": plates("京A12345"), "also": ["沪B67890"]}
    assert score_things(truth, [a_record("京A12345", "沪B67890")]).tallies["extra"] == Tally(0, 1)
    truth["also"] = plates("沪B67890")
    assert score_things(truth, [a_record("京A12345", "沪B67890", "苏E11111")]).tallies["extra"] == Tally(1, 1)


def test_an_empty_scene() -> None:
    assert score_things({"fields": []}, [a_record()]).tallies == {"extra": Tally(0, 0)}
    assert score_things({"fields": []}, [a_record("京A12345")]).tallies == {"extra": Tally(1, 0)}


def test_an_error_finds_nothing() -> None:
    tallies = score_things({"fields": plates("京A12345")}, [{"error": {"code": "unreadable"}}]).tallies
    assert (tallies["found"], tallies["exact"], tallies["extra"]) == (Tally(0, 1), Tally(0, 1), Tally(0, 1))


def test_the_same_name_twice_needs_two_things() -> None:
    truth = {"fields": [{"type": "taxi_invoice"}, {"type": "taxi_invoice"}]}
    one = {"fields": [{"type": "taxi_invoice"}]}
    assert score_things(truth, [one]).tallies["exact"] == Tally(1, 2)
    assert score_things(truth, [one, one]).tallies["exact"] == Tally(2, 2)


def test_a_doubtful_wrong_plate_says_so() -> None:
    record = a_record("京A1234S", evidence={"0/plate_number": {"doubtful": True}})
    assert score_things({"fields": plates("京A12345")}, [record]).tallies["wrong_unmarked"] == Tally(0, 1)
