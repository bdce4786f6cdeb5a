"""Fields: which values are right, and whether a wrong one says that it may be wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ocrcli.checks import is_check_digit
from ocrcli.evaluate.score import PlainRecord, Score, pages_read


def score_fields(truth: Mapping[str, Any], records: Sequence[PlainRecord]) -> Score:
    """Right values of all, per key and together, for one document.

    Only the keys in `truth["fields"]` are asked for. Where a file gave several records, the one with the
    fewest faults is taken: the truth is of one document.
    """
    scores = [_score_record(truth, record) for record in pages_read(records)]
    best = min(scores, key=lambda score: len(score.mismatches), default=None)
    return best if best is not None else _score_record(truth, {"fields": {}})


def _score_record(truth: Mapping[str, Any], record: PlainRecord) -> Score:
    score = Score()
    whole = True
    for key, pointer, value in leaves(truth["fields"]):
        read = at(record.get("fields"), pointer)
        right = score.value(pointer, value, read)
        whole = whole and right
        score.add("fields", right, 1)
        score.add(f"field/{key}", right, 1)
        score.add("wrong_unmarked", not right and read not in (None, "") and not is_marked(record, pointer), 1)
    if truth.get("side") is not None:
        score.add("side", score.value("side", truth["side"], (record.get("document") or {}).get("side")), 1)
    if "check_digits_ok" in truth:
        right = score.value("check_digits_ok", truth["check_digits_ok"], check_digits_ok(record))
        score.add("check_digits_ok", right, 1)
    score.add("files_exact", whole, 1)
    return score


def leaves(value: Any, key: str = "", pointer: str = "") -> Iterator[tuple[str, str, Any]]:
    """Each single value below `value`: its key (places in lists left out), its JSON Pointer, itself."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{key}/{name}" if key else name, f"{pointer}/{name}" if pointer else name)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from leaves(inner, key, f"{pointer}/{i}")
    else:
        yield key, pointer, value


def at(fields: Any, pointer: str) -> Any:
    """The value at a JSON Pointer (without the first slash), None where there is none."""
    for step in pointer.split("/"):
        if isinstance(fields, Mapping):
            fields = fields.get(step)
        elif isinstance(fields, list) and step.isdigit() and int(step) < len(fields):
            fields = fields[int(step)]
        else:
            return None
    return fields


def is_marked(record: PlainRecord, pointer: str) -> bool:
    """True where the record itself says that this value may be wrong: doubtful, a failed check, a warning about it."""
    steps = pointer.split("/")
    names = {"/".join(steps[: i + 1]) for i in range(len(steps))}  # a check of a row is one of its cells
    evidence = (record.get("evidence") or {}).get(pointer) or {}
    failed = [c for c in record.get("checks", ()) if c["passed"] is False and any(n in c["fields"] for n in names)]
    warned = [w for w in record.get("warnings", ()) if w["field"] in names]
    return bool(evidence.get("doubtful") or failed or warned)


def check_digits_ok(record: PlainRecord) -> bool | None:
    """Whether all check digits on the document are right; None where no check could be made."""
    outcomes = [c["passed"] for c in record.get("checks", ()) if is_check_digit(c["rule"])]
    known = [passed for passed in outcomes if passed is not None]
    return all(known) if known else None
