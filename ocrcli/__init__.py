"""ocrcli: offline OCR for documents, Chinese first.

    import ocrcli
    for record in ocrcli.read("page.png"):
        print(record.text)

`read` and `Reader` are loaded on first use: `import ocrcli` alone costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["OcrError", "Reader", "__version__", "read"]

if TYPE_CHECKING:
    from ocrcli.errors import OcrError
    from ocrcli.library import Reader, read


def __getattr__(name: str) -> Any:
    if name in ("Reader", "read"):
        from ocrcli import library

        return getattr(library, name)
    if name == "OcrError":
        from ocrcli.errors import OcrError

        return OcrError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
