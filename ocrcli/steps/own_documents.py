"""`--template`: documents of the user's own, declared by a YAML file, or by those of a folder (docs/templates.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ocrcli.declaration import Declared, Service, Step
from ocrcli.errors import OcrError

_NAME = "template"


@dataclass(frozen=True)
class Template(Step):
    """The option of a service that knows documents of the user's own."""

    name: str = _NAME
    help: str = "Documents of your own: a template (YAML), or a folder of templates."
    metavar: str = "FILE_OR_DIR"

    def contents(self, service: Service, text: str) -> str:  # noqa: ARG002
        """A hash of what the templates say. Raises UsageError for one that is wrong."""
        from ocrcli.forms.templates.load import contents_hash, load_all

        load_all(text)
        return contents_hash(text)

    def prepared(self, service: Service, text: str, contents: str | None) -> Service:
        """The service with the documents that the templates declare."""
        if contents not in (None, self.contents(service, text)):
            raise OcrError("unreadable", f"the templates at {text!r} were changed while the run went on: start it anew")
        return replace(service, own_documents=documents_of({_NAME: text}))


def documents_of(own: Mapping[str, Any]) -> dict[str, Declared]:
    """The documents that a service's options name, by name. Raises UsageError for a template that is wrong."""
    if not own.get(_NAME):
        return {}
    from ocrcli.forms.templates.load import load_all

    return {loaded.declared.name: loaded.declared for loaded in load_all(own[_NAME])}
