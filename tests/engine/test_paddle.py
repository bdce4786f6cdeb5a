"""PaddleX's insides: every attribute that engine/paddle.py leans on, by name, so that an upgrade says what it broke."""

import os

import numpy as np
import pytest

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def detector():
    from ocrcli.engine import catalogue, paddle

    return paddle.Detector(catalogue.find_model("detection", "onnx", "small"), 1)


@pytest.fixture(scope="module")
def recognizer():
    from ocrcli.engine import catalogue, paddle

    return paddle.Recognizer(catalogue.find_model("recognition", "onnx", "small"))


@pytest.mark.parametrize("name", ["pre_tfs", "runner", "post_op", "config"])
def test_predictors_have_their_parts(detector, recognizer, name: str) -> None:
    assert hasattr(detector._predictor, name), f"paddlex_predictor.{name} of TextDetection is gone"
    assert hasattr(recognizer._predictor, name), f"paddlex_predictor.{name} of TextRecognition is gone"


@pytest.mark.parametrize("step", ["Normalize", "ToCHW", "ToBatch"])
def test_the_detector_has_its_steps(detector, step: str) -> None:
    assert step in detector._predictor.pre_tfs, f"pre_tfs[{step!r}] of TextDetection is gone"


def test_the_recognizer_has_its_step_and_session(recognizer) -> None:
    assert "ReisizeNorm" in recognizer._predictor.pre_tfs, "pre_tfs['ReisizeNorm'] of TextRecognition is gone"
    assert hasattr(recognizer._predictor.runner, "session"), "runner.session is gone"
    options = recognizer._predictor.runner.session.get_session_options()
    assert options.intra_op_num_threads == 1
    assert options.enable_mem_pattern is False


def test_the_detector_s_output_is_a_map_and_its_boxes_are_quads(detector) -> None:
    text_map = detector._text_map(np.full((64, 96, 3), 255, np.uint8))
    assert text_map.shape == (64, 96)
    quads, scores = detector._predictor.post_op(
        [np.pad(np.ones((1, 1, 20, 40), np.float32), ((0, 0), (0, 0), (22, 22), (28, 28)))],
        [np.array([64 * 8, 96 * 8, 1.0, 1.0])],
    )
    assert np.array(quads[0]).shape == (1, 4, 2)
    assert scores[0][0] > 0.9
    centre = np.array(quads[0][0]).mean(axis=0)
    assert np.abs(centre - [48 * 8, 32 * 8]).max() <= 8


def test_probabilities_are_probabilities(recognizer) -> None:
    dense, used = recognizer.probabilities(np.full((32, 200, 3), 255, np.uint8))
    assert dense.shape[1] == len(recognizer.alphabet.characters) == 18710
    assert np.allclose(dense.sum(axis=1), 1, atol=1e-4)
    assert 0 < used <= dense.shape[0]
    assert recognizer.alphabet.characters[0] == ""
    assert recognizer.alphabet.characters[-1] == " "


def test_no_telemetry(recognizer) -> None:
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
