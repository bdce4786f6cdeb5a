"""What a workbook says about a record in words: how its checks went, what failed, what was warned of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.cells import Toned, Value
from ocrcli.sheets import DeclaredWorkbook
from ocrcli.wording import CHECKS, WARNINGS, in_chinese, is_doubt

PlainCheck = dict[str, Any]


class Said:
    """The words of one declared workbook, in Chinese. What is about a key that no column shows is left out."""

    def __init__(self, declared: DeclaredWorkbook) -> None:
        self._declared = declared
        self._names = declared.headings
        self._shown = {key for column in declared.all_columns for key in (column.key, column.instead) if key}
        self._lists = {key for sheet in declared.lists for key in (sheet.key, sheet.instead) if key}
        self._item_keys = {column.key for sheet in declared.lists for column in sheet.columns}

    def verdict(self, record: PlainRecord) -> list[Value]:
        """Under three headings: how the checks went, which failed, what was warned of."""
        failed = [f"{self.check(check)}：{self.message(check)}" for check in self.failed(record)]
        told = [self._warning(warning) for warning in record["warnings"] if self._is_shown(warning["field"])]
        return [self._outcome(record), "\n".join(failed) or None, "\n".join(dict.fromkeys(told)) or None]

    def _outcome(self, record: PlainRecord) -> Value:
        word = self._declared.wording
        outcomes = [check["passed"] for check in record["checks"]]
        sums = [check["passed"] for check in record["checks"] if check["rule"] in self._declared.sums]
        if not outcomes:
            return word.unchecked
        if False in outcomes:
            return Toned(word.passed_not, "bad")
        if None not in outcomes and not self.doubted(record):
            return Toned(word.passed_all, "good")
        return word.passed_sums if sums and all(sums) else word.passed_some

    def doubted(self, record: PlainRecord) -> set[str]:
        """The shown keys whose values are in doubt, as JSON Pointers without the first slash."""
        about = {w["field"] for w in record["warnings"] if is_doubt(w["code"])}
        return {key for key in about if key and self._is_shown(key)}

    @staticmethod
    def failed(record: PlainRecord) -> list[PlainCheck]:
        """The checks that did not pass."""
        return [check for check in record["checks"] if check["passed"] is False]

    @staticmethod
    def check(check: PlainCheck) -> str:
        """What a failed check found out."""
        return CHECKS.get(check["rule"], check["rule"])

    def message(self, check: PlainCheck) -> str:
        """What is wrong, with the figures."""
        return in_chinese(check["message"] or "", self._names)

    def keys(self, keys: Sequence[str]) -> str:
        """The names of keys."""
        return "、".join(map(self._name, keys))

    def error(self, record: PlainRecord) -> str:
        """Why an input could not be read."""
        return in_chinese(record["error"]["message"])

    def _name(self, key: str) -> str:
        """The name of a key: 明细第 2 行金额 for `item_list/1/amount`."""
        parts = key.split("/")
        if len(parts) == 1:
            return self._names.get(key, key)
        place = f"{self._names.get(parts[0], parts[0])}第 {int(parts[1]) + 1} 行"
        return place + (self._names.get(parts[2], parts[2]) if len(parts) > 2 else "")

    def _warning(self, warning: dict[str, Any]) -> str:
        meaning = WARNINGS.get(warning["code"])
        key = warning["field"]
        names = {key: self._name(key)} if key else {}
        told = in_chinese(warning["message"], names)
        if told == warning["message"] and meaning is not None:
            told = meaning.chinese
        about = names.get(key, "")
        return told if not about or about in told else f"{about}：{told}"

    def _is_shown(self, key: str | None) -> bool:
        if not key:
            return True
        first, *rest = key.split("/")
        return first in self._shown or (first in self._lists and (len(rest) < 2 or rest[1] in self._item_keys))
