from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ocrcli.batch import run as batch_run
from ocrcli.errors import Exit, OcrError, ReaderLeft, UsageError
from ocrcli.inputs.discover import Found, Given, Note, Refused
from ocrcli.options import ReadOptions
from tests.batch.batch_harness import ListSink, Run
from tests.processes import workers_of


def test_records_come_in_input_order_page_by_page(run: Any) -> None:
    slow = run.script("slow", "pages 2\nsleep 0.5\npage")
    quick = [run.script(f"quick{i}", "pages 2") for i in range(6)]
    run([slow, *quick], workers=3)
    assert run.good == [("slow", 1), ("slow", 2), ("slow", 3), *((f"quick{i}", p) for i in range(6) for p in (1, 2))]
    assert run.sink.ended == [(name, False) for name in ("slow", *(f"quick{i}" for i in range(6)))]
    assert run.sink.stopped is False
    assert run.tally.exit == Exit.OK


def test_the_first_page_is_written_while_the_second_is_read(run: Any) -> None:
    seen: list[float] = []
    run.sink.on_write = lambda record: seen.append(time.monotonic())
    run([run.script("a", "page\nsleep 1\npage")])
    assert seen[1] - seen[0] > 0.8


def test_nothing_given(run: Any) -> None:
    run([])
    assert run.sink.closed
    assert run.tally.inputs == 0
    assert run.tally.exit == Exit.OK


def test_bytes_are_read_like_a_file(run: Any) -> None:
    run([Given("-", None, b"text hello\npage\n", "stdin")])
    assert [r["text"] for r in run.sink.records] == ["hello"]


def test_a_failed_input_does_not_stop_the_others(run: Any) -> None:
    run([run.script("bad", "page\nfail decode_failed"), run.script("good", "page")])
    assert run.codes == {"bad": "decode_failed"}
    assert run.good == [("bad", 1), ("good", 1)]
    assert run.sink.ended == [("bad", True), ("good", False)]
    assert run.heard.errors == [("bad", "told to fail")]
    assert run.tally.exit == Exit.SOME_FAILED


def test_refused_inputs_keep_their_place(run: Any) -> None:
    refused = Refused(Given("nowhere", "nowhere"), OcrError("unreadable", "it cannot be read"))
    run([run.script("a", "page"), refused, run.script("b", "page")])
    assert [r["input"] for r in run.sink.records] == ["a", "nowhere", "b"]
    assert run.codes == {"nowhere": "unreadable"}
    assert run.heard.errors == [("nowhere", "it cannot be read")]


def test_only_refused_inputs(run: Any) -> None:
    found = [Refused(Given(f"n{i}", f"n{i}"), OcrError("no_input", "nothing there")) for i in range(3)]
    assert run(found).tally.exit == Exit.ALL_FAILED


def test_notes_are_told_and_fail_nothing(run: Any) -> None:
    run([Note("a is given twice and read once"), run.script("a", "page")])
    assert run.heard.notes == ["a is given twice and read once"]
    assert run.tally.inputs == 1


def test_a_hanging_input_times_out_and_the_rest_goes_on(run: Any) -> None:
    started = time.monotonic()
    run([run.script("hangs", "page\nsleep 60"), run.script("next", "page")], timeout=0.5)
    assert time.monotonic() - started < 20
    assert run.codes == {"hangs": "timeout"}
    assert run.good == [("hangs", 1), ("next", 1)]
    assert "--timeout" in run.heard.errors[0][1]


def test_a_worker_that_stops_in_the_middle_of_a_message_times_out(run: Any) -> None:
    """The parent is busy with the first page; the second, larger than any pipe, is half sent when the worker stops."""
    run.sink.on_write = lambda record: time.sleep(1)
    started = time.monotonic()
    run([run.script("stops", "page\nstop 0.5\nlarge 64\npage"), run.script("next", "page")], timeout=1)
    assert time.monotonic() - started < 30
    assert run.codes == {"stops": "timeout"}
    assert run.good == [("stops", 1), ("next", 1)]


def test_a_worker_that_takes_nothing_in_times_out(run: Any) -> None:
    """An input larger than a pipe, and a worker that has stopped before it came."""

    def inputs() -> Iterator[Found]:
        yield run.script("stops", "page")
        while not run.sink.ended:
            time.sleep(0.01)
        for worker in children():
            os.kill(worker, signal.SIGSTOP)
        yield Given("-", None, b"page\n" + bytes(8 << 20), "stdin")
        yield run.script("next", "page")

    run(inputs(), timeout=1)
    assert run.codes == {"-": "timeout"}
    assert run.good == [("stops", 1), ("next", 1)]


