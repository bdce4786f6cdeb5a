"""`python -m ocrcli.typed`: makes the files of this folder anew from the declarations."""

from __future__ import annotations

from pathlib import Path

from ocrcli.typed.making import files

for name, text in files().items():
    (Path(__file__).parent / name).write_text(text, encoding="utf-8")
