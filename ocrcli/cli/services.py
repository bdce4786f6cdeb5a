"""`ocrcli services` and `ocrcli schema`: what is declared, told to people and to programs."""

from __future__ import annotations

from typing import Any

from ocrcli.cli.console import say, say_json
from ocrcli.declaration import Panel, Service
from ocrcli.errors import UsageError
from ocrcli.services import all_services, find_service


def list_services(as_json: bool) -> None:
    """Every service, under the headings of the help."""
    services = list(all_services().values())
    if as_json:
        say_json([_plain(service) for service in services])
        return
    width = max(len(service.name) for service in services)
    for panel in Panel:
        rows = [service for service in services if service.panel is panel]
        if rows:
            say(f"{panel.value}:")
        for service in rows:
            say(f"  {service.name:<{width}}  {service.title} ({service.title_zh})")


def print_schema(name: str) -> None:
    """The JSON Schema of a service's records. Raises UsageError for a service that is not there."""
    from ocrcli.outputs.schema import schema_of

    try:
        service = find_service(name)
    except KeyError:
        raise UsageError(f"there is no service {name!r}; `ocrcli services` lists them") from None
    say_json(schema_of(service))


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
        "fields": [field.name for field in service.fields],
    }
