"""Sheets with several documents: found where they lie, named, and read.

A true document is found where a read one's quad shares at least `FOUND` of both (intersection over union); where the
truth has no quads, where a read one has its kind and most of its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ocrcli.evaluate.score import PlainRecord, Score, bare, folded, pages_read, pair_up, same
from ocrcli.evaluate.values import at, leaves
from ocrcli.geometry import Quad, as_quad

FOUND = 0.8
_MOST = 0.5  # of a document's values, where its place is not known

Thing = Mapping[str, Any]


def score_documents(truth: Mapping[str, Any], records: Sequence[PlainRecord]) -> Score:
    """Precision, recall and F1 of the documents, names of those found, values of all."""
    truths: list[Thing] = list(truth["fields"])
    reads: list[Thing] = [thing for record in pages_read(records) for thing in record["fields"]]
    pairs = _pairs(truths, [as_quad(quad) for quad in truth.get("documents") or ()], reads)
    score = Score()
    score.add("document_recall", len(pairs), len(truths))
    score.add("document_precision", len(pairs), len(reads))
    score.add("document_f1", 2 * len(pairs), len(truths) + len(reads))
    for i, thing in enumerate(truths):
        read: Thing = reads[pairs[i]] if i in pairs else {}
        if i in pairs:
            score.add("named", score.value(f"{i}/type", thing["type"], read["type"]), 1)
            score.add(f"type/{thing['type']}", same(thing["type"], read["type"]), 1)
        score.merge(score_content(thing, read.get("content"), "content_right", str(i)))
    return score


def score_content(truth: Thing, content: Any, figure: str, place: str) -> Score:
    """How many of a document's values are right, counted into `figure`."""
    score = Score()
    for _, pointer, value in leaves(content_of(truth)):
        read = _told(content, pointer, value)
        score.add(figure, score.value(f"{place}/{pointer}", value, read), 1)
    return score


def content_of(truth: Thing) -> Thing:
    """A true document's values: those under `content`, or beside its type."""
    content: Thing = truth.get("content") or {key: value for key, value in truth.items() if key != "type"}
    return content


def _told(content: Any, pointer: str, value: Any) -> Any:
    """What was read for a value; of a document given with its text alone, the value itself where the text has it."""
    text = content.get("text") if isinstance(content, Mapping) else None
    if text is None:
        return at(content, pointer)
    return value if bare(folded(str(value))) in bare(folded(text)) else None


def _pairs(truths: Sequence[Thing], quads: Sequence[Quad], reads: Sequence[Thing]) -> dict[int, int]:
    if not quads:
        return pair_up(truths, reads, _alike)
    from ocrcli.vision.documents import shared

    def common(quad: Quad, read: Thing) -> float | None:
        share = shared(quad, as_quad(read["location"]))
        return share if share >= FOUND else None

    return pair_up(quads, reads, common)


def _alike(truth: Thing, read: Thing) -> float | None:
    if truth["type"] != read["type"]:
        return None
    right = score_content(truth, read["content"], "right", "").tallies.get("right")
    return right.share if right and right.share is not None and right.share >= _MOST else None
