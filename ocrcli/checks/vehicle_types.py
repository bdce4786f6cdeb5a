"""What a vehicle licence (行驶证) of the Chinese mainland says of a vehicle: its type, its use, masses and sizes.

Types: GA 24.4 (codes of vehicle types) and GA 802 (their terms): a size, a build, a kind. The list was put together
from the one that makers of traffic cameras publish with their software (EM_CAR_TYPE of the NetSDK, 230 types) and the
pickups that GA 802-2019 adds. Licences of older cars also print the kinds of passenger car of GB/T 3730.1-2001. Uses:
GA 24.3, from the same makers' list (EM_USE_PROPERTY_TYPE) and what its later editions add. Masses: GB 7258 (65 kg for
each person in a cab), sizes: GB 1589. Lists grow: what is missing here may be new, so a check can only report it.

>>> fault("小型轿车"), fault("重型半挂牵引车"), fault("小型桥车")
(None, None, '小型桥车 is no vehicle type of GA 24.4 or GA 802')
>>> use_fault("非营运"), kilograms("1615kg"), dimensions("4466×1705×1469mm")
(None, 1615, (4466, 1705, 1469))
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ocrcli.checks import Rule

RULE = Rule("vehicle-type", "GA 24.4 / GA 802", "list")
USE = Rule("vehicle-use", "GA 24.3", "list")
MASS = Rule("vehicle-mass", "GB 7258 / GB 1589", "amount")
SIZE = Rule("vehicle-size", "GB 1589", "amount")

_BUS = "普通客车 双层客车 卧铺客车 铰接客车 越野客车 轿车 专用客车 专用校车"
_VAN = "普通客车 越野客车 轿车 专用客车 专用校车 面包车"
_SMALLEST = "普通客车 越野客车 轿车 面包车"
_LORRY = "普通货车 厢式货车 封闭货车 罐式货车 平板货车 集装箱车 特殊结构货车 仓栅式货车 车辆运输车 多用途货车 自卸货车"
_TIPPER = "厢式 罐式 平板 集装箱 特殊结构 仓栅式"
_SLOW = "普通 厢式 罐式 自卸 仓栅式 厢式自卸 罐式自卸"
_TRAILER = "普通 厢式 罐式 平板 集装箱 自卸 仓栅式 旅居 专项作业"
_TIPPING_TRAILER = "厢式 罐式 平板 集装箱 仓栅式 专项作业"
_SEMI_TRAILER = "特殊结构 低平板 车辆运输 特殊结构自卸 低平板自卸"
_OTHERS = (
    "普通正三轮摩托车 轻便正三轮摩托车 正三轮载客摩托车 正三轮载货摩托车 侧三轮摩托车 普通二轮摩托车 轻便二轮摩托车 "
    "无轨电车 有轨电车 三轮汽车 轮式装载机械 轮式挖掘机械 轮式平地机械 其他车辆"
)
# GB/T 3730.1-2001, 2.1.1.1 to 2.1.1.11: passenger cars.
_GB_T_3730 = (
    "普通乘用车 活顶乘用车 高级乘用车 小型乘用车 敞篷车 仓背乘用车 旅行车 多用途乘用车 短头乘用车 越野乘用车 "
    "专用乘用车 旅居车 防弹车 救护车 殡仪车"
)


def _types() -> Iterator[str]:
    for sizes, kinds in (("大型 中型", _BUS), ("小型", _VAN), ("微型", _SMALLEST), ("重型 中型 轻型 微型", _LORRY)):
        yield from (size + kind for size in sizes.split() for kind in kinds.split())
    for size in ("重型", "中型", "轻型", "微型"):
        yield from (f"{size}{build}自卸货车" for build in _TIPPER.split())
    for size in ("重型", "中型", "轻型"):
        yield from (f"{size}{kind}牵引车" for kind in ("半挂", "全挂"))
        for trailer in ("半挂车", "全挂车"):
            yield from (f"{size}{build}{trailer}" for build in _TRAILER.split())
            yield from (f"{size}{build}自卸{trailer}" for build in _TIPPING_TRAILER.split())
        yield from (f"{size}{build}半挂车" for build in _SEMI_TRAILER.split())
        yield from (f"{size}中置轴{kind}" for kind in ("旅居挂车", "车辆运输车", "普通挂车"))
    for size in ("大型", "重型", "中型", "轻型", "小型", "微型"):
        yield from (f"{size}{kind}专项作业车" for kind in ("", "非载货", "载货"))
    yield from (f"{build}低速货车" for build in _SLOW.split())
    yield from _OTHERS.split()


TYPES = frozenset(_types())
PASSENGER_CARS = frozenset(_GB_T_3730.split())
_USES = (
    "非营运 公路客运 公交客运 出租客运 旅游客运 货运 租赁 警用 消防 救护 工程救险 营转非 出租转非 教练 "
    "幼儿校车 小学生校车 初中生校车 中小学生校车 其他校车 危化品运输 危险货物运输 预约出租客运 预约出租转非 营运"
)
USES = frozenset(_USES.split())
# What the traffic police's registers and the app that shows them say of a vehicle; one may have several.
_STATUSES = (
    "正常 转出 被盗抢 停驶 注销 违法未处理 海关监管 事故未处理 嫌疑车 查封 暂扣 强制注销 事故逃逸 锁定 抵押 质押 "
    "达到报废标准 达到报废标准公告牌证作废 逾期未检验 扣留 其他"
)
STATUSES = tuple(_STATUSES.split())
NOT_APPLICABLE = "--"

_PERSON_KG = (60, 80)  # counted for each person: 65 in a cab, up to 75 with luggage, and what rounding makes
_ROUNDING_KG = 20
# The largest that GB 1589 lets anything on the road have, in mm: road trains, loads over the side, double-deckers.
_LARGEST_MM = (22_000, 3_000, 4_300)
_SMALLEST_MM = (1_000, 400, 600)


def fault(text: str) -> str | None:
    """What is wrong with a vehicle type, None where nothing is."""
    return None if text in TYPES or text in PASSENGER_CARS else f"{text} is no vehicle type of GA 24.4 or GA 802"


def passes(text: str) -> bool:
    """True for a type of the lists."""
    return fault(text) is None


def use_fault(text: str) -> str | None:
    """What is wrong with a use (使用性质), None where nothing is."""
    return None if text in USES else f"{text} is no use of GA 24.3"


def kilograms(text: str) -> int | None:
    """A printed mass, None where it is none: 1615kg; `--` and an empty place are none."""
    match = re.fullmatch("([0-9]{2,6})(?:kg|KG|Kg|千克|公斤)?", re.sub(r"[\s,]", "", text))
    return int(match[1]) if match else None


def mass(text: str) -> str | None:
    """A printed mass in its normal form (1615kg), or -- where it does not apply; None where it is neither."""
    if re.fullmatch(r"[-—–−一二=~_\s]+", text):
        return NOT_APPLICABLE
    value = kilograms(text) if re.search("kg|千克|公斤", text, re.IGNORECASE) else None
    return None if value is None else f"{value}kg"


def dimension(text: str) -> str | None:
    """Printed sizes in their normal form (4466×1705×1469mm); None where they are none."""
    sizes = dimensions(text)
    return None if sizes is None else "×".join(map(str, sizes)) + "mm"


def dimensions(text: str) -> tuple[int, int, int] | None:
    """Length, width and height in mm as printed, None where they are none: 4466×1705×1469mm, 4466*1705*1469."""
    match = re.fullmatch(
        r"([0-9]{3,5})[×xX*＊]([0-9]{3,5})[×xX*＊]([0-9]{3,5})(?:mm|MM|毫米)?", re.sub(r"\s", "", text)
    )
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def mass_fault(unladen_kg: int, gross_kg: int, load_kg: int | None = None, persons: int | None = None) -> str | None:
    """What is wrong between the masses, None where nothing is.

    The gross mass (总质量) is the unladen one (整备质量), the load (核定载质量) and the persons. Cars have no load:
    what is left must be enough for the persons.
    """
    useful_kg = gross_kg - unladen_kg
    if useful_kg < 0:
        return f"the gross mass of {gross_kg} kg is less than the unladen one of {unladen_kg} kg"
    lightest, heaviest = ((persons or 0) * kg for kg in _PERSON_KG)
    if load_kg is None:
        missing = useful_kg + _ROUNDING_KG < lightest
        return f"{useful_kg} kg between the masses is not enough for {persons} persons" if missing else None
    rest_kg = useful_kg - load_kg
    if rest_kg < lightest - _ROUNDING_KG:
        return f"{unladen_kg} kg with a load of {load_kg} kg and {persons or 0} persons is more than {gross_kg} kg"
    if persons is not None and rest_kg > heaviest + _ROUNDING_KG:
        return f"{gross_kg} kg is more than {unladen_kg} kg with a load of {load_kg} kg and {persons} persons"
    return None


def size_fault(length_mm: int, width_mm: int, height_mm: int) -> str | None:
    """What is wrong with a vehicle's sizes, None where nothing is."""
    sizes = (("length", length_mm), ("width", width_mm), ("height", height_mm))
    for (name, size), least, most in zip(sizes, _SMALLEST_MM, _LARGEST_MM, strict=True):
        if not least <= size <= most:
            return f"no vehicle has a {name} of {size} mm"
    return None if width_mm <= length_mm else f"a vehicle of {length_mm} mm is not {width_mm} mm wide"


def dimension_fault(text: str) -> str | None:
    """What is wrong with printed sizes, None where nothing is."""
    sizes = dimensions(text)
    return f"{text} is no length, width and height in mm" if sizes is None else size_fault(*sizes)


def persons(text: str) -> int | None:
    """A printed number of persons (5人, 2+3人), None where it is none."""
    match = re.fullmatch("([0-9]{1,3}(?:[+＋][0-9]{1,3})*)人?", re.sub(r"\s", "", text))
    return sum(map(int, re.split("[+＋]", match[1]))) if match else None


def masses_fault(gross: str, unladen: str, load: str | None, capacity: str | None) -> str | None:
    """What is wrong between printed masses, and the persons; None where nothing is. `--` counts as none.

    A tractor's gross mass is that of its road train: it says nothing about what it carries itself.
    """
    gross_kg, unladen_kg = kilograms(gross), kilograms(unladen)
    if gross_kg is None or unladen_kg is None:
        return f"{gross if gross_kg is None else unladen} is no mass"
    return mass_fault(unladen_kg, gross_kg, kilograms(load or ""), persons(capacity or ""))
