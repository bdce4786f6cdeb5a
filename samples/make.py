"""Draws the samples in this folder anew: `python samples/make.py [FOLDER]`. The same files come out every time."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import cv2
import pymupdf

from ocrcli.geometry import bounds, length
from ocrcli.specimens.documents import all_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.press import MANIFEST, Run, entry
from ocrcli.specimens.spoil import spoilt
from ocrcli.specimens.truth import Specimen

POINTS = 72 / 150  # per px: general pages are drawn at 150 dpi

# file, service, kind, level of spoiling, seed
SAMPLES = (
    ("page.png", "general", "article", 0, 8),
    ("columns.pdf", "general", "two-columns", 0, 7),
    ("scan.pdf", "general", "form", 1, 2),
    ("table.png", "table", "merged", 0, 3),
    ("idcard-front.jpg", "idcard", "front", 2, 6),
    ("idcard-back.jpg", "idcard", "back", 2, 6),
    ("passport.jpg", "passport", "chinese", 1, 4),
    ("driver-license.jpg", "driver-license", "main", 1, 12),
    ("vehicle-license.jpg", "vehicle-license", "both", 1, 6),
    ("bank-card.jpg", "bank-card", "credit", 1, 10),
    ("business-license.jpg", "business-license", "landscape", 1, 8),
    ("plate.jpg", "plate", "several", 1, 12),
    ("vin.jpg", "vin", "sticker", 1, 7),
    ("invoice.jpg", "invoice", "special", 1, 6),
    ("invoice.pdf", "invoice", "digital-special", 0, 0),
    ("train-ticket.jpg", "train-ticket", "blue", 1, 5),
    ("taxi-invoice.jpg", "taxi-invoice", "shenzhen", 1, 2),
    ("transportation-license.jpg", "transportation-license", "card", 1, 3),
    ("household-register.jpg", "household-register", "member", 1, 5),
    ("hk-id-card.jpg", "hk-id-card", "new", 1, 5),
    ("exit-entry-permit.jpg", "exit-entry-permit", "macao", 1, 5),
    ("business-card.jpg", "business-card", "both", 1, 6),
    ("toll-invoice.jpg", "toll-invoice", "motorway", 1, 5),
    ("quota-invoice.jpg", "quota-invoice", "lying", 1, 3),
    ("mvs-invoice.jpg", "mvs-invoice", "new", 1, 4),
    ("used-car-invoice.jpg", "used-car-invoice", "used", 1, 2),
    ("flight-itinerary.jpg", "flight-itinerary", "paper", 1, 5),
    ("hospital-bill.jpg", "form", "hospital-bill", 1, 4),
    ("delivery-note.jpg", "form", "delivery-note", 2, 1),
    ("school-report.jpg", "form", "school-report", 1, 5),
)
SMALLER = {  # of the size it was drawn in
    "invoice.jpg": 0.6,
    "vehicle-license.jpg": 0.7,
    "household-register.jpg": 0.8,
    "business-license.jpg": 0.5,
    "mvs-invoice.jpg": 0.6,
    "used-car-invoice.jpg": 0.6,
    "flight-itinerary.jpg": 0.6,
}


def main(folder: Path) -> None:
    """Writes the pictures, the PDF files and their manifest."""
    with (folder / MANIFEST).open("w", encoding="utf-8") as manifest:
        for file, service, kind, level, seed in SAMPLES:
            document, order = all_documents()[service], Order(seed, kind, Typecase.carried())
            if file.endswith(".pdf") and document.pdf is not None:
                content, truth = document.pdf(order)
                (folder / file).write_bytes(content)
            else:
                specimen = document.draw(order)
                if level:
                    corner = document.corners.get(kind, document.corner)
                    specimen = spoilt(specimen, level, seed, background=document.background, corner=corner)
                _write(specimen, folder / file)
                truth = specimen.truth
            known: dict[str, Any] = entry(Run(service, 1, level, seed), file, truth)
            manifest.write(json.dumps(known, ensure_ascii=False) + "\n")


def _write(specimen: Specimen, path: Path) -> None:
    if path.name == "columns.pdf":
        _write_text_layer(specimen, path)
    elif path.suffix == ".pdf":
        _write_scan(specimen, path)
    elif path.suffix == ".png":
        path.write_bytes(_encoded(cv2.cvtColor(specimen.picture, cv2.COLOR_BGR2GRAY), ".png"))
    else:
        scale = SMALLER.get(path.name, 1.0)
        picture = cv2.resize(specimen.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        path.write_bytes(_encoded(picture, ".jpg", 75))


def _encoded(picture: Any, suffix: str, quality: int = 0) -> bytes:
    parameters = [cv2.IMWRITE_JPEG_QUALITY, quality] if suffix == ".jpg" else [cv2.IMWRITE_PNG_COMPRESSION, 9]
    return bytes(cv2.imencode(suffix, picture, parameters)[1])


def _write_text_layer(specimen: Specimen, path: Path) -> None:
    """A page of text as a word processor writes it: characters, no picture."""
    height, width = specimen.picture.shape[:2]
    with pymupdf.open() as document:
        page = document.new_page(width=width * POINTS, height=height * POINTS)
        font, writer = pymupdf.Font("cjk"), pymupdf.TextWriter(page.rect)
        for line in specimen.truth.lines:
            x0, _, _, y1 = bounds(line.quad)
            size = length(line.quad) * POINTS / font.text_length(line.text, 1)
            writer.append((x0 * POINTS, y1 * POINTS - 0.1 * size), line.text, font, size)
        writer.write_text(page)
        document.subset_fonts()
        document.save(path, garbage=4, deflate=True, no_new_id=True)


def _write_scan(specimen: Specimen, path: Path) -> None:
    """A page that is nothing but a picture."""
    height, width = specimen.picture.shape[:2]
    with pymupdf.open() as document:
        page = document.new_page(width=width * POINTS, height=height * POINTS)
        page.insert_image(page.rect, stream=_encoded(specimen.picture, ".jpg", 70))
        document.save(path, garbage=4, deflate=True, no_new_id=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
