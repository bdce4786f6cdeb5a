"""Which recogniser a language takes.

PP-OCRv6 writes Chinese, Japanese and every language of Latin script but Vietnamese; other scripts have models of their
own on PaddleOCR's hub (names: PaddleOCR 3.7's table of languages), and some scripts have none.
"""

from __future__ import annotations

from ocrcli.errors import OcrError

# Checked against the 18,708 characters of PP-OCRv6 small: every accented letter of these is among them.
COVERED = frozenset(
    "auto zh zh-Hant en ja de fr es pt it ro pl tr no da sv ms id la nl fi cs hu".split()  # noqa: SIM905
)
OTHER_MODELS = {
    "uk": "eslav_PP-OCRv5_mobile_rec",
    "ru": "eslav_PP-OCRv5_mobile_rec",
    "be": "eslav_PP-OCRv5_mobile_rec",
    "bg": "cyrillic_PP-OCRv5_mobile_rec",
    "mn": "cyrillic_PP-OCRv5_mobile_rec",
    "hi": "devanagari_PP-OCRv5_mobile_rec",
    "mr": "devanagari_PP-OCRv5_mobile_rec",
    "ne": "devanagari_PP-OCRv5_mobile_rec",
    "ar": "arabic_PP-OCRv5_mobile_rec",
    "fa": "arabic_PP-OCRv5_mobile_rec",
    "ur": "arabic_PP-OCRv5_mobile_rec",
    "ko": "korean_PP-OCRv5_mobile_rec",
    "th": "th_PP-OCRv5_mobile_rec",
    "el": "el_PP-OCRv5_mobile_rec",
    "te": "te_PP-OCRv5_mobile_rec",
    "ta": "ta_PP-OCRv5_mobile_rec",
    "vi": "latin_PP-OCRv5_mobile_rec",
}
# Named by the vendors' lists of languages; PaddleOCR has no model for their scripts.
WITHOUT_MODEL = frozenset({"am", "km", "he", "my"})


def other_model(language: str) -> str | None:
    """The recogniser a language needs instead of PP-OCRv6, None where PP-OCRv6 has its characters.

    Raises OcrError("model_missing") for a language that no model reads.
    """
    if language in COVERED:
        return None
    if language in OTHER_MODELS:
        return OTHER_MODELS[language]
    known = ", ".join(sorted(COVERED | OTHER_MODELS.keys()))
    reason = "PaddleOCR has no model for its script" if language in WITHOUT_MODEL else f"known are {known}"
    raise OcrError("model_missing", f"--language {language} cannot be read: {reason}")
