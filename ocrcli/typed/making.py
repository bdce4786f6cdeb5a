"""Makes the typed view of the services from their declarations, as the text of Python files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from keyword import iskeyword

from ocrcli.declaration import Choice, Field, Flag, Option, Panel, Service, Step
from ocrcli.services import all_services

_FILES = {Panel.GENERAL: "general", Panel.CARDS: "cards", Panel.RECEIPTS: "receipts"}
_PLAIN = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"}
_MADE = "Made by `python -m ocrcli.typed`; not to be edited."
_ENGINE = """        *,
        engine: EngineName = "onnx",
        models: ModelSize = "small",
        threads: int | None = None,
"""


def files() -> dict[str, str]:
    """The text of each file by its name."""
    services = all_services().values()
    made = {
        f"{stem}.py": _keys_and_options(stem, [service for service in services if service.panel is panel])
        for panel, stem in _FILES.items()
    }
    made["reader_read.py"] = _overloads(services, "ReaderRead", "`Reader.read`", "")
    made["read.py"] = _overloads(services, "Read", "`ocrcli.read`", _ENGINE)
    return made


def _keys_and_options(stem: str, services: Iterable[Service]) -> str:
    blocks = [block for service in services for block in (*_fields(service), _options(service))]
    used = ", ".join(name for name in ("Any", "Literal", "NotRequired") if any(name in block for block in blocks))
    head = f'"""Result keys and options in `services/{stem}/`. {_MADE}"""\n\n'
    imports = (
        f"from __future__ import annotations\n\nfrom typing import {used}\n\n"
        f"from typing_extensions import TypedDict\n\nfrom ocrcli.typed import SharedOptions\n"
    )
    return head + imports + "".join(f"\n\n{block}" for block in blocks)


def prefix(service: Service) -> str:
    """What the names of a service's types begin with: `HkIdCard` for hk-id-card."""
    return _camel(service.name)


def has_fixed_keys(service: Service) -> bool:
    """False where documents of the user's own, or other services, decide the result keys."""
    return service.list_result or service.read_with is None


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.replace("-", "_").split("_"))


def _fields(service: Service) -> Iterator[str]:
    if has_fixed_keys(service):
        yield from _typed_dict(f"{prefix(service)}Fields", f"Result keys of {service.name}.", service.result_keys)


def _typed_dict(name: str, meaning: str, fields: tuple[Field, ...]) -> Iterator[str]:
    """The objects in it first, then the object itself: a class, but where a key is a word of Python's."""
    kinds = {}
    for declared in fields:
        inner = name.removesuffix("Fields") + _camel(declared.name.removesuffix("_list"))
        if declared.items:
            yield from _typed_dict(inner, f"What {declared.name} holds.", declared.items)
        kind = _kind(declared, inner if declared.items else None)
        kinds[declared.name] = kind if declared.option is None else f"NotRequired[{kind}]"
    if any(map(iskeyword, kinds)):
        lines = "".join(f'        "{key}": {kind},\n' for key, kind in kinds.items())
        yield f'{name} = TypedDict(  # {meaning}\n    "{name}",\n    {{\n{lines}    }},\n)\n'
    else:
        lines = "".join(f"    {key}: {kind}\n" for key, kind in kinds.items())
        yield f'class {name}(TypedDict):\n    """{meaning}"""\n\n{lines}'


def _kind(declared: Field, inner: str | None) -> str:
    """A list is empty, anything else None, where nothing was found."""
    if declared.type == "list":
        return f"list[{inner or 'Any'}]"
    return f"{inner or _PLAIN.get(declared.type, 'dict[str, Any]')} | None"


def _options(service: Service) -> str:
    """Steps that copy are the command's alone."""
    own = (option for option in service.options if not (isinstance(option, Step) and option.copies))
    lines = "".join(f"    {option.name.replace('-', '_')}: {_value(option)}\n" for option in own)
    head = f'class {prefix(service)}Options(SharedOptions, total=False):\n    """Options of {service.name}."""\n'
    return head + (f"\n{lines}" if lines else "")


def _value(option: Option) -> str:
    if isinstance(option, Flag):
        return "bool"
    if isinstance(option, Choice):
        return f"Literal[{', '.join(map(json.dumps, option.values))}]"
    return "str" if option.required else "str | None"


def _overloads(services: Iterable[Service], name: str, what: str, engine: str) -> str:
    imports: dict[Panel, list[str]] = {panel: [] for panel in Panel}
    overloads = []
    for service in services:
        known = [f"{prefix(service)}Fields"] if has_fixed_keys(service) else []
        imports[service.panel] += [*known, f"{prefix(service)}Options"]
        overloads.append(_overload(service, known, engine))
    head = f'"""{what} for checkers of types. {_MADE}"""\n\nfrom __future__ import annotations\n\n'
    head += "from typing import TYPE_CHECKING, Literal, Protocol, Unpack, overload\n\n"
    head += "if TYPE_CHECKING:\n    from ocrcli.library import Source\n"
    head += "    from ocrcli.options import EngineName, ModelSize\n" if engine else ""
    head += "    from ocrcli.records import Record\n"
    for panel, stem in sorted(_FILES.items(), key=lambda item: item[1]):
        lines = "".join(f"        {imported},\n" for imported in sorted(imports[panel]))
        head += f"    from ocrcli.typed.{stem} import (\n{lines}    )\n"
    doc = f'"""{what}: for each service its options and its result keys."""'
    return f"{head}\n\nclass {name}(Protocol):\n    {doc}\n\n" + "\n".join(overloads)


def _overload(service: Service, known: list[str], engine: str) -> str:
    names = ", ".join(f'"{name}"' for name in dict.fromkeys((service.name, service.spec)) if name)
    default = ' = "general"' if service.name == "general" else ""
    items = [f"[list[{fields}]]" if service.list_result else f"[{fields}]" for fields in known]
    return (
        "    @overload\n    def __call__(\n        self,\n        source: Source,\n"
        f"        service: Literal[{names}]{default},\n{engine}"
        f"        **options: Unpack[{prefix(service)}Options],\n    ) -> list[Record{''.join(items)}]: ...\n"
    )
