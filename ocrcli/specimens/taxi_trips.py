"""What taxi receipts say, by seed: the cities are real, companies, cars and drivers are invented.

Invoice codes are of the city 99 of their province, which GB/T 2260 does not give out; local telephone numbers begin
with 0, as none does. 12328 is the public line for complaints about transport.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from ocrcli.specimens import numbers, people

_NAMES = ("蓝印", "风车", "渡船", "桂树", "望潮", "晾谷", "青石", "茶亭", "双枫", "听雨", "苇塘", "鹤汀")


@dataclass(frozen=True)
class City:
    """A city: its name on receipts, its province (GB/T 2260), the sign of its plates, its dialling code, the price of
    a km and of the first ones."""

    name: str
    province: str
    sign: str
    dialling: str
    per_km: tuple[str, ...]
    first: float


CITIES: Mapping[str, City] = {
    "beijing": City("北京市", "11", "京B", "010", ("2.30", "2.00", "1.60"), 13.0),
    "shanghai": City("上海市", "31", "沪A", "021", ("2.50", "2.70", "3.50"), 14.0),
    "guangzhou": City("广州市", "44", "粤A", "020", ("2.60", "2.80"), 12.0),
    "shenzhen": City("深圳市", "44", "粤B", "0755", ("2.60", "2.70", "3.51"), 11.0),
    "xian": City("陕西省", "61", "陕A", "029", ("2.00", "2.30"), 8.5),
    "chengdu": City("成都市", "51", "川A", "028", ("1.90", "2.20"), 8.0),
}


@dataclass(frozen=True)
class Trip:
    """A ride. Amounts in yuan, `distance` in km; `car` without the province's sign."""

    city: City
    company: str
    short: str
    company_id: str
    code: str
    number: str
    phone: str
    car: str
    driver: str
    began: datetime
    ended: datetime
    per_km: str
    distance: str
    waited: timedelta
    fare: float
    fuel: float
    call: float

    @property
    def total(self) -> float:
        """What was paid."""
        return self.fare + self.fuel + self.call


def trip(rng: Random, city: City) -> Trip:
    """A ride of 1 to 45 km."""
    began = datetime.combine(people.day(rng, 2015, 2025), datetime.min.time()) + timedelta(minutes=rng.randrange(1440))
    name = rng.choice(_NAMES)
    distance = round(rng.choice((rng.uniform(1, 12), rng.uniform(1, 45))), rng.choice((1, 2)))
    waited = timedelta(seconds=rng.randrange(1200))
    per_km = rng.choice(city.per_km)
    fare = max(city.first, city.first + (distance - 3) * float(per_km) + waited.seconds / 300 * float(per_km))
    minutes = round(distance * rng.uniform(1.5, 3.5)) + waited.seconds // 60 + 1
    return Trip(
        city=city,
        company=f"{city.name}{name}出租汽车{rng.choice(('', '客运', '运输'))}有限公司",
        short=f"{name}出租汽车",
        company_id=numbers.credit_code(rng),
        code=numbers.local_invoice_code(rng, city.province, began.year),
        number=numbers.invoice_number(rng),
        phone=f"{city.dialling}-0{numbers.digits(rng, 7)}",
        car=city.sign[1:] + rng.choice("TXDMU") + numbers.digits(rng, 4),
        driver=numbers.digits(rng, rng.choice((6, 8, 10))),
        began=began,
        ended=began + timedelta(minutes=minutes),
        per_km=per_km,
        distance=f"{distance}",
        waited=waited,
        fare=round(2 * fare) / 2 if rng.random() < 0.5 else float(round(fare)),
        fuel=float(rng.choice((0, 1, 1, 2, 3))),
        call=float(rng.choice((0, 0, 0, 4, 6))),
    )
