"""A report for people."""

from __future__ import annotations

from rich.table import Table

from ocrcli.evaluate.report import LOWER_IS_BETTER, Report, ServiceResult
from ocrcli.evaluate.score import Tally

# What a figure is called in print, in the order of printing; figures of single keys and groups follow.
_TITLES = {
    "line_error": "wrong characters",
    "line_error_nfkc": "  full width = half width",
    "line_error_caseless": "  and capitals = small letters",
    "extra_text": "extra characters",
    "lines_right": "lines right but for width and capitals",
    "order": "neighbouring lines in order",
    "files_exact": "documents with every value right",
    "fields": "values right",
    "wrong_unmarked": "values wrong and not marked",
    "side": "sides right",
    "check_digits_ok": "check digits judged right",
    "found": "found",
    "exact": "exact",
    "extra": "read but not there",
    "document_recall": "documents found (recall)",
    "document_precision": "of those read there (precision)",
    "document_f1": "documents, F1",
    "named": "of those found, named right",
    "content_right": "values right on the sheet",
    "content_alone": "values right of the same documents alone",
    "tables_counted": "pages with the right number of tables",
    "rows_right": "tables with the right rows",
    "columns_right": "tables with the right columns",
    "cells_right": "cells right",
    "teds": "TEDS (mean)",
    "teds_structure": "TEDS, structure alone (mean)",
}


def render(report: Report) -> Table:
    """One table for all services: n of N and the share of every figure, errors, the worst file."""
    table = Table(title=report.manifest, caption="↓ fewer is better", title_justify="left", caption_justify="left")
    table.add_column("service")
    table.add_column("figure")
    table.add_column("n of N", justify="right")
    table.add_column("%", justify="right")
    for service in (s for s in report.services if s.built):
        for i, row in enumerate(_rows(service)):
            table.add_row(service.service if i == 0 else "", *row)
        table.add_section()
    for service in (s for s in report.services if not s.built):
        table.add_row(service.service, "not yet", f"{service.waiting} file{'' if service.waiting == 1 else 's'}", "")
    return table


def _rows(service: ServiceResult) -> list[tuple[str, str, str]]:
    rows = [("files", str(len(service.files)), "")]
    if service.waiting:
        rows.append(("files with a transcription only, not measured", str(service.waiting), ""))
    if service.failed:
        rows.append(("files with an error", f"{service.failed} of {len(service.files)}", ""))
    tallies = service.tallies
    named = [name for name in _TITLES if name in tallies]
    grouped = sorted((n for n in tallies if n not in _TITLES), key=lambda n: (n.split("/")[0], -tallies[n].of, n))
    rows += [(_title(name), _count(tallies[name]), _percent(tallies[name])) for name in (*named, *grouped)]
    if service.worst:
        rows.append((f"worst file: {service.worst.file}", "", f"{100 * service.worst.badness:.1f} wrong"))
    return rows


def _title(name: str) -> str:
    if name in _TITLES:
        return _TITLES[name] + (" ↓" if name in LOWER_IS_BETTER else "")
    kind, _, key = name.partition("/")
    return f"  {key}" if kind == "field" else f"  {kind} {key}"


def _count(tally: Tally) -> str:
    count = f"{tally.count:.0f}" if tally.count == int(tally.count) else f"{tally.count:.2f}"
    return f"{count} of {tally.of}"


def _percent(tally: Tally) -> str:
    return "" if tally.share is None else f"{100 * tally.share:.1f}"
