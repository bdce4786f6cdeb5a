from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocrcli.specimens import words
from ocrcli.specimens.fonts import Typecase


@settings(deadline=None, max_examples=50)
@given(seed=st.integers(0, 10_000), width=st.integers(8, 60), kind=st.sampled_from(["chinese", "english", "mixed"]))
def test_wrapping_keeps_the_text_and_the_width(seed, width, kind):
    text = words.paragraph(Random(seed), 3, getattr(words, kind))
    lines = words.wrap(text, width, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width or len(words._tokens(line)) == 1 for line in lines)
    assert not any(line[0] in "，。；！？）》" or line[-1] in "（《" for line in lines)


def test_latin_words_are_not_broken():
    assert words.wrap("one two three", 7, len) == ["one two", "three"]


@pytest.mark.parametrize("seed", range(5))
def test_every_character_can_be_drawn(seed):
    face, rng = Typecase.carried().face("hei"), Random(seed)
    texts = [words.chinese(rng), words.english(rng), words.mixed(rng), words.nonsense(rng, 50), words.title(rng)]
    texts += [words.foreign(rng, "cyrillic"), words.foreign(rng, "hangul"), words.RARE, words.COMMON]
    assert [c for c in "".join(texts) if not c.isspace() and not face.has(c)] == []


def test_the_same_seed_says_the_same():
    assert words.paragraph(Random(3), 5) == words.paragraph(Random(3), 5) != words.paragraph(Random(4), 5)


def test_nonsense_holds_rare_characters_now_and_then():
    text = words.nonsense(Random(1), 2000)
    assert 0.02 < sum(c in words.RARE for c in text) / len(text) < 0.08
