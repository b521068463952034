"""Plain messages and hotline exports for the benches: the same people and places, without a life after arrival."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
import polars as pl
import xlsxwriter  # type: ignore[import-untyped]  # ships no annotations
from django.utils import timezone

from huiyin.assign.domain import plan_for
from huiyin.cli.simulate import hours, words
from huiyin.cli.simulate.requesting import Request, request
from huiyin.cli.simulate.run import SEED, story_rng
from huiyin.cli.simulate.world import World, load_world
from huiyin.cli.simulate.year import draw_year
from huiyin.collect.domain import Message

MOST_ROWS_OF_A_SHEET: Final = 1_048_575
_KINDS: Final = {"consult": "咨询", "help": "求助", "complaint": "投诉", "report": "举报", "suggestion": "建议"}
_CHANNELS: Final = {
    "phone": "电话", "wechat": "微信", "app": "APP", "web": "网站", "grid": "网格", "sms": "短信", "visit": "走访",
}  # fmt: skip
_SATISFACTION: Final = ("满意", "满意", "满意", "满意", "基本满意", "不满意")
# domain.md 3.9, in its order.
COLUMNS: Final = (
    "工单编号", "工单类型", "来电时间", "办结时间", "来电人", "电话/账号", "来电类别", "受理渠道", "来电主体",
    "标题", "主要内容", "一级问题分类", "二级问题分类", "三级问题分类", "标签", "被反映区", "被反映街乡镇",
    "村/社区", "小区点位", "企业名称", "主办单位", "二级承办单位", "处理受理方式", "办理结果", "回复内容", "状态",
    "是否联系", "是否解决", "是否满意", "是否有效回访",
)  # fmt: skip


def messages(n: int, seed: int = SEED, until: datetime | None = None) -> Iterator[tuple[Message, datetime]]:
    """`n` messages of a year as they arrive, with their times. The district must be loaded."""
    for one in _requests(load_world(), n, seed, until):
        yield one.message, one.seed.at


def write_export(path: Path | str, n: int, seed: int = SEED, until: datetime | None = None) -> Path:
    """An export of a hotline, `n` rows, as .csv (UTF-8 with BOM), .xlsx or .parquet. The district must be loaded.

    Raises ValueError for another ending, or for more rows than a sheet holds.
    """
    path, world, until = Path(path), load_world(), until or timezone.now()
    rows = (_row(one, world, seed, until) for one in _requests(world, n, seed, until))
    match path.suffix:
        case ".xlsx" if n > MOST_ROWS_OF_A_SHEET:
            raise ValueError(f"A sheet holds {MOST_ROWS_OF_A_SHEET:,} rows; write .csv or .parquet for {n:,}.")
        case ".xlsx":
            _write_sheet(path, rows)
        case ".csv":
            _frame(rows).write_csv(path, include_bom=True)
        case ".parquet":
            _frame(rows).write_parquet(path)
        case _:
            raise ValueError(f"An export ends in .csv, .xlsx or .parquet, not in {path.suffix or path.name!r}.")
    return path


def _requests(world: World, n: int, seed: int, until: datetime | None) -> Iterator[Request]:
    year = draw_year(world, n, until or timezone.now(), np.random.default_rng(seed))
    for one in year.seeds():
        yield request(one, world, story_rng(seed, one.number))


def _row(one: Request, world: World, seed: int, until: datetime) -> tuple[str, ...]:
    message, topic, place, at = one.message, one.topic, one.place, one.seed.at
    rng = story_rng(seed + 1, one.seed.number)
    plan = plan_for(
        {
            "category": topic.code,
            "area": place.code,
            "urgency": topic.urgency,
            "channel": message.channel,
            "kind": one.kind,
        },
        at,
    )
    lead = world.units[plan.lead] if plan else ""
    closed = at + timedelta(hours=rng.lognormvariate(3.5, 0.8))
    cells = {
        "工单编号": f"RX{hours.local(at):%y%m%d}{one.seed.number:07d}",
        "工单类型": _KINDS[one.kind],
        "来电时间": _time(at),
        "来电人": message.person,
        "电话/账号": message.phone,
        "来电类别": _KINDS[one.kind],
        "受理渠道": _CHANNELS[message.channel],
        "来电主体": "个人",
        "标题": message.title,
        "主要内容": message.text,
        "一级问题分类": topic.parent_name,
        "二级问题分类": topic.name,
        "被反映区": world.name,
        "被反映街乡镇": place.street_name,
        "村/社区": place.community_name,
        "小区点位": place.name,
        "主办单位": lead,
        "处理受理方式": "派单",
        "状态": "已办结" if closed <= until else "办理中",
    }
    if closed <= until:
        cells |= _outcome(one, lead, closed, rng)
    return tuple(cells.get(column, "") for column in COLUMNS)


def _outcome(one: Request, lead: str, closed: datetime, rng: Random) -> dict[str, Any]:
    action, day = rng.choice(words.ACTIONS[one.topic.parent]), hours.local(closed)
    reply = rng.choice(words.REPLIES).format(
        name=lead, place=one.place.name, day=f"{day.month}月{day.day}日", action=action, state=rng.choice(words.GOOD)
    )
    done = {"办结时间": _time(closed), "办理结果": action, "回复内容": reply, "是否有效回访": "否"}
    if rng.random() < 0.9:
        solved = rng.random() < 0.95
        satisfied = rng.choice(_SATISFACTION) if solved else "不满意"
        done |= {"是否有效回访": "是", "是否联系": "是", "是否解决": "是" if solved else "否", "是否满意": satisfied}
    return done


def _time(at: datetime) -> str:
    return f"{hours.local(at):%Y-%m-%d %H:%M:%S}"


def _frame(rows: Iterator[tuple[str, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _write_sheet(path: Path, rows: Iterator[tuple[str, ...]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("工单")
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
