"""How a worker and its parent talk: whole messages over a pair of sockets, each with its length in front.

The worker's end waits; the parent's never does. A worker that is stopped in the middle of a message, or that does not
take what it is given, costs its parent no more than the time of one `select`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from multiprocessing.connection import Connection
from struct import Struct

_LENGTH = Struct("!Q")
_CHUNK = 1 << 18


def send(pipe: Connection, message: bytes) -> None:
    """Sends a message whole, waiting as long as that takes. Raises OSError where nobody listens any more."""
    rest = memoryview(_LENGTH.pack(len(message)) + message)
    while rest:
        rest = rest[os.write(pipe.fileno(), rest) :]


def receive(pipe: Connection) -> bytes:
    """The next message, awaited. Raises EOFError where none will come, OSError where the pipe is broken."""
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: Connection, length: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < length:
        piece = os.read(pipe.fileno(), min(_CHUNK, length - len(pieces)))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)


class Channel:
    """The parent's end. `is_open` is False once the worker has closed its own."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._outgoing = memoryview(b"")
        self._incoming = bytearray()
        self.is_open = True
        os.set_blocking(pipe.fileno(), False)

    def fileno(self) -> int:
        """The descriptor to wait for."""
        return self._pipe.fileno()

    @property
    def has_more_to_send(self) -> bool:
        """True while a message is not handed over to the end: worth waiting until the pipe takes more."""
        return bool(self._outgoing)

    def put(self, message: bytes) -> None:
        """Begins to send a message; `push` goes on with it."""
        self._outgoing = memoryview(bytes(self._outgoing) + _LENGTH.pack(len(message)) + message)
        self.push()

    def push(self) -> None:
        """Sends as much as the pipe takes now. What a dead worker does not take is forgotten."""
        while self._outgoing:
            try:
                self._outgoing = self._outgoing[os.write(self.fileno(), self._outgoing[:_CHUNK]) :]
            except BlockingIOError:
                return
            except OSError:  # its end is closed: `pull` hears of that
                self._outgoing = memoryview(b"")

    def pull(self) -> None:
        """Reads what is here, at most a chunk."""
        with suppress(BlockingIOError):
            try:
                piece = os.read(self.fileno(), _CHUNK)
            except ConnectionError:
                piece = b""
            self.is_open = bool(piece)
            self._incoming += piece

    @property
    def has_message(self) -> bool:
        """True where a whole message is here."""
        return len(self._incoming) >= _LENGTH.size and len(self._incoming) >= self._end()

    def take(self) -> bytes:
        """The next message; there must be one."""
        end = self._end()
        message = bytes(self._incoming[_LENGTH.size : end])
        del self._incoming[:end]
        return message

    def _end(self) -> int:
        (length,) = _LENGTH.unpack_from(self._incoming)
        return _LENGTH.size + int(length)

    def close(self) -> None:
        """Lets go of the pipe."""
        self._pipe.close()
