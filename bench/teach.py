"""How well a template that `teach` makes from one drawn specimen reads others of the same layout.

    python bench/teach.py --count 30 --seed 7400 [SERVICE ...]

For each service and each kind of its drawing (or `--kind`): one clean specimen and its values make the template, which
then reads `--count` others of that kind, drawn at level 1. What counts are the values that the template has a field
for: whether one has a label or a fixed place is what `teach` finds out; keys that it could not place are listed.
"""

import argparse
from collections import Counter

from common import share, tell

from ocrcli.forms.teaching.taught import Example, compared, taught
from ocrcli.options import ReadOptions
from ocrcli.page import Page
from ocrcli.pipeline import Session
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.press import Run, specimens
from ocrcli.specimens.truth import Specimen

SERVICES = ("train-ticket", "taxi-invoice", "driver-license", "vehicle-license", "bank-card", "business-license")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", nargs="*", default=SERVICES)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", help="one kind of the drawings only")
    options = parser.parse_args()
    documents = all_documents()
    rows = [
        measured(Session("general", ReadOptions(threads=1)), name, kind, options.count, options.seed)
        for name in options.services
        for kind in ([options.kind] if options.kind else documents[name].kinds)
    ]
    tell("Templates by teach", ("document", "kind", "fields", "values right", "most often wrong", "not placed"), rows)


def measured(session: Session, name: str, kind: str, count: int, seed: int) -> tuple[str, ...]:
    """One row of the table."""
    [(_, first)] = specimens(Run(name, 1, seed=seed, kind=kind))
    lesson = taught([example(session, first)], name)
    if lesson.template is None:
        return name, kind, "0", "none", "", ", ".join(lesson.missing)
    wrong: Counter[str] = Counter()
    asked = 0
    for _, specimen in specimens(Run(name, count, level=1, seed=seed + 1, kind=kind)):
        other = example(session, specimen)
        asked += sum(key in lesson.template.fields for key in other.values)
        wrong.update(compared(lesson.template, other).keys())
    worst = ", ".join(f"{key} {times}" for key, times in wrong.most_common(4))
    fields = str(len(lesson.template.fields))
    return name, kind, fields, share(asked - wrong.total(), asked), worst, ", ".join(lesson.missing)


def example(session: Session, specimen: Specimen) -> Example:
    """A drawn document as `teach` gets it: its reading, and its printed values (no list, no yes or no)."""
    picture = specimen.picture
    height, width = picture.shape[:2]
    page = Page(width=width, height=height, unit="px", number=1, count=1, render=lambda: picture)
    fields = specimen.truth.fields
    assert isinstance(fields, dict)
    values = {key: value for key, value in fields.items() if isinstance(value, str) and value}
    return Example(session.reading_of(page), values)


if __name__ == "__main__":
    main()
