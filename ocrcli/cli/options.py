"""The options that every service has, declared once: type, default, help, and environment variable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from ocrcli.batch import DEFAULT_MEMORY, DEFAULT_TIMEOUT
from ocrcli.checks import dates
from ocrcli.options import EngineName, LimitsMode, ModelSize, PdfText
from ocrcli.outputs.naming import Format

INPUT = "Input"
OUTPUT = "Output"
READING = "Reading"
WORK = "Work"
OWN = "This service"


def envvar(name: str) -> str:
    """The environment variable of an option: OCRCLI_FILES_FROM for `files_from`."""
    return f"OCRCLI_{name.upper().replace('-', '_')}"


def _option(name: str, panel: str, help: str, *, short: str | None = None, **more: Any) -> Any:
    spellings = [f"-{short}"] if short else []
    return typer.Option(
        *spellings,
        f"--{name}",
        help=help,
        envvar=envvar(name),
        show_envvar=False,
        rich_help_panel=panel,
        **more,
    )


def parse_day(text: str) -> date:
    """The day that YYYY-MM-DD names. Raises typer.BadParameter."""
    if not dates.exists(text):
        raise typer.BadParameter(f"{text!r} is no day; write it as YYYY-MM-DD")
    return date.fromisoformat(text)


# `parser=str` takes names as they come: undecodable bytes (surrogates) would not pass for text.
@dataclass(frozen=True)
class Asked:
    """What the command line asks of any service (contract, "Commands")."""

    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            parser=str,
            rich_help_panel=INPUT,
            show_default=False,
            help="Files, folders, patterns, or - for standard input.",
        ),
    ] = None
    recursive: Annotated[bool, _option("recursive", INPUT, "Go into the folders of folders.", short="r")] = False
    files_from: Annotated[
        str | None,
        _option(
            "files-from",
            INPUT,
            "Read names from a file, or - for standard input: one a line, or ended by NUL.",
            metavar="LIST",
            parser=str,
        ),
    ] = None
    pages: Annotated[
        str, _option("pages", INPUT, "The pages to read: all, or for example 2, 1-3,7 or 5-.", metavar="PAGES")
    ] = "all"
    limits: Annotated[
        LimitsMode, _option("limits", INPUT, "What to do about a picture past the service's limits: refuse or warn.")
    ] = "enforce"

    output: Annotated[
        str | None,
        _option(
            "output",
            OUTPUT,
            "Write to this file (.json, .jsonl, .txt, .xlsx; tables: .csv, .html, .md), or into this folder, "
            "one file for each input.",
            short="o",
            metavar="PATH",
            parser=str,
        ),
    ] = None
    format: Annotated[
        Format | None, _option("format", OUTPUT, "json where neither -f nor the suffix of -o says more.", short="f")
    ] = None
    details: Annotated[
        bool, _option("details", OUTPUT, "Add the evidence for each value, and the lines of the page.")
    ] = False
    chars: Annotated[bool, _option("chars", OUTPUT, "Add each character's place to the lines.")] = False
    annotate: Annotated[
        str | None,
        _option("annotate", OUTPUT, "Draw what was found on copies of the pages.", metavar="DIR", parser=str),
    ] = None
    crops: Annotated[
        str | None,
        _option("crops", OUTPUT, "Cut out what documents and portraits are found.", metavar="DIR", parser=str),
    ] = None
    skip_existing: Annotated[
        bool, _option("skip-existing", OUTPUT, "Leave out what has a good record in the output already.")
    ] = False
    force: Annotated[
        bool, _option("force", OUTPUT, "Write over a workbook that somebody has changed, or that is not ocrcli's.")
    ] = False
    summary: Annotated[
        str | None, _option("summary", OUTPUT, "Write counts and times to this JSON file.", metavar="FILE", parser=str)
    ] = None

    pdf_text: Annotated[
        PdfText, _option("pdf-text", READING, "Use the text inside a PDF: where it is sound, never, or nothing else.")
    ] = "auto"
    dpi: Annotated[
        int | None, _option("dpi", READING, "Draw PDF pages at this resolution.", metavar="N", min=36, max=1200)
    ] = None
    engine: Annotated[EngineName, _option("engine", READING, "ONNX Runtime, or PaddlePaddle.")] = "onnx"
    models: Annotated[ModelSize, _option("models", READING, "Size of the models; see `ocrcli models list`.")] = "small"
    language: Annotated[
        str, _option("language", READING, "The language of the text, as a code such as zh, en or ja.", metavar="CODE")
    ] = "zh"

    today: Annotated[
        date | None,
        _option(
            "today",
            READING,
            "Judge two-digit years and periods of validity as of this day, YYYY-MM-DD.",
            metavar="DAY",
            parser=parse_day,
            show_default="the day of the run",
        ),
    ] = None

    jobs: Annotated[
        int | None, _option("jobs", WORK, "Read this many inputs at once.", metavar="N", min=1, show_default="1")
    ] = None
    threads: Annotated[
        int | None,
        _option("threads", WORK, "Threads for each of them.", metavar="N", min=1, show_default="the cores, shared"),
    ] = None
    timeout: Annotated[
        float, _option("timeout", WORK, "Give up an input after this many seconds.", metavar="S", min=0.1, max=1e6)
    ] = DEFAULT_TIMEOUT
    memory: Annotated[
        int,
        _option("memory", WORK, "Give up an input that takes more memory than this, in MB.", metavar="MB", min=512),
    ] = DEFAULT_MEMORY
    strict: Annotated[
        bool,
        _option(
            "strict", WORK, "Exit 5 where a value is missing or doubtful, or a check failed: as --fail-on names them."
        ),
    ] = False
    fail_on: Annotated[
        str | None,
        _option(
            "fail-on",
            WORK,
            "Exit 5 on these kinds of faults, whether new or kept from before: missing,checks,doubt,limits, or all.",
            metavar="KINDS",
        ),
    ] = None
    report: Annotated[
        str | None,
        _option("report", OUTPUT, "Write a JUnit XML report for CI to this file.", metavar="FILE.xml", parser=str),
    ] = None
    quiet: Annotated[bool, _option("quiet", WORK, "Only errors on stderr, no progress.", short="q")] = False
    verbose: Annotated[bool, _option("verbose", WORK, "The time of each input on stderr.", short="v")] = False
