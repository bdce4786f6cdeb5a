"""Invented people, firms and places, by seed. Provinces and ethnic groups are real, all below them is made up."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ocrcli.checks.ethnicity import GROUPS
from ocrcli.specimens import numbers


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in text.split("/"))


def _spelt(text: str) -> tuple[tuple[str, str], ...]:
    """Chinese characters with their spelling behind them, as pairs."""
    chinese = (word.rstrip(string.ascii_uppercase) for word in text.split())
    return tuple((c, word.removeprefix(c)) for c, word in zip(chinese, text.split(), strict=True))


_SURNAMES = (
    "赵ZHAO 钱QIAN 孙SUN 李LI 周ZHOU 吴WU 郑ZHENG 王WANG 冯FENG 陈CHEN 褚CHU 卫WEI 蒋JIANG 沈SHEN 韩HAN "
    "杨YANG 朱ZHU 秦QIN 尤YOU 许XU 何HE 吕LYU 施SHI 张ZHANG 孔KONG 曹CAO 严YAN 华HUA 金JIN 魏WEI 陶TAO "
    "姜JIANG 戚QI 谢XIE 邹ZOU 喻YU 柏BAI 水SHUI 窦DOU 章ZHANG 云YUN 苏SU 潘PAN 葛GE 奚XI 范FAN 彭PENG "
    "郎LANG 鲁LU 韦WEI 昌CHANG 马MA 苗MIAO 凤FENG 方FANG 俞YU 任REN 袁YUAN 柳LIU 欧阳OUYANG 上官SHANGGUAN "
    "司马SIMA 诸葛ZHUGE"
)
_GIVEN = (
    "安AN 博BO 晨CHEN 川CHUAN 丹DAN 端DUAN 帆FAN 芳FANG 刚GANG 谷GU 海HAI 禾HE 宏HONG 慧HUI 嘉JIA 静JING "
    "珂KE 兰LAN 岚LAN 磊LEI 林LIN 玲LING 敏MIN 铭MING 宁NING 培PEI 平PING 青QING 清QING 然RAN 蓉RONG "
    "睿RUI 山SHAN 书SHU 松SONG 涛TAO 婷TING 薇WEI 文WEN 汐XI 晓XIAO 欣XIN 秀XIU 雅YA 妍YAN 阳YANG 一YI "
    "颖YING 宇YU 钰YU 远YUAN 昀YUN 泽ZE 昭ZHAO 哲ZHE 真ZHEN 舟ZHOU 子ZI 梓ZI 珺JUN 翀CHONG 喆ZHE 垚YAO "
    "彧YU 昇SHENG"
)
# The provinces: number (GB/T 2260-2007), sign on plates (GA 36), name, Latin name in passports.
_PROVINCES = (
    "11 京 北京市 BEIJING / 12 津 天津市 TIANJIN / 13 冀 河北省 HEBEI / 14 晋 山西省 SHANXI / "
    "15 蒙 内蒙古自治区 NEI MONGOL / 21 辽 辽宁省 LIAONING / 22 吉 吉林省 JILIN / "
    "23 黑 黑龙江省 HEILONGJIANG / 31 沪 上海市 SHANGHAI / 32 苏 江苏省 JIANGSU / 33 浙 浙江省 ZHEJIANG / "
    "34 皖 安徽省 ANHUI / 35 闽 福建省 FUJIAN / 36 赣 江西省 JIANGXI / 37 鲁 山东省 SHANDONG / "
    "41 豫 河南省 HENAN / 42 鄂 湖北省 HUBEI / 43 湘 湖南省 HUNAN / 44 粤 广东省 GUANGDONG / "
    "45 桂 广西壮族自治区 GUANGXI / 46 琼 海南省 HAINAN / 50 渝 重庆市 CHONGQING / 51 川 四川省 SICHUAN / "
    "52 贵 贵州省 GUIZHOU / 53 云 云南省 YUNNAN / 54 藏 西藏自治区 XIZANG / 61 陕 陕西省 SHAANXI / "
    "62 甘 甘肃省 GANSU / 63 青 青海省 QINGHAI / 64 宁 宁夏回族自治区 NINGXIA / "
    "65 新 新疆维吾尔自治区 XINJIANG"
)


@dataclass(frozen=True)
class Province:
    """A province: its two digits, the sign on its plates, its name, its Latin name in passports."""

    code: str
    sign: str
    name: str
    latin: str

    @property
    def short(self) -> str:
        """The name as passports print it, without what kind of province it is."""
        for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"):
            if self.name.endswith(ending):
                return self.name.removesuffix(ending)
        return self.name


SURNAMES = _spelt(_SURNAMES)
GIVEN = _spelt(_GIVEN)
PROVINCES = tuple(Province(*item.split(" ", 3)) for item in _listed(_PROVINCES))
_CITIES = _listed("禾泽市 / 榆川市 / 澜岭市 / 砚湖市 / 霜桥市 / 槐安市 / 鹭屿市 / 箬溪市")
_COUNTIES = _listed(
    "松屏县 / 雁渡县 / 石笋县 / 柳坞县 / 望舒县 / 砚台县 / 苇塘县 / 梓潭县 / 鹤汀区 / 曲廊区 / 灯塔山区"
)
_TOWNS = _listed("青石镇 / 芦花镇 / 杨树湾乡 / 三眼井镇 / 茶亭乡 / 双枫镇 / 石磨街道 / 竹排街道 / 钟楼街道")
_STREETS = _listed(
    "晾谷场路 / 老秤巷 / 风车大道 / 蓝印花街 / 磨坊里 / 渡船东路 / 纸伞巷 / 桂树下街 / 望潮路 / 半亩塘路"
)
_HOMES = _listed("听雨小区 / 麦田花园 / 青瓦家园 / 渔火公寓 / 木棉新村")
_TRADES = _listed("纸品 / 茶业 / 机电设备 / 五金制品 / 园艺 / 印刷 / 物流 / 软件 / 食品 / 家具 / 测量仪器 / 环保科技")
_SHOPS = _listed("早市便利店 / 磨坊里面包房 / 蓝印花布庄 / 老秤巷杂货铺 / 渔火小馆 / 半亩塘超市")
_JOBS = _listed("会计 / 电工 / 教师 / 测绘员 / 木工 / 护士 / 司机 / 园艺师 / 质检员 / 编辑")


@dataclass(frozen=True)
class Person:
    """An invented person. `number` is valid and of the address's province, but of no city that exists."""

    name: str
    surname: str  # Latin capitals
    given: str
    female: bool
    ethnic_group: str
    birth: date
    address: str
    number: str

    @property
    def sex(self) -> str:
        """As cards print it."""
        return "女" if self.female else "男"


