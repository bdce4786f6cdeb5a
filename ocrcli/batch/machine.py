"""What this machine, or the container we are in, lets us use: cores and memory.

`root` is where /proc and /sys are looked for. Limits of containers are those of Linux control groups, version 2 and 1.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

SYSTEM_ROOT = Path("/")


def available_cores(root: Path = SYSTEM_ROOT) -> int:
    """The cores this process may use: its CPU affinity, and the container's CPU limit, at least 1.

    A limit of 1.5 cores counts as 1: more busy threads than that would only be held back.
    """
    # Not every system can tell the affinity (macOS).
    affinity = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return max(1, int(min([len(affinity), *_core_limits(root)])))


def share_cores(jobs: int | None, threads: int | None, cores: int) -> tuple[int, int]:
    """Workers and threads for each, so that workers × threads ≤ cores; what was asked for comes first, workers before
    threads. One worker with all cores where nothing was asked for."""
    workers = min(jobs or 1, cores)
    room = cores // workers
    return workers, min(threads or room, room)


def available_memory(root: Path = SYSTEM_ROOT) -> int | None:
    """The memory this process may use, in bytes: the machine's, or the container's limit. None where nobody tells."""
    total = (line.split() for line in _text(root / "proc/meminfo").splitlines() if line.startswith("MemTotal:"))
    known = [int(kilobytes) << 10 for _, kilobytes, _ in total]
    known += [int(limit) for limit in _limits(root, "memory", "memory.max", "memory.limit_in_bytes")]
    return min(known, default=None)


def _core_limits(root: Path) -> Iterator[float]:
    """Microseconds of CPU time allowed in each period, as cores."""
    for limit in _limits(root, "cpu", "cpu.max", "cpu.cfs_quota_us cpu.cfs_period_us"):
        allowed, period = limit.split()
        yield int(allowed) / int(period)


def _limits(root: Path, controller: str, version_2: str, version_1: str) -> Iterator[str]:
    """What the files named say, in the control groups this process is in and in all above them; not "max" or -1."""
    for controllers, group in _groups(root):
        if not controllers:  # version 2: one line, "0::/path"
            mount, names = root / "sys/fs/cgroup", version_2
        elif controller in controllers:
            mount, names = root / "sys/fs/cgroup" / controller, version_1
        else:
            continue
        for folder in _upwards(mount, group):
            limit = " ".join(_text(folder / name).strip() for name in names.split()).strip()
            if limit and not limit.startswith(("max", "-1")):
                yield limit


def _groups(root: Path) -> Iterator[tuple[list[str], str]]:
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, controllers, group = line.split(":", 2)
        yield [c for c in controllers.split(",") if c], group


def _upwards(mount: Path, group: str) -> Iterator[Path]:
    # Inside a container the group's name is often the host's, which is not mounted: what lies nearer the root counts.
    inner = PurePosixPath(group.lstrip("/"))
    for part in (inner, *inner.parents):
        yield mount / part


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
