from __future__ import annotations

import pytest

from ocrcli.inputs.characters import from_symbol_font, is_lost, is_mapped, is_wide, normal


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("⼈⽤⽇", "人用日"),
        ("⻅⻓⻋", "见长车"),
        ("\uf900", "豈"),
        ("a\u00a0b\u3000c\u2009d", "a b c d"),
        ("x\u200b\ufeff\u200dy", "xy"),
        ("co\u00adop", "co-op"),
        ("①Ａ１½ﬁ", "①Ａ１½ﬁ"),
        ("\ufffd\ue001", "\ufffd\ue001"),
    ],
)
def test_normal(text: str, plain: str) -> None:
    assert normal(text) == plain


@pytest.mark.parametrize("char", list("发票麒麟髮臺円αЯ①Ａ,，\u3000é€"))
def test_what_texts_are_made_of_is_mapped(char: str) -> None:
    assert is_mapped(char)
    assert not is_lost(char)


@pytest.mark.parametrize("char", ["\ufffd", "\ue000", "\U000f0001"])
def test_private_use_and_replacement_are_lost(char: str) -> None:
    assert is_lost(char)
    assert not is_mapped(char)


@pytest.mark.parametrize("char", ["\x03", "\x7f", "\u0378", "㐂", "\U00020001"])
def test_controls_unassigned_and_rare_ideographs_are_not_mapped(char: str) -> None:
    assert not is_mapped(char)
    assert not is_lost(char)


def test_width() -> None:
    assert all(map(is_wide, "发，。（Ａ"))
    assert not any(map(is_wide, "a1,-α"))


@pytest.mark.parametrize(
    ("char", "font", "shown"),
    [
        ("\uf0fe", "ABCDEF+Wingdings-Regular", "☑"),
        ("þ", "Wingdings", "☑"),
        ("\uf052", "Wingdings 2", "☑"),
        ("\uf0a3", "Wingdings2", "□"),
        ("\uf0b7", "SymbolMT", "•"),
        ("þ", "Times New Roman", "þ"),
        ("\uf0fe", "SimSun", "\uf0fe"),
        ("字", "Wingdings", "字"),
        ("\uf021", "Wingdings", "\uf021"),
    ],
)
def test_symbol_fonts(char: str, font: str, shown: str) -> None:
    assert from_symbol_font(char, font) == shown


@pytest.mark.parametrize(("code", "sign"), [("3", "✓"), ("8", "✘"), ("H", "★"), ("n", "■"), ("q", "❑"), ("a", "❁")])
def test_codes_of_zapf_dingbats_are_signs(code: str, sign: str) -> None:
    assert from_symbol_font(code, "ABCDEF+ZapfDingbats") == sign
    assert from_symbol_font(code, "ITC Zapf Dingbats") == sign
