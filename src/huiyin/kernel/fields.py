"""What a move records, field by field: label and how a form asks for it. Forms are derived from this and the table."""

from typing import Literal, NamedTuple

Widget = Literal[
    "text",
    "long",
    "date",
    "datetime",
    "bool",
    "unit",
    "units",
    "account",
    "category",
    "area",
    "choice",
    "pictures",
    "parts",
    "promises",
]


class Field(NamedTuple):
    zh: str
    en: str
    widget: Widget = "long"
    choices: tuple[tuple[str, str, str], ...] = ()


_ROUTES = (
    ("emergency", "紧急电话 110/119/120/122", "Emergency numbers"),
    ("statutory", "诉讼、仲裁、复议、信访等法定途径", "A statutory channel"),
    ("known", "同一事项正在办理或已办结", "Same matter under way or closed"),
    ("secret", "涉及秘密或隐私", "Secrets or privacy"),
    ("outside", "不属于政府职责，可走市场或社会渠道", "Outside any unit's duty"),
    ("unlawful", "违反法律或公序良俗", "Unlawful or against public order"),
)
_WHISTLES = (
    ("hard", "街乡难以独立解决的群众诉求", "What a street cannot solve alone"),
    ("joint", "联合执法", "Joint law enforcement"),
    ("emergency", "应急处置", "Emergency"),
)
_OUTCOMES = (
    ("no_answer", "无人接听", "No answer"),
    ("busy", "占线", "Busy"),
    ("wrong_number", "号码有误", "Wrong number"),
    ("refused", "拒绝回访", "Refused"),
    ("sms", "已发短信请其评价", "Text message sent"),
)
_SATISFACTION = (
    ("satisfied", "满意", "Satisfied"),
    ("basic", "基本满意", "Basically satisfied"),
    ("dissatisfied", "不满意", "Not satisfied"),
)
_LIGHTS = (("green", "绿", "Green"), ("yellow", "黄", "Yellow"), ("red", "红", "Red"))
_LISTS = (
    ("project_pool", "民生项目池", "Livelihood project pool"),
    ("monthly_topic", "每月一题", "Monthly topic"),
    ("long_list", "长期清单", "Long-term list"),
)

_SCORES = (("good", "好", "Good"), ("fair", "一般", "Fair"), ("poor", "差", "Poor"))

FIELDS: dict[str, Field] = {
    "action": Field("做了什么", "What was done"),
    "address": Field("详细地址", "Exact address", "text"),
    # Not “matches”: an input of that name would hide `matches()` of its form from the page's own scripts.
    "agrees": Field("与反馈相符", "Matches the reply", "bool"),
    "area": Field("辖区/点位", "Area", "area"),
    "arrive_by": Field("到场时限", "Arrive by", "datetime"),
    "arrived_at": Field("到场时间", "Arrived at", "datetime"),
    "assignee": Field("经办人", "Handler", "account"),
    "at": Field("时间", "Time", "datetime"),
    "attachments": Field("图片", "Pictures", "pictures"),
    "basis": Field("依据", "Legal basis", "text"),
    "called": Field("呼叫单位", "Units called", "units"),
    "catalogue": Field("目录项", "Catalogue item", "text"),
    "category": Field("类别", "Category", "category"),
    "category_of_reason": Field("剔除理由类别", "Kind of reason", "text"),
    "channel": Field("渠道", "Channel", "text"),
    "copies": Field("抄送单位", "Copied to", "units"),
    "confidential": Field("保密", "Confidential", "bool"),
    "contacted": Field("是否联系", "Did the unit contact you?", "bool"),
    "distance_m": Field("距点位（米）", "Distance from the point (m)", "text"),
    "due_at": Field("期限", "Due", "datetime"),
    "evidence": Field("证据", "Evidence"),
    "helpers": Field("协办单位", "Helping units", "units"),
    "kind": Field("诉求类型", "Kind of request", "choice"),
    "knowledge": Field("知识条目", "Knowledge item", "text"),
    "law": Field("法律依据", "Law", "text"),
    "lead": Field("主办单位", "Lead unit", "unit"),
    "light": Field("亮灯", "Light", "choice", _LIGHTS),
    "list": Field("清单", "List", "choice", _LISTS),
    "means": Field("评价方式", "Means", "text"),
    "minutes": Field("会商纪要", "Minutes"),
    "next_at": Field("下次回访时间", "Next attempt", "datetime"),
    "next_report_on": Field("下次报告日期", "Next report on", "date"),
    "number": Field("关联诉求", "Related case", "text"),
    "note": Field("备注", "Note"),
    "parent": Field("主诉求编号", "Parent case", "text"),
    "parts": Field("各单位分工与时限", "Parts and their dates", "parts"),
    "outcome": Field("结果", "Outcome", "choice", _OUTCOMES),
    "person": Field("姓名", "Name", "text"),
    "phone": Field("电话", "Phone", "text"),
    "place": Field("地点", "Place", "text"),
    "plan": Field("计划", "Plan"),
    "promises": Field("答复里的承诺", "Promises in the reply", "promises"),
    "reason": Field("理由", "Reason"),
    "rated": Field("评价单位", "Unit rated", "unit"),
    "result": Field("结果", "Result"),
    "route": Field("途径", "Route", "choice", _ROUTES),
    "satisfaction": Field("是否满意", "Satisfied?", "choice", _SATISFACTION),
    "score": Field("评分", "Score", "choice", _SCORES),
    "solved": Field("是否解决", "Is it solved?", "bool"),
    "text": Field("内容", "Text"),
    "title": Field("标题", "Title", "text"),
    "told_resident": Field("已告知居民", "The resident has been told", "bool"),
    "trace": Field("期限推算", "How the date came about", "text"),
    "until": Field("延到", "Until", "datetime"),
    "urgency": Field("紧急程度", "Urgency", "choice"),
    "version": Field("版本", "Version", "text"),
    "where": Field("去哪里办", "Where to go", "text"),
    "whistle_kind": Field("吹哨类型", "Kind of whistle", "choice", _WHISTLES),
}
# Recorded by doors, never asked for in a form of a move.
FROM_DOORS = ("source", "source_id", "lat_e3", "lon_e3", "parts", "copies", "distance_m", "means", "promises")
