"""ocrcli as a library: the same way through the code as the command, without the command."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, cast, get_args, get_origin, get_type_hints

from ocrcli.batch.machine import available_cores
from ocrcli.context import Context
from ocrcli.declaration import Choice, Service, Step, checked
from ocrcli.engine.base import LateReader
from ocrcli.errors import UNOPENED, OcrError, UsageError
from ocrcli.inputs.discover import Given, printable
from ocrcli.inputs.limits import check_pixels, check_sides
from ocrcli.inputs.page_spec import parse_pages
from ocrcli.key_names import nearest
from ocrcli.options import EngineName, ModelSize, ReadOptions, day_of_run
from ocrcli.page import Page
from ocrcli.pipeline import Session
from ocrcli.records import Record
from ocrcli.services import all_services, find_service

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from ocrcli.page import Pixels
    from ocrcli.typed.read import Read
    from ocrcli.typed.reader_read import ReaderRead

    One = str | os.PathLike[str] | bytes | BinaryIO | Image | NDArray[np.uint8]
    Source = One | Sequence[str | os.PathLike[str]]

# Options that belong to the whole reader, since the models are loaded for them, and what follows from others.
_READERS_OWN = ("engine", "models", "threads", "own", "today_given")
_SHARED = {name: kind for name, kind in get_type_hints(ReadOptions).items() if name not in _READERS_OWN}


def _as_read(read: Callable[..., list[Record]]) -> Read:
    """The same function; checkers of types see an overload for each service."""
    return cast("Read", read)


def _as_reader_read(read: Callable[..., list[Record]]) -> ReaderRead:
    """The same method; checkers of types see an overload for each service."""
    return cast("ReaderRead", read)


@_as_read
def read(
    source: Source,
    service: str = "general",
    *,
    engine: EngineName = "onnx",
    models: ModelSize = "small",
    threads: int | None = None,
    **options: Any,
) -> list[Record]:
    """The records of one input, loading the models for this call; for more inputs make a `Reader`.

    See `Reader.read` for what can be given, and what is raised.
    """
    with Reader(engine=engine, models=models, threads=threads) as reader:
        return reader.records(source, service, options)


class Reader:
    """Reads one input after another and keeps the models warm, for any service. Threads may share one: they take turns.

    `threads` is by default the number of cores that may be used here. As a context manager it lets the models go at
    the end.
    """

    def __init__(self, *, engine: EngineName = "onnx", models: ModelSize = "small", threads: int | None = None) -> None:
        self._options = ReadOptions(engine=engine, models=models, threads=threads or available_cores())
        for name in ("engine", "models"):
            _check(name, getattr(self._options, name), get_type_hints(ReadOptions)[name])
        self._context = Context(self._options.threads)
        self._engine = LateReader(self._options, self._context)
        self._turn = Lock()

    @_as_reader_read
    def read(self, source: Source, service: str = "general", **options: Any) -> list[Record]:
        """The records of `source`: one a page, or one a document where a page holds several.

        `source` is a file's path, or a list of paths; a file's bytes, or a file opened for reading bytes; a PIL image
        (in any mode; its EXIF orientation is followed); or a picture as an array of uint8: H × W × 3 in the order
        blue, green, red, as OpenCV has it, H × W × 4 with its opacity behind them, or H × W grey.
        `options` are those of the command line with underscores (`pages="1-3"`, `details=True`,
        `today=date(2026, 1, 31)`), and the service's own.

        Raises OcrError where the input, or one of its pages, cannot be read; where a file cannot be opened that is an
        error as `open` raises it (FileNotFoundError, PermissionError, IsADirectoryError), too. Raises ValueError and
        TypeError for an unknown service, option or value.
        """
        return self.records(source, service, options)

    def records(self, source: Source, service: str, options: Mapping[str, Any]) -> list[Record]:
        """What `read` gives, for a service whose name is only known when the program runs."""
        try:
            declared = find_service(service)
        except KeyError:
            near = nearest(service, all_services(), {})
            meant = f"; did you mean {near!r}?" if near else ""
            raise ValueError(f"there is no service {service!r}{meant}") from None
        asked = _with_options(self._options, declared, options)
        sources: Sequence[Any] = source if isinstance(source, list | tuple) else [source]
        try:
            with self._turn:
                session = Session(declared.name, asked, self._engine, self._context)
                plain = [told for one in sources for told in _plain_records(session, one)]
            return [_record_or_raise(told) for told in plain]
        except UNOPENED:
            raise
        except OcrError as error:
            message = _in_python(error.message, declared)
            raise OcrError(error.code, message, page=error.page, looks_like=error.looks_like) from None

    def close(self) -> None:
        """Lets the models go; the next `read` loads them again."""
        self._context.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _plain_records(session: Session, source: One) -> Iterator[dict[str, Any]]:
    read = getattr(source, "read", None)
    if callable(read):
        name = printable(Path(str(getattr(source, "name", "stream"))).name)
        content = read()
        if not isinstance(content, bytes):
            raise TypeError(f"{name} gives {type(content).__name__}, not bytes; open the file with mode 'rb'")
        return session.read(Given(name, None, content, name))
    if isinstance(source, bytes):
        return session.read(Given("bytes", None, source, "bytes"))
    if isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        _check_file(path)
        return session.read(Given(printable(path), path, None, printable(Path(path).name)))
    return _read_pixels(session, _pixels(source))  # type: ignore[arg-type]  # streams have gone above


def _check_file(path: str) -> None:
    """Raises what `open` raises for a file that cannot be opened, as an OcrError."""
    try:
        with Path(path).open("rb"):
            pass
    except OSError as error:
        kind = next((kind for kind in UNOPENED if issubclass(kind, type(error))), None)
        if kind is not None:
            raise kind(path, error) from None


def _read_pixels(session: Session, pixels: Pixels) -> Iterator[dict[str, Any]]:
    """A picture that is in memory already: it has no format and no bytes to be limited, but it has sides."""
    height, width = pixels.shape[:2]
    limits = session.service.limits
    check_pixels(width, height, limits)
    notices = check_sides(width, height, limits, session.options.limits)
    page = Page(width, height, "px", 1, 1, render=lambda: pixels, notices=notices)
    sha256 = hashlib.sha256(f"{height}x{width}".encode() + pixels.tobytes()).hexdigest()
    return session.read_page(page, Given("picture", None, None, "picture"), sha256)


def _pixels(source: Image | NDArray[np.uint8]) -> Pixels:
    """H × W × 3 BGR. Raises TypeError for what is no picture."""
    import numpy as np

    if isinstance(source, np.ndarray):
        if source.dtype == np.uint8 and source.size and source.ndim == 2:
            return np.repeat(source[..., None], 3, axis=2)
        if source.dtype == np.uint8 and source.size and source.ndim == 3 and source.shape[2] in (1, 3):
            return np.ascontiguousarray(source if source.shape[2] == 3 else np.repeat(source, 3, axis=2))
        if source.dtype == np.uint8 and source.size and source.ndim == 3 and source.shape[2] == 4:
            return _on_white(source)
        found = f"an array of {source.dtype} with the shape {source.shape} is no picture"
        raise TypeError(f"{found}; give uint8, H × W × 3 (BGR), H × W × 4 (BGR and opacity) or H × W")
    # Whoever has a PIL image has loaded PIL: it need not be loaded to find out.
    pil = sys.modules.get("PIL.Image")
    if pil is not None and isinstance(source, pil.Image):
        from ocrcli.inputs.images import to_bgr

        source.load()
        return to_bgr(source)
    raise TypeError(f"{type(source).__name__} cannot be read; give a path, bytes, a PIL image or a NumPy array")


def _on_white(pixels: NDArray[np.uint8]) -> Pixels:
    """What is see-through, on white paper: as pictures with opacity are read from files."""
    import numpy as np

    opacity = pixels[..., 3:].astype(np.uint16)
    mixed = (pixels[..., :3] * opacity + 255 * (255 - opacity) + 127) // 255
    return mixed.astype(np.uint8)


def _record_or_raise(plain: dict[str, Any]) -> Record:
    if "error" not in plain:
        return Record.model_validate(plain)
    error = plain["error"]
    raise OcrError(error["code"], error["message"], page=plain.get("page"), looks_like=error.get("looks_like"))


def _in_python(message: str, service: Service) -> str:
    """A message with options as Python has them: limits="warn" for `--limits warn`."""
    known = {*_SHARED, *(option.name.replace("-", "_") for option in service.options)}

    def spelt(found: re.Match[str]) -> str:
        name = found[1].replace("-", "_")
        if name not in known:
            return found[0]
        return f'{name}="{found[2]}"' if found[2] else name

    return re.sub(r"`?--([a-z][a-z-]+)(?: (warn|auto|all|never|only|[\d][\d,-]*))?`?", spelt, message)


def _with_options(options: ReadOptions, service: Service, asked: Mapping[str, Any]) -> ReadOptions:
    """`asked` sorted into the options all services have, and the service's own."""
    shared: dict[str, Any] = {}
    own = service.defaults()
    of_reading = (option for option in service.options if not (isinstance(option, Step) and option.copies))
    declared = {option.name.replace("-", "_"): option for option in of_reading}
    for name, value in asked.items():
        if name in declared:
            option = declared[name]
            _check(name, value, Literal[option.values] if isinstance(option, Choice) else object)
            own[option.name] = value
        elif name in _SHARED:
            _check(name, value, _SHARED[name])
            shared[name] = value
        elif why := {option.name: option.why for option in service.left_out}.get(name):
            raise TypeError(f"{name}: {why}")
        else:
            known = ", ".join(sorted({*_SHARED, *declared}))
            raise TypeError(f"{service.name} has no option {name!r}; it has: {known}")
    try:
        parse_pages(shared.get("pages", "all"))
        own = checked(service, own)
    except UsageError as error:
        raise ValueError(_in_python(str(error), service)) from None
    # A reader may be kept for days: the day is that of each reading.
    shared = {"today": day_of_run(), **shared}
    return replace(options, own=own, today_given="today" in asked, **shared)


def _check(name: str, value: object, kind: object) -> None:
    if get_origin(kind) is Literal and value not in get_args(kind):
        raise ValueError(f"{name}={value!r}: choose one of {', '.join(map(repr, get_args(kind)))}")
    if kind is date and type(value) is not date:
        raise TypeError(f"{name}={value!r}: give a datetime.date")


def to_frame(records: Iterable[Record[Any]]) -> Any:
    """The records as a pandas DataFrame: a row for each, or for each object where a picture can hold several, with
    `input`, `page`, `document`, `confidence`, how many checks failed, and a column for each result key.

    Raises ImportError where pandas is not installed.
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise ImportError("to_frame needs pandas; install it with: pip install pandas") from error
    rows = []
    for record in records:
        place = {
            "input": record.input,
            "page": record.page,
            "document": record.document.index,
            "confidence": record.confidence,
            "failed_checks": sum(check.passed is False for check in record.checks),
        }
        found = record.fields if isinstance(record.fields, list) else [record.fields]
        texts = {} if record.text is None else {"text": record.text}
        rows += [{**place, **texts, **fields} for fields in found]
    return pandas.DataFrame(rows)
