"""What the blanks of a sentence are filled with, drawn only when a sentence asks."""

from random import Random
from typing import Final

from huiyin.cli.simulate.persons import Person

_DRAWN: Final = {
    "days": ("三天", "五六天", "快一周", "一个星期", "十来天", "半个月", "二十多天", "一个月", "一个多月", "两个月", "小半年"),
    "since": (
        "这几天", "从上周开始", "昨天晚上起", "最近", "前天开始", "从月初到现在", "这两周", "打上个礼拜起", "这阵子", "今天早上", "这一个月",
    ),
    "h": ("晚上十点多", "夜里十一点", "十一点半", "后半夜", "凌晨一点", "凌晨两点多", "半夜三点", "深夜"),
    "who": (
        "老人", "孩子", "家里老母亲", "刚满月的宝宝", "八十多岁的父亲", "坐轮椅的老伴", "上小学的孩子", "孕妇", "爷爷奶奶", "行动不便的老人", "我爱人", "两岁的孩子",
    ),
    "shop": (
        "一家小饭馆", "拐角那家面馆", "一家烤串店", "底商的便利店", "一家美发店", "新开的火锅店", "一家水果店", "二楼的健身房", "一家小超市", "门口的早点铺",
    ),
    "m": ("180", "360", "500", "680", "800", "1200", "1500", "1980", "2400", "3000", "3600", "4800", "5000", "6800", "8000", "12000"),
    "n": ("两", "三", "四", "五", "六", "七", "八"),
    "t": ("12", "13", "14", "14.5", "15", "15", "16", "16", "16.5", "17", "17"),
}  # fmt: skip


class Slots(dict[str, str]):
    """For `str.format_map`: the person's home is fixed, the rest is drawn. `p` is the place."""

    def __init__(self, rng: Random, who: Person, place: str) -> None:
        super().__init__(p=place, b=f"{who.building}号楼", u=f"{who.entrance}单元", f=str(who.floor))
        self._rng = rng

    def __missing__(self, key: str) -> str:
        return self._rng.choice(_DRAWN[key])
