"""Personal names, only where a text introduces or addresses somebody: never a guess over running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from huiyin.language import jieba, tables
from huiyin.language.identifiers import PLATE

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|宇文|长孙|轩辕|南宫|西门|独孤|澹台|闻人"
_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付傅白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤欧温康施牛樊葛邢安齐"
    "洪乔赖萧尤毕祁费靳甄屈鲍隋柏闵柴饶刁瞿丘臧苟褚廉奚邸姬屠郜晏栾喻窦敖艾巩虞卞冼栗匡荆谌岑蔺晁邝缪骆佘谷"
    "庞伍殷颜倪庄聂章鲁岳翟申詹耿关兰焦俞柳甘祝鞠宁梅童游阮裴霍凌房舒柯邬滕穆蓝娄冉涂卓翁荣辛路管仇佟苗冷卜盛"
)
_ALSO_WORDS = "于方文易常季项左席曲"
# Hardly ever a name in running text, so only where a label says that a name follows.
_RARE = (
    "向纪华车查司时包米单尚符农解和水阴郁胥能苍双党成应宗丰明计伏经从连景全郗班仰秋仲伊宫习戚桑桂濮牟冀"
    "阳卫边吉古池晋苑简盖木燕郎谈迟花井练乐封楚沙储麦"
)
_CHAR = rf"(?![的副是给不及了都也又被把没去请谁我你您他她它对们这那总于在姓等太看]|{PLATE})[{_HAN}]"
_ANY_SURNAME = rf"(?:{_COMPOUND}|[{_COMMON}{_ALSO_WORDS}{_RARE}])"
_SURNAME = rf"(?:{_COMPOUND}|[{_COMMON}{_ALSO_WORDS}])"
_GIVEN = rf"(?!某)(?:{_CHAR}){{1,2}}?"
_HINTED_NAME = rf"{_SURNAME}(?:{_CHAR}){{1,2}}?"
_LABEL = "姓名|联系人|举报人|投诉人|反映人|反映者|来电人|来信人|申请人|申诉人|当事人|收件人|户主|房主|车主"
_OWN = "我叫|我名叫|我的名字叫|我的名字是|本人叫|名叫"
_ROLE = "市民|居民|业主|村民|住户|租户|家长|群众|网友|老人|职工"
_AFTER = rf"(?=[^{_HAN}*]|$|{PLATE}|[男女是住系在于现]|家住|联系|电话|手机|身份|性别|年龄|地址|今年)"
_TITLE = re.compile(
    "(?P<plain>先生|女士|小姐|太太)|阿姨|大[爷妈叔娘]|师傅|同志|老[师板]|医生|大夫|护士|律师|警官|法官"
    "|[副总大中]?(?:主任|书记|经理|[省市区县镇乡村局校园院所队站科处店厂会组社部]长)"
)
_INTRODUCED = re.compile(
    rf"(?:{_LABEL})[ \u3000]?:[ \u3000]?(?P<labelled>"
    rf"{_ANY_SURNAME}{_GIVEN}{_AFTER}|{_ANY_SURNAME}[ \u3000]{{1,2}}{_CHAR}{_AFTER}"
    rf"|{_ANY_SURNAME}(?!某)(?:{_CHAR}){{2}})"
    rf"|(?:{_OWN})(?:[: ,，]|是)?(?P<told>{_ANY_SURNAME}{_GIVEN}{_AFTER})"
    rf"|(?:{_LABEL}|{_OWN}|本人)(?:[: ]|是)?(?P<dotted>(?:{_CHAR}){{2,10}}+(?:[·•・](?:{_CHAR}){{1,10}}+){{1,3}})"
)
# Here anything may follow, so what is a word is no name: 我是高中生, 本人申请, 业主安全, 联系物业.
_HINTED = re.compile(
    rf"(?:{_LABEL}|本人(?:姓名)?)(?:[: ,，]|是)?(?P<own>{_ANY_SURNAME}{_GIVEN}){_AFTER}"
    rf"|(?:我|俺|这边)(?:就?是|系)(?:[^{_HAN}]|[^,，。；;！!？?\n我*]{{2,16}}?[的户主民])?"
    rf"(?P<am>{_HINTED_NAME})(?=[^{_HAN}*]|$|{PLATE}|[,，]|的|今年|家住|住在|现住)"
    rf"|(?:{_ROLE})(?P<role>{_HINTED_NAME})(?=[^{_HAN}*]|$|反映|来电|表示|家[住中里]|住在|投诉|举报|称|说|的)"
    rf"|(?:[^{_HAN}\d]|^|联系|找|问)(?P<beside>{_HINTED_NAME})"
    rf"(?=[(（,， :]{{0,2}}(?:的?(?:联系)?(?:电话|方式)|手机)?号?码?[:是为 ]{{0,2}}(?:\+?86)?[ -]?1[3-9*][\d*])"
    rf"|敬礼[!！。]?\s{{0,4}}(?P<signed>{_HINTED_NAME})(?=\s|$|\d)"
)
_ADDRESSED = re.compile(rf"(?!(?:{_COMPOUND})\Z)(?:{_COMPOUND}|[{_COMMON}]|[{_ALSO_WORDS}]){_GIVEN}")
_ASKED = "找请叫问"
_REACH = 4
_CONTEXT = 6
_GROUPS = re.compile(
    "[人户员者们局处科所院厂队站办会委部校区县镇乡村店组司]$|[小中大]学|先生|女士|老[伯人]|妇女|业主|某[^某]|^曾[于在经]|^谢谢|^任何"
)
_FUNCTION = frozenset(["d", "ad", "p", "c", "r", "t", "f", "m"])  # 马上要, 于去年
_VERB = frozenset(["v", "vn"])  # 管理费, but 李建设
_WORDS = frozenset(row["word"] for row in tables.rows("not_names"))  # the dictionary takes these for names


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, one way of naming after the other; the same name may be found by several."""
    yield from _introduced(text)
    yield from _hinted(text)
    yield from _addressed(text)


