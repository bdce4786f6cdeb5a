"""What stands on an invoice's own paper, where a photo shows other papers beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from ocrcli.geometry import Affine, area, centre, inside
from ocrcli.layout.invoice.rows import loose
from ocrcli.page import Reading

# Stand all over an invoice: a paper that holds all of them that were read holds the invoice.
_OWN = (
    *(
        "发票代码",
        "发票号码",
        "开票日期",
        "校验码",
        "机器编号",
        "增值税",
        "电子发票",
        "名称",
        "识别号",
        "开户行",
        "电话",
    ),
    *("规格型号", "单价", "金额", "税率", "税额", "价税合计", "大写", "小写", "收款", "复核", "开票人", "销售方"),
)
_LABEL = re.compile("|".join(map(loose, _OWN)))
_FEWEST = 5  # labels


def on_paper(reading: Reading) -> Reading:
    """The reading without the lines beside the smallest paper that holds all of an invoice's labels."""
    if reading.source != "ocr" or reading.page is None:
        return reading
    from ocrcli.vision.papers import papers

    labels = [line.quad for line in reading.lines if _LABEL.search(line.text)]
    if len(labels) < _FEWEST:
        return reading
    to_px = Affine.scaling(reading.page.scale, reading.page.scale)
    found = papers(reading.page.pixels, [to_px.quad(quad) for quad in labels])
    seen = sorted((to_px.inverse().quad(quad) for quad, _ in found), key=area)
    paper = next((quad for quad in seen if all(inside(centre(label), quad) for label in labels)), None)
    if paper is None:
        return reading
    lines = tuple(line for line in reading.lines if inside(centre(line.quad), paper))
    return replace(reading, lines=lines, blocks=tuple(((line,),) for line in lines))
