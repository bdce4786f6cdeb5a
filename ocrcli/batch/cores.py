"""How many cores there are for us, and how workers share them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

SYSTEM_ROOT = Path("/")


def available_cores(root: Path = SYSTEM_ROOT) -> int:
    """The cores this process may use: its CPU affinity, and the container's CPU limit (cgroup v2 and v1), at least 1.

    A limit of 1.5 cores counts as 1: more busy threads than that would only be held back. `root` is where /proc and
    /sys are looked for.
    """
    # Not every system can tell the affinity (macOS).
    affinity = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return max(1, int(min([len(affinity), *_quotas(root)])))


def share_cores(jobs: int | None, threads: int | None, cores: int) -> tuple[int, int]:
    """Workers and threads for each, so that workers × threads ≤ cores; what was asked for comes first, workers before
    threads. One worker with all cores where nothing was asked for."""
    workers = min(jobs or 1, cores)
    room = cores // workers
    return workers, min(threads or room, room)


def _quotas(root: Path) -> Iterator[float]:
    """The CPU limits, in cores, of the control groups this process is in and of all groups above them."""
    for controllers, group in _groups(root):
        if not controllers:  # version 2: one line, "0::/path"
            for folder in _upwards(root / "sys/fs/cgroup", group):
                yield from _quota(_numbers(folder / "cpu.max"))
        elif "cpu" in controllers:
            for folder in _upwards(root / "sys/fs/cgroup" / "cpu", group):
                quota, period = folder / "cpu.cfs_quota_us", folder / "cpu.cfs_period_us"
                yield from _quota(_numbers(quota) + _numbers(period))


def _groups(root: Path) -> Iterator[tuple[list[str], str]]:
    try:
        text = (root / "proc/self/cgroup").read_text()
    except OSError:
        return
    for line in text.splitlines():
        _, controllers, group = line.split(":", 2)
        yield [c for c in controllers.split(",") if c], group


def _upwards(mount: Path, group: str) -> Iterator[Path]:
    # Inside a container the group's name is often the host's, which is not mounted: what lies nearer the root counts.
    inner = PurePosixPath(group.lstrip("/"))
    for part in (inner, *inner.parents):
        yield mount / part


def _numbers(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []


def _quota(numbers: list[str]) -> Iterator[float]:
    """Microseconds allowed in each period, as cores; nothing where there is no limit ("max" or -1)."""
    if len(numbers) == 2 and numbers[0] not in ("max", "-1"):
        yield int(numbers[0]) / int(numbers[1])