def _introduced(text: str) -> Iterator[tuple[int, int]]:
    for match in _INTRODUCED.finditer(text):
        yield match.span(match.lastgroup or 0)


def _hinted(text: str) -> Iterator[tuple[int, int]]:
    for match in _HINTED.finditer(text):
        group = match.lastgroup or 0
        if not _is_word(match[group]):
            yield match.span(group)


def _addressed(text: str) -> Iterator[tuple[int, int]]:
    """The longest name right before a form of address."""
    for title in _TITLE.finditer(text):
        end = title.start()
        for start in range(max(0, end - _REACH), end - 1):
            if _ADDRESSED.fullmatch(text, start, end) and not _splits_a_word(text, start):
                name = text[start:end]
                if not _joins(name) and (title["plain"] or not _is_word(name)):
                    yield start, end
                break


def _splits_a_word(text: str, start: int) -> bool:
    """Whether a dictionary word runs over this place: 过|程中法官, 班主|任张老师."""
    at = max(0, start - _CONTEXT)
    for word in jieba.cut(text[at : start + 2]):
        if at < start < at + len(word):
            return word[0] not in _ASKED and jieba.has_word(word)
        at += len(word)
    return False


def _joins(name: str) -> bool:
    """Whether a surname that is also a word is one here: 于|李先生, 常|说话, 方便|老."""
    first, *rest = jieba.cut(name)
    if name[0] not in _ALSO_WORDS or not rest:
        return False
    return _is_listed(first) or _is_listed(rest[0]) or len(name) == 2  # noqa: PLR2004 - two words of one character


def _is_word(name: str) -> bool:
    """Whether this is a common word or the name of a group rather than a person's."""
    if not name[1:].strip("某"):
        return False
    if name in _WORDS or _GROUPS.search(name):
        return True
    (first, tag), *rest = jieba.tag(name)
    if not rest:
        return jieba.has_word(name) and not tag.startswith("nr")
    second, kind = rest[0]
    return (_is_listed(first) and tag in _FUNCTION | _VERB) or (_is_listed(second) and kind in _FUNCTION)


def _is_listed(word: str) -> bool:
    """Whether a word is the dictionary's own, not a guess at what it does not know."""
    return len(word) > 1 and jieba.has_word(word)
