"""Pictures written beside the records (`--annotate`, `--crops`): each in one step, and none over another's."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ocrcli.inputs.discover import Given
from ocrcli.outputs.files import draft_in, telling
from ocrcli.outputs.naming import file_under

_OWNER = "ocrcli"  # key of the PNG text that says whose picture it is


def write_picture(picture: Image.Image, folder: str, given: Given, suffix: str, what: str) -> None:
    """Writes a PNG named after the input, `suffix` (".page03.png") behind it, into the folder.

    It takes the place of the picture that an earlier run made of the same (`what`: "annotate 3", "crops front 3"). A
    name that any other file has gets a number: `a.png.front_2.png`. Raises OcrError("output_failed").
    """
    owner = hashlib.sha256(f"{what} {given.name}".encode()).hexdigest()
    info = PngInfo()
    info.add_text(_OWNER, owner)
    for number in count(1):
        numbered = suffix if number == 1 else f"{suffix.removesuffix('.png')}_{number}.png"
        target = Path(folder) / file_under(given.relative, numbered)
        with telling(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with draft_in(target.parent) as (draft, stream):
                picture.save(stream, "PNG", pnginfo=info)
                stream.flush()
                os.fsync(stream.fileno())
                if _put(draft, target, owner):
                    return


def _put(draft: Path, target: Path, owner: str) -> bool:
    """Gives the draft its name. False where another file has it."""
    try:
        os.link(draft, target)  # unlike a rename, a link never takes the place of what is there
    except FileExistsError:
        if _owner(target) != owner:
            return False
        draft.replace(target)
    except OSError:  # a file system without links
        if target.exists() and _owner(target) != owner:
            return False
        draft.replace(target)
    return True


def _owner(path: Path) -> str | None:
    with suppress(Exception), Image.open(path, formats=("PNG",)) as image:
        found = image.info.get(_OWNER)
        return found if isinstance(found, str) else None
    return None
