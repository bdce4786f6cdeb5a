"""Template files: what they become, what is wrong with one, and that writing one gives the same again."""

from __future__ import annotations

import time
from pathlib import Path

import jsonschema
import pytest
import yaml

from ocrcli.errors import UsageError
from ocrcli.forms.fields import Declared
from ocrcli.forms.ready import FORMS
from ocrcli.forms.templates.load import contents_hash, from_text, load, load_all
from ocrcli.forms.templates.text import MOST_ALIASES, MOST_BYTES
from ocrcli.forms.templates.write import dump, schema
from ocrcli.signs import Labels, Title

SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "templates").glob("*.yaml"))
PLAIN = "template: note\nfields:\n  number: {label: 编号, form: digits}\n  day: {label: 日期, form: date}\n"
BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefg", "bcdefgh", strict=True)
)
PLACES = "template: x\nsize: [100, 50]\nanchors: {编号: [1, 1, 9, 5], 合计: [80, 40, 90, 44]}\nfields:\n  a: {at: %s}\n"


def declared(text: str) -> Declared:
    return from_text(text.encode(), "x.yaml")[1]


def fault(text: str | bytes) -> str:
    with pytest.raises(UsageError) as caught:
        from_text(text.encode() if isinstance(text, str) else text, "x.yaml")
    return str(caught.value)


def test_it_becomes_what_a_service_declares() -> None:
    note = declared(PLAIN)
    assert (note.name, note.title, note.type, note.repeats) == ("note", "note", "note", True)
    assert [(field.name, field.form) for field in note.fields] == [("number", FORMS["digits"]), ("day", FORMS["date"])]
    assert note.signs == (Labels(("编号", "日期"), 2),)
    assert [side.least for side in note.sides] == [1]


def test_texts_stay_texts() -> None:
    assert declared("template: 2024\nfields:\n  a: {label: No}\n  b: {label: 1:30}\n").signs == (
        Labels(("No", "1:30"), 2),
    )


def test_a_single_label_is_a_title_when_templates_are_told_apart() -> None:
    assert declared("template: x\nfields:\n  a: {label: 编号}\n").signs == (Title(("编号",)),)


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.stem)
def test_written_and_read_again_it_is_the_same(file: Path) -> None:
    template = load(file)
    assert from_text(dump(template).encode(), "again")[0] == template
    jsonschema.validate(yaml.safe_load(file.read_text(encoding="utf-8")), schema())


