"""The services, found by walking this package: a file, or a package, that names a SERVICE is a new command."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from ocrcli.declaration import Service


@cache
def all_services() -> dict[str, Service]:
    """Every service by its command name, in the order of their names."""
    return {service.name: service for service in sorted(_walk(__name__), key=lambda service: service.name)}


def _walk(package: str) -> Iterator[Service]:
    """The services in a package; one that names a service itself is that service's own, and not looked into."""
    for module in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
        service = getattr(import_module(module.name), "SERVICE", None)
        if isinstance(service, Service):
            yield service
        elif module.ispkg:
            yield from _walk(module.name)


def find_service(name: str) -> Service:
    """The service with this command name or spec id. Raises KeyError."""
    services = all_services()
    if name in services:
        return services[name]
    for service in services.values():
        if service.spec == name:
            return service
    raise KeyError(name)
