"""The words before a colon, or alone as a heading, by which minutes name their parts."""

from __future__ import annotations

import re

_PARTS = {
    "unit": "(?:被点评|点评|发言|汇报)?单位(?:名称)?",
    "achievements": "(?:主要|突出|工作|特色|取得的?){0,2}(?:成绩|成效|亮点|优点|优势|做法|经验|进展|肯定)|[好优]的",
    "shortcomings": "(?:存在|主要|突出|面临|工作|的){0,3}(?:不足|问题|短板|差距|弱项|缺点|薄弱环节)|[差劣]的|不好的",
    "demands": "(?:下一步|工作|整改|会议|有关){0,2}(?:工作|要求|建议|措施|打算|计划|方向)",
    "task": "(?:督办|议定|任务|工作|交办){0,2}(?:事项|任务|议题|内容)",
    "details": "(?:主要|第一)?(?:责任|牵头|主办|协办|配合|承办)(?:单位|部门|人|领导)?"
    "|(?:完成|办理|办结|整改)(?:时限|时间|期限)|时限|期限",
    "head": "(?:会议)?(?:时间|日期|地点|主持|出席|参会|参加|列席|记录|议程|主题)(?:人员?|单位|领导)?",
}
_KINDS = "|".join(f"(?P<{kind}>{words})" for kind, words in _PARTS.items())
_TAIL = "(?:情况|方面|之处|地方|清单|内容)?"

LABEL = re.compile(rf"(?:{_KINDS}){_TAIL}(?:[：:]|(?<=方面|地方)[，,])\s*")
"""A label with its colon, or 好的方面， as people speak; `lastgroup` says which."""

HEADING = re.compile(rf"(?:{_KINDS}){_TAIL}")
"""The same as a whole heading, for `fullmatch`."""

INSIDE = re.compile(rf"(?<![^。；;，,、\s]){LABEL.pattern}")
"""A label anywhere in running text, after a mark or a space."""
