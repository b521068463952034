"""Who speaks at the start of a sentence, and on what: 关于下一步重点工作,某某强调,要……"""

from __future__ import annotations

import re
from typing import NamedTuple

from huiyin.language import speakers


class Opening(NamedTuple):
    """The speaker as named ("" for 他 and 并强调: the one before), what it is about, and where the words begin.

    `firm` where all that follows is demanded (强调, 要求), not only told (表示, 指出).
    """

    speaker: str
    about: str
    start: int
    firm: bool


_FIRM = "强调|要求|部署|明确|议定|决定|指示|责成|叮嘱|嘱咐"
_TOLD = "指出|表示|提出|谈到|认为|说|讲"
_LIST = (
    "(?:如下|以下)?(?:[\\d一二两三四五六七八九几]{1,3}[个点项条])?(?:事项|意见|要求|内容|工作|指示|说|指出|讲话)?"
    "(?:纪要|通知)?(?:如下|有)?"
)
_IN = "[^，,：:。；;]"
_SAID = re.compile(rf"(?P<who>{_IN}{{0,30}}?)(?:(?P<firm>{_FIRM})|{_TOLD}){_LIST}(?=[，,：:])")
_ASKED = re.compile(
    rf"(?P<who>{_IN}{{0,24}}?)(?P<firm>要求|责成)(?=各|全[区市县体]|区|有关|相关|街[镇道]|部门|主管|抓紧|加[快强])"
)
_ON = re.compile(
    rf"(?P<who>{_IN}{{1,24}}?)(?:就|对|围绕)(?P<about>{_IN}{{2,40}}?)(?:(?:进行|(?<!工)作|提)了?出?"
    r"(?:专门|全面|具体|明确|再|统一|了|[\d一二三四五六几][点个项]){0,2}(?:部署|安排|强调|要求|动员|意见)|强调|要求)(?P<firm>)"
    r"[，,。：:]?(?:他|她)?(?:并|还)?(?:要求|强调|指出)?[，,：:]?"
)
_TURN_TO = re.compile(r"(?P<who>[^，,：:。；;]{2,30}?)(?:小结|总结|点评|发言|讲话|表态)?(?=[：:])")
_ABOUT = re.compile(r"(?:关于|围绕|针对|聚焦|对于|就|在?谈[到及]|在?部署)(?P<about>.{2,60}?)(?:方面|问题)?时?")
_HEADED = re.compile(
    rf"(?P<who>.{{0,24}}?)的?(?:总结|点评|重要|主持|工作|会议|主要|有关){{0,2}}(?:(?P<speech>讲话|强调)|{_FIRM}|安排|交办|督办)"
    "(?:事项|要点|要求|内容|精神|摘要|意见|决定|情况)?(?:如下)?"
)
_ELSEWHERE = re.compile(
    "(?:点评|考核|通报|汇报|审议|传达|参会|出席|基本)(?:情况|人员|单位|内容)?$|^(?:听取|审议|学习|传达|点评)"
)
_GENERAL = re.compile("(?:对?下一?步|近期|当前|重点|有关|会议){0,3}")
_ATTENDED = "(?:领导|负责人|负责同志|班子|成员|主任|书记|主席|代表|人员|单位)"
_CLOSES = re.compile(
    r"^(?:散会|会上还?|会前|会后|会议(?:还|以|由|期间|结束|听取|通报|审议|传达|学习|研究|召开|采[用取]))"
    rf"|{_ATTENDED}.{{0,60}}(?:参加|参会|出席|列席|陪同)(?:会议|活动|调研)?[。！”]*$"
)
_TELLS = re.compile(r"^(?:随后|目前|当[天日]|[近今]日|据了解|截至|区领导|记者|在.{2,16}过程中)")
_COLON = re.compile("[：:]")
_CLAUSES = 3
_FAR = 200


def opening(sentence: str) -> Opening | None:
    """Who begins to speak in the first clauses of a sentence."""
    at, about = 0, ""
    for clause in re.split(r"(?<=[，,：:])", sentence[:_FAR])[:_CLAUSES]:
        for form in (_SAID, _ASKED, _ON, _TURN_TO):
            found = form.match(sentence, at)
            speaker = speakers.speaker(found["who"], bare=form in {_SAID, _ON}) if found else None
            if found and speaker is not None:
                said = sentence[found.end() :].lstrip("，,：: ")
                if said or speaker:  # 并作了部署。 tells, and says nothing
                    topic = found.groupdict().get("about") or about
                    return Opening(speaker, topic, len(sentence) - len(said), found.groupdict().get("firm") is not None)
        subject = _ABOUT.fullmatch(clause.strip("，,：: "))
        about = subject["about"] if subject else about
        at += len(clause)
    return None


def headed(heading: str) -> str | None:
    """The speaker of a part of minutes by its heading: 区长某某讲话要点; 会议 where it names none."""
    match = _HEADED.fullmatch(heading)
    if not match:
        titled = None if _COLON.search(heading) else speakers.titled(heading)
        return titled["name"] if titled else None
    if _GENERAL.fullmatch(match["who"]):
        return "会议"
    return speakers.speaker(match["who"], bare=match["speech"] is not None)


def elsewhere(heading: str) -> bool:
    """Whether a heading leads to what nobody demands: reviews, reports heard, attendance."""
    return _ELSEWHERE.search(heading) is not None


def closes(sentence: str) -> bool:
    """Whether a sentence tells of the meeting instead of what was said at it."""
    return _CLOSES.search(sentence) is not None


def narrates(sentence: str) -> bool:
    """Whether a sentence ends a speech: it tells of the meeting, or of what happened."""
    return closes(sentence) or _TELLS.match(sentence) is not None
