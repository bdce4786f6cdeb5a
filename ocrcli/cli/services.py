"""`ocrcli services` and `ocrcli schema`: what is declared, told to people and to programs."""

from __future__ import annotations

from typing import Any

from ocrcli.cli.console import say, say_json
from ocrcli.declaration import Declared, Panel, Service
from ocrcli.errors import UsageError
from ocrcli.services import all_services, find_service
from ocrcli.services.kinds import OWN

OWN_HEADING = "Documents of your own"


def list_services(as_json: bool, template: str | None = None) -> None:
    """Every service, under the headings of the help, and the documents of the user's own behind them.

    Raises UsageError for a template that is wrong.
    """
    services = list(all_services().values())
    own = _own_documents(template)
    if as_json:
        documents = [_plain_document(declared) for declared in own.values()]
        say_json([_plain(service) for service in services] + documents)
        return
    width = max(map(len, (*(service.name for service in services), *own)))
    for panel in Panel:
        rows = [service for service in services if service.panel is panel]
        if rows:
            say(f"{panel.value}:")
        for service in rows:
            say(f"  {service.name:<{width}}  {service.title} ({service.title_zh})")
    if own:
        say(f"{OWN_HEADING}:")
    for declared in own.values():
        say(f"  {declared.name:<{width}}  {declared.title} ({declared.title_zh})")


def _own_documents(place: str | None) -> dict[str, Declared]:
    if place is None:
        return {}
    from ocrcli.forms.templates.load import load_all

    return {loaded.declared.name: loaded.declared for loaded in load_all(place)}


def print_schema(name: str | None, *, of_template: bool = False) -> None:
    """The JSON Schema of a service's records, or of templates. Raises UsageError for a service that is not there."""
    from ocrcli.outputs.schema import schema_of

    if of_template == (name is not None):
        raise UsageError("schema needs a SERVICE, or --template: one of them")
    if name is None:
        from ocrcli.forms.templates.write import schema

        say_json(schema())
        return
    try:
        service = find_service(name)
    except KeyError:
        raise UsageError(f"there is no service {name!r}; `ocrcli services` lists them") from None
    say_json(schema_of(service))


def _plain_document(declared: Declared) -> dict[str, Any]:
    return {
        "name": declared.name,
        "id": f"{OWN}/{declared.name}",
        "title": declared.title,
        "title_zh": declared.title_zh,
        "panel": OWN_HEADING,
        "fields": [field.name for field in declared.result_keys],
    }


def _plain(service: Service) -> dict[str, Any]:
    limits = service.limits
    return {
        "name": service.name,
        "id": service.spec or service.name,
        "title": service.title,
        "title_zh": service.title_zh,
        "panel": service.panel.value,
        "formats": list(limits.formats),
        "min_side": limits.min_side,
        "max_side": limits.max_side,
        "max_bytes": limits.max_bytes,
        "options": [option.name for option in service.options],
        "fields": [field.name for field in service.result_keys],
    }
