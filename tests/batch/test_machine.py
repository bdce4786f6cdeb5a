from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.batch.machine import available_cores, available_memory, share_cores

MANY = 64


@pytest.fixture(autouse=True)
def many_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(MANY)), raising=False)


def system(root: Path, groups: str, files: dict[str, str]) -> Path:
    for name, text in {"proc/self/cgroup": groups, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_affinity_counts_where_no_group_limits(tmp_path: Path) -> None:
    assert available_cores(tmp_path) == MANY


@pytest.mark.parametrize(("limit", "cores"), [("max 100000", MANY), ("200000 100000", 2), ("150000 100000", 1)])
def test_version_2(tmp_path: Path, limit: str, cores: int) -> None:
    root = system(tmp_path, "0::/\n", {"sys/fs/cgroup/cpu.max": limit})
    assert available_cores(root) == cores


def test_half_a_core_is_one(tmp_path: Path) -> None:
    root = system(tmp_path, "0::/\n", {"sys/fs/cgroup/cpu.max": "50000 100000"})
    assert available_cores(root) == 1


def test_version_2_takes_the_tightest_group_above(tmp_path: Path) -> None:
    files = {
        "sys/fs/cgroup/a/cpu.max": "300000 100000",
        "sys/fs/cgroup/a/b/cpu.max": "800000 100000",
    }
    assert available_cores(system(tmp_path, "0::/a/b\n", files)) == 3


def test_version_1_with_the_hosts_group_name(tmp_path: Path) -> None:
    groups = "5:cpuset:/\n4:cpu,cpuacct:/docker/0123\n1:memory:/docker/0123\n0::/\n"
    files = {"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "400000\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n"}
    assert available_cores(system(tmp_path, groups, files)) == 4


def test_version_1_without_a_limit(tmp_path: Path) -> None:
    files = {"sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n"}
    assert available_cores(system(tmp_path, "4:cpu:/\n", files)) == MANY


def test_never_more_than_the_affinity(tmp_path: Path) -> None:
    root = system(tmp_path, "0::/\n", {"sys/fs/cgroup/cpu.max": "10000000 100000"})
    assert available_cores(root) == MANY


MEMINFO = {"proc/meminfo": "MemTotal:        8000000 kB\nMemFree:         1000000 kB\n"}


def test_memory_of_the_machine(tmp_path: Path) -> None:
    assert available_memory(system(tmp_path, "0::/\n", MEMINFO)) == 8000000 * 1024


def test_memory_of_the_container_version_2(tmp_path: Path) -> None:
    root = system(tmp_path, "0::/a\n", {**MEMINFO, "sys/fs/cgroup/a/memory.max": "1073741824\n"})
    assert available_memory(root) == 1 << 30


def test_memory_of_the_container_version_1(tmp_path: Path) -> None:
    files = {**MEMINFO, "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}
    assert available_memory(system(tmp_path, "4:memory:/\n", files)) == 8000000 * 1024


def test_memory_nobody_tells(tmp_path: Path) -> None:
    assert available_memory(tmp_path) is None


@pytest.mark.parametrize(
    ("jobs", "threads", "cores", "shared"),
    [
        (None, None, 8, (1, 8)),
        (4, None, 8, (4, 2)),
        (3, None, 8, (3, 2)),
        (None, 2, 8, (1, 2)),
        (2, 1, 2, (2, 1)),
        (8, None, 2, (2, 1)),
        (2, 8, 8, (2, 4)),
    ],
)
def test_sharing(jobs: int | None, threads: int | None, cores: int, shared: tuple[int, int]) -> None:
    assert share_cores(jobs, threads, cores) == shared


sizes = st.integers(1, 200)


@given(st.none() | sizes, st.none() | sizes, sizes)
def test_never_more_threads_than_cores(jobs: int | None, threads: int | None, cores: int) -> None:
    workers, each = share_cores(jobs, threads, cores)
    assert workers >= 1
    assert each >= 1
    assert workers * each <= cores
