"""Lists: several things in one picture (plates, documents on a sheet): found, exact, and things that are not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz.distance import Levenshtein

from ocrcli.evaluate.score import PlainRecord, Score, folded, pages_read, pair_up
from ocrcli.evaluate.values import is_marked

# The sign at the end of a plate that tells its kind (GA 36): coaching, police, trailer, Hong Kong, Macao, embassies.
_LAST_SIGNS = frozenset("学警挂港澳使领")
_NEW_ENERGY_LENGTH = 8


def score_things(truth: Mapping[str, Any], records: Sequence[PlainRecord]) -> Score:
    """Found and exact of all things, each other key of those found, and how many were read that are not there.

    `truth["fields"]` is a list of objects; the first key of each names the thing. A thing is found where a read one
    shares at least half of its name's characters. `truth["also"]` are others in the picture, not asked for.
    """
    truths: list[Mapping[str, Any]] = list(truth["fields"])
    also = list(truth.get("also") or ())
    name = next((key for thing in (*truths, *also) if isinstance(thing, Mapping) for key in thing), "")
    reads = _read_things(records)
    pairs = pair_up([str(t[name]) for t in truths], [str(r[0].get(name) or "") for r in reads], likeness)
    score = Score()
    for i, thing in enumerate(truths):
        read, record, pointer = reads[pairs[i]] if i in pairs else ({}, {}, "")
        right = score.value(name, thing[name], read.get(name))
        score.add("found", i in pairs, 1)
        score.add("exact", right, 1)
        score.add("wrong_unmarked", i in pairs and not right and not is_marked(record, f"{pointer}/{name}"), 1)
        for key in list(thing)[1:]:
            score.add(f"field/{key}", score.value(key, thing[key], read.get(key)), 1)
        for group in _groups(name, thing):
            score.add(group, right, 1)
    left = [str(read.get(name) or "") for j, (read, _, _) in enumerate(reads) if j not in pairs.values()]
    others = [str(other[name] if isinstance(other, Mapping) else other) for other in also]
    score.add("extra", len(left) - len(pair_up(others, left, likeness)), len(truths))
    return score


def _read_things(records: Sequence[PlainRecord]) -> list[tuple[Mapping[str, Any], PlainRecord, str]]:
    """Each thing that was read, with its record and its place there."""
    return [
        (thing, record, str(i))
        for record in pages_read(records)
        if isinstance(record["fields"], list)
        for i, thing in enumerate(record["fields"])
    ]


def likeness(truth: str, read: str) -> float | None:
    """1 for equal names, less with each edit (Levenshtein), None where under half of the longer one is shared."""
    like = Levenshtein.normalized_similarity(folded(truth), folded(read))
    return like if like >= 0.5 else None


def _groups(name: str, thing: Mapping[str, Any]) -> list[str]:
    """The figures a plate counts into besides the whole: those of its province sign and of its kind."""
    if name != "plate_number":
        return []
    number = str(thing[name])
    return [f"province/{number[:1]}", f"kind/{thing.get('plate_kind') or plate_kind(number)}"]


def plate_kind(number: str) -> str:
    """What a plate's number alone says about its kind."""
    if number[-1:] in _LAST_SIGNS:
        return number[-1]
    return "new energy" if len(number) == _NEW_ENERGY_LENGTH else "ordinary"
