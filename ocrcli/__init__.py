"""ocrcli: offline OCR for documents, Chinese first.

    import ocrcli
    for record in ocrcli.read("page.png"):
        print(record.text)

Everything is loaded on first use: `import ocrcli` alone costs nothing. docs/python.md has examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "CellOut",
    "CheckOut",
    "DocumentOut",
    "EvidenceOut",
    "LineOut",
    "OcrError",
    "Reader",
    "Record",
    "TableOut",
    "WarningOut",
    "__version__",
    "read",
    "to_frame",
]

if TYPE_CHECKING:
    from ocrcli.errors import OcrError
    from ocrcli.library import Reader, read, to_frame
    from ocrcli.records import CellOut, CheckOut, DocumentOut, EvidenceOut, LineOut, Record, TableOut, WarningOut

_HOME = {"OcrError": "errors", "Reader": "library", "read": "library", "to_frame": "library"}


def __getattr__(name: str) -> Any:
    if name not in __all__ or name == "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"ocrcli.{_HOME.get(name, 'records')}"), name)
