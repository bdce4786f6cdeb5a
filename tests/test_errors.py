from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.errors import FAULTS, Exit, OcrError, exit_code

CODES = {
    *("format_not_supported", "side_too_short", "side_too_long", "too_many_pixels", "file_too_large", "empty_input"),
    *("decode_failed", "base64_invalid", "encrypted", "page_out_of_range", "not_this_document", "same_side_twice"),
    *(
        "no_input",
        "unreadable",
        "url_refused",
        "timeout",
        "worker_died",
        "out_of_memory",
        "model_missing",
        "output_failed",
        "internal",
    ),
}


def test_the_codes_are_those_of_the_contract():
    assert set(FAULTS) == CODES


@pytest.mark.parametrize(
    ("code", "family", "huawei", "ctyun"),
    [
        ("format_not_supported", "id-card", "AIS.0102", "AI_OP_4009"),
        ("side_too_long", "general-text", "AIS.0103", "AI_OP_410002"),
        ("side_too_short", "business-license", "AIS.0103", "AI_OP_400015"),
        ("decode_failed", "general-text", None, "AI_OP_410001"),
        ("decode_failed", "id-card", None, None),
        ("base64_invalid", "license-plate", None, "AI_OP_4008"),
        ("not_this_document", "id-card", "AIS.0104", None),
        ("format_not_supported", None, "AIS.0102", None),
    ],
)
def test_the_vendors_code_of_the_same_fault(code: str, family: str | None, huawei: str | None, ctyun: str | None):
    error = OcrError(code, "message")
    assert (error.huawei, error.ctyun(family)) == (huawei, ctyun)  # type: ignore[arg-type]


def test_an_error_travels_between_processes():
    sent = OcrError("not_this_document", "it is a menu", page=3, looks_like="menu")
    got = pickle.loads(pickle.dumps(sent))
    assert (got.code, got.message, got.page, got.looks_like, str(got)) == (
        *("not_this_document", "it is a menu", 3, "menu", "it is a menu"),
    )


def test_a_code_of_our_own_making_is_refused():
    with pytest.raises(ValueError, match="unknown error code 'oops'"):
        OcrError("oops", "message")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"inputs": 2, "failed": 0}, Exit.OK),
        ({"inputs": 0, "failed": 0}, Exit.OK),
        ({"inputs": 2, "failed": 1, "codes": ["decode_failed"]}, Exit.SOME_FAILED),
        ({"inputs": 2, "failed": 2, "codes": ["decode_failed", "timeout"]}, Exit.ALL_FAILED),
        ({"inputs": 2, "failed": 0, "strict_breach": True}, Exit.STRICT),
        ({"inputs": 2, "failed": 1, "codes": ["encrypted"], "strict_breach": True}, Exit.SOME_FAILED),
        ({"inputs": 2, "failed": 2, "codes": ["output_failed", "encrypted"]}, Exit.OUTPUT),
        ({"inputs": 2, "failed": 2, "codes": ["output_failed", "model_missing"]}, Exit.MODEL_MISSING),
        ({"inputs": 2, "failed": 1, "codes": ["model_missing", "internal"]}, Exit.INTERNAL),
        ({"inputs": 2, "failed": 2, "codes": ["internal"], "signal": Exit.INTERRUPTED}, Exit.INTERRUPTED),
        ({"inputs": 2, "failed": 0, "signal": Exit.TERMINATED}, Exit.TERMINATED),
    ],
)
def test_the_first_exit_code_that_applies(told: dict[str, object], expected: Exit):
    assert exit_code(**told) == expected  # type: ignore[arg-type]


@given(
    st.integers(0, 9),
    st.lists(st.sampled_from(sorted(CODES)), max_size=9),
    st.booleans(),
    st.sampled_from([None, Exit.INTERRUPTED, Exit.TERMINATED]),
)
def test_success_is_never_told_where_an_input_failed(good: int, codes: list[str], strict: bool, signal: Exit | None):
    code = exit_code(inputs=good + len(codes), failed=len(codes), codes=codes, strict_breach=strict, signal=signal)
    assert (code == Exit.OK) == (not codes and not strict and signal is None)