def test_a_worker_killed_while_it_is_given_an_input_costs_that_input(run: Any) -> None:
    """Whenever it dies, at its start or later: no input is lost without a word."""
    ended = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not ended.wait(0.01):
            for worker in children():
                if len(killed) < 3 and worker not in killed:
                    time.sleep(0.2 * len(killed))
                    killed.append(worker)
                    os.kill(worker, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    large = Given("-", None, b"page\n" + b"text x\n" * 1_000_000, "stdin")
    run([large, run.script("b", "sleep 0.3\npage"), run.script("c", "sleep 0.3\npage"), run.script("d", "page")])
    ended.set()
    killer.join()
    assert len(killed) == 3
    assert [name for name, _ in run.sink.ended] == ["-", "b", "c", "d"]
    assert len(run.codes) == 3
    assert set(run.codes.values()) == {"worker_died"}
    assert run.tally.exit == Exit.SOME_FAILED


def test_text_that_cannot_be_encoded_stops_nobody(run: Any) -> None:
    run([run.script("a", "page"), run.script("odd", "code d800\npage"), run.script("b", "page")])
    assert [name for name, _ in run.sink.ended] == ["a", "odd", "b"]
    assert run.tally.failed == 0


class Picky(ListSink):
    """Cannot write what "odd" says, as a form may meet a value that it has no room for."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def write(self, given: Given, record: dict[str, Any]) -> None:
        if self.place == "write" and given.name == "odd" and "error" not in record:
            raise OverflowError("11010519491231002X")
        super().write(given, record)

    def end(self, given: Given, failed: bool) -> None:
        if self.place == "end" and given.name == "odd" and not failed:
            raise OcrError("unreadable", "it is gone")
        super().end(given, failed)

    def close(self, *, stopped: bool = False) -> None:
        super().close()
        if self.place == "close":
            raise OverflowError("11010519491231002X")


@pytest.mark.parametrize(("place", "code"), [("write", "internal"), ("end", "unreadable")])
def test_a_fault_in_writing_an_input_costs_that_input(run: Any, place: str, code: str) -> None:
    run.sink = Picky(place)
    run([run.script("a", "page"), run.script("odd", "page"), run.script("b", "page")])
    assert run.codes == {"odd": code}
    assert run.sink.ended == [("a", False), ("odd", True), ("b", False)]
    assert run.tally.failed == 1


def test_a_fault_at_the_end_is_counted_and_told(run: Any) -> None:
    run.sink = Picky("close")
    run([run.script("a", "page")])
    assert run.tally.exit == Exit.INTERNAL
    assert "OverflowError" in run.heard.errors[0][1]
    assert "11010519491231002X" not in run.heard.errors[0][1]


def test_a_worker_that_takes_too_much_memory_costs_its_input(run: Any) -> None:
    run([run.script("a", "page"), run.script("full", "page\nfill 4000\npage"), run.script("b", "page")], memory=200)
    assert run.codes == {"full": "out_of_memory"}
    assert run.good == [("a", 1), ("full", 1), ("b", 1)]
    assert "--memory" in run.heard.errors[0][1]
    assert run.tally.exit == Exit.SOME_FAILED


def test_waiting_records_are_bounded_by_their_size_too(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_run, "MAX_HELD_BYTES", 3 << 20)
    held: list[int] = []
    listen = batch_run._Batch._listen

    def watched(self: Any) -> None:
        held.append(sum(len(record) for task in self.tasks for record in task.records))
        listen(self)

    monkeypatch.setattr(batch_run._Batch, "_listen", watched)
    run([run.script("slow", "sleep 2\npage"), run.script("large", "large 1\npages 8")], workers=2)
    assert max(held) < 5 << 20
    assert len(run.good) == 9


def test_the_clock_stands_while_our_output_is_slow(run: Any) -> None:
    run.sink.on_write = lambda record: time.sleep(0.4)
    run([run.script("long", "pages 4")], timeout=0.8)
    assert run.codes == {}


@pytest.mark.parametrize(
    ("step", "ending"), [("die 9", "signal 9 (SIGKILL)"), ("die 11", "signal 11 (SIGSEGV)"), ("exit 3", "exit code 3")]
)
def test_a_worker_that_dies_loses_one_input(run: Any, step: str, ending: str) -> None:
    others = [run.script(f"ok{i}", "sleep 0.2\npage") for i in range(4)]
    run([others[0], run.script("dies", f"page\n{step}\npage"), *others[1:]], workers=2)
    assert run.codes == {"dies": "worker_died"}
    assert ending in run.heard.errors[0][1]
    assert [n for n, _ in run.good] == ["ok0", "dies", "ok1", "ok2", "ok3"]
    assert run.tally.exit == Exit.SOME_FAILED


def test_a_worker_that_died_idle_is_replaced(run: Any) -> None:
    def inputs() -> Iterator[Found]:
        yield run.script("forks", "page\nenv PPID")
        while not run.sink.ended:
            time.sleep(0.01)
        for worker in children():
            os.kill(worker, signal.SIGKILL)
        time.sleep(0.3)
        yield run.script("after", "page")

    run(inputs())
    assert run.codes == {}
    assert run.good == [("forks", 1), ("after", 1)]


def test_a_fault_of_ours_is_told_without_words_of_the_document(run: Any) -> None:
    run([run.script("bug", "page\nraise 11010519491231002X"), run.script("good", "page")])
    assert run.codes == {"bug": "internal"}
    told = run.heard.errors[0][1]
    assert "ValueError" in told
    assert "batch_fakes.py:" in told
    assert "11010519491231002X" not in told
    assert run.good == [("bug", 1), ("good", 1)]
    assert run.tally.exit == Exit.INTERNAL


def test_workers_cannot_write_to_stdout(run: Any, capfd: pytest.CaptureFixture[str]) -> None:
    run([run.script("noisy", "print noise\npage")])
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.count("noise") == 2


def test_workers_know_their_threads_and_send_no_telemetry(run: Any) -> None:
    names = ("OMP_NUM_THREADS", "OPENCV_FOR_THREADS_NUM", "ORT_DISABLE_TELEMETRY")
    run([run.script("env", "\n".join(f"env {n}\npage" for n in names))], options=ReadOptions(threads=3))
    assert [r["text"] for r in run.sink.records] == ["3", "3", "1"]


def test_skip_existing_asks_with_the_hash_of_the_bytes(run: Any) -> None:
    known, changed = run.script("known", "page"), run.script("changed", "page\npage")
    run.sink.there = {("known", hashlib.sha256(b"page\n").hexdigest()), ("changed", hashlib.sha256(b"old").hexdigest())}
    run([known, changed], skip_existing=True)
    assert run.good == [("changed", 1), ("changed", 2)]
    assert run.tally.skipped == 1
    assert run.heard.done == ["skipped known", "changed"]


def test_without_skip_existing_everything_is_read(run: Any) -> None:
    known = run.script("known", "page")
    run.sink.there = {("known", hashlib.sha256(b"page\n").hexdigest())}
    assert run([known]).good == [("known", 1)]


def test_a_fifo_is_read(run: Any) -> None:
    path = run.folder / "fifo"
    os.mkfifo(path)
    threading.Thread(target=lambda: path.write_bytes(b"page\n")).start()
    run([Given("fifo", str(path), None, "fifo")], skip_existing=True)
    assert run.good == [("fifo", 1)]


def test_a_fifo_nobody_writes_to_times_out(run: Any) -> None:
    path = run.folder / "fifo"
    os.mkfifo(path)
    run([Given("fifo", str(path), None, "fifo"), run.script("next", "page")], timeout=0.5)
    assert run.codes == {"fifo": "timeout"}
    assert run.good == [("next", 1)]


def test_streams_of_the_shell_reach_the_worker(run: Any) -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"text from a pipe\npage\n")
    os.close(write_end)
    run([Given("p", f"/dev/fd/{read_end}", None, "p")])
    os.close(read_end)
    assert [r["text"] for r in run.sink.records] == ["from a pipe"]


def test_a_closed_stream_is_unreadable(run: Any) -> None:
    run([Given("p", "/dev/fd/9999", None, "p")])
    assert run.codes == {"p": "unreadable"}


def test_records_flow_while_the_next_name_is_awaited(run: Any) -> None:
    """A pipe may feed the names: with two workers the first record must not wait for a second name."""
    written = threading.Event()
    run.sink.on_write = lambda record: written.set()

    def inputs() -> Iterator[Found]:
        yield run.script("first", "page")
        assert written.wait(20)
        yield run.script("second", "page")

    run(inputs(), workers=2)
    assert run.good == [("first", 1), ("second", 1)]


def test_the_walk_is_never_far_ahead(run: Any) -> None:
    ahead: list[int] = []

    def inputs() -> Iterator[Found]:
        for i in range(30):
            ahead.append(i - len(run.sink.ended))
            yield run.script(f"{i}", "page")

    run(inputs())
    assert max(ahead) <= 3  # one being read, one waiting, one in hand


def test_waiting_records_are_bounded(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a slow first input others do not pile up in memory, and all comes out in order all the same."""
    monkeypatch.setattr(batch_run, "MAX_HELD", 5)
    held: list[int] = []
    listen = batch_run._Batch._listen

    def watched(self: Any) -> None:
        held.append(sum(len(t.records) for t in self.tasks))
        listen(self)

    monkeypatch.setattr(batch_run._Batch, "_listen", watched)
    others = [run.script(f"q{i}", "pages 4") for i in range(8)]
    run([run.script("slow", "sleep 1.5\npage"), *others], workers=2)
    assert max(held) == 5
    assert run.good == [("slow", 1), *((f"q{i}", p) for i in range(8) for p in (1, 2, 3, 4))]


def test_what_the_walk_raises_is_raised(run: Any) -> None:
    def inputs() -> Iterator[Found]:
        yield run.script("a", "page")
        raise UsageError("wrong")

    with pytest.raises(UsageError, match="wrong"):
        run(inputs())
    assert run.sink.closed


def test_an_output_that_cannot_be_written_ends_the_run(run: Any) -> None:
    run.sink.error = OcrError("output_failed", "the disk is full")
    run([run.script(f"{i}", "page\nsleep 0.1") for i in range(20)])
    assert run.tally.exit == Exit.OUTPUT
    assert run.heard.errors == [("", "the disk is full")]
    assert run.tally.inputs < 5
    assert run.sink.closed


def test_a_closed_pipe_ends_the_run_and_its_workers_at_once(run: Any) -> None:
    run.sink.error = ReaderLeft()
    started = time.monotonic()
    with pytest.raises(ReaderLeft):
        run([run.script("a", "page\nsleep 60"), run.script("b", "sleep 60")], workers=2)
    assert time.monotonic() - started < 20
    assert children() == []


def test_a_reader_that_leaves_is_noticed_while_nothing_is_written(run: Any) -> None:
    read_end, write_end = os.pipe()
    threading.Timer(0.5, os.close, (read_end,)).start()
    started = time.monotonic()
    with pytest.raises(ReaderLeft):
        run([run.script("a", "sleep 600")], out_pipe=write_end)
    os.close(write_end)
    assert time.monotonic() - started < 60
    assert children() == []


def test_no_worker_outlives_the_run(run: Any) -> None:
    run([run.script("a", "page"), run.script("b", "page")], workers=2)
    assert children() == []


def interrupt_after(records: int, *signals: signal.Signals) -> Callable[[dict[str, Any]], None]:
    count = 0

    def on_write(record: dict[str, Any]) -> None:
        nonlocal count
        count += 1
        if count == records:
            for number in signals:
                os.kill(os.getpid(), number)

    return on_write


@pytest.mark.parametrize(("number", "exit_"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)])
def test_the_first_signal_finishes_what_runs(run: Any, number: signal.Signals, exit_: Exit) -> None:
    run.sink.on_write = interrupt_after(1, number)
    run([run.script(f"{i}", "page\nsleep 0.3\npage") for i in range(10)])
    assert run.good == [("0", 1), ("0", 2)]
    assert run.codes == {}
    assert run.sink.stopped is True
    assert run.tally.exit == exit_
    assert any("once more" in note for note in run.heard.notes)


