"""Ready-made checks over several values, for services and templates. `items/amount` is a list's column."""

from __future__ import annotations

from collections.abc import Callable

from ocrcli.checks import Rule, amounts, dates, patterns, presence, sums
from ocrcli.forms.fields import Bind


def date_order(*keys: str, side: str = "") -> Bind:
    """Dates that must not go backwards; 长期 and dates that are in no calendar say nothing."""
    return Bind(dates.ORDER, keys, lambda *days: dates.order_fault(*(d for d in days if dates.exists(d))), side)


def sum_of(parts: tuple[str, ...], total: str, side: str = "") -> Bind:
    """Parts that must add up to a total: several values, or all those of a list's column."""

    def fault(*values: str | tuple[str, ...]) -> str | None:
        *told, whole = values
        assert isinstance(whole, str)
        return sums.sum_fault([one for part in told for one in ((part,) if isinstance(part, str) else part)], whole)

    return Bind(sums.SUM, (*parts, total), fault, side)


def product_of(factors: tuple[str, ...], product: str, side: str = "") -> Bind:
    """Factors that must make a product; in the columns of a list, in each of its rows."""
    return Bind(
        sums.PRODUCT,
        (*factors, product),
        lambda *values: sums.product_fault(values[:-1], values[-1]),
        side,
        each=list_of((*factors, product)),
    )


def words_equal_digits(words: str, digits: str, side: str = "") -> Bind:
    """An amount in capital numerals and the same in figures."""
    return Bind(amounts.RULE, (words, digits), amounts.fault, side, each=list_of((words, digits)))


def same(*keys: str, side: str = "") -> Bind:
    """Values that must be the same."""
    return Bind(presence.SAME, keys, presence.same_fault, side, each=list_of(keys))


def required(key: str, side: str = "") -> Bind:
    """A value that must be there; of a list's column, in each of its rows."""
    return Bind(presence.REQUIRED, (), presence.missing_fault, side, given=(key,), each=list_of((key,)))


def matches(key: str, pattern: patterns.Pattern, side: str = "") -> Bind:
    """A value that must match a regular expression from end to end."""
    return _of_one(patterns.RULE, key, pattern.fault, side)


def _of_one(rule: Rule, key: str, fault: Callable[[str], str | None], side: str) -> Bind:
    return Bind(rule, (key,), fault, side, each=list_of((key,)))


def list_of(keys: tuple[str, ...]) -> str:
    """The list whose columns some of these keys are; "" where none is."""
    return next((key.partition("/")[0] for key in keys if "/" in key), "")
