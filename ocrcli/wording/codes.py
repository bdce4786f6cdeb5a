"""The codes of warnings and of checks, and what they mean. Binding: scripts go by them (docs/contract.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Concern = Literal["doubt", "limits", "picture", "content"]
"""What a warning is about: a value that may be wrong; a limit of the vendors' that was passed; how the picture was
taken; what the document holds, or how it was read."""


@dataclass(frozen=True)
class Meaning:
    """A warning's meaning in English and in Chinese, and what it is about."""

    english: str
    chinese: str
    concern: Concern


WARNINGS: Mapping[str, Meaning] = {
    "doubtful": Meaning("a value, or a line, may be misread", "可能有误，请核对原件", "doubt"),
    "sources_differ": Meaning("two sources of a value disagree", "两处来源不一致", "doubt"),
    "unread": Meaning("something is printed that cannot be read", "有内容无法辨认", "doubt"),
    "no_table": Meaning("no table was found on the page", "未找到表格", "doubt"),
    "chosen_by_proof": Meaning("sums decided between readings of a value", "按金额关系改正", "content"),
    "unproven": Meaning("the number has no check digit that speaks for it", "号码无法自证", "content"),
    "other_numbers": Meaning("the picture shows other such numbers, too", "图中还有其他号码", "content"),
    "other_template": Meaning("another template fits, too", "另有模板也相符", "content"),
    "over_limit": Meaning("a limit of the cloud's that shows only after reading was passed", "超出识别限制", "limits"),
    "blur": Meaning("the text is blurred", "图像模糊", "picture"),
    "dark": Meaning("the picture is dark", "图像过暗", "picture"),
    "glare": Meaning("light is reflected", "图像反光", "picture"),
    "low_contrast": Meaning("the text hardly differs from its ground", "对比度低", "picture"),
    "text_too_small": Meaning("the text is only a few pixels high", "文字过小", "picture"),
    "incomplete_border": Meaning("the document is cut off", "证件边框不完整", "picture"),
    "black_and_white": Meaning("the document is a black-and-white copy", "黑白复印件", "picture"),
    "not_anchored": Meaning("too little fixed print was found to say where values stand", "无法定位版面", "picture"),
    "stamp": Meaning("a stamp lies over the value, which was read without its red", "印章遮盖，已去红识别", "picture"),
    "watermark": Meaning("light words across the page were left out", "已略去水印文字", "content"),
    "script_not_covered": Meaning(
        "print in a script that the models do not cover was left out", "含未支持的文字", "content"
    ),
    "readings": Meaning("small readings beside characters were left out", "已略去注音", "content"),
    "documents_attached": Meaning("the file is a portfolio: what it holds was not read", "含附件，未识别", "content"),
    "picture_not_read": Meaning("a picture on a digital page was left out", "页内图片未识别", "content"),
    "temporary_card": Meaning("a temporary identity card", "临时身份证", "content"),
    "mrz_unreadable": Meaning("no machine-readable zone could be read", "机读码无法识别", "picture"),
    "joined": Meaning("a table goes on over pages", "表格跨页合并", "content"),
    "more_pages": Meaning("pages were left out", "有页未识别", "content"),
    "no_text_layer": Meaning(
        "the page has no sound text layer, and no other reading was allowed", "无可用文字层", "content"
    ),
    "text_layer_doubtful": Meaning(
        "the text layer was taken although something speaks against it", "文字层存疑", "content"
    ),
    "repaired": Meaning("the file is damaged and was repaired", "文件损坏，已修复", "content"),
}

# Chinese names of what checks find out, by rule; a rule without one is told by its id.
CHECKS: Mapping[str, str] = {
    "amount-sum": "价税合计不符",
    "amount-items": "明细金额不符",
    "amount-words": "大小写金额不符",
    "invoice-code": "发票代码有误",
    "invoice-number": "发票号码有误",
    "invoice-check-code": "校验码有误",
    "taxpayer-id": "纳税人识别号有误",
    "print-vs-machine": "机打号码不符",
    "agrees-with": "与台账不符",
    "date-real": "日期有误",
    "date-order": "日期先后有误",
    "sum-of": "合计不符",
    "product-of": "乘积不符",
    "gb11643": "身份证号校验位有误",
    "gb11643-consistency": "与身份证号不符",
    "gb11714": "组织机构代码有误",
    "gb32100": "统一社会信用代码有误",
    "gb2260": "行政区划有误",
    "gb3304": "民族有误",
    "gs15": "注册号有误",
    "iso3166": "国家代码有误",
    "iin-unionpay": "发卡行不符",
    "luhn": "卡号校验位有误",
    "vin": "车辆识别代号有误",
    "plate-cn": "车牌号有误",
    "vehicle-type": "车辆类型有误",
    "driving-class": "准驾车型有误",
    "gb32100-authority": "登记机关代码有误",
    "validity-id": "有效期限有误",
    "validity-dl": "有效期限有误",
    "driving-age": "准驾年龄有误",
    "driving-file-number": "档案编号有误",
    "vehicle-use": "使用性质有误",
    "vehicle-mass": "质量不符",
    "vehicle-size": "外廓尺寸有误",
    "vin-year": "年份与车辆识别代号不符",
    "mrz-td1": "机读码校验位有误",
    "mrz-td2": "机读码校验位有误",
    "mrz-td3": "机读码校验位有误",
    "mrz-mrva": "机读码校验位有误",
    "mrz-mrvb": "机读码校验位有误",
    "mrz-idfra": "机读码校验位有误",
    "mrz-vs-print": "机读码与印刷内容不符",
    "train-number": "车次有误",
    "rail-seat": "座位号有误",
    "rail-class": "席别有误",
    "rail-ticket-number": "车票号有误",
    "rail-log-number": "售票编号有误",
    "rail-fee": "退票费不符",
    "rail-tax": "税额不符",
    "taxi-sum": "合计金额不符",
    "taxi-fare": "车费不符",
    "time-order": "时间先后有误",
    "required": "缺少必填项",
    "same-value": "两处的值不同",
    "sides-agree": "正反面不符",
    "pattern": "格式不符",
    "form-of-column": "列内格式不一",
}


def is_doubt(code: str) -> bool:
    """True for the code of a warning that a value may be wrong."""
    return code in WARNINGS and WARNINGS[code].concern == "doubt"
