"""Result keys and options in `services/general/`. Made by `python -m ocrcli.typed`; not to be edited."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from ocrcli.typed import SharedOptions


class AutoOptions(SharedOptions, total=False):
    """Options of auto."""

    template: str | None


class ClassifyStatus(TypedDict):
    """What status holds."""

    error_code: str | None
    error_msg: str | None


class ClassifyFields(TypedDict):
    """Result keys of classify."""

    type: str | None
    type_score: float | None
    runner_up: str | None
    location: list[Any]
    content: dict[str, Any] | None
    status: ClassifyStatus | None


class ClassifyOptions(SharedOptions, total=False):
    """Options of classify."""

    types: str | None
    extract: bool
    template: str | None


class FormOptions(SharedOptions, total=False):
    """Options of form."""

    template: str


class GeneralWordsBlock(TypedDict):
    """What words_block_list holds."""

    words: str | None
    location: list[Any]
    confidence: float | None
    char_list: NotRequired[list[Any]]


class GeneralFields(TypedDict):
    """Result keys of general."""

    direction: NotRequired[float | None]
    words_block_count: int | None
    words_block_list: list[GeneralWordsBlock]
    markdown_result: NotRequired[str | None]


class GeneralOptions(SharedOptions, total=False):
    """Options of general."""

    detect_direction: bool
    quick_mode: bool
    character_mode: bool
    single_orientation_mode: bool
    return_markdown_result: bool
    paragraphs: bool
    keep_watermark: bool


class TableWordsRegionWordsBlockWordsChar(TypedDict):
    """What char_list holds."""

    char: str | None
    char_location: list[Any]
    char_confidence: float | None


class TableWordsRegionWordsBlockWords(TypedDict):
    """What words_list holds."""

    words: str | None
    location: list[Any]
    confidence: NotRequired[float | None]
    char_list: NotRequired[list[TableWordsRegionWordsBlockWordsChar]]


class TableWordsRegionWordsBlock(TypedDict):
    """What words_block_list holds."""

    words: str | None
    confidence: NotRequired[float | None]
    location: NotRequired[list[Any]]
    words_list: NotRequired[list[TableWordsRegionWordsBlockWords]]
    rows: list[Any]
    columns: list[Any]
    cell_location: NotRequired[list[Any]]


class TableWordsRegion(TypedDict):
    """What words_region_list holds."""

    type: str | None
    words_block_count: int | None
    words_block_list: list[TableWordsRegionWordsBlock]


class TableFields(TypedDict):
    """Result keys of table."""

    words_region_count: int | None
    words_region_list: list[TableWordsRegion]


class TableOptions(SharedOptions, total=False):
    """Options of table."""

    join_pages: bool
    with_borders: bool
    return_text_location: bool
    return_char_location: bool
    return_confidence: bool
