"""What values on business cards look like: the labels that name them, and the words and signs that tell them without.

Chinese and English. Lists hold what is common; what they lack is found by its size and place, and is doubtful then.
"""

from __future__ import annotations

import re

# Labels by what they name. A single letter counts as one only before a colon, a point or a number.
_LABELS = {
    "fax": r"传\s*真|facsimile|fax|f(?=\s*[:：.]|\s+[+(\d])",
    "phone": r"联系电话|移动电话|办公电话|电\s*话|手\s*机|座\s*机|总\s*机|直\s*线|热\s*线|联系方式|telephone|tel|phone"
    r"|mobile|mob|cell|direct|office|hotline|[tmpdo](?=\s*[:：.]|\s+[+(\d])",
    "email": r"电子邮箱|电子邮件|邮\s*箱|邮\s*件|电\s*邮|e-?\s?mail|mail|e(?=\s*[:：])",
    "website": r"公司网址|网\s*址|网\s*站|主\s*页|website|web|url|w(?=\s*[:：])",
    "postcode": r"邮政编码|邮\s*编|post\s?code|zip\s?code|zip|p\.?\s?c\.?(?=\s*[:：])",
    "address": r"公司地址|办公地址|地\s*址|address|add|addr|a(?=\s*[:：])",
    "wechat": r"微\s*信号?|wechat",
    "qq": r"qq",
    "alipay": r"支付宝|alipay",
    "bank": r"开户行|银行账号|账\s*号",
}
ACCOUNTS = ("wechat", "qq", "alipay", "bank")
_ONE = "|".join(f"(?P<{key}>{words})" for key, words in _LABELS.items())
LABEL = re.compile(rf"(?:^|(?<=[\s|;；,，/、&]))(?:{_ONE})(?![a-z])\s*(?P<end>[:：.]?)\s*", re.IGNORECASE)
LABEL_KEYS = tuple(_LABELS)

EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
WEBSITE = re.compile(
    r"(?:https?://)?(?:www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\."
    r"(?:com|cn|net|org|edu|gov|io|co|eu|de|uk|fr|jp|hk|tw|biz|info|tech|ai))(?:/[\w./-]*)?(?![\w@])",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w.])(?:\+|\(\+?)?\d[\d\s().\-–]{5,22}\d(?:\s*(?:转|ext\.?|x|-)\s*\d{1,5})?(?![\w])", re.IGNORECASE
)
POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
# Postal codes that end addresses abroad: of the United States, the United Kingdom, Canada, Germany and others.
FOREIGN_POSTCODE = re.compile(
    r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b|\b\d{4,5}\s+[A-Z][a-z]+"
)

COMPANY = re.compile(
    r"(?:公司|集团|厂|事务所|银行|支行|分行|医院|大学|学院|学校|研究院|研究所|设计院|协会|学会|商会|工作室|商行|合作社|酒店|饭店|基金会|出版社|报社)$"
    r"|\b(?:inc|ltd|llc|llp|corp|corporation|co|company|limited|group|gmbh|ag|plc|s\.?a|consulting|solutions|technologies"
    r"|technology|university|college|institute|bank|hospital|associates|partners|holdings|industries|international"
    r"|studio|studios|agency|labs?)\b\.?$",
    re.IGNORECASE,
)
TITLE = re.compile(
    r"总裁|总经理|经理|董事|总监|主管|主任|主席|工程师|架构师|设计师|会计师?|律师|医师|医生|教授|讲师|研究员|院长|校长|部长|处长|科长|所长|行长"
    r"|店长|顾问|专员|助理|代表|秘书|编辑|记者|合伙人|创始人|负责人|经纪人|技术员|销售员|书记"
    r"|\b(?:ceo|cto|cfo|coo|cio|vp|founder|co-founder|president|chairman|director|manager|engineer|officer|researcher"
    r"|scientist|consultant|architect|designer|developer|analyst|accountant|attorney|lawyer|professor|lecturer|editor"
    r"|executive|partner|supervisor|specialist|coordinator|assistant|secretary|representative|advisor|adviser|head)\b",
    re.IGNORECASE,
)
DEPARTMENT = re.compile(
    r"^[\w&（）()·\s]{2,14}(?:部|部门|事业部|处|科|室|中心|课)$|\b(?:department|dept|division|team|unit|section)\b\.?",
    re.IGNORECASE,
)
_CHINESE_PLACE = re.compile(r"省|市|区|县|镇|乡|路|街|道|巷|弄|号|楼|层|室|栋|幢|座|大厦|广场|园|村")
_STREET = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|drive|dr|way|square|plaza|court|suite|ste|floor|building|tower"
    r"|block|p\.?o\.?\s?box|straße|strasse|rue)\b\.?",
    re.IGNORECASE,
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆司卓古吉简车项连麦褚娄窦戚岑景"
    "党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边姬师仇栾隋商沙荣巫寇桑郎甄丛仲虞敖巩明池查麻苑迟云昌凤鲍史水奚樣樊"
)
_DOUBLE = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯")
# Words that begin like a surname.
_LIKE_SURNAMES = (
    "高级 高层 高端 高校 安全 时尚 金融 金属 商务 商业 程序 方案 水利 文化 文学 车间 房产 温馨 包装 华为 华润"
)
_NO_NAMES = frozenset(_LIKE_SURNAMES.split())
CHINESE_NAME = re.compile(r"[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,3}")
LATIN_NAME = re.compile(
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Eng)\.?\s+)?[A-Z][a-zA-Z'’]*\.?(?:[\s-]+[A-Z][a-zA-Z'’]*\.?){1,3}(?:,\s*(?:Ph\.?D|MBA|CPA|PE)\.?)?"
)


def is_chinese_name(text: str) -> bool:
    """True for a surname of the list and one or two characters behind it, blanks between them or not."""
    bare = "".join(text.split())
    if CHINESE_NAME.fullmatch(text.strip()) is None or len(bare) > 4 or bare[:2] in _NO_NAMES:
        return False
    return bare[:2] in _DOUBLE if len(bare) == 4 else bare[0] in _SURNAMES or bare[:2] in _DOUBLE


def is_address(text: str) -> bool:
    """True for three signs of a Chinese place and a number, or a street's name in English with one."""
    if not re.search(r"\d|[一二三四五六七八九十]号", text):
        return False
    return len(_CHINESE_PLACE.findall(text)) >= 3 or bool(_STREET.search(text) and re.search(r"\d", text))


def goes_on_address(text: str) -> bool:
    """True for a line that may follow an address: a town with its postal code, a floor, a room."""
    return bool(FOREIGN_POSTCODE.search(text) or POSTCODE.search(text) or _CHINESE_PLACE.search(text) or "," in text)