def test_the_second_signal_ends_at_once_and_keeps_what_was_finished(run: Any) -> None:
    run.sink.on_write = interrupt_after(1, signal.SIGINT, signal.SIGINT)
    started = time.monotonic()
    quick = run.script("quick", "page")
    run([run.script("slow", "page\nsleep 60"), quick, run.script("never", "page")], workers=2)
    assert time.monotonic() - started < 20
    assert run.codes["slow"] == "worker_died"
    assert run.sink.stopped is True
    assert run.tally.exit == Exit.INTERRUPTED


def test_a_signal_while_the_next_name_is_awaited_ends_the_run(run: Any) -> None:
    released = threading.Event()

    def inputs() -> Iterator[Found]:
        yield run.script("a", "page")
        while not run.sink.ended:
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)
        released.wait(30)

    started = time.monotonic()
    run(inputs())
    released.set()
    assert time.monotonic() - started < 20
    assert run.tally.exit == Exit.INTERRUPTED


def test_signals_are_ours_only_while_the_run_lasts(run: Any) -> None:
    before = signal.getsignal(signal.SIGINT)
    run([run.script("a", "page")])
    assert signal.getsignal(signal.SIGINT) is before


def test_runs_outside_the_main_thread(run: Any) -> None:
    thread = threading.Thread(target=run, args=([run.script("a", "page")],))
    thread.start()
    thread.join(30)
    assert run.good == [("a", 1)]


def test_same_records_whatever_the_jobs_and_threads(tmp_path: Path) -> None:
    several = []
    for workers, threads in ((1, 1), (3, 1), (2, 2)):
        run = Run(tmp_path)
        scripts = [run.script(f"{i}", f"text {i}\npages {i % 3 + 1}") for i in range(7)]
        several.append(run(scripts, workers=workers, options=ReadOptions(threads=threads)).sink.records)
    assert several[0] == several[1] == several[2]


def children() -> list[int]:
    return workers_of(os.getpid())