def person(rng: Random) -> Person:
    """Somebody between 18 and 80, more often than not of the Han."""
    surname, given = rng.choice(SURNAMES), rng.sample(GIVEN, rng.choice((1, 2, 2)))
    female = rng.random() < 0.5
    birth = day(rng, 1945, 2006)
    province = rng.choice(PROVINCES)
    return Person(
        name=surname[0] + "".join(part for part, _ in given),
        surname=surname[1],
        given="".join(part for _, part in given),
        female=female,
        ethnic_group="汉" if rng.random() < 0.6 else rng.choice(GROUPS),
        birth=birth,
        address=address(rng, province),
        number=numbers.citizen_id(rng, province.code, birth, female),
    )


def name(rng: Random) -> str:
    """A Chinese name of two to four characters."""
    return person(rng).name


def day(rng: Random, first_year: int, last_year: int) -> date:
    """A day in these years."""
    first = date(first_year, 1, 1)
    return first + timedelta(days=rng.randrange((date(last_year, 12, 31) - first).days + 1))


def address(rng: Random, province: Province) -> str:
    """An address of about 15 to 35 characters: all below the province is invented."""
    where = province.name + ("" if province.name.endswith("市") else rng.choice(_CITIES)) + rng.choice(_COUNTIES)
    if rng.random() < 0.4:
        return f"{where}{rng.choice(_TOWNS)}{rng.choice('一二三四五六七八九')}组{rng.randint(1, 300)}号"
    house = f"{rng.choice(_STREETS)}{rng.randint(1, 999)}号"
    if rng.random() < 0.4:
        return where + house
    flat = f"{rng.randint(1, 30)}幢{rng.randint(1, 4)}单元{rng.randint(1, 33)}0{rng.randint(1, 4)}室"
    return where + house + rng.choice(_HOMES) + flat


def police(rng: Random) -> str:
    """The authority that issues an identity card."""
    if rng.random() < 0.5:
        return f"{rng.choice(_COUNTIES)}公安局"
    return f"{rng.choice(_CITIES)}公安局{rng.choice(_COUNTIES)[:-1]}分局"


def traffic_police(rng: Random, province: Province) -> str:
    """The authority that issues licences to drivers and vehicles."""
    if province.name.endswith("市"):
        return f"{province.name}公安局公安交通管理局"
    return f"{province.name}{rng.choice(_CITIES)}公安局交通警察支队"


def registrar(rng: Random, former: bool = False) -> str:
    """The authority that registers firms; `former` as it was called before 2018."""
    place, below = rng.choice(_CITIES), rng.choice((*_COUNTIES, *[""] * len(_COUNTIES)))
    return f"{place}{below}工商行政管理局" if former else f"{place}{below}市场监督管理局"


def firm(rng: Random) -> str:
    """A company."""
    return f"{rng.choice(_CITIES)}{rng.choice(_STREETS)[:2]}{rng.choice(_TRADES)}有限公司"


def shop(rng: Random) -> str:
    """A shop."""
    return rng.choice(_SHOPS)


def form_entries(rng: Random) -> list[tuple[str, str]]:
    """Label and value of a form's fields, an even number of them."""
    someone = person(rng)
    entries = [
        ("姓名", someone.name),
        ("性别", someone.sex),
        ("出生日期", f"{someone.birth:%Y年%m月%d日}"),
        ("民族", someone.ethnic_group),
        ("联系电话", numbers.mobile(rng)),
        ("职业", rng.choice(_JOBS)),
        ("单位", firm(rng)),
        ("邮箱", f"{someone.given.lower()}{rng.randint(1, 99)}@example.com"),
        ("登记时间", f"{day(rng, 2010, 2030)}"),
        ("编号", f"{rng.choice('ABCDEFGH')}{numbers.digits(rng, 6)}"),
        ("经办人", name(rng)),
        ("数量", f"{rng.randint(1, 500)}件"),
    ]
    return entries[: rng.choice((8, 10, 12))]
