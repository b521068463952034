"""Invented requests for the benches of `similar` and `topics`: places that do not exist, matters of the table, and traps.

An incident is a place and a matter, told by several people in words of their own. A trap is a copy of a request with the
name of the estate swapped, or another matter of the same place.
"""

import random
from collections.abc import Sequence
from typing import NamedTuple

from huiyin.language import tables

FIRST = "沐云锦翠瀚澜碧岚楠枫桦溪泓沁昱晟煦皓铭嵘棠蔚芷兰荷菱桐榆槿樾"
SECOND = "河庭绣湖海岸波山林叶影谷涛心阳景辉月城玉峰园风霞泽香舟塘岭荫"
THIRD = "东西南北中和平安福华里春秋泰宁"
ESTATES = ("小区", "家园", "花园", "苑", "公寓", "新村", "嘉园", "雅居小区", "国际城", "山庄")
ROADS = ("路", "大道", "街", "巷", "东路", "北路")
SCHOOLS = ("小学", "中学", "幼儿园")
TITLES = (
    "投诉{place}{word}",
    "{place}{word}谁来管",
    "反映{place}{word}的问题",
    "关于{place}{word}",
    "{place}{word}，求解决",
)
OPENINGS = ("尊敬的领导您好！", "领导你好，", "", "我是这里的业主，", "请有关部门看看，")
MIDDLES = (
    "{place}这边{word}已经很久了，{other}，大家意见很大。",
    "住在{place}的人都知道，{word}越来越严重，{other}。",
    "从去年开始，{place}门口就有{word}的情况，{other}，向物业反映过多次没有结果。",
    "{word}，{other}，老人孩子都受影响，{place}几百户人家怎么生活？",
    "每天晚上回到{place}都要面对{word}，{other}，打了好几次电话也没人来。",
)
ENDINGS = ("希望尽快处理。", "请给个答复。", "谢谢！", "盼望解决。", "到底归谁管？", "")


class Told(NamedTuple):
    text: str
    incident: int


def place(rng: random.Random) -> str:
    name = rng.choice(FIRST) + rng.choice(SECOND) + (rng.choice(THIRD) if rng.random() < 0.5 else "")
    return name + rng.choice(rng.choices((ESTATES, ROADS, SCHOOLS), (6, 3, 1))[0])


def matters() -> list[list[str]]:
    """The words of every matter that has enough of them to be told differently."""
    words = [[word for word in row["words"].split() if len(word) > 1] for row in tables.rows("matters")]
    return [found for found in words if len(found) > 3]


def tell(rng: random.Random, where: str, words: Sequence[str]) -> str:
    said = [rng.choice(words) for _ in range(5)]
    title = rng.choice(TITLES).format(place=where, word=said[0])
    body = "".join(
        part.format(place=where, word=said[at + 1], other=said[at + 2])
        for at, part in enumerate(rng.sample(MIDDLES, 2))
    )
    return f"{title}\n{rng.choice(OPENINGS)}{body}{rng.choice(ENDINGS)}"


def told(rng: random.Random, incidents: int, each: int) -> list[Told]:
    """Every incident several times; two incidents of three share their place with another one."""
    every = matters()
    where, found = "", []
    for incident in range(incidents):
        where = place(rng) if incident % 3 == 0 or not where else where
        words = every[(incident * 7 + incident % 3) % len(every)]
        found += [Told(tell(rng, where, words), incident) for _ in range(each)]
    return found
