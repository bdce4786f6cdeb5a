"""General text (通用文字识别): whatever stands on a page, in reading order, with places.

Limits and result keys: general-text of Huawei Cloud OCR; Ctyun's 通用型OCR gives the same under other names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ocrcli.declaration import Field, Flag, Panel, Service
from ocrcli.finding import Evidence, Finding
from ocrcli.geometry import whole_px
from ocrcli.limits import PDF, RASTER, Limits
from ocrcli.options import ReadingHints
from ocrcli.page import Line, Reading


def read(reading: Reading, options: Mapping[str, Any]) -> Sequence[Finding]:
    """One finding per page: its text, and each piece of text with place and confidence."""
    from ocrcli.layout.blanks import with_blanks
    from ocrcli.layout.text import markdown_text, page_text

    reading = with_blanks(reading)
    fields: dict[str, Any] = {}
    if options["detect_direction"]:
        # The vendor counts counter-clockwise how far the page is turned: that is how far it must go back clockwise.
        fields["direction"] = round((reading.rotation + reading.skew) % 360, 4)
    fields["words_block_count"] = len(reading.lines)
    fields["words_block_list"] = [_block(line, options) for line in reading.lines]
    if options["return_markdown_result"]:
        fields["markdown_result"] = markdown_text(reading)
    evidence = {
        f"words_block_list/{i}": Evidence(line.confidence, line.quad, line.source, plain=line.text)
        for i, line in enumerate(reading.lines)
    }
    text = page_text(reading, paragraphs=options["paragraphs"])
    return [Finding(fields=fields, evidence=evidence, text=text, shows_lines=True)]


def _block(line: Line, options: Mapping[str, Any]) -> dict[str, Any]:
    block: dict[str, Any] = {
        "words": line.text,
        "location": whole_px(line.quad),
        "confidence": round(line.confidence, 4),
    }
    if options["character_mode"]:
        block["char_list"] = char_list(line)
    return block


def char_list(line: Line) -> list[dict[str, Any]]:
    """The characters of a line, each with its place and confidence."""
    return [
        {
            "char": char.text,
            "char_location": whole_px(line.char_quad(char)),
            "char_confidence": round(char.confidence, 4),
        }
        for char in line.chars
    ]


def hints(options: Mapping[str, Any]) -> ReadingHints:
    """The options that are the reader's business."""
    return ReadingHints(
        one_line=options["quick_mode"],
        same_direction=options["single_orientation_mode"],
        keep_watermark=options["keep_watermark"],
    )


SERVICE = Service(
    name="general",
    spec="general-text",
    title="General text",
    title_zh="通用文字识别",
    panel=Panel.GENERAL,
    help="Read all text of a page, in reading order, with places.",
    limits=Limits(formats=(*RASTER, *PDF, "OFD"), min_side=15, max_side=30_000, min_area_percent=80, max_aspect=None),
    ctyun="general-text",
    options=(
        Flag("detect_direction", "Put the page's direction into fields.direction."),
        Flag("quick_mode", "The picture is one line of text: skip looking for lines."),
        Flag("character_mode", "Put each character with its place into words_block_list."),
        Flag("single_orientation_mode", "All text runs the same way: don't try single lines upside down."),
        Flag("return_markdown_result", "Put the page as one string into fields.markdown_result."),
        Flag("paragraphs", "Join the rows of a paragraph in the text."),
        Flag("keep_watermark", "Keep light text that lies across the page."),
    ),
    fields=(
        Field(
            "direction",
            "degrees the page is turned counter-clockwise, 0 to 360",
            type="number",
            option="detect_direction",
        ),
        Field("words_block_count", "how many pieces of text were found", type="integer"),
        Field(
            "words_block_list",
            "the pieces of text in reading order",
            type="list",
            items=(
                Field("words", "the text"),
                Field("location", "its quad, whole numbers", type="list"),
                Field("confidence", "mean probability of its characters", type="number"),
                Field(
                    "char_list",
                    "its characters, each with char, char_location, char_confidence",
                    type="list",
                    option="character_mode",
                ),
            ),
        ),
        Field(
            "markdown_result",
            "the page as one string: pieces of a line joined by tabs, lines by newlines",
            option="return_markdown_result",
        ),
    ),
    own_read=read,
    hints=hints,
)
