"""Documents of the user's own (定制类OCR, 自定义模板): what a template declares of them is read.

Custom templates of Huawei Cloud OCR are made on its web page; here a template is a YAML file (docs/templates.md).
Limits: those of general text. Result keys: the template's, and `template_id` as the vendor has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ocrcli.declaration import Declared, Panel, Service
from ocrcli.errors import OcrError
from ocrcli.finding import Finding
from ocrcli.forms.signs import kind_of
from ocrcli.limits import OFD, PDF, RASTER, Limits
from ocrcli.page import Notice, Reading
from ocrcli.services.kinds import NONE, OWN, TEMPLATE_ID, read_own
from ocrcli.steps.own_documents import Template

if TYPE_CHECKING:
    from ocrcli.layout.naming import Name, Seen

_CLOSE = 0.05  # of the best one's score: a template that fits nearly as well leaves it open which it is
_MOST_NAMED = 5  # candidates that a message names


def read(
    reading: Reading,
    options: Mapping[str, Any],  # noqa: ARG001
    own: Mapping[str, Declared] = NONE,
) -> Sequence[Finding]:
    """A finding for each document. Of several templates the page's is the one whose signs are seen best; a page with
    documents of several kinds is for `classify` and `auto`.

    Raises OcrError("not_this_document") where no template fits, OcrError("page_out_of_range") where all are for pages
    that the input does not have.
    """
    if not own:
        raise OcrError("not_this_document", "no template says what it is: name one with --template")
    here = _on_this_page(reading, own)
    if len(own) == 1:
        return [finding for declared in here.values() for finding in read_own(declared, reading)]
    return _of_several(reading, here) if here else []


def _on_this_page(reading: Reading, own: Mapping[str, Declared]) -> dict[str, Declared]:
    """The documents that may stand on this page of the input."""
    there = {name: declared for name, declared in own.items() if (declared.page or 1) <= reading.count}
    if not there:
        pages = ", ".join(f"{name} for page {declared.page}" for name, declared in own.items())
        raise OcrError("page_out_of_range", f"the input has {reading.count} page(s), the templates are: {pages}")
    return {name: declared for name, declared in there.items() if declared.page in (None, reading.number)}


def _of_several(reading: Reading, own: Mapping[str, Declared]) -> list[Finding]:
    from ocrcli.layout.naming import name_of

    name = name_of(reading.lines, [kind_of(declared) for declared in own.values()])
    if name.best is None:
        raise OcrError("not_this_document", f"no template fits this page; seen of their signs: {_seen(reading, own)}")
    told = tuple(_chosen(name))
    return [replace(found, notices=[*told, *found.notices]) for found in read_own(own[name.type], reading)]


def _chosen(name: Name) -> Iterator[Notice]:
    """What is said where more than one template fits."""
    from ocrcli.layout.naming import NAMED

    best, second = name.best, name.second
    if best is None or second is None or second.score < NAMED:
        return
    said = f"{_told(best)} was taken; {_told(second)} fits, too"
    close = best.score - second.score < _CLOSE
    yield Notice("doubtful" if close else "other_template", f"template {said}", TEMPLATE_ID.name if close else None)


def _told(seen: Seen) -> str:
    words = ", ".join(sorted(seen.words)[:_MOST_NAMED])
    return f"{seen.kind.type} ({seen.score:.2f}: {words})"


def _seen(reading: Reading, own: Mapping[str, Declared]) -> str:
    """How much of each template's signs was seen, the most first."""
    from ocrcli.layout.naming import name_of

    names = {name: name_of(reading.lines, [kind_of(declared)]) for name, declared in own.items()}
    scores = {name: told.second.score if told.second else 0.0 for name, told in names.items()}
    ranked = sorted(scores.items(), key=lambda score: -score[1])
    more = f" and {len(ranked) - _MOST_NAMED} more" if len(ranked) > _MOST_NAMED else ""
    return ", ".join(f"{name} {score:.2f}" for name, score in ranked[:_MOST_NAMED]) + more


SERVICE = Service(
    name=OWN,
    spec="custom-template",
    title="Documents of your own",
    title_zh="自定义模板识别",
    panel=Panel.GENERAL,
    help="Read documents of your own, which a template declares: a YAML file with labels, places, lists and checks.",
    limits=Limits(formats=(*RASTER, *PDF, *OFD), min_side=15, max_side=30_000, max_aspect=None),
    fields=(TEMPLATE_ID,),
    options=(Template(required=True),),
    read_with=read,
)
