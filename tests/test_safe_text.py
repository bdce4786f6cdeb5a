from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ocrcli.safe_text import QUOTED, clean, cleaned, quoted, visible, visible_json

ESC, NEL, TURN, BREAK = "\x1b[31m", "\x9b31m", "\u202e", "\u2028"
ANY = st.text(st.characters(codec=None, categories=None))  # lone surrogates too


def test_what_a_record_keeps() -> None:
    assert clean("名称\u3000Name\tx\ny") == "名称\u3000Name\tx\ny"
    assert clean(f"a{ESC}b{NEL}c\x7f\ud800") == "a\ufffd[31mb\ufffd31mc\ufffd\ufffd"
    assert clean(f"a{TURN}b{BREAK}c\r\nd") == "ab\nc\nd"
    assert cleaned({"a": ["\x1b", {"b": "\ud83d"}], "n": 1}) == {"a": ["\ufffd", {"b": "\ufffd"}], "n": 1}


@given(ANY)
def test_clean_text_can_always_be_encoded_and_steers_nothing(text: str) -> None:
    made = clean(text)
    made.encode()
    assert not any(0x7F <= ord(c) < 0xA0 or (c < " " and c not in "\n\t") for c in made)
    assert clean(made) == made


def test_what_a_terminal_sees() -> None:
    assert visible(f"a{ESC}{TURN}{BREAK}\nb") == "a\\x1b[31m\\u202e\\u2028\\nb"
    assert visible("a\nb\tc", keep="\n") == "a\nb\\tc"
    assert visible("公司\u3000上海 é") == "公司\u3000上海 é"


@given(ANY)
def test_json_for_a_terminal_means_the_same(text: str) -> None:
    made = visible_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(made) == text
    made.encode()
    assert not any(0x7F <= ord(c) < 0xA0 or c in "\u2028\u202e\u2066" for c in made)


def test_a_message_quotes_little() -> None:
    assert quoted("a\x1b") == r"'a\x1b'"
    assert len(quoted("x" * 5_000_000)) == QUOTED + 3
