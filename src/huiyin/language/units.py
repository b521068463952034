"""Names of units at the start of a sentence: streets, towns, bureaus, commissions, companies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from huiyin.language.sentences import sentences, split

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_H = r"[\u4e00-\u9fff]"
_AREA = "街道|地区|镇|乡|新区|开发区|园区|景区|商务区"
_OFFICE = (
    "管理?委(?:员?会)?(?!员)|管理局|管理处|办事处|服务中心|党工委|办公室|委员会|联合会|红十字会|工会|妇联|残联|团委"
    "|局|委(?![员托派任])|办(?![理公事好结件学中])|中心|支队|大队|总队|公司|集团|法院|检察院|医院|督查室|工作部|宣传部|组织部|统战部|武装部|政法委"
)
_LONGER = f"(?:{_OFFICE})?"
_NAMES = (
    rf"{_H}{{1,10}}?(?:{_AREA}){_LONGER}",
    rf"[区市县](?:委|政府)?{_H}{{1,12}}?(?:{_OFFICE})",
    rf"{_H}{{2,12}}?(?:管委会|办事处|公司|集团|中心|支队|大队|医院|社区|村)",
)
_VERBS = (
    "存在|还有?|仍|不足|问题|推进|推动|加快|加强|加大|完善|强化|提升|提高|聚焦|坚持|深化|落实|抓好|抓实|做好|做实|开展|打造|建成|建立|创新|持续|积极|扎实|全面|着力|深入|大力|全力"
    "|统筹|优化|牵头|指导|组织|实施|整治|改造|启动|围绕|针对|通过|结合|依托|充分|有效|切实|进一步|率先|不断|认真|严格|主动|解决|完成|实现|营造|服务|保障|盘活"
    "|要|会|对|在|以|把|将|按|各|全|该|本|并|同|与|但|从|向|为|由|有关|相关|多个|其他|区长|区委书记|区委区"
)
# 镇 and 乡 also end common words.
_NO_NAME = re.compile(rf"(?:{_VERBS})|{_H}?(?:城镇|乡镇|街镇)|老旧|背街|沿街|主街")
_NAME = re.compile("|".join(f"(?:{name})" for name in _NAMES))
_LED = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}[是、]|(?:首先|其次|最后|先|再|接着|然后)[说讲看是]?|对于?|关于|在?点评)?"
)
_NOT_OPENED = re.compile(
    r"[、和与及等的要应须需]|以及|牵头|负责|会同|配合|务必|必须|(?:主要|党政|分管)?(?:负责|书记|主任|局长|领导|班子)|(?:代表)?(?:分别|依次|先后|作了?|进行){0,3}了?(?:发言|汇报|表态|述职|参会|参加)"
    r"|(?:相关|有关|主要)(?:人员|同志)"
)
_HEARD = re.compile(
    r"(?:等?[\d一二三四五六七八九十]{1,4}[个家])?(?:单位|部门|街镇|街道)?(?:的?(?:党政)?(?:主要)?负责(?:同志|人))?"
    r"(?:分别|依次|先后|逐一|现场){0,2}(?:就\w{2,12})?(?:进行|作)?了?(?:检讨|交流|表态|典型|书面)?(?:发言|汇报|表态|述职|交流)"
)
_JOINED = re.compile("(?<=...)(?:以及|[和及与])")
_LONGEST = 20


def is_unit(text: str) -> bool:
    """Whether the text is the name of one unit and nothing else."""
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None and not _NO_NAME.match(text)


def listed(text: str) -> set[str]:
    """Units that a sentence lists as heard: A、B、C依次发言."""
    found: set[str] = set()
    for sentence in sentences(text):
        heard = _HEARD.search(sentence)
        parts = split(sentence[: heard.start()], "、，,：:") if heard else []
        found.update(name for part in parts for name in _apart(part) if is_unit(name))
    return found


def _apart(names: str) -> Iterator[str]:
    """A和B as two where A is a unit; 区文化和旅游局 is one."""
    start = 0
    for joint in _JOINED.finditer(names):
        if is_unit(names[start : joint.start()]):
            yield names[start : joint.start()]
            start = joint.end()
    yield names[start:]


def opening(sentence: str, known: Container[str] = ()) -> tuple[str, str] | None:
    """The unit that a sentence begins with and is about, and what it says of it; a known name before a likely one."""
    led = _LED.match(sentence)
    rest = sentence[led.end() :] if led else sentence
    name = next((rest[:size] for size in range(_LONGEST, 1, -1) if rest[:size] in known), None) or _likely(rest)
    if name is None:
        return None
    said = rest[len(name) :]
    return None if _NOT_OPENED.match(said) else (name, said.lstrip("：:，,。 "))


def _likely(text: str) -> str | None:
    match = _NAME.match(text[:_LONGEST])
    return match.group() if match and not _NO_NAME.match(text) else None