def test_the_schema_names_all_forms() -> None:
    made = schema()
    jsonschema.Draft202012Validator.check_schema(made)
    assert set(made["$defs"]["FieldPart"]["properties"]["form"]["enum"]) == {None, *FORMS}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"template": "x", "fields": {"a": {"lable": "b"}}}, made)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", None, "it is empty"),
        ("a: [", 1, "it is no YAML"),
        ("- a", 1, "must be a mapping"),
        (PLAIN + "---\n" + PLAIN, 5, "a file holds one template"),
        ("fields: {}", 1, "the key 'template' is missing"),
        ("template: x", 1, "it has no field"),
        ("template: a/b\nfields: {}", 1, "'a/b' is no name"),
        ("template: other\nfields: {}", 1, "choose another name"),
        ("template: x\nfields:\n  a: {lable: b}", 3, "fields.a.lable: there is no key 'lable'; did you mean 'label'?"),
        ("template: x\nfeilds:\n  a: {label: b}", 2, "did you mean 'fields'?"),
        ("template: x\nfields:\n  a: {label: b, form: amout}", 3, "there is no form 'amout'; did you mean 'amount'?"),
        ("template: x\nfields:\n  a: {label: b}\n  a: {label: c}", 4, "'a' stands twice; the first is on line 3"),
        ("template: x\nfields:\n  a: {label: b}\n  c: {label: ' b'}", 4, "c and a have the same label"),
        ("template: x\nfields:\n  template_id: {label: b}", 3, "names the template"),
        ("template: x\nfields:\n  a: {label: b, rows: many}", 3, "fields.a.rows: input should be a valid integer"),
        ("template: x\nfields:\n  a: {form: date}", 3, "does not say where its value stands"),
        ("template: x\nfields:\n  a: {anywhere: true, label: b}", 3, "`anywhere` needs a form"),
        ("template: x\nfields:\n  a: {anywhere: true, form: date}", 2, "nothing tells this document from others"),
        ("template: x\nfields:\n  a: {label: b, form: date, pattern: c}", 3, "leave one out"),
        ("template: x\nfields:\n  a: {label: b, pattern: '('}", 3, "no regular expression: missing )"),
        ("template: x\nfields:\n  a: {label: b, pattern: '(a{1000}){1000}'}", 3, "multiply to more than"),
        ("template: x\nfields:\n  a: {label: b, at: [1, 2, 3, 4]}", 3, "needs at least 2 `anchors`"),
        (PLACES % "[10, 10, 5, 20]", 5, "is no place on a page of 100 × 50"),
        (PLACES % "[10%, 10%, 120%, 20%]", 5, "is no place on a page of 100 × 50"),
        (PLACES % "[ten, 10, 20, 20]", 5, "neither a number nor a share"),
        ("template: x\nleast: 3\nfields:\n  a: {label: b}", 2, "only 1 labels"),
        ("template: x\nfields:\n  a: {label: b, near: {field: c, direction: left}}", 3, "there is no field 'c'"),
        ("template: x\nfields:\n  a: {label: b, columns: {c: {head: d}}}", 3, "it has `columns` and `end`"),
        (PLAIN + "checks:\n  - date-order: [day, dya]", 6, "there is no field 'dya'; did you mean 'day'?"),
        (PLAIN + "checks:\n  - required: day\n    date-order: [day, day]", 6, "a check is exactly one of"),
        (PLAIN + "checks:\n  - same-on-both-sides: day", 6, "day is not on both sides"),
        ("a: !!python/object/apply:os.system [ls]", 1, "is not allowed"),
        ("a: " + "[" * 5000, 1, "deeper than"),
        ("a: &a [*a]", 1, "endless"),
        (BOMB.replace("x, x", ", ".join(["x"] * 400)), None, "more than 20000 parts"),
        ("a: &a x\nb: [" + "*a, " * (MOST_ALIASES + 1) + "]", 2, "aliases"),
        (b"template: \xff\xfe", 1, "no text in UTF-8"),
        (b"a" * (MOST_BYTES + 1), None, "are allowed"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str | bytes, line: int | None, said: str) -> None:
    started = time.monotonic()
    found = fault(text)
    assert time.monotonic() - started < 5
    assert said in found
    assert found.startswith("x.yaml" if line is None else f"x.yaml, line {line}: ")


def test_a_side_has_fields_of_its_own() -> None:
    text = (
        "template: x\nsides:\n  front: {fields: {number: {label: 编号}}}\n  back: {fields: {number: {label: 号码}}}\n"
    )
    both = declared(text + "checks:\n  - same-on-both-sides: number\n")
    assert [(field.name, field.side) for field in both.fields] == [("number", "front"), ("number", "back")]
    assert both.checks == ()  # the engine itself compares what both sides have


def test_a_folder_is_all_its_templates(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "a.yml").write_text(PLAIN.replace("note", "other-note"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no template")
    assert [loaded.template.template for loaded in load_all(tmp_path)] == ["other-note", "note"]
    before = contents_hash(tmp_path)
    (tmp_path / "a.yml").write_text(PLAIN.replace("note", "third-note"), encoding="utf-8")
    assert contents_hash(tmp_path) != before
    (tmp_path / "c.yaml").write_text(PLAIN, encoding="utf-8")
    with pytest.raises(UsageError, match="are both named 'note'"):
        load_all(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no template"):
        load_all(tmp_path / "empty")
    with pytest.raises(UsageError, match="cannot be read"):
        load_all(tmp_path / "not there.yaml")
