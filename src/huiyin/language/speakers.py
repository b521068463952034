"""People and bodies as a report names who speaks: 区委书记某某, 区长, 会议, 他."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

OFFICE = (
    "书记|[区市县镇乡]长|主任|局长|常委|部长|主席|院长|秘书长|组长|委员|负责人|负责同志|同志|经理|董事长|所长|处长|科长|队长"
    "|代表|主持人|领导|站长|理事长"
)
_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"(?P<name>{_HAN}{{2,4}}|{_HAN}{{1,6}}·{_HAN}{{1,8}})(?:同志)?"
_BARE = re.compile(_NAME)
_TITLED = re.compile(rf".*(?:{OFFICE}){_NAME}")
_NAME_FIRST = re.compile(rf"(?P<name>(?:(?![区市县委局办镇乡村部副正党主分各]){_HAN}){{2,3}}?)(?:常务)?副?(?:{OFFICE})")
_OFFICE_ALONE = re.compile(rf".*(?:{OFFICE})")
_MEETING = re.compile(r".{0,8}(?:会议?|全会)|区[委政]府?(?:区政府)?")
_PRONOUN = ("", "他", "她", "其", "他们")
_BEFORE = re.compile("^(?:现将|会上|会议最后|最后|随后|期间|同时|并|还|又|就此|对此|接着|其中){1,3}")
_BEHIND = re.compile(
    "(?:在.{0,12}[时中上]|会上|(?:总结|主持|重要)?讲话[中时]|总结时|点评时|最后|同时|还|也|又|再次|进一步|特别|着重|反复|现场|逐一"
    "|就此|对此|当场|分别|明确|指出|强调|并){1,4}$"
)
_NOBODY = re.compile(
    "(?:文件|通知|方案|报告|意见|条例|规定|办法|通报|规划|批示|讲话|精神|标准|数据|结果|调查|研究|实践|法律?|政策|制度|协议"
    "|公约|合同)$"
    "|^(?:按照?|根据|依照?|严格|认真|全面|落实|执行|贯彻|符合|达到|高度|提高|反复|一致|具体|工作|统一|有关|相关|安全|任务"
    "|明确|硬性|总体|质量|时限|各|要|应|须|必须|务必|不|没|再|已|将|对|把|以|从|据|如|若|这|那|该|此|多次|一再|特别|着重"
    "|居民|村民|市民|业主|商户|网友|群众|大家|我|也就|总的|总体|简单|一般|通俗|可以|或者|换句)"
)
_LONGEST = 24
_NO_NAME = re.compile("点评|讲话|总结|发言|主持|会议|工作|部署|要求|办公|意见|名单|职责|一行")
_ACTS = re.compile(
    rf"(?:{OFFICE})(?P<name>{_HAN}{{2,3}}?)"
    "(?=到|在|赴|带[队领]|率|对|主持|深入|前往|一行|出席|作[了出]?[讲点总部]|就|实地|现场|检查|调研|走访|听取)"
)


def speaker(who: str, *, bare: bool) -> str | None:
    """A name without its office, an office or body without a name, "" for the one who spoke before; None for nobody.

    `bare`: a name needs no office, as before 强调.
    """
    who = _BEHIND.sub("", _BEFORE.sub("", who.strip()))
    if who in _PRONOUN:
        return "" if bare else None
    if _NOBODY.search(who):
        return None
    name = _NAME_FIRST.fullmatch(who)
    if not name and (_MEETING.fullmatch(who) or _OFFICE_ALONE.fullmatch(who)):
        return who
    name = name or titled(who) or (_BARE.fullmatch(who) if bare else None)
    return name["name"] if name else None


def titled(text: str) -> re.Match[str] | None:
    """A text that is an office and then a `name`."""
    found = _TITLED.fullmatch(text)
    return None if found and _NO_NAME.match(found["name"]) else found


def subject(sentence: str, known: Container[str]) -> str:
    """Of whom a sentence tells, so that 他强调 after it has a name: somebody with an office, or known already."""
    acts = _ACTS.search(sentence)
    if acts:
        return acts["name"]
    return next((sentence[:size] for size in range(_LONGEST, 1, -1) if sentence[:size] in known), "")
