"""An invented print for every form of a value: what a document of that form may say, of nobody and about nothing.

Forms that documents share have makers here (numbers of people and firms that cannot exist, names, days); a document's
own form may name one (`Form.sample`), else its print is drawn from its grammar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from random import Random

from ocrcli.checks import amounts
from ocrcli.engine.grammar import Grammar, Piece, Row
from ocrcli.forms.form import Form
from ocrcli.specimens import numbers, people

Maker = Callable[[Random], str]

_TRIES = 3000  # prints of one maker that a form may refuse before the next one is asked
_LONGER = 12  # characters more than it must have that a slot of a free length gets at most


def print_of(form: Form, rng: Random) -> str:
    """A print that the form takes and whose check passes. Raises ValueError where none is found."""
    for text in _prints(form, rng):
        value = form.normal(text)
        if value is not None and form.may_be(text) and _fault(form, value) is None:
            return text
    raise ValueError(f"no print of the form {form.name!r} was found: give it a `sample`")


def misprint_of(form: Form, text: str, rng: Random) -> str:
    """The print with one digit replaced by another, so that its check fails. Raises ValueError where it never does."""
    for _ in range(_TRIES):
        wrong = numbers.misprint(rng, text)
        value = form.normal(wrong)
        if value is not None and _fault(form, value) is not None:
            return wrong
    raise ValueError(f"no misprint of {text!r} fails the check of the form {form.name!r}")


def _fault(form: Form, value: str) -> str | None:
    """What the form's check says is wrong with a normal form."""
    if form.fault is None or (form.applies is not None and not form.applies(value)):
        return None
    return form.fault(value)


def _prints(form: Form, rng: Random) -> Iterator[str]:
    """Prints to try: of the form's own maker, of a shared form's, of its grammar, of plain things."""
    for maker in (form.sample, _SHARED.get(form.name)):
        if maker is not None:
            yield from (maker(rng) for _ in range(_TRIES))
    if form.grammar is not None:
        yield from _of_grammar(form.grammar, rng)
    yield from (rng.choice(_PLAIN)(rng) for _ in range(_TRIES))


def _of_grammar(grammar: Grammar, rng: Random) -> Iterator[str]:
    """Texts of the grammar whose sums are right and that it accepts; of rows of words (the names of a zone) none."""
    rows = [row for row in grammar.rows if row.length is None]
    for _ in range(_TRIES if rows else 0):
        row = rng.choice(rows)
        text = "".join(rng.choice(slot.alphabet) for slot in row.slots for _ in range(_count(row, slot, rng)))
        if all(rule.holds(text) for rule in row.sums) and (grammar.accepts is None or grammar.accepts(text)):
            yield text


def _count(row: Row, slot: Piece, rng: Random) -> int:
    return slot.least if row.sums else rng.randint(slot.least, min(slot.most, slot.least + _LONGER))


def _day(rng: Random) -> str:
    return f"{people.day(rng, 2005, 2025):%Y年%m月%d日}"


def _period(rng: Random) -> str:
    first = people.day(rng, 2005, 2024)
    return f"{first:%Y.%m.%d}-{first.year + rng.choice((5, 10))}.{first:%m}.{min(first.day, 28):02d}"


def _amount(rng: Random) -> str:
    return f"{rng.randint(10, 9999)}.{numbers.digits(rng, 2)}"


def _masked(rng: Random) -> str:
    number = people.person(rng).number
    return f"{number[:6]}********{number[-4:]}"


def _code(rng: Random) -> str:
    return rng.choice("ABCDEFGH") + numbers.digits(rng, 8)


# By the names of the ready-made forms (`forms.ready`).
_SHARED: Mapping[str, Maker] = {
    "text": lambda rng: rng.choice((people.firm, people.shop))(rng),
    "compact": people.firm,
    "name": people.name,
    "date": _day,
    "period-first": _period,
    "period-last": _period,
    "amount": _amount,
    "number": _amount,
    "amount-words": lambda rng: amounts.in_words(Decimal(rng.randint(1, 99999))),
    "citizen-number": lambda rng: people.person(rng).number,
    "masked-citizen-number": _masked,
    "uscc": numbers.credit_code,
    "vin": numbers.vehicle_id,
    "card-number": numbers.bank_card,
    "invoice-code": lambda rng: numbers.local_invoice_code(rng, "31", 2024),
    "invoice-number": numbers.invoice_number,
    "phone": numbers.mobile,
    "masked-phone": lambda rng: f"12{numbers.digits(rng, 1)}****{numbers.digits(rng, 4)}",
    "e-mail": lambda rng: f"{people.person(rng).given.lower()}@example.com",
    "code": _code,
}
_PLAIN: tuple[Maker, ...] = (
    people.firm,
    people.name,
    people.police,
    lambda rng: people.address(rng, rng.choice(people.PROVINCES)),
    lambda rng: f"{rng.randint(1, 30)}年",
    _code,
    _amount,
    _day,
    lambda rng: numbers.digits(rng, 8),
)
