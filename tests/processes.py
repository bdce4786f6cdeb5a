"""The worker processes of a running ocrcli, found from the outside."""

from __future__ import annotations

from pathlib import Path


def workers_of(parent: int) -> list[int]:
    """The workers of a process (not multiprocessing's own tracker). Processes may come and go while one looks."""
    return [pid for pid in _running() if _parent(pid) == parent and b"spawn_main" in _read(pid, "cmdline")]


def is_gone(pid: int) -> bool:
    """True for a process that is no more, or is only waited for."""
    state = _state(pid)
    return not state or state[0] in "ZX"


def _running() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent(pid: int) -> int | None:
    state = _state(pid)
    return int(state[1]) if state else None


def _state(pid: int) -> list[str]:
    """What stands behind the name in /proc/PID/stat: state, parent, …"""
    return _read(pid, "stat").decode(errors="replace").rpartition(")")[2].split()


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
