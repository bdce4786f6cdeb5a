"""docs/contract.md, "Commands": the rows on what is read."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path

from PIL import Image

from ocrcli.batch.breaches import STRICT, breaches, parse_kinds
from ocrcli.errors import Exit
from ocrcli.limits import MEGABYTE, TEN_MB_OF_BASE64
from ocrcli.services import all_services, find_service
from tests.contract.contract_rows import COMMANDS as row
from tests.contract.contract_rows import Ocrcli, Put, pdf


def png(width: int = 64, height: int = 64) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(stream, "PNG")
    return stream.getvalue()


@row("input")
def test_input(run: Ocrcli, put: Put, tmp_path: Path) -> None:
    for name in ("in/p10.pdf", "in/p2.pdf", "in/.hidden.pdf", "in/sub/deep.pdf", "one1.pdf", "one2.pdf", "[a]*.pdf"):
        put(name)
    put("elsewhere/target.pdf")
    (tmp_path / "in/sub/link.pdf").symlink_to(tmp_path / "elsewhere/target.pdf")
    (tmp_path / "in/sub/loop").symlink_to(tmp_path / "in")
    put("list", b"one2.pdf\0[a]*.pdf\0")
    direct = ["in/p2.pdf", "in/p10.pdf"]
    assert run("general", "in").inputs == direct
    ran = run("general", "in", "-r", "one?.pdf", "-", "--files-from", "list", "--jobs", "2", input=pdf())
    assert ran.inputs == [*direct, "in/sub/deep.pdf", "in/sub/link.pdf", "one1.pdf", "one2.pdf", "-", "[a]*.pdf"]
    assert run("general", "[a]*.pdf").inputs == ["[a]*.pdf"]
    assert run("general", "-", "-", input=pdf()).code == Exit.USAGE


@row("folder contents")
def test_folder_contents(run: Ocrcli, put: Put) -> None:
    put("in/known-bytes", pdf())
    put("in/known-suffix.png", b"broken")
    put("in/notes.txt", b"notes")
    put("in/drawn/old.pdf")
    ran = run("general", "in", "-r", "--annotate", "in/drawn")
    assert ran.inputs == ["in/known-bytes", "in/known-suffix.png"]
    assert "1 file of other kinds left out" in ran.err
    put("none/notes.txt", b"notes")
    assert run("general", "none").codes == ["no_input"]
    assert run("general", "nothing*.pdf").codes == ["no_input"]


@row("same file twice")
def test_same_file_twice(run: Ocrcli, put: Put) -> None:
    put("a.pdf")
    ran = run("general", "a.pdf", "./a.pdf")
    assert ran.inputs == ["a.pdf"]
    assert len(ran.records) == 1
    assert "twice" in ran.err


@row("format")
def test_format(run: Ocrcli, put: Put) -> None:
    put("pdf.png", pdf())
    put("eps.png", b"%!PS-Adobe-3.0 EPSF-3.0\n")
    put("text.png", b"hello")
    ran = run("general", "pdf.png", "eps.png", "text.png")
    assert ran.records[0]["unit"] == "pt"
    assert ran.codes == ["format_not_supported", "format_not_supported"]
    assert "PostScript" in ran.err


@row("base64")
def test_base64(run: Ocrcli, put: Put) -> None:
    plain, url_safe = base64.b64encode(pdf()), base64.urlsafe_b64encode(pdf())
    put("in/a.b64", plain)
    put("in/not-taken", plain)
    put("named", b"data:application/pdf;base64," + plain)
    ran = run("general", "in", "named", "-", input=url_safe)
    assert ran.inputs == ["in/a.b64", "named", "-"]
    assert ran.codes == []
    assert ran.records[0]["input_sha256"] == hashlib.sha256(plain).hexdigest()
    refused = run("general", "https://example.com/a b.png")
    assert refused.codes == ["url_refused"]
    assert "curl -sL 'https://example.com/a b.png' | ocrcli" in refused.err


@row("pages")
def test_pages(run: Ocrcli, put: Put) -> None:
    put("a.pdf", pages=3)
    assert [r["page"] for r in run("general", "a.pdf").records] == [1, 2, 3]
    [first] = run("general", "a.pdf", "--pages", "1").records
    assert first["pages"] == 3
    assert [w["code"] for w in first["warnings"]] == ["more_pages"]
    ran = run("general", "a.pdf", "--pages", "2-9")
    assert [r["page"] for r in ran.records] == [2, 3, 4]
    assert ran.codes == ["page_out_of_range"]
    assert "3 pages" in ran.err
    assert ran.code == Exit.ALL_FAILED  # an input fails if any page asked for fails


@row("limits")
def test_limits(run: Ocrcli, put: Put) -> None:
    assert MEGABYTE == 2**20
    assert TEN_MB_OF_BASE64 == 7_864_320
    put("low.png", png(64, 10))
    put("fat.png", png() + bytes(TEN_MB_OF_BASE64))
    put("small.pdf", pdf(width=10, height=10))
    ran = run("general", "low.png", "fat.png", "small.pdf")
    assert ran.codes == ["side_too_short", "file_too_large"]
    low, fat = ran.err.splitlines()[:2]
    assert low.startswith(
        "ocrcli: low.png: the picture is 64 × 10 px; allowed: 15 to 30,000 px a side; `--limits warn`"
    )
    assert "7,864,320" in fat
    for service in all_services().values():
        assert service.limits.max_pixels <= 160_000_000


@row("the other limits")
def test_the_other_limits() -> None:
    warning = {"code": "over_limit", "message": "the document covers 10 %; allowed: at least 15 %", "field": None}
    place = {"input": "a.png", "page": 1, "document": {"index": 1}}
    record = {"fields": {}, "checks": [], "warnings": [warning]}
    (breach,) = breaches({**record, **place}, find_service("general"))
    assert (breach.kind, breach.code) == ("limits", "over_limit")
    assert "limits" not in STRICT and "limits" in parse_kinds("limits")
