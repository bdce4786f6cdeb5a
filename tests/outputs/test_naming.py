from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.errors import UsageError
from ocrcli.outputs.naming import (
    NAME_BYTES,
    Destination,
    beside,
    destination,
    file_under,
    refuse_collisions,
    refuse_overlap,
)

NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=400)


@pytest.mark.parametrize(
    ("output", "form", "expected"),
    [
        (None, None, Destination("json")),
        (None, "txt", Destination("txt")),
        ("x.json", None, Destination("json", Path("x.json"))),
        ("x.JSONL", None, Destination("jsonl", Path("x.JSONL"))),
        ("x.txt", "txt", Destination("txt", Path("x.txt"))),
        ("x.xlsx", None, Destination("xlsx", Path("x.xlsx"))),
        ("out", None, Destination("json", Path("out"), folder=True)),
        ("out", "xlsx", Destination("xlsx", Path("out"), folder=True)),
        ("2025.07", "txt", Destination("txt", Path("2025.07"), folder=True)),
        ("x.ods/", "txt", Destination("txt", Path("x.ods"), folder=True)),
        ("x.json/", "txt", Destination("txt", Path("x.json"), folder=True)),
    ],
)
def test_the_suffix_decides_and_the_rest_is_a_folder(output: str | None, form: str | None, expected: Destination):
    assert destination(output, form) == expected


def test_an_existing_folder_is_one_whatever_its_suffix(tmp_path: Path):
    (tmp_path / "x.xlsx").mkdir()
    found = destination(str(tmp_path / "x.xlsx"))
    assert (found.folder, found.format) == (True, "json")


@pytest.mark.parametrize(
    ("output", "form", "said"),
    [
        ("x.json", "txt", "-f txt contradicts -o 'x.json'"),
        (None, "xlsx", "name a file or folder with -o"),
        (None, "ods", "choose one of json, jsonl, txt, xlsx, csv, html, md"),
        ("x.xls", None, r"writes .json, .*\.xlsx.*for a folder of that name put a /"),
        ("x.docx", "txt", "-o 'x.docx': ocrcli writes"),
        ("", None, "leave -o out"),
        ("-", None, "leave -o out"),
    ],
)
def test_contradictions_are_refused_with_advice(output: str | None, form: str | None, said: str):
    with pytest.raises(UsageError, match=said):
        destination(output, form)


def test_a_name_too_long_to_look_up_is_still_decided():
    assert destination("x" * 5000).folder


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("a.png", "a.png.json"),
        ("deep/er/a.png", "deep/er/a.png.json"),
        ("stdin", "stdin.json"),
        ("/etc/a.png", "etc/a.png.json"),
        ("../../a.png", "a.png.json"),
    ],
)
def test_names_under_a_folder(relative: str, expected: str):
    assert file_under(relative, ".json") == PurePosixPath(expected)


@given(NAMES)
def test_names_never_leave_the_folder_nor_exceed_255_bytes(relative: str):
    file = file_under(relative, ".json")
    assert not file.is_absolute()
    assert ".." not in file.parts
    assert all(len(os.fsencode(part)) <= NAME_BYTES for part in file.parts)
    assert file.name.endswith(".json")


def test_long_names_are_cut_between_characters_and_stay_apart():
    one, two = (file_under("图" * 100 + f"{end}.png", ".json").name for end in "ab")
    assert one != two
    assert one.startswith("图图") and one.endswith(".png.json")
    assert len(os.fsencode(one)) <= NAME_BYTES


def test_the_name_of_a_journal_is_cut_too():
    path = Path("folder") / ("n" * 250 + ".json")
    assert len(beside(path, ".partial.jsonl").name) <= NAME_BYTES
    assert beside(Path("x.json"), ".partial.jsonl") == Path("x.json.partial.jsonl")


def test_two_inputs_for_one_file_are_refused_by_name():
    with pytest.raises(UsageError, match=r"'b/a\.png' and 'c/a\.png' would both be written to 'a\.png\.txt'"):
        refuse_collisions([("b/a.png", "a.png"), ("c/a.png", "a.png")], "txt")
    refuse_collisions([("b/a.png", "a.png"), ("c/a.jpg", "a.jpg")], "txt")


def test_an_output_that_is_an_input_is_refused(tmp_path: Path):
    picture = tmp_path / "a.json"
    picture.write_bytes(b"x")
    linked = tmp_path / "b.json"
    linked.symlink_to(picture)
    twin = tmp_path / "c.json"
    twin.hardlink_to(picture)
    for output in (picture, linked, twin):
        with pytest.raises(UsageError, match="is also an input"):
            refuse_overlap(output, [picture])


def test_an_output_inside_an_input_folder_is_refused(tmp_path: Path):
    (tmp_path / "scans").mkdir()
    for output in ("scans/out", "scans/deep/er/x.json", "other/../scans/out"):
        with pytest.raises(UsageError, match="lies inside the input"):
            refuse_overlap(tmp_path / output, [tmp_path / "scans"])
    with pytest.raises(UsageError, match="is also an input"):
        refuse_overlap(tmp_path / "scans", [tmp_path / "scans"])


def test_an_output_beside_or_above_the_inputs_is_fine(tmp_path: Path):
    (tmp_path / "scans").mkdir()
    for output in ("scans2", "out", "x.json"):
        refuse_overlap(tmp_path / output, [tmp_path / "scans"])
    refuse_overlap(tmp_path, [tmp_path / "scans"])
