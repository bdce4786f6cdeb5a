"""Invoices: ocrcli against what a user would do else, plain text with regular expressions.

    python -m ocrcli.specimens invoice --count 60 --seed 90 --pdf --out /tmp/invoices
    python bench/invoices_peers.py /tmp/invoices/manifest.jsonl

Pictures are read by RapidOCR with its defaults, its boxes put into rows; of PDF files PyMuPDF gives the text, sorted
into rows. The same expressions look for the key fields in both. OFD files, and PDF files without a text layer, are left
out. Key fields are counted as `ocrcli eval` counts them.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pymupdf
from common import pictures, share, tell

from ocrcli.evaluate.manifest import Sample, load_manifest
from ocrcli.evaluate.score import Score
from ocrcli.evaluate.values import score_fields
from ocrcli.inputs.discover import Given
from ocrcli.options import ReadOptions
from ocrcli.pipeline import Session

Fields = dict[str, str | None]
KEYS = (
    *("type", "code", "number", "issue_date", "subtotal_amount", "subtotal_tax", "total"),
    *("buyer_name", "buyer_id", "seller_name", "seller_id"),
)

FIGURES = r"(-?\d[\d,]*\.\d{2})"
AMOUNT = rf"-?[¥Y]?\s*{FIGURES}"
NUMBER = (r"发票号码:?\s*(\d{20}|\d{8})(?!\d)", r"(?:№|N[oO0][.:]?)\s*(\d{8})(?!\d)", r"(?<!\d)(\d{8})(?!\d)")
CODE = (r"发票代码:?\s*(\d{12}|\d{10})(?!\d)", r"(?<![\d-])(\d{12}|\d{10})(?!\d)")
DATE = (
    r"开票日期:?\s*(\d{4})\s*[年.-]\s*(\d{1,2})\s*[月.-]\s*(\d{1,2})",
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日",
)
TOTAL = (rf"小\s*写\s*\)?:?\s*{AMOUNT}", rf"价税合计.*?{AMOUNT}")
SUMS = (rf"[¥Y]\s*{FIGURES}[ \t]+(?:[¥Y]\s*{FIGURES}|\*+)", rf"(?<!税)合\s*计\s*{AMOUNT}\s+(?:{AMOUNT}|\*+)")
BUYER, SELLER = (r"购买方名称[ \t]*:?[ \t]*([^\s:]+)",), (r"销售方名称[ \t]*:?[ \t]*([^\s:]+)",)  # on rolls and lists
NAMES = r"名[ \t]*称[ \t]*:[ \t]*([^\s:]+)(?!:)"  # the buyer's and then the seller's, on all others
TAX_NUMBERS = r"(?:识别号|税号)[^:\w\n]{0,4}:?[ \t]*([0-9A-Z]{15,20}(?![0-9A-Z]))?"
TYPES = (  # the first that the text shows
    (r"电子发票\s*\(增值税专用发票\)", "fully_digitalized_special_electronic"),
    (r"电子发票\s*\(普通发票\)", "fully_digitalized_normal_electronic"),
    (r"通行费", "toll"),
    (r"电子专用发票", "special_electronic"),
    (r"电子普通发票", "electronic"),
    (r"卷\s*票|机打号码", "roll"),
    (r"专用发票", "special"),
    (r"普通发票", "normal"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("manifests", nargs="+", type=Path)
    given = parser.parse_args()
    ocrcli, rapid = ocrcli_reader(), cache(rapid_text)
    rows = []
    for manifest in given.manifests:
        samples = [s for s in load_manifest(manifest) if s.service == "invoice" and "fields" in s.truth]
        digital = [s for s in samples if s.path.suffix == ".pdf" and pdf_text(s.path).strip()]
        drawn = [s for s in samples if s.path.suffix not in (".pdf", ".ofd")]
        name = manifest.parent.name
        if digital:
            rows += [row(name, "PyMuPDF", lambda s: found_in(pdf_text(s.path)), digital)]
            rows += [row(name, "ocrcli", ocrcli, digital)]
        if drawn:
            rows += [row(name, "RapidOCR", lambda s: found_in(rapid()(s.path)), drawn)]
            rows += [row(name, "ocrcli", ocrcli, drawn)]
    tell("Invoices: key fields", ("set", "files", "reader", "key fields right", "files with all right"), rows)


def row(name: str, reader: str, read: Callable[[Sample], Fields], samples: Sequence[Sample]) -> tuple[str, ...]:
    score = Score()
    for sample in samples:
        truth = {key: value for key, value in sample.truth["fields"].items() if key in KEYS}
        score.merge(score_fields({"fields": truth}, [{"fields": read(sample)}]))
    right, exact = score.tallies["fields"], score.tallies["files_exact"]
    kind = "PDF" if samples[0].path.suffix == ".pdf" else "pictures"
    return name, f"{len(samples)} {kind}", reader, share(right.count, right.of), f"{exact.count:.0f} of {exact.of}"


def ocrcli_reader() -> Callable[[Sample], Fields]:
    session = Session("invoice", ReadOptions())

    def read(sample: Sample) -> Fields:
        records = list(session.read(Given(sample.name, str(sample.path))))
        return next((record["fields"] for record in records if "fields" in record), {})

    return read


def rapid_text() -> Callable[[Path], str]:
    """RapidOCR with its defaults, its boxes in rows from top to bottom."""
    from ocrcli.engine.session import quiet_environment

    quiet_environment()
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})

    def read(path: Path) -> str:
        results = (engine(picture) for picture in pictures(path))
        return "\n".join(text for found in results if found.txts for text in rows_of(found.boxes, found.txts))

    return read


def rows_of(boxes: Iterable[Any], texts: Iterable[str]) -> Iterator[str]:
    """The texts of boxes (4 × 2, px) whose middles lie less than half a usual height apart, from left to right."""
    words = [(box[:, 1].mean(), box[:, 0].min(), text) for box, text in zip(boxes, texts, strict=True)]
    height = median(float(box[:, 1].max() - box[:, 1].min()) for box in boxes)
    row: list[tuple[float, float, str]] = []
    for word in sorted(words):
        if row and word[0] - row[-1][0] > height / 2:
            yield "  ".join(text for _, _, text in sorted(row, key=lambda w: w[1]))
            row = []
        row.append(word)
    yield "  ".join(text for _, _, text in sorted(row, key=lambda w: w[1]))


def pdf_text(path: Path) -> str:
    with pymupdf.open(path) as document:
        return "\n".join(page.get_text(sort=True) for page in document)


def found_in(text: str) -> Fields:
    """The key fields that the expressions find in a page's text."""
    text = unicodedata.normalize("NFKC", text)
    number, date, sums = first(NUMBER, text), first(DATE, text), first(SUMS, text)
    buyer, seller, total = first(BUYER, text), first(SELLER, text), first(TOTAL, text)
    names = [buyer[1], seller[1]] if buyer and seller else re.findall(NAMES, text)
    tax_numbers = re.findall(TAX_NUMBERS, text)
    if buyer and seller and seller.start() < buyer.start():
        tax_numbers.reverse()
    digital = number is not None and len(number[1]) == 20
    code = None if digital else first(CODE, text)
    return {
        "type": next((kind for form, kind in TYPES if re.search(form, text)), None),
        "code": "" if digital else code and code[1],
        "number": number and number[1],
        "issue_date": date and f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}",
        "subtotal_amount": sums and plain(sums[1]),
        "subtotal_tax": sums and (plain(sums[2]) if sums[2] else "***"),
        "total": total and plain(total[1]),
        **dict(zip(("buyer_name", "seller_name"), names, strict=False)),
        **dict(zip(("buyer_id", "seller_id"), tax_numbers, strict=False)),
    }


def first(forms: Iterable[str], text: str) -> re.Match[str] | None:
    return next((match for form in forms if (match := re.search(form, text, re.MULTILINE))), None)


def plain(amount: str) -> str:
    return amount.replace(",", "")


if __name__ == "__main__":
    main()
