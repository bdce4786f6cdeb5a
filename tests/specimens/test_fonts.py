from pathlib import Path
from random import Random

import pymupdf
import pytest

from ocrcli.specimens.fonts import Typecase


def test_the_carried_faces_need_nothing_but_installed_packages():
    names = {role: [face.name for face in faces] for role, faces in Typecase.carried().faces.items()}
    assert names["hei"] == names["song"] == names["ocr-b"] == ["Droid Sans Fallback"]
    assert names["sans"] == ["Nimbus Sans"] and names["bold"] == ["Nimbus Sans Bold"]


@pytest.mark.parametrize(
    ("role", "character", "known"), [("hei", "京", True), ("hei", "한", True), ("sans", "京", False)]
)
def test_a_face_knows_what_it_can_draw(role, character, known):
    assert Typecase.carried().face(role).has(character) is known


def test_wider_faces_are_found_by_file_name_and_take_the_place_of_stand_ins(tmp_path: Path):
    fonts = tmp_path / "somewhere" / "deep"
    fonts.mkdir(parents=True)
    for name in ("OCRB.otf", "wqy-zenhei.ttc"):
        (fonts / name).write_bytes(pymupdf.Font("cour").buffer)
    wide = Typecase.wide([tmp_path])
    assert [face.name for face in wide.faces["ocr-b"]] == ["Nimbus Mono PS"]
    assert [face.name for face in wide.faces["hei"]] == ["Droid Sans Fallback", "Nimbus Mono PS"]
    assert wide.faces["song"] == Typecase.carried().faces["song"]


def test_without_wider_faces_the_carried_ones_do(tmp_path: Path):
    assert Typecase.wide([tmp_path]) == Typecase.carried()


def test_a_seed_chooses_a_document_s_faces(tmp_path: Path):
    (tmp_path / "wqy-zenhei.ttc").write_bytes(pymupdf.Font("cour").buffer)
    wide = Typecase.wide([tmp_path])
    chosen = [wide.chosen(Random(seed)).face("hei").name for seed in range(20)]
    assert set(chosen) == {"Droid Sans Fallback", "Nimbus Mono PS"}
    assert chosen == [wide.chosen(Random(seed)).face("hei").name for seed in range(20)]
