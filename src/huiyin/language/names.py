"""Personal names, only where a text introduces or addresses somebody: never a guess over running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PLATE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Za-zＡ-Ｚａ-ｚ]"
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|宇文|长孙|轩辕|南宫|西门|独孤|澹台|闻人"
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付傅白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤欧温康施牛樊葛邢安齐"
    "庞伍殷颜倪庄聂章鲁岳翟申詹耿关兰焦俞柳甘祝鞠宁梅童游阮裴霍凌房舒柯邬滕穆蓝娄冉涂卓翁荣辛路焦管仇佟苗冷卜盛"
)
_RARE = "于方向华文季常车查司时左包米单尚符农左解和水阴郁胥能苍双党成应宗丰明计伏经从连景全郗班仰秋仲伊宫习戚桑桂濮牟冀"
_CHAR = rf"(?!{PLATE})[{_HAN}]"
_GIVEN = rf"(?!某)(?:{_CHAR}){{1,2}}?"
_LABEL = "姓名|联系人|举报人|投诉人|反映人|反映者|来电人|来信人|申请人|申诉人|当事人|收件人|户主|房主"
_OWN = "我叫|我名叫|我的名字叫|我的名字是|本人叫|本人姓名|本人|名叫"
_AFTER = rf"(?=[^{_HAN}*]|$|{PLATE}|[男女是住系在于现]|家住|联系|电话|手机|身份|性别|年龄|地址|今年)"
_TITLE = re.compile("先生|女士|小姐|太太|阿姨|大[爷妈叔娘]|师傅|同志")
_INTRODUCED = re.compile(
    rf"(?:{_LABEL})[ \u3000]?[：:][ \u3000]?(?P<labelled>"
    rf"(?:{_COMPOUND}|[{_COMMON}{_RARE}]){_GIVEN}{_AFTER}|(?:{_COMPOUND}|[{_COMMON}{_RARE}])(?!某)(?:{_CHAR}){{2}})"
    rf"|(?:{_LABEL}|{_OWN})(?:[：: ，]|是)?(?P<told>(?:{_COMPOUND}|[{_COMMON}{_RARE}]){_GIVEN}{_AFTER})"
    rf"|(?:{_LABEL}|{_OWN})(?:[：: ]|是)?(?P<dotted>(?:{_CHAR}){{2,10}}+(?:[·•・](?:{_CHAR}){{1,10}}+){{1,3}})"
)
_ADDRESSED = re.compile(rf"(?:{_COMPOUND}|[{_COMMON}])(?!某)(?:{_CHAR}){{1,2}}")
_REACH = 4


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, from left to right."""
    at = 0
    for start, end in sorted([*_introduced(text), *_addressed(text)]):
        if start >= at:
            at = end
            yield start, end


def _introduced(text: str) -> Iterator[tuple[int, int]]:
    for match in _INTRODUCED.finditer(text):
        yield match.span(match.lastgroup or 0)


def _addressed(text: str) -> Iterator[tuple[int, int]]:
    """The longest name right before a form of address."""
    for title in _TITLE.finditer(text):
        end = title.start()
        for start in range(max(0, end - _REACH), end - 1):
            if _ADDRESSED.fullmatch(text, start, end):
                yield start, end
                break
