"""Identity cards of Macao from boxes; all people are invented."""

from __future__ import annotations

from datetime import date

import pytest

from ocrcli.checks.mrz import TD1
from ocrcli.errors import OcrError
from ocrcli.services.cards.macao_id_card import SERVICE
from ocrcli.services.kinds import looks_like
from ocrcli.specimens.mrz import Holder, zone
from tests.forms.cards import Boxes, moved, page, swapped
from tests.services.declared import all_found, failed, fields, found
from tests.services.test_exit_entry_permit import CARD as EXIT_ENTRY_CARD
from tests.services.test_hk_id_card import CARD as HONG_KONG

CARD = (
    ("澳門特別行政區永久性居民身份證", 300, 40),
    ("BILHETE DE IDENTIDADE DE RESIDENTE PERMANENTE", 300, 80),
    ("姓名 Apelido, Nome", 400, 130),
    ("樣張三", 400, 170),
    ("IEONG, CHEONG SAM", 400, 210),
    ("出生日期 Data de nascimento", 400, 260),
    ("03-08-1981", 400, 300),
    ("性別 Sexo", 850, 260),
    ("女 F", 850, 300),
    ("身高 Altura", 1050, 260),
    ("1.63", 1050, 300),
    ("首次發證日期", 400, 350),
    ("11-05-1999", 400, 390),
    ("本次發證日期", 700, 350),
    ("12-06-2024", 700, 390),
    ("有效期至 Válido até", 1000, 350),
    ("12-06-2034", 1000, 390),
    ("5000123(4)", 850, 480),
)
ZONE = zone(
    TD1,
    Holder("ID", "CHN", "50001234", "IEONG", "CHEONG SAM", "CHN", date(1981, 8, 3), female=True,
           expiry=date(2034, 6, 12)),
)  # fmt: skip
BACK: Boxes = tuple((line, 60, 1000 + 60 * row) for row, line in enumerate(ZONE))
FIELDS = {
    "side": "front",
    "name": "樣張三",
    "name_en": "IEONG, CHEONG SAM",
    "sex": "女",
    "birth_date": "1981-08-03",
    "height": "1.63",
    "initial_issue_date": "1999-05-11",
    "issue_date": "2024-06-12",
    "expiry_date": "2034-06-12",
    "number": "5000123(4)",
}


def test_a_front() -> None:
    card = found(SERVICE, page(*CARD))
    assert fields(card) == FIELDS
    assert failed(card) == set()


def test_a_number_that_nothing_speaks_for_is_doubtful() -> None:
    assert found(SERVICE, page(*CARD)).evidence["number"].doubtful
    named = (*CARD[:-1], ("編號", 620, 480), CARD[-1])
    assert not found(SERVICE, page(*named)).evidence["number"].doubtful


def test_a_front_with_the_zone_of_the_back() -> None:
    card = found(SERVICE, page(*CARD, *BACK))
    assert fields(card) == FIELDS | {"mrz": ZONE}
    assert failed(card) == set()
    assert {check.rule for check in card.checks if check.passed} >= {"mrz-td1", "mrz-vs-print", "date-order"}


def test_a_card_that_is_not_permanent() -> None:
    card = swapped(CARD, CARD[0][0], "澳門特別行政區非永久性居民身份證")
    card = swapped(card, CARD[1][0], "BILHETE DE IDENTIDADE DE RESIDENTE NÃO PERMANENTE")
    assert fields(found(SERVICE, page(*card))) == FIELDS


@pytest.mark.parametrize(
    ("old", "new", "rule", "keys"),
    [
        (ZONE[1], ZONE[1][:-1] + str((int(ZONE[1][-1]) + 1) % 10), "mrz-td1", ("mrz",)),
        ("03-08-1981", "04-08-1981", "mrz-vs-print", ("mrz", "birth_date", "expiry_date")),
        ("12-06-2024", "31-06-2024", "date-real", ("issue_date",)),
        ("12-06-2024", "12-06-1998", "date-order",
         ("birth_date", "initial_issue_date", "issue_date", "expiry_date")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_as_printed(old: str, new: str, rule: str, keys: tuple[str, ...]) -> None:
    assert (rule, keys) in failed(found(SERVICE, page(*swapped((*CARD, *BACK), old, new))))


def test_two_cards_in_a_picture_are_two_documents() -> None:
    other = swapped(CARD, "樣張三", "樣張四")
    assert [fields(card)["name"] for card in all_found(SERVICE, page(*CARD, *moved(other, 0, 800)))] == [
        "樣張三",
        "樣張四",
    ]


@pytest.mark.parametrize("boxes", [(), HONG_KONG, EXIT_ENTRY_CARD, CARD[5:9], BACK])
def test_other_documents_and_pieces_of_a_card(boxes: Boxes) -> None:
    with pytest.raises(OcrError) as refused:
        found(SERVICE, page(*boxes))
    assert refused.value.code == "not_this_document"


def test_it_is_named() -> None:
    for boxes, name in ((CARD, "macao_id_card"), (HONG_KONG, "hk_id_card")):
        kind = looks_like(page(*boxes).lines)
        assert kind is not None and kind.type == name
