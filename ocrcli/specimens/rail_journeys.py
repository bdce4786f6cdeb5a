"""What train tickets say, by seed: stations have real public names, passengers, numbers and buyers are invented.

The masked identity numbers are of the city 99 of their province, which GB/T 2260 does not give out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from ocrcli.specimens import numbers, people

CENT = Decimal("0.01")
# Stations with their spelling as tickets print it.
_STATIONS = (
    "北京Beijing 北京南Beijingnan 北京西Beijingxi 上海Shanghai 上海虹桥Shanghaihongqiao 天津Tianjin 天津西Tianjinxi "
    "广州Guangzhou 广州南Guangzhounan 广州东Guangzhoudong 深圳Shenzhen 深圳北Shenzhenbei 南京Nanjing 南京南Nanjingnan "
    "杭州Hangzhou 杭州东Hangzhoudong 武汉Wuhan 汉口Hankou 武昌Wuchang 长沙Changsha 长沙南Changshanan 郑州Zhengzhou "
    "郑州东Zhengzhoudong 西安Xi'an 西安北Xi'anbei 成都Chengdu 成都东Chengdudong 重庆北Chongqingbei 昆明Kunming "
    "昆明南Kunmingnan 贵阳北Guiyangbei 南宁东Nanningdong 福州Fuzhou 厦门北Xiamenbei 南昌西Nanchangxi 合肥南Hefeinan "
    "济南Jinan 济南西Jinanxi 青岛北Qingdaobei 石家庄Shijiazhuang 太原南Taiyuannan 沈阳北Shenyangbei 大连北Dalianbei "
    "长春Changchun 哈尔滨西Haerbinxi 呼和浩特东Huhehaotedong 兰州西Lanzhouxi 乌鲁木齐Wulumuqi 银川Yinchuan 西宁Xining "
    "徐州Xuzhou 苏州Suzhou 宁波Ningbo 温州南Wenzhounan 桂林北Guilinbei 齐齐哈尔南Qiqihaernan 蚌埠南Bengbunan "
    "秦皇岛Qinhuangdao 葫芦岛北Huludaobei 景德镇北Jingdezhenbei"
)
STATIONS = tuple(
    (word.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'"), "".join(c for c in word if c.isascii()))
    for word in _STATIONS.split()
)
_FAST, _SLOW = "GGGDDC", "KKTZ"
_BERTHS = {"硬卧": ("上铺", "中铺", "下铺"), "软卧": ("上铺", "下铺")}
_SEATS = {"二等座": "ABCDF", "一等座": "ACDF", "商务座": "ACF"}


@dataclass(frozen=True)
class Journey:
    """A ticket's journey and its passenger. `marks` are those of sale and discount, as they stand together; `change`
    is the mark of a changed ticket, or empty; `fee` is what giving the ticket back costs."""

    ticket_id: str
    gate: str
    train: str
    origin: tuple[str, str]
    destination: tuple[str, str]
    leaves: datetime
    seat: str
    seat_class: str
    price: Decimal
    marks: str
    change: str
    masked_id: str
    name: str
    log_id: str
    sold_at: str

    @property
    def fee(self) -> Decimal:
        """A fifth, a tenth or a twentieth of the price, in half yuan, two at least (as the railways charge)."""
        share = (Decimal("0.05"), Decimal("0.1"), Decimal("0.2"))[self.leaves.minute % 3]
        return max(Decimal(2), (self.price * share * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2)

    @property
    def departure(self) -> str:
        """In normal form."""
        return f"{self.leaves:%Y年%m月%d日%H:%M}"

    def fields(self) -> dict[str, str]:
        """The result keys that every ticket prints."""
        return {
            "train_number": self.train,
            "departure_station": f"{self.origin[0]}站",
            "destination_station": f"{self.destination[0]}站",
            "departure_station_en": self.origin[1],
            "destination_station_en": self.destination[1],
            "departure_time": self.departure,
            "seat_number": self.seat,
            "seat_category": self.seat_class,
        }


def journey(rng: Random) -> Journey:
    """Somebody's journey by a fast train or a slow one."""
    fast = rng.random() < 0.7
    origin, destination = rng.sample(STATIONS, 2)
    seat_class, seat = _seat(rng, fast)
    someone = people.person(rng)
    ticket_id = rng.choice(("", f"Z{numbers.digits(rng, 2)}")) + rng.choice("ABCDEFGHJKLMNRT") + numbers.digits(rng, 6)
    leaves = datetime.combine(people.day(rng, 2014, 2024), datetime.min.time()) + timedelta(minutes=rng.randrange(1440))
    return Journey(
        ticket_id=ticket_id,
        gate=rng.choice(
            ("", f"{rng.randint(1, 30)}", f"{rng.randint(1, 30)}{rng.choice('AB')}", f"A{rng.randint(1, 20)}")
        ),
        train=rng.choice(_FAST if fast else _SLOW) + str(rng.randint(1, 9899)),
        origin=origin,
        destination=destination,
        leaves=leaves,
        seat=seat,
        seat_class=seat_class,
        price=Decimal(rng.randint(10, 2400)) / 2,
        marks=rng.choice(("网", "网", "网", "网折", "网学", "孩网", "惠网", "", "折", "学")),
        change=rng.choice(("", "", "", "始发改签")),
        masked_id=f"{someone.number[:10]}****{someone.number[14:]}",
        name=someone.name,
        # 14 digits, then the last seven characters of the ticket's own number.
        log_id=numbers.digits(rng, 14) + ticket_id[-7:],
        sold_at=rng.choice((origin[0], origin[0], rng.choice(STATIONS)[0])),
    )


def _seat(rng: Random, fast: bool) -> tuple[str, str]:
    """A class, and a place in it."""
    coach = f"{rng.choice(('', '', '', '', '加'))}{rng.randint(1, 18):02d}车"
    if fast and rng.random() < 0.92:
        named = rng.choice(("二等座", "二等座", "二等座", "一等座", "商务座"))
        if named == "二等座" and rng.random() < 0.12:
            return named, f"{coach}无座"
        return named, f"{coach}{rng.randint(1, 20):02d}{rng.choice(_SEATS[named])}号"
    named = "软卧" if fast else rng.choice(("硬座", "硬座", "硬卧", "硬卧", "软卧"))
    printed = named if fast else rng.choice(("", "新空调")) + named
    if named in _BERTHS:
        return printed, f"{coach}{rng.randint(1, 22):03d}号{rng.choice(_BERTHS[named])}"
    return printed, f"{coach}无座" if rng.random() < 0.2 else f"{coach}{rng.randint(1, 118):03d}号"


def money(amount: Decimal) -> str:
    """In normal form: two places."""
    return str(amount.quantize(CENT))
