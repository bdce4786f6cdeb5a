"""Workbooks that bear a seal: whether somebody has changed one since ocrcli wrote it can be told from the file alone.

The seal is a hash over the names, sizes and checksums of the ZIP file's members, kept among the document's properties
(docProps/custom.xml), the one member that it leaves out. Whatever program saves the workbook again breaks it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

SEAL = "ocrcli seal"  # the property's name
_PLACEHOLDER = "0" * 64
EDITED = "edited"  # instead of a seal: the workbook holds what people have added, and ocrcli has added rows to it
_PROPERTIES = "docProps/custom.xml"

# The same records make the same workbook, whenever: 1980-01-01 is the first date that a ZIP file knows.
NO_DATE = datetime(1980, 1, 1)


class State(Enum):
    """Whose a workbook is."""

    ABSENT = "there is none"
    OURS = "as ocrcli wrote it"
    EDITED = "written by ocrcli, and changed since"
    FOREIGN = "not written by ocrcli"


def state_of(path: Path) -> State:
    """Whose the workbook at `path` is. Raises OSError where it cannot be read."""
    if not path.exists():
        return State.ABSENT
    try:
        with ZipFile(path) as archive:
            if _PROPERTIES not in archive.namelist():
                return State.FOREIGN
            properties = archive.read(_PROPERTIES).decode("utf-8", "replace")
            if SEAL not in properties:
                return State.FOREIGN
            return State.OURS if _seal(archive.infolist()) in properties else State.EDITED
    except BadZipFile:
        return State.FOREIGN


def _seal(members: Iterable[ZipInfo]) -> str:
    told = sorted(f"{m.filename} {m.file_size} {m.CRC:08x}" for m in members if m.filename != _PROPERTIES)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def seal_property() -> Any:
    """The property whose place the seal takes when the file is closed, for openpyxl's `custom_doc_props`."""
    from openpyxl.packaging.custom import StringProperty

    return StringProperty(name=SEAL, value=_PLACEHOLDER)


class SealedZip(ZipFile):
    """A ZIP file whose members bear no time of their own, sealed when it is closed."""

    _properties: str | None = None
    seals = True  # False: the property says that people have changed the workbook

    def writestr(self, name: Any, data: Any, *rest: Any) -> None:
        """As ZipFile.writestr, with the member's time fixed; the properties wait for the end."""
        if str(name) == _PROPERTIES:
            self._properties = data if isinstance(data, str) else data.decode()
            return
        super().writestr(self._member(str(name)), data, *rest)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """As ZipFile.write, with the member's time fixed."""
        with (
            Path(filename).open("rb") as source,
            self.open(self._member(str(arcname)), "w", force_zip64=True) as member,
        ):
            shutil.copyfileobj(source, member)

    def close(self) -> None:
        """Writes the properties, with the seal, and ends the file."""
        if self.fp is not None and self._properties is not None:
            told = self._properties.replace(_PLACEHOLDER, _seal(self.infolist()) if self.seals else EDITED)
            self._properties = None
            super().writestr(self._member(_PROPERTIES), told)
        super().close()

    @staticmethod
    def _member(name: str) -> ZipInfo:
        member = ZipInfo(name, NO_DATE.timetuple()[:6])
        member.compress_type = ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        return member
