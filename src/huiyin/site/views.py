"""The style guide: every component in one place, only in DEBUG."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone


@dataclass
class Sample:
    ring: str
    title: str
    category: str
    area: str
    due_at: datetime | None = None
    state_label: str = ""
    lead: str = ""
    url: str = "#"
    number: str = "MH-2611-04817"

    @property
    def is_late(self) -> bool:
        return "3" in self.ring


@dataclass
class Entry:
    stage: str
    label: str
    at: datetime | None = None
    actor_label: str = ""
    text: str = ""
    tone: str = ""


@dataclass
class Tag:
    label: str
    tone: str = ""


class SampleForm(forms.Form):
    text = forms.CharField(
        label="您想反映什么？",
        help_text="时间、地点、发生了什么。不用写姓名。",
        widget=forms.Textarea({"rows": 4, "placeholder": "昨晚开始家里只有 15 度……"}),
    )
    phone = forms.CharField(label="联系电话", widget=forms.TextInput({"data-private": ""}))
    area = forms.ChoiceField(label="在哪个小区？", required=False, choices=[("", "请选择"), ("a", "东里小区")])
    photo = forms.FileField(label="照片", required=False)
    solved = forms.ChoiceField(
        label="问题解决了吗？", widget=forms.RadioSelect, choices=[("1", "解决了"), ("0", "没有解决")]
    )
    open = forms.BooleanField(label="可以公开（去掉个人信息）", required=False)


def samples(now: datetime) -> list[Sample]:
    def hours(count: float) -> datetime:
        return now + timedelta(hours=count)

    return [
        Sample("1130", "井盖缺失，路边没有围挡", "市容环卫", "清源路", hours(-2.1), "办理中"),
        Sample("1120", "东里小区 3 号楼暖气不热，家有老人", "供暖 / 室温不达标", "东里小区", hours(23.7), "办理中"),
        Sample("1200", "小学门口早高峰乱停车", "停车与交通", "实验小学", None, "待签收"),
        Sample("1120", "南里 5 号楼电梯三天没修", "物业管理", "南里", hours(55), "办理中"),
        Sample("1112", "楼道堆物已清，待回访", "公共安全", "北里", None, "回访 2/3"),
        Sample("2000", "工地夜里两点还在施工", "施工与噪声", "地铁口", None, "刚收到"),
        Sample("1113", "垃圾桶满冒没人收", "市容环卫", "西巷", hours(-50), "待回访"),
        Sample("1111", "路灯修好了", "市政", "河沿路", None, "居民：解决了"),
    ]


def entries(now: datetime) -> list[Entry]:
    return [
        Entry("collect", "您在手机上提交", now - timedelta(hours=3), "网上"),
        Entry("assign", "派给清源街道", now - timedelta(hours=2.9), "派单员", "依据《派单目录》3.1，沐河热力协办。"),
        Entry("assign", "清源街道签收", now - timedelta(hours=2), "清源街道"),
        Entry("answer", "正在办理：师傅今天 14:00-16:00 上门", None, "应于明天 08:16 前答复", tone="now"),
        Entry("evaluate", "办完由您说了算", tone="todo"),
    ]


SHAPE: dict[str, Any] = {
    "kind": "line",
    "unit": "%",
    "x": ["7月", "8月", "9月", "10月", "11月"],
    "series": [
        {"name": "解决率", "data": [91.2, 92.8, None, 94.1, 94.8]},
        {"name": "去年同期", "data": [90.1, 90.4, 91.0, 91.7, 92.2], "soft": True},
    ],
}
PLACES = [
    ("清源街道", "street", 39.91, 116.32),
    ("河沿街道", "street", 39.93, 116.38),
    ("东里小区", "estate", 39.905, 116.33),
]
GROUND: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": name, "kind": kind},
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for name, kind, lat, lon in PLACES
    ],
}


def styleguide(request: HttpRequest, page: str = "components") -> HttpResponse:
    now = timezone.now()
    cases = samples(now)
    context = {
        "cases": cases,
        "case": cases[1],
        "entries": entries(now),
        "form": SampleForm({"text": "", "phone": "138", "solved": "1"}),
        "tags": [Tag("写了谁来办", "ok"), Tag("写了时间", "ok"), Tag("1 句官话", "late"), "供暖", Tag("临期", "warn")],
        "rings": ["0000", "2000", "1200", "1120", "1130", "1112", "1113", "1111"],
        "wall": [cases[(i * 7 + 3) % len(cases)].ring if i % 3 else "1111" for i in range(96)],
        "chart": SHAPE,
        "ground": GROUND,
        "progress": reverse("styleguide_progress"),
    }
    return render(request, f"site/styleguide_{page}.html" if page != "components" else "site/styleguide.html", context)


def progress(request: HttpRequest) -> HttpResponse:
    whole = 100
    percent = min(int(request.GET.get("percent", "42")) + 7, whole)
    again = f"{reverse('styleguide_progress')}?percent={percent}"
    context = {"url": again, "percent": percent, "label": "正在导入 12,031 行", "done": percent == whole, "then": "#"}
    return render(request, "site/components/progress.html", context)
