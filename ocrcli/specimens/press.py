"""Makes sets of drawn pictures with a manifest, in the form that `ocrcli eval` reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from ocrcli import __version__
from ocrcli.errors import UsageError
from ocrcli.geometry import whole_px
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.spoil import LEVELS, spoilt
from ocrcli.specimens.truth import Specimen, Truth

MANIFEST = "manifest.jsonl"
LICENCE = "Apache-2.0"
_LOCATED = ("classify",)  # services that are also asked where the documents lie


@dataclass(frozen=True)
class Run:
    """What a set is made of. `level` 0 is unspoilt; `kind` None takes the document's kinds in turn; `any_turn` turns
    each picture by any angle; `altered` misprints one digit of the number; `wide` uses every font that is found; `pdf`
    makes digital PDF files instead of pictures.
    """

    service: str
    count: int
    level: int = 0
    seed: int = 0
    kind: str | None = None
    any_turn: bool = False
    altered: bool = False
    wide: bool = False
    pdf: bool = False


def orders(run: Run) -> Iterator[tuple[str, Order]]:
    """What the set's pictures show, each with its name. Raises UsageError for what cannot be drawn."""
    document = _document(run)
    typecase = Typecase.wide() if run.wide else Typecase.carried()
    kinds = (run.kind,) if run.kind else (document.pdf_kinds or document.kinds) if run.pdf else document.kinds
    for index in range(run.count):
        kind, seed = kinds[index % len(kinds)], _seed(run, index)
        name = f"{run.service}_{kind}_{run.seed}_{index:04d}"
        yield name, Order(seed, kind, typecase.chosen(Random(seed)), run.altered)


def specimens(run: Run) -> Iterator[tuple[str, Specimen]]:
    """The set's pictures one by one, each with its name and truth. Raises UsageError for what cannot be drawn."""
    document = _document(run)
    for name, order in orders(run):
        specimen = document.draw(order)
        if run.level:
            turn = Random(order.seed).uniform(0, 360) if run.any_turn else None
            # Round corners are the document's, not those of a sheet that holds several.
            alone = len(specimen.truth.documents) == 1
            corner = document.corners.get(order.kind, document.corner) if alone else 0.0
            ground = document.backgrounds.get(order.kind, document.background)
            specimen = spoilt(specimen, run.level, order.seed, turn=turn, background=ground, corner=corner)
        yield name, specimen


def press(run: Run, out: Path) -> Path:
    """Writes the set's pictures, or PDF files, and their manifest into the folder `out`; returns the manifest's path.

    Pictures are PNG where they are unspoilt, JPEG of quality 95 where they are spoilt. Raises UsageError for what
    cannot be drawn, OSError where the folder cannot be written.
    """
    write = _write_pdf if run.pdf else _write_pictures
    out.mkdir(parents=True, exist_ok=True)
    manifest = out / MANIFEST
    with manifest.open("w", encoding="utf-8") as lines:
        for file, truth in write(run, out):
            lines.write(json.dumps(entry(run, file, truth), ensure_ascii=False) + "\n")
    return manifest


def _write_pictures(run: Run, out: Path) -> Iterator[tuple[str, Truth]]:
    for name, specimen in specimens(run):
        file = f"{name}.{'jpg' if run.level else 'png'}"
        save(specimen, out / file)
        yield file, specimen.truth


def _write_pdf(run: Run, out: Path) -> Iterator[tuple[str, Truth]]:
    document = _document(run)
    if document.pdf is None or run.level:
        why = "digital PDF is never spoilt" if document.pdf else f"{run.service} is never issued as digital PDF"
        raise UsageError(f"{why}; leave out --pdf{' or --level' if document.pdf else ''}")
    if document.pdf_kinds and run.kind and run.kind not in document.pdf_kinds:
        raise UsageError(f"{run.kind} is never issued as digital PDF; these are: {', '.join(document.pdf_kinds)}")
    for name, order in orders(run):
        file = f"{name}.pdf"
        content, truth = document.pdf(order)
        (out / file).write_bytes(content)
        yield file, truth


def save(specimen: Specimen, path: Path) -> None:
    """Writes a picture, in the format that the name's suffix tells."""
    from PIL import Image

    Image.fromarray(specimen.picture[:, :, ::-1]).save(path, quality=95)  # PNG knows no quality


def entry(run: Run, file: str, truth: Truth) -> dict[str, Any]:
    """A manifest's line. Its truth is what the service gives: fields, or tables, or lines of text."""
    known: dict[str, Any] = {}
    if truth.fields is not None:
        known["fields"] = truth.fields
    elif truth.tables:
        known["tables"] = truth.tables
    else:
        known["lines"] = truth.texts()
    if run.service in _LOCATED:
        known["documents"] = [whole_px(quad) for quad in truth.documents]
    if truth.side is not None:
        known["side"] = truth.side
    if truth.check_digits_ok is not None:
        known["check_digits_ok"] = truth.check_digits_ok
    for role in ("watermark", "stamp", "uncovered"):
        if words := truth.texts(role):
            known[role] = words
    known["font"] = ", ".join(truth.fonts)
    notes = ["drawn", f"level {run.level}" if run.level else "unspoilt", f"seed {run.seed}", *truth.notes]
    return {
        "service": run.service,
        "file": file,
        "truth": known,
        "licence": LICENCE,
        "source": f"ocrcli {__version__} specimen press",
        "notes": "; ".join(notes),
    }


def _document(run: Run) -> Document:
    documents = all_documents()
    if run.service not in documents:
        raise UsageError(f"no specimens of {run.service!r} can be drawn; there are: {', '.join(documents)}")
    document = documents[run.service]
    kinds = (*document.kinds, *document.odd_kinds)
    if run.kind is not None and run.kind not in kinds:
        raise UsageError(f"{run.service} has no kind {run.kind!r}; there are: {', '.join(kinds)}")
    if run.altered and not document.numbered:
        raise UsageError(f"{run.service} carries no number with a check digit that could be misprinted")
    if run.level not in (0, *LEVELS):
        raise UsageError(f"there is no level {run.level}; there are: 0 (unspoilt), {', '.join(map(str, LEVELS))}")
    return document


def _seed(run: Run, index: int) -> int:
    """The seed of one picture: sets with different seeds share none."""
    return int.from_bytes(hashlib.sha256(f"{run.service}/{run.seed}/{index}".encode()).digest()[:6])
