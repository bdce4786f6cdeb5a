"""The JSON Schema of a service's records (draft 2020-12), made from the record models and the service's declaration."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from ocrcli.declaration import Field, Service
from ocrcli.records import ErrorRecord, Record
from ocrcli.wording import WARNINGS

DRAFT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def schema_of(service: Service) -> Schema:
    """What each JSON object that `service` gives looks like: a record, or the error of an input or page."""
    schema = TypeAdapter(Record | ErrorRecord).json_schema(mode="serialization")
    models = schema.pop("$defs")
    for model in models.values():
        _leave_out_null(model)
    record = models["Record"]["properties"]
    models["WarningOut"]["properties"]["code"] = {"enum": sorted(WARNINGS), "description": "docs/warnings.md"}
    for model in (models["Record"], models["ErrorRecord"]):
        model["properties"]["service"] = {"const": service.name}
    record["fields"] = _fields(service)
    if service.calls_others:
        record["service"] = {"type": "string", "description": "the service for the document's kind"}
        record["fields"] = {"type": ["object", "array"], "required": [], "description": "the fields of that service"}
    return {
        "$schema": DRAFT,
        "title": f"Records of `ocrcli {service.name}`",
        "description": service.help,
        "oneOf": schema["anyOf"],
        "$defs": models,
    }


def _leave_out_null(model: Schema) -> None:
    """A key with a default is left out where a run does not ask for it; it is never null."""
    for key in model.get("properties", {}).values():
        if "default" in key:
            del key["default"]
            kinds = [kind for kind in key.pop("anyOf", []) if kind != {"type": "null"}]
            key.update(*kinds)


def _fields(service: Service) -> Schema:
    found = _object(service.result_keys)
    return {"type": "array", "items": found} if service.list_result else found


def _object(fields: tuple[Field, ...]) -> Schema:
    return {
        "type": "object",
        "properties": {declared.name: _value(declared) for declared in fields},
        "required": [declared.name for declared in fields if declared.option is None],
        "additionalProperties": False,
    }


def _value(declared: Field) -> Schema:
    """A list is empty, anything else null, where nothing was found."""
    described: Schema = {"description": declared.meaning}
    if declared.option is not None:
        described["description"] += f" (only with {declared.option})"
    if declared.type == "list":
        return described | {"type": "array"} | ({"items": _object(declared.items)} if declared.items else {})
    inner = _object(declared.items) if declared.type == "object" and declared.items else {}
    return described | inner | {"type": [declared.type, "null"]}
