"""What people put before every declared service by mistake: nothing wrong stands there unmarked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import pytest

from ocrcli.errors import OcrError
from ocrcli.evaluate.values import score_fields
from ocrcli.library import Reader
from ocrcli.page import Pixels
from ocrcli.records import Record
from ocrcli.specimens import backdrop
from ocrcli.specimens.documents import drawn_documents
from ocrcli.specimens.documents.base import Order
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.truth import Specimen

pytestmark = pytest.mark.engine

_LONGEST_PX = 1300
_GAP_PX = 60

# A service, and another document that people take for it.
SERVICES = {
    "train-ticket": "taxi-invoice",
    "taxi-invoice": "train-ticket",
    "driver-license": "vehicle-license",
    "vehicle-license": "driver-license",
    "bank-card": "idcard",
    "business-license": "invoice",
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(threads=1) as own:
        yield own


def drawn(service: str, seed: int) -> Specimen:
    """A document of the first kind of its drawing."""
    document = drawn_documents()[service]
    return document.draw(Order(seed, document.kinds[0], Typecase.carried()))


def shrunk(picture: Pixels) -> Pixels:
    """As large as a photo shows it: fast, and the print is still of 20 px and more."""
    scale = min(1.0, _LONGEST_PX / max(picture.shape[:2]))
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def wrong(specimen: Specimen, records: Sequence[Record]) -> int:
    """Values that are not as they were drawn, and have no mark, in the record that is nearest to the truth."""
    score = score_fields({"fields": specimen.truth.fields}, [record.model_dump(mode="json") for record in records])
    return int(score.tallies["wrong_unmarked"].count)


@pytest.mark.parametrize("service", SERVICES)
def test_a_picture_without_the_document_is_refused(reader: Reader, service: str) -> None:
    for picture in (backdrop.desk(3, 1200, 800, 2), shrunk(drawn(SERVICES[service], 21).picture)):
        with pytest.raises(OcrError) as refused:
            reader.records(picture, service, {})
        assert refused.value.code == "not_this_document"


@pytest.mark.parametrize("service", SERVICES)
def test_the_half_of_a_document_says_nothing_wrong_unmarked(reader: Reader, service: str) -> None:
    whole = drawn(service, 22)
    half = shrunk(whole.picture[:, : whole.picture.shape[1] // 2])
    try:
        records = reader.records(half, service, {})
    except OcrError as refused:
        assert refused.code == "not_this_document"
    else:
        assert wrong(whole, records) == 0


@pytest.mark.parametrize("service", SERVICES)
def test_two_upside_down_are_two_records(reader: Reader, service: str) -> None:
    first, second = drawn(service, 23), drawn(service, 24)
    records = reader.records(np.ascontiguousarray(one_above_the_other(first, second)[::-1, ::-1]), service, {})
    assert len(records) == 2
    for specimen in (first, second):
        score = score_fields({"fields": specimen.truth.fields}, [record.model_dump(mode="json") for record in records])
        right, of = score.tallies["fields"].count, score.tallies["fields"].of
        assert right >= 0.8 * of and wrong(specimen, records) == 0


def one_above_the_other(first: Specimen, second: Specimen) -> Pixels:
    """Two documents on a grey sheet, with a gap between them."""
    pictures = [shrunk(specimen.picture) for specimen in (first, second)]
    width = max(picture.shape[1] for picture in pictures) + 2 * _GAP_PX
    sheet = np.full((sum(p.shape[0] for p in pictures) + 3 * _GAP_PX, width, 3), 215, np.uint8)
    y = _GAP_PX
    for picture in pictures:
        height, across = picture.shape[:2]
        sheet[y : y + height, _GAP_PX : _GAP_PX + across] = picture
        y += height + _GAP_PX
    return sheet
