"""A run as JUnit XML, which CI systems show: a test case for each record, an input that failed as an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from ocrcli.outputs.base import PlainRecord
from ocrcli.outputs.files import replacing

# Not allowed in XML 1.0 (2.2, "Characters").
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class JUnit:
    """The report of one run of one service; `write` puts it in its place in one rename."""

    def __init__(self, service: str) -> None:
        self._suite = Element("testsuite", name=f"ocrcli {service}")
        self._service = service
        self._counts = {"tests": 0, "failures": 0, "errors": 0}

    def add(self, record: PlainRecord, faults: Sequence[tuple[str, str]]) -> None:
        """Takes a record, and what is wrong with it: pairs of a kind and what people are told."""
        case = SubElement(self._suite, "testcase", name=_name(record), classname=f"ocrcli.{self._service}")
        case.set("file", _clean(record["input"]))
        self._counts["tests"] += 1
        if "error" in record:
            self._counts["errors"] += 1
            error = record["error"]
            SubElement(case, "error", type=error["code"], message=_clean(error["message"]))
        elif faults:  # readers of JUnit XML count one failure a case
            self._counts["failures"] += 1
            told = "\n".join(message for _, message in faults)
            first, message = faults[0]
            SubElement(case, "failure", type=first, message=_clean(message)).text = _clean(told)

    def write(self, path: Path, seconds: float) -> None:
        """Writes the report. Raises OcrError("output_failed")."""
        for name, count in self._counts.items():
            self._suite.set(name, str(count))
        self._suite.set("time", f"{seconds:.3f}")
        root = Element("testsuites")
        root.append(self._suite)
        indent(root)
        with replacing(path) as stream:
            ElementTree(root).write(stream, encoding="utf-8", xml_declaration=True)
            stream.write(b"\n")


def _name(record: PlainRecord) -> str:
    """`a.pdf, page 2, document 3`, as far as there are several."""
    parts = [record["input"]]
    if record.get("pages", 1) > 1 or ("error" in record and "page" in record):
        parts.append(f"page {record['page']}")
    if record.get("document", {}).get("count", 1) > 1:
        parts.append(f"document {record['document']['index']}")
    return _clean(", ".join(parts))


def _clean(text: str) -> str:
    return _ILLEGAL.sub("�", text)
