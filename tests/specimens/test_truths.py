"""Whatever is declared or drawn of a document names keys that its service has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ocrcli.declaration import Service
from ocrcli.forms.find import Beside, Derived, Near, Rows
from ocrcli.services import all_services, find_service
from ocrcli.services.kinds import WITHOUT_SERVICE, all_kinds, service_of
from ocrcli.signs import Kind, Title
from ocrcli.specimens.documents import all_documents, drawn_documents
from ocrcli.specimens.documents.base import Document, Order
from ocrcli.specimens.documents.classify import sheet_documents
from ocrcli.specimens.fonts import Typecase
from ocrcli.specimens.slips import SLIPS
from ocrcli.steps.own_documents import documents_of

TEMPLATES = Path(__file__).parent.parent.parent / "samples" / "templates"
SERVICES = all_services()
DECLARED = [service for service in SERVICES.values() if service.own_read is None]
TYPES = {kind.type: kind for kind in all_kinds()}


def unknown_keys(service: Service, fields: Any) -> set[str]:
    """Keys of a truth that are no fields of the service, nor of the template that it says it is read with."""
    things: list[Mapping[str, Any]] = [fields] if isinstance(fields, Mapping) else list(fields or ())
    known = {field.name for field in service.fields}
    if service.read_with is not None:
        for own in documents_of({"template": str(TEMPLATES)}).values():
            known |= {field.name for field in own.fields if any(thing["template_id"] == own.name for thing in things)}
    return {key for thing in things for key in thing} - known


def kinds_drawn() -> Iterator[tuple[str, Document, str]]:
    for name, document in all_documents().items():
        if name in SERVICES and name != "classify":
            yield from ((name, document, kind) for kind in document.kinds)


@pytest.mark.parametrize(
    ("name", "document", "kind"), list(kinds_drawn()), ids=[f"{name}-{kind}" for name, _, kind in kinds_drawn()]
)
def test_a_drawing_s_truth_has_no_key_that_its_service_lacks(name: str, document: Document, kind: str) -> None:
    truth = document.draw(Order(2, kind, Typecase.carried())).truth
    assert not unknown_keys(SERVICES[name], truth.fields)


@pytest.mark.parametrize("type", sheet_documents())
def test_what_lies_on_a_sheet_has_no_key_that_the_service_for_its_class_lacks(type: str) -> None:
    assert type in TYPES, f"{type} is no class that anything is named"
    service = service_of(TYPES[type])
    if service is None:
        return  # named only, and given with its text
    document = sheet_documents()[type]
    for kind in document.sheet_kinds or document.kinds:
        assert not unknown_keys(service, document.draw(Order(2, kind, Typecase.carried())).truth.fields)


def test_a_key_that_is_unknown_is_found() -> None:
    assert unknown_keys(SERVICES["vin"], {"vin": "", "chassis": ""}) == {"chassis"}
    assert unknown_keys(SERVICES["plate"], [{"plate_number": ""}, {"number": ""}]) == {"number"}


def test_every_class_is_one_service_s() -> None:
    types = [service.type for service in SERVICES.values() if service.type]
    assert len(types) == len(set(types))
    waiting = [kind.type for kind in WITHOUT_SERVICE]
    assert len(waiting) == len(set(waiting)) and not {kind.spec for kind in WITHOUT_SERVICE} & {
        service.spec for service in SERVICES.values() if service.type not in waiting
    }
    assert {slip.type for slip in SLIPS.values()} <= TYPES.keys()


def test_names_and_ids_are_one_service_s() -> None:
    names = [name for service in SERVICES.values() for name in {service.name, service.spec} - {""}]
    assert len(names) == len(set(names))


def test_a_kind_without_service_goes_when_its_service_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = Kind("ship_ticket", "船票", "ship-ticket", (Title(("船票",)),))
    monkeypatch.setattr("ocrcli.services.kinds.WITHOUT_SERVICE", (kind,))
    service = next(iter(DECLARED))
    assert [found for found in all_kinds() if found.type == kind.type] == [kind]
    taken = replace(service, name=kind.spec, spec="", type=kind.type)
    monkeypatch.setattr("ocrcli.services.kinds.all_services", lambda: {taken.name: taken})
    [found] = [found for found in all_kinds() if found.type == kind.type]
    assert found is not kind and found.title_zh == service.title_zh


@pytest.mark.parametrize("service", DECLARED, ids=lambda service: service.name)
def test_a_declaration_names_its_own_fields(service: Service) -> None:
    fields = {field.name for field in service.printed}
    marks = {name for side in service.sides for name in (*side.marks, *(["title"] if side.titles else []))}
    options = {option.name for option in service.options}
    sides = {side.name for side in service.sides} | {""}
    named = {key for bind in service.checks for key in (*bind.keys, *bind.given)}
    for field in service.printed:
        assert field.side in sides
        assert field.option is None or field.option in options
        for find in field.finds:
            named |= {find.key} if isinstance(find, Near) else set(find.keys) if isinstance(find, Derived) else set()
            named |= {find.of} - {""} if isinstance(find, Beside) else set()
            named |= {find.between[0]} if isinstance(find, Rows) and find.between else set()
    for side in service.sides:
        named |= {key for own in side.own for key in own} | set(side.face.labels if side.face else ())
        assert not side.face or set(side.face.ends) <= fields
    assert named <= fields | marks
    assert {bind.side for bind in service.checks} <= sides


def test_no_service_is_without_specimens() -> None:
    without = {name for name, service in SERVICES.items() if name not in all_documents() and not service.calls_others}
    assert without == {"invoice-verification"}  # what it is given are invoices


def test_a_drawing_of_its_own_goes_before_a_plain_one() -> None:
    assert all(all_documents()[name] is document for name, document in drawn_documents().items())
    assert all(find_service(name) for name in set(all_documents()) - set(drawn_documents()))
