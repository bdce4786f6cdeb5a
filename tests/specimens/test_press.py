import json
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PIL import Image

from ocrcli.errors import UsageError
from ocrcli.geometry import angle, normal_degrees
from ocrcli.specimens.__main__ import main
from ocrcli.specimens.press import MANIFEST, Run, press, specimens


def manifest(folder: Path):
    return [json.loads(line) for line in (folder / MANIFEST).read_text(encoding="utf-8").splitlines()]


def test_a_set_is_pictures_and_a_manifest(tmp_path):
    path = press(Run("idcard", 4, level=2, seed=7), tmp_path / "new" / "set")
    entries = manifest(path.parent)
    assert [entry["truth"]["side"] for entry in entries] == ["front", "back", "double_side", "front"]
    assert {entry["service"] for entry in entries} == {"idcard"}
    for entry in entries:
        assert set(entry) == {"service", "file", "truth", "licence", "source", "notes"}
        assert entry["truth"]["fields"] and entry["truth"]["font"] == "Droid Sans Fallback"
        assert "lines" not in entry["truth"]
        assert "level 2" in entry["notes"] and "seed 7" in entry["notes"]
        with Image.open(path.parent / entry["file"]) as picture:
            assert picture.format == "JPEG" and min(picture.size) > 200
    assert {p.name for p in path.parent.iterdir()} == {MANIFEST, *(entry["file"] for entry in entries)}


@pytest.mark.parametrize(("service", "kind", "key"), [("general", "form", "lines"), ("table", "ruled", "tables")])
def test_truth_is_what_the_service_gives(tmp_path, service, kind, key):
    press(Run(service, 1, kind=kind), tmp_path)
    (entry,) = manifest(tmp_path)
    assert set(entry["truth"]) == {key, "font"}
    assert entry["file"].endswith(".png") and "unspoilt" in entry["notes"]


def test_words_that_are_not_to_be_read_are_kept_apart(tmp_path):
    press(Run("general", 1, kind="watermark", level=1), tmp_path)
    (entry,) = manifest(tmp_path)
    assert entry["truth"]["watermark"]
    assert not set(entry["truth"]["watermark"]) & set(entry["truth"]["lines"])


def test_unspoilt_pictures_are_saved_as_they_are(tmp_path):
    press(Run("vin", 1, kind="form"), tmp_path)
    ((name, specimen),) = specimens(Run("vin", 1, kind="form"))
    with Image.open(tmp_path / f"{name}.png") as picture:
        assert np.array_equal(np.asarray(picture)[:, :, ::-1], specimen.picture)


def test_sets_repeat_by_seed_and_share_nothing():
    def vins(**run):
        return [
            cast(dict[str, str], specimen.truth.fields)["vin"]
            for _, specimen in specimens(Run("vin", 5, kind="form", **run))
        ]

    assert vins(seed=1) == vins(seed=1)
    assert not set(vins(seed=1)) & set(vins(seed=2))
    assert len(set(vins(seed=1))) == 5


def test_altered_sets_say_so(tmp_path):
    press(Run("vin", 2, level=1, altered=True), tmp_path)
    assert all(e["truth"]["check_digits_ok"] is False and "misprinted" in e["notes"] for e in manifest(tmp_path))


def test_any_turn_turns_all_the_way_round():
    run = Run("vin", 6, level=1, kind="windscreen", any_turn=True)
    angles = [normal_degrees(angle(s.truth.lines[0].quad)) for _, s in specimens(run)]
    assert max(angles) - min(angles) > 120


@pytest.mark.parametrize(
    ("run", "message"),
    [
        (Run("nothing", 1), "no specimens of 'nothing'"),
        (Run("vin", 1, kind="nothing"), "vin has no kind 'nothing'; there are: windscreen"),
        (Run("plate", 1, altered=True), "plate carries no number"),
        (Run("vin", 1, level=4), "there is no level 4; there are: 0 \\(unspoilt\\), 1, 2, 3"),
    ],
)
def test_what_cannot_be_drawn_is_said(run, message):
    with pytest.raises(UsageError, match=message):
        next(specimens(run))


def test_the_command_line(tmp_path, capsys):
    words = ["vin", "--count", "2", "--level", "3", "--seed", "5", "--alter", "--kind", "form", "--out", str(tmp_path)]
    assert main(words) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / MANIFEST)
    assert [e["file"] for e in manifest(tmp_path)] == ["vin_form_5_0000.jpg", "vin_form_5_0001.jpg"]


def test_the_command_line_refuses_what_cannot_be_drawn(tmp_path, capsys):
    assert main(["plate", "--alter", "--out", str(tmp_path / "x")]) == 2
    assert capsys.readouterr().err.startswith("error: plate carries no number")
