"""Templates as files: their text, and their JSON Schema."""

from __future__ import annotations

from typing import Any

import yaml

from ocrcli.forms.ready import FORMS
from ocrcli.forms.templates.model import Template

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FIRST = ("template", "title", "title_zh", "page", "headings")


def dump(template: Template) -> str:
    """The template as YAML, as people write it: keys that have their usual value are left out, lists of one are texts.

    Reading it again gives the same template.
    """
    told = template.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    ordered = {key: told[key] for key in _FIRST if key in told} | told
    return yaml.dump(_short(ordered), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def schema() -> dict[str, Any]:
    """What a template looks like, as JSON Schema."""
    made = Template.model_json_schema(by_alias=True)
    for model in made["$defs"].values():
        if "form" in (known := model.get("properties", {})):
            known["form"] = {"enum": [None, *FORMS], "description": known["form"]["description"]}
    return {"$schema": DRAFT} | made | {"title": "Template of `ocrcli form`"}


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return value[0] if len(value) == 1 and isinstance(value[0], str) else [_short(inner) for inner in value]
    return value


class _Dumper(yaml.SafeDumper):
    """Lists of numbers on one line: places are easier to read so."""


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    flat = all(not isinstance(inner, dict | list) for inner in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=flat)


_Dumper.add_representer(list, _list)
