"""English sentences of records in Chinese: a catalogue of patterns, `{}` where a value stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

# The rest of a sentence after its last `{}` counts, too: patterns are matched whole.
SENTENCES: Mapping[str, str] = {
    # checks of invoices
    "the rows' {} adds up to {}, the sum printed is {}": "明细{}合计 {}，票面 {}",
    "{} of {} rows have no legible {}": "{} / {} 行的{}无法辨认",
    "{} and {} make {}, the total printed is {}": "金额 {} 加税额 {} 为 {}，票面价税合计 {}",
    "{}, {}, {}: not all are amounts": "{}、{}、{} 不全是金额",
    "row {}: {}": "第 {} 行：{}",
    "{} at {} is a tax of {}, not {}": "金额 {} 按 {} 计税为 {}，票面 {}",
    "{} at {} is {}, not {}": "数量 {} 乘单价 {} 为 {}，票面 {}",
    "{} is no amount in capital numerals": "{} 不是大写金额",
    "{} is no amount": "{} 不是金额",
    "{} is no number": "{} 不是数字",
    "the numerals say {}, the figures {}": "大写为 {}，小写为 {}",
    "the code of a general invoice has 12 digits, not {}: {}": "通用发票代码应为 12 位，票面 {} 位：{}",
    "a general invoice's code begins with 0, 1 or 2, not {}": "通用发票代码应以 0、1、2 开头，票面为 {}",
    "a code has 10 or 12 digits, not {}: {}": "发票代码应为 10 或 12 位，票面 {} 位：{}",
    "a number has 8 or 20 digits, not {}: {}": "发票号码应为 8 或 20 位，票面 {} 位：{}",
    "a number of 8 digits has a code beside it; none was found": "8 位发票号码应有发票代码，未找到",
    "no province has the digits {}": "没有代码为 {} 的省份",
    "a check code has 20 digits, or 5 characters": "校验码应为 20 位数字或 5 位字符",
    "a taxpayer's number has 15 to 20 digits and capitals, not {}: {}": "纳税人识别号应为 15 至 20 位，票面 {} 位：{}",
    "its year is 20{}, but the day of issue is {}": "号码中的年份为 20{}，开票日期为 {}",
    "the form says {}, the machine printed {}": "票面印制 {}，机打 {}",
    "{} is no day of the calendar": "{} 不是有效日期",
    "{} comes before {}": "{} 早于 {}",
    "a credit code has 18 digits and capitals without I, O, S, V, Z, digits at 3 to 8": "统一社会信用代码应为 18 位",
    "the check character should be {}, not {}": "校验位应为 {}，票面为 {}",
    "the organisation code {} inside is wrong: {}": "其中的组织机构代码 {} 有误：{}",
    "an identity number has 17 digits and a digit or X, or 15 digits": "身份证号应为 18 或 15 位",
    "no region begins with {}": "没有以 {} 开头的行政区划",
    "digits {} to {} are no date": "第 {} 至 {} 位不是日期",
    "the parts add up to {}, the sum printed is {}": "各项合计 {}，票面 {}",
    "{} is {}, the product printed is {}": "{} 为 {}，票面 {}",
    # a list of one's own
    "{}: no row with this {}": "{} 中没有此{}",
    "{}: no {} was read to look for": "未读出{}，无法在 {} 中查找",
    "{} says {}": "{} 中为 {}",
    # warnings
    "the {} may be misread ({}): look at the picture": "{}可能有误（{}），请核对原件",
    "the page says {}, {} {}": "票面为 {}，{}为 {}",
    "reads {}; {} make it {}": "识别为 {}，按金额关系改为 {2}",
    "a stamp lies over it: read without its red; the plain picture reads {}": "印章遮盖，已去红识别；原图识别为 {}",
    "something is printed here that cannot be read": "此处有内容无法辨认",
    "not all words of this stamp can be read": "印章文字未能全部辨认",
    "the picture is dark {}: take it again with more light": "图像{}过暗，请在明亮处重拍",
    "the text hardly differs from its ground {}: scan it darker, or with more contrast": "{}文字与底色接近，请调深后重扫",
    "the text is blurred {}: take the photo again with a steady hand and the text in focus": "{}文字模糊，请对焦后重拍",
    "the text is only {} px high {}: scan at 300 dpi, or take the photo from nearer": "{1}文字高仅 {0} 像素，请以 300 dpi 扫描或靠近拍摄",
    "light is reflected {}: take the photo again from another angle or without flash": "{}反光，请换角度或关闭闪光灯重拍",
    "the text with a margin takes up {} % of the picture, at least {} % is asked for: "
    "crop the picture, or take it from nearer": "文字只占画面的 {} %，要求至少 {} %，请裁剪或靠近拍摄",
    "the picture is {} times as long as wide, up to {} times is asked for": "长宽比为 {}，要求不超过 {}",
    "the page has {} characters, up to {} are asked for": "本页 {} 字，要求不超过 {} 字",
    "light words across the page were left out: {} (--keep-watermark keeps them)": "已略去水印文字：{}（--keep-watermark 可保留）",
    "{} pages of {} were left out by --pages {}": "共 {1} 页，按 --pages {2} 略去 {0} 页",
    "{} of {} pages were left out by --pages {}": "共 {1} 页，按 --pages {2} 略去 {0} 页",
    "the PDF is damaged and was repaired: pages or text may be missing": "PDF 已损坏并修复，可能缺页或缺字",
    "the page is left empty: {}; --pdf-text auto reads its picture": "本页留空：{}",
    "the text layer is taken as it is, but of this page {}": "文字层存疑：{}",
    "the file does not name every character of {}": "文件未给出 {} 的全部文字",
    "the text layer says {} where other words seem printed": "文字层为 {}，与画面似不符",
    # why a value is doubtful (forms/doubt.py)
    "it lies at the picture's edge": "位于图像边缘",
    "nothing but its form says what it is": "仅凭格式判断",
    "its label was not found": "未找到其标签",
    "it is not printed, and follows only likely from other values": "由其他字段推得",
    "it does not have the form it should have": "格式不符",
    "a part of it is missing": "缺一部分",
    "another reading is nearly as likely": "另有相近读法",
    "its check digit chose between two readings": "由校验位选定",
    "several looks at it disagree": "多次识别不一致",
    "its label stands there more than once, with different values": "同名标签有不同的值",
    "it reaches beyond its place": "超出位置",
    "the page's fixed print does not agree on where it stands": "版面定位不一致",
    "nothing else stands in its row: it may belong to the row above": "此行别无他物，可能属于上一行",
    "the print hardly fits its form": "与格式勉强相符",
    "{} in it is unclear": "“{}”字不清",
    # errors of inputs
    "the file is empty": "文件为空",
}

WORDS: Mapping[str, str] = {
    "amount": "金额",
    "tax": "税额",
    "all over": "整幅",
    "in the middle": "中部",
    "at the top": "上部",
    "at the bottom": "下部",
    "on the left": "左侧",
    "on the right": "右侧",
    "at the upper left": "左上",
    "at the upper right": "右上",
    "at the lower left": "左下",
    "at the lower right": "右下",
    "number": "发票号码",
    "number and code": "发票号码和发票代码",
    "the QR code": "二维码",
    "the attached XML": "附件 XML ",
    "OFD.xml": "OFD.xml ",
    "the OFD's tags": "OFD 标引",
}


def in_chinese(sentence: str, names: Mapping[str, str] | None = None) -> str:
    """The sentence in Chinese; as it is where the catalogue lacks it. `names` are Chinese names of what stands in it
    (result keys, say)."""
    for pattern, (chinese, order) in _patterns().items():
        found = pattern.fullmatch(sentence)
        if found is None:
            continue
        told = [_inner(part, names or {}) for part in found.groups()]
        return chinese.format(*(told[at] for at in order))
    return sentence


def _inner(part: str, names: Mapping[str, str]) -> str:
    """What stands at a `{}`: a name, a word, or another sentence; text in quotes stays without them."""
    known = names.get(part) or WORDS.get(part)
    if known:
        return known
    if len(part) > 1 and part[0] == part[-1] and part[0] in "'\"":
        return part[1:-1]
    return in_chinese(part, names) if " " in part else part


@cache
def _patterns() -> Mapping[re.Pattern[str], tuple[str, tuple[int, ...]]]:
    """Those that begin with a word of their own first, longer ones before others: they are the surer ones."""

    def unsure(english: str) -> tuple[bool, int]:
        return english.startswith("{}"), -len(english.replace("{}", ""))

    made = {}
    for english, chinese in sorted(SENTENCES.items(), key=lambda pair: unsure(pair[0])):
        pattern = "(.+?)".join(re.escape(piece) for piece in english.split("{}"))
        numbered = re.findall(r"\{(\d*)\}", chinese)
        order = tuple(int(told) if told else at for at, told in enumerate(numbered))
        plain = re.sub(r"\{\d*\}", "{}", chinese)
        made[re.compile(pattern, re.S)] = (plain, order)
    return made
