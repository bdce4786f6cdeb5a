"""What a service declares of a workbook of its own: sheets for the people who will work with it, in their language.

Services without one get the plain workbook, whose columns are the result keys (outputs/xlsx.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Form = Literal["text", "amount", "number", "date", "rate"]
"""How a value stands in its cell: as text; as an amount of money with two places; as any number; as a day; as a share
in percent. Values that are none stay text."""


@dataclass(frozen=True)
class SheetColumn:
    """A column for one result key: its heading, its form, its width in characters.

    Where that key has no value, the one of the key `instead` stands there. `words`: what is shown for values that are
    codes. `total`: the sum of the column stands below it.
    """

    heading: str
    key: str
    form: Form = "text"
    width: int = 16
    instead: str = ""
    words: Mapping[str, str] = field(default_factory=dict, hash=False)
    total: bool = False


@dataclass(frozen=True)
class ListSheet:
    """A sheet with a row for each object in the list at `key`, behind the columns that tell which document it is of.

    Where that list is empty, the one at the key `instead` stands there.
    """

    title: str
    key: str
    columns: tuple[SheetColumn, ...]
    instead: str = ""


@dataclass(frozen=True)
class Wording:
    """The headings and words that are no service's: where a row comes from, how its checks went, what is wrong."""

    number: str = "序号"
    source: str = "文件"
    page: str = "页"
    checks: str = "校验"
    failed: str = "未通过的校验"
    warnings: str = "提示"
    duplicate: str = "重复"
    kind: str = "问题"
    fields: str = "字段"
    message: str = "说明"
    passed_all: str = "全部通过"
    passed_not: str = "未通过"
    passed_sums: str = "金额校验通过"
    passed_some: str = "未能全部校验"
    unchecked: str = "未校验"
    faults: str = "问题"
    error: str = "未能识别"
    first: str = "共 {count} 份，这一份最清晰"
    again: str = "与序号 {number} 重复"
    again_begins: str = "与序号"
    total: str = "合计（不含重复）"


@dataclass(frozen=True)
class DeclaredWorkbook:
    """A sheet of documents with a row each, sheets of their lists, and a sheet of what failed.

    `columns` stand in front of what the checks say and are printed with it; `more` stand behind, for the screen.

    Documents that agree in all of `identity` (and have a value for its first key) are copies of one: the sharpest
    counts as it, the others are marked. `shown_with_items` are keys of the document that stand beside each row of its
    lists. `sums` are the rules that speak for the amounts. `names` are words for keys that have no column.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    more: tuple[SheetColumn, ...] = ()
    lists: tuple[ListSheet, ...] = ()
    identity: tuple[str, ...] = ()
    shown_with_items: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    wording: Wording = Wording()

    @property
    def all_columns(self) -> tuple[SheetColumn, ...]:
        """The columns of the sheet of documents."""
        return (*self.columns, *self.more)

    @property
    def keys(self) -> dict[str, str]:
        """The key of each heading of the sheet of documents."""
        return {column.heading: column.key for column in self.all_columns}

    @property
    def other_headings(self) -> tuple[str, ...]:
        """The headings that are no key's."""
        word = self.wording
        return (word.number, word.source, word.page, word.checks, word.failed, word.warnings, word.duplicate)

    @property
    def headings(self) -> dict[str, str]:
        """The heading of each key that a column shows, and the names of others."""
        items = {column.key: column.heading for sheet in self.lists for column in sheet.columns}
        lists = {key: sheet.title for sheet in self.lists for key in (sheet.key, sheet.instead) if key}
        instead = {column.instead: column.heading for column in self.all_columns if column.instead}
        own = {column.key: column.heading for column in self.all_columns}
        return {**items, **lists, **instead, **self.names, **own}


def identity_of(record: Mapping[str, Any], declared: DeclaredWorkbook) -> tuple[str, ...] | None:
    """What makes a record's document the same as another; None where that was not read, or it is none."""
    keys = declared.identity
    if "error" in record or not keys or not record["fields"].get(keys[0]):
        return None
    return tuple(record["fields"].get(key) or "" for key in keys)
