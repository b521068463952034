"""Reasons as they are drafted: what everybody will read, to be worded by a person before the company is told."""

from decimal import Decimal

from huiyin.standing.choices import Listed, Part
from huiyin.standing.models import Entry

_ZH = {
    Part.VOLUME: "每百户诉求量", Part.RESOLUTION: "诉求解决率", Part.REPEAT: "重复诉求率", Part.INSPECTION: "日常检查",
    Part.DUTY: "履职检查", Part.OWNERS: "业主评价",
}  # fmt: skip
_NAMED = 2


def reasons_of(entry: Entry, of: int) -> str:
    """In Chinese, the language of the list: place and score, then the parts that decided, deductions, a veto."""
    told = [f"综合得分 {entry.score}，{of} 家中第 {entry.rank} 名" if entry.score is not None else "未计分"]
    parts = [part for part in entry.parts if part["score"] is not None]
    parts.sort(key=lambda part: Decimal(part["score"]), reverse=entry.listed == Listed.RED)
    told += [f"{_ZH[Part(part['code'])]}得分 {part['score']}" for part in parts[:_NAMED]]
    told += [f"扣 {one['points']} 分：{one['note']}" for one in entry.deductions]
    if entry.veto:
        told.append(f"一票否决：{entry.veto}")
    return "；".join(told) + "。"
