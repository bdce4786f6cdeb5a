"""Values that must be there, and values that must be the same.

>>> missing_fault(None)
'it was not found'
>>> same_fault("AB 1", "AB1") is None
True
>>> same_fault("a", "b")
'a and b are not the same'
"""

from __future__ import annotations

import unicodedata

from ocrcli.checks import Rule

REQUIRED = Rule("required", "own", "form")
SAME = Rule("same-value", "own", "agreement")


def missing_fault(value: str | None) -> str | None:
    """What is wrong with a value that must be there, None where nothing is."""
    return None if value and value.strip() else "it was not found"


def same_fault(*values: str) -> str | None:
    """What is wrong with values that must be the same but for blanks and width, None where nothing is."""
    folded = {"".join(unicodedata.normalize("NFKC", value).split()) for value in values}
    return None if len(folded) < 2 else " and ".join(dict.fromkeys(values)) + " are not the same"
