"""Sheets: documents are found where they lie, named, and their values compared."""

from __future__ import annotations

from typing import Any

from ocrcli.evaluate.documents import content_of, score_documents
from ocrcli.evaluate.score import Tally

CARD = {"type": "id_card", "content": {"name": "样本", "number": "1"}}
TAXI = {"type": "taxi_invoice", "content": {"number": "12345678"}}


def box(x: float, y: float, side: float = 100) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side]]


def read(type: str, place: list[list[float]], content: Any) -> dict[str, Any]:
    return {"type": type, "location": place, "content": content}


def record(*things: dict[str, Any]) -> dict[str, Any]:
    return {"fields": list(things)}


def test_a_sheet_read_right() -> None:
    truth = {"fields": [CARD, TAXI], "documents": [box(0, 0), box(200, 0)]}
    text = {"text": "发票号码 1234 5678"}
    told = record(read("taxi_invoice", box(203, 2), text), read("id_card", box(1, 1), {"name": "样本", "number": "1"}))
    score = score_documents(truth, [told])
    assert score.mismatches == []
    assert score.tallies["document_f1"] == Tally(4, 4)
    assert score.tallies["named"] == Tally(2, 2)
    assert score.tallies["content_right"] == Tally(3, 3)


def test_what_lies_elsewhere_is_not_found() -> None:
    truth = {"fields": [CARD, TAXI], "documents": [box(0, 0), box(200, 0)]}
    far = read("id_card", box(0, 15), CARD["content"])
    told = record(far, read("id_card", box(200, 1), None), read("x", box(9, 9), 1))
    tallies = score_documents(truth, [told]).tallies
    assert tallies["document_recall"] == Tally(1, 2)
    assert tallies["document_precision"] == Tally(1, 3)
    assert tallies["document_f1"] == Tally(2, 5)
    assert tallies["named"] == Tally(0, 1)
    assert tallies["content_right"] == Tally(0, 3)


def test_equal_documents_are_each_found_once() -> None:
    truth = {"fields": [TAXI, TAXI], "documents": [box(0, 0), box(0, 10)]}
    tallies = score_documents(truth, [record(read("taxi_invoice", box(0, 1), {"number": "12345678"}))]).tallies
    assert tallies["document_recall"] == Tally(1, 2)


def test_without_places_the_values_tell_which_is_which() -> None:
    truth = {"fields": [{"type": "taxi_invoice", "number": "11111111"}, {"type": "taxi_invoice", "number": "22222222"}]}
    told = record(read("taxi_invoice", [], {"text": "号码 22222222"}), read("taxi_invoice", [], {"text": "号码 3"}))
    tallies = score_documents(truth, [told]).tallies
    assert tallies["document_recall"] == Tally(1, 2)
    assert tallies["content_right"] == Tally(1, 2)
    assert content_of(truth["fields"][0]) == {"number": "11111111"}


def test_a_failed_page_has_nothing() -> None:
    tallies = score_documents({"fields": [TAXI], "documents": [box(0, 0)]}, [{"error": {"code": "unreadable"}}]).tallies
    assert tallies["document_f1"] == Tally(0, 1)
    assert "named" not in tallies
