"""The services, found by walking this package: a new file that names a SERVICE is a new command."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from ocrcli.services.base import Service


@cache
def all_services() -> dict[str, Service]:
    """Every service by its command name, in the order of their file names."""
    found: dict[str, Service] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        service = getattr(import_module(f"{__name__}.{module.name}"), "SERVICE", None)
        if isinstance(service, Service):
            found[service.name] = service
    return found


def find_service(name: str) -> Service:
    """The service with this command name or spec id. Raises KeyError."""
    services = all_services()
    if name in services:
        return services[name]
    for service in services.values():
        if service.spec == name:
            return service
    raise KeyError(name)
