"""What a service declares of a workbook of its own: sheets for the people who will work with it, in their language.

Services without one get the plain workbook, whose columns are the result keys (outputs/xlsx.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["text", "amount", "number"]
"""How a value stands in its cell: as text; as an amount of money with two places; as any number. Values that are no
number stay text."""


@dataclass(frozen=True)
class SheetColumn:
    """A column for one result key: its heading, its form, its width in characters.

    Where that key has no value, the one of the key `instead` stands there.
    """

    heading: str
    key: str
    form: Form = "text"
    width: int = 16
    instead: str = ""


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
    passed_some: str = "未能全部校验"
    unchecked: str = "未校验"
    faults: str = "问题"
    first: str = "共 {count} 份，这是第一份"
    again: str = "与序号 {number} 重复"


@dataclass(frozen=True)
class DeclaredWorkbook:
    """A sheet of documents with a row each, sheets of their lists, and a sheet of what failed.

    Documents that agree in all of `identity` (and have a value for its first key) are marked as duplicates.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    lists: tuple[ListSheet, ...] = ()
    identity: tuple[str, ...] = ()
    wording: Wording = Wording()
