from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocrcli.checks import vehicle_types as vehicles

# Types that licences print, of every family.
SEEN = """
    小型轿车 小型普通客车 小型越野客车 小型面包车 微型面包车 大型普通客车 大型卧铺客车 中型专用校车
    重型半挂牵引车 重型自卸货车 重型仓栅式半挂车 轻型多用途货车 轻型厢式货车 轻型封闭货车
    重型厢式自卸货车 中型罐式货车 重型车辆运输半挂车 重型中置轴车辆运输车 轻型中置轴旅居挂车
    普通二轮摩托车 侧三轮摩托车 普通低速货车 三轮汽车 重型非载货专项作业车 轮式装载机械 无轨电车
    重型低平板半挂车 重型普通全挂车
"""


def test_the_types_there_are() -> None:
    assert 230 <= len(vehicles.TYPES) <= 300  # the list that they come from has 230
    assert not [text for text in SEEN.split() if vehicles.fault(text)]
    assert vehicles.passes("多用途乘用车")
    for text in ("", "轿车小型", "小型轿车 ", "超重型货车", "微型集装箱自卸半挂车"):
        assert vehicles.fault(text)


def test_uses() -> None:
    assert vehicles.use_fault("非营运") is None and vehicles.use_fault("预约出租客运") is None
    assert vehicles.use_fault("非菅运") == "非菅运 is no use of GA 24.3"


@pytest.mark.parametrize(
    ("text", "mass"),
    [("1615kg", 1615), ("1 615 kg", 1615), ("49,000kg", 49000), ("--", None), ("5人", None)],
)
def test_masses_as_printed(text: str, mass: int | None) -> None:
    assert vehicles.kilograms(text) == mass


@given(st.tuples(*[st.integers(100, 22_000)] * 3), st.sampled_from("×xX*"), st.sampled_from(["mm", "", " mm"]))
def test_sizes_as_printed(sizes: tuple[int, ...], sign: str, unit: str) -> None:
    assert vehicles.dimensions(sign.join(map(str, sizes)) + unit) == sizes


@pytest.mark.parametrize("text", ["4466×1705mm", "4466", "", "4466×1705×1469×1", "a×b×c"])
def test_no_sizes(text: str) -> None:
    assert vehicles.dimensions(text) is None


@pytest.mark.parametrize(
    ("masses", "word"),
    [
        ((1240, 1615, None, 5), None),  # a saloon: 75 kg for each
        ((2800, 4490, 1495, 3), None),  # a light lorry: 65 kg for each
        ((8800, 25_000, 16_070, 2), None),
        ((1615, 1240, None, 5), "less than the unladen one"),
        ((1240, 1340, None, 5), "not enough for 5 persons"),
        ((2800, 4490, 1695, 3), "is more than 4490 kg"),
        ((2800, 4990, 1495, 3), "4990 kg is more than"),
        ((1240, 1615, None, None), None),
        ((2800, 4490, 1495, None), None),
    ],
)
def test_masses(masses: tuple[int, int, int | None, int | None], word: str | None) -> None:
    said = vehicles.mass_fault(*masses)
    assert said is None if word is None else word in (said or "")


@pytest.mark.parametrize(
    ("sizes", "word"),
    [
        ((4466, 1705, 1469), None),
        ((18_100, 2550, 4000), None),
        ((1900, 700, 1050), None),  # a motorcycle
        ((44_661, 1705, 1469), "length of 44661"),
        ((4466, 17_051, 1469), "width of 17051"),
        ((4466, 1705, 146), "height of 146"),
        ((1705, 2466, 1469), "not 2466 mm wide"),
    ],
)
def test_sizes(sizes: tuple[int, int, int], word: str | None) -> None:
    said = vehicles.size_fault(*sizes)
    assert said is None if word is None else word in (said or "")
