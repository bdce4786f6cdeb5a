"""Reports for CI."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import parse

from ocrcli.outputs.junit import JUnit
from tests.outputs import sample_records as sample


def test_records_are_cases_errors_are_errors_and_faults_are_failures(tmp_path: Path) -> None:
    report = JUnit("invoice")
    report.add(sample.record("a.pdf"), [])
    report.add(sample.record("b.pdf", 2, 3), [("doubtful", "total: doubtful"), ("missing", "number: missing")])
    report.add(sample.error("c.png"), [])
    report.add(sample.record("<&\x07.png", document={"index": 2, "count": 2, "quad": None, "side": None}), [])
    report.write(tmp_path / "junit.xml", 1.5)
    (suite,) = parse(tmp_path / "junit.xml").getroot()
    assert suite.attrib == {
        "name": "ocrcli invoice",
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "time": "1.500",
    }
    assert [case.get("name") for case in suite] == ["a.pdf", "b.pdf, page 2", "c.png", "<&\ufffd.png, document 2"]
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], ["error"], []]
    failure, error = suite[1][0], suite[2][0]
    assert (failure.get("type"), failure.text) == ("doubtful", "total: doubtful\nnumber: missing")
    assert (error.get("type"), error.get("message")) == ("decode_failed", "cut in half")
