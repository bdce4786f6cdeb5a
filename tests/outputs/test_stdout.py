from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from ocrcli.errors import OcrError, ReaderLeft
from ocrcli.outputs.destinations import open_sink
from ocrcli.outputs.naming import Destination, Format
from ocrcli.records import to_json
from tests.outputs import runs
from tests.outputs import sample_records as sample


def printed(form: Format, *, tty: bool = False, several: bool = True) -> str:
    stream = io.BytesIO()
    sink = open_sink(Destination(form), sample.service(), stdout=stream, tty=tty, several=several)
    runs.feed(sink)
    sink.close()
    return stream.getvalue().decode()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_compact_record_a_line(form: Format):
    assert printed(form) == "".join(to_json(record) + "\n" for told in runs.RECORDS.values() for record in told)


def test_on_a_terminal_records_are_indented_and_quads_stand_on_one_line():
    text = printed("json", tty=True)
    decoder, at, told = json.JSONDecoder(), 0, []
    while at < len(text):
        record, at = decoder.raw_decode(text, at)
        told.append(record)
        at += 1
    assert told == [record for records in runs.RECORDS.values() for record in records]
    assert '\n  "service": "sample",\n' in text
    assert '"quad": [[0, 0], [9, 0], [9, 9], [0, 9]]' in text


def test_json_lines_stay_lines_on_a_terminal():
    assert printed("jsonl", tty=True) == printed("jsonl")


def test_each_record_is_out_before_the_next_is_read():
    read, write = os.pipe()
    with os.fdopen(write, "wb") as stream:
        sink = open_sink(Destination("json"), sample.service(), stdout=stream)
        sink.write(sample.given("a.png"), sample.record("a.png"))
        assert json.loads(os.read(read, 1 << 16)) == sample.record("a.png")
    os.close(read)


def test_nothing_on_stdout_can_be_skipped():
    sink = open_sink(Destination("json"), sample.service(), stdout=io.BytesIO(), resume=True)
    sink.write(sample.given("a.png"), sample.record("a.png"))
    assert not sink.has(sample.given("a.png"), sample.sha256_of("a.png"), sample.FINGERPRINT)


def test_a_closed_pipe_is_passed_on():
    read, write = os.pipe()
    os.close(read)
    stream = os.fdopen(write, "wb", buffering=0)
    with pytest.raises(ReaderLeft):
        open_sink(Destination("txt"), sample.service(), stdout=stream).write(
            sample.given("a.png"), sample.text_record("a.png", "x")
        )
    stream.close()


def test_a_full_disk_behind_stdout_is_told():
    with Path("/dev/full").open("wb", buffering=0) as stream:
        sink = open_sink(Destination("json"), sample.service(), stdout=stream)
        with pytest.raises(OcrError, match="'stdout': the disk is full"):
            sink.write(sample.given("a.png"), sample.record("a.png"))


@pytest.mark.parametrize("form", ["json", "jsonl", "txt"])
@pytest.mark.parametrize("tty", [True, False])
def test_nothing_steers_a_terminal(form: Format, tty: bool):
    """Neither a file's name nor, on a terminal, a text that came from somewhere else than a record of our own."""
    name = "a\x1b[2J\x9b1m\u202e\u2028.png"
    stream = io.BytesIO()
    sink = open_sink(Destination(form), sample.service(), stdout=stream, tty=tty, several=True)
    text = "x" if form == "txt" and not tty else "x\x1b]0;y\x07\x9b\u202e\u2028z"
    sink.write(sample.given(name), sample.text_record(name, text))
    told = stream.getvalue().decode()
    assert not [c for c in told if (not c.isprintable() and c != "\n")]
    if form != "txt":
        assert json.loads(told)["input"] == name
