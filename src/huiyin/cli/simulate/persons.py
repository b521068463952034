"""Who asks: invented people. A number is of the shape 13x-0000-xxxx, a name a surname and a form of address."""

from typing import Final, NamedTuple

_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_FORMS: Final = ("女士", "先生", "阿姨", "大爷", "师傅", "女士", "先生", "同志")
_NUMBERS: Final = 10_000
_BUILDINGS, _ENTRANCES, _FLOORS, _DOORS = 17, 5, 16, 4


class Person(NamedTuple):
    """`floor` is where they live; `door` completes the exact address."""

    name: str
    phone: str
    building: int
    entrance: int
    floor: int
    door: int

    @property
    def address(self) -> str:
        return f"{self.building}号楼{self.entrance}单元{self.floor}{self.door:02d}室"


def person(number: int) -> Person:
    """The same number is always the same person."""
    mixed = number * 2_654_435_761 % 2**32
    form, rest = mixed % len(_FORMS), mixed // len(_FORMS)
    surname, rest = rest % len(_SURNAMES), rest // len(_SURNAMES)
    building, rest = rest % _BUILDINGS, rest // _BUILDINGS
    entrance, rest = rest % _ENTRANCES, rest // _ENTRANCES
    floor, rest = rest % _FLOORS, rest // _FLOORS
    return Person(
        name=_SURNAMES[surname] + _FORMS[form],
        phone=f"13{9 - number // _NUMBERS % 10}0000{number % _NUMBERS:04d}",
        building=building + 1,
        entrance=entrance + 1,
        floor=floor + 1,
        door=rest % _DOORS + 1,
    )
