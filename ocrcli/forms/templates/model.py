"""What stands in a template, as a pydantic model: from it come validation, JSON Schema, and the written file.

Every text in a template is a string: `label: No` is the label "No", not a truth value.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

MOST_FIELDS = 200  # of a template, columns included
MOST_VALUES = 500  # of a vocabulary
RESERVED = "template_id"  # the result key that names the template
SIDES = ("front", "back")

_NAME = re.compile(r"[^\W_][\w-]{0,59}")
_KEY = re.compile(r"[^\W\d]\w{0,59}")


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _named(text: str) -> str:
    if text == "other":
        raise ValueError("'other' is what documents of no known kind are called: choose another name")
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text!r} is no name: letters, digits, - and _, up to 60, a letter or digit first")
    return text


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError(f"{text!r} is no result key: letters, digits and _, up to 60, a letter first")
    if text == RESERVED:
        raise ValueError(f"{text!r} is the key that names the template: choose another one")
    return text


def _length(value: Any) -> Any:
    """A length as a number, a share as text with its sign."""
    if not isinstance(value, str):
        return value
    bare = value.strip()
    try:
        number = float(bare.removesuffix("%"))
    except ValueError:
        raise ValueError(f"{value!r} is neither a number nor a share such as 12.5%") from None
    return f"{number:g}%" if bare.endswith("%") else number


Printed = Annotated[str, Field(min_length=1, max_length=200)]
_TextOrTexts = BeforeValidator(_as_list, json_schema_input_type=Printed | list[Printed])
Texts = Annotated[list[Printed], _TextOrTexts, Field(max_length=50)]
Name = Annotated[str, AfterValidator(_named)]
Key = Annotated[str, AfterValidator(_key)]
Length = Annotated[
    float | str,
    BeforeValidator(_length),
    Field(description="in the unit of `size`, or a share of the page's width or height, such as 12.5%"),
]
Place = Annotated[
    list[Length], Field(min_length=4, max_length=4, description="left, top, right, bottom, from the page's top left")
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Form(_Part):
    """What form a value has: one of `form`, `values` and `pattern`; without any, it is text."""

    meaning: str = Field("", max_length=300, description="what the value is, in words")
    form: str | None = Field(None, description="a ready-made form by its name; `ocrcli schema --template` lists them")
    values: Annotated[list[Printed], _TextOrTexts, Field(max_length=MOST_VALUES)] = Field(
        default_factory=list, description="the only values that it may have"
    )
    pattern: str | None = Field(None, description="a regular expression that finds the value in what is printed")


class Column(_Form):
    """A column of a list."""

    head: Texts = Field(description="the printed head of the column, in each of its forms")


class Near(_Part):
    """Next to the value of another field."""

    field: str
    direction: Literal["left", "right", "above", "below"]
    within_em: float = Field(6.0, gt=0, le=100, description="how far off, in heights of that value's print")


class FieldPart(_Form):
    """A field: where its value stands and what form it has."""

    label: Texts = Field(default_factory=list, description="the printed label, in each of its forms")
    where: Literal["right", "below", "either"] = Field("right", description="on which side of the label it stands")
    rows: int = Field(1, ge=1, le=50, description="how many rows the value may have")
    stop: Texts = Field(default_factory=list, description="other printed texts that end the value")
    at: Place | None = Field(None, description="where on the page the value stands; needs `size` and `anchors`")
    near: Near | None = Field(None, description="next to the value of another field")
    anywhere: bool = Field(False, description="its form alone finds it: such a value is doubtful")
    heading: Texts = Field(default_factory=list, description="the value is the line that says one of these headings")
    required: bool = Field(False, description="a page on which no required value is found is not this document")
    columns: dict[Key, Column] = Field(
        default_factory=dict, description="the value is a list: the rows below these heads"
    )
    end: Texts = Field(default_factory=list, description="texts in the row that ends the list")


class SidePart(_Part):
    """A side of a document, or all of it: its fixed print, and its fields."""

    size: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        None, description="width and height of the page, in mm or any other unit; needed for places"
    )
    anchors: dict[Printed, Place] = Field(
        default_factory=dict, description="print that never changes, and where it stands: it tells how the page lies"
    )
    marks: Texts = Field(default_factory=list, description="more print that never changes and has no value")
    least: int | None = Field(None, ge=1, description="so many labels, headings, marks and anchors are on it at least")
    fields: dict[Key, FieldPart] = Field(default_factory=dict, description="the fields by their result keys")


class Sum(_Part):
    """Parts that add up to a total."""

    parts: Texts = Field(description="fields, or the column of a list such as items/amount")
    total: str


class Product(_Part):
    """Factors that make a product, in each row of a list where they are columns."""

    factors: Texts = Field(min_length=2)
    product: str


class Amount(_Part):
    """The same amount in capital numerals and in figures."""

    words: str
    digits: str


class Match(_Part):
    """A value that an expression matches from end to end."""

    field: str
    pattern: str


class Check(_Part):
    """A check over values: exactly one of these."""

    date_order: Texts | None = Field(None, alias="date-order", min_length=2, description="dates in this order")
    sum_of: Sum | None = Field(None, alias="sum-of")
    product_of: Product | None = Field(None, alias="product-of")
    words_equal_digits: Amount | None = Field(None, alias="words-equal-digits")
    same_on_both_sides: Texts | None = Field(
        None,
        alias="same-on-both-sides",
        description="a field that both sides have, or several fields that say the same",
    )
    required: Texts | None = Field(None, description="values that must be there")
    matches: Match | None = None

    @model_validator(mode="after")
    def _one(self) -> Check:
        if len(self.model_fields_set) != 1:
            known = ", ".join(field.alias or name for name, field in type(self).model_fields.items())
            raise ValueError(f"a check is exactly one of: {known}")
        return self


class Template(SidePart):
    """A document of the user's own."""

    template: Name = Field(description="its name: the record's template_id, and its kind in `classify`")
    title: str = Field("", max_length=100, description="what people call the document, in English")
    title_zh: str = Field("", max_length=100, description="the same in Chinese")
    headings: Texts = Field(default_factory=list, description="headings that stand on a line of their own")
    page: int | None = Field(None, ge=1, description="the page of an input that it stands on; any, where left out")
    several: bool = Field(False, description="a page may hold several of it: each is read")
    sides: dict[Literal["front", "back"], SidePart] = Field(
        default_factory=dict, description="the two sides, where it has such, in place of `fields`"
    )
    checks: list[Check] = Field(default_factory=list, max_length=100, description="what must hold between values")

    @property
    def parts(self) -> dict[str, SidePart]:
        """Its sides by name; a document without such has one, whose name is empty."""
        sides: dict[str, SidePart] = {}
        for name, part in self.sides.items():
            sides[name] = part
        return sides or {"": self}
