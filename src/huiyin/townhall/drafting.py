"""The sentences of a review report, in plain Chinese, from the numbers. Every share names what it is a share of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone, translation

from huiyin.townhall.choices import Phase, Standing, State, Term, Via
from huiyin.townhall.queries_after import Line
from huiyin.townhall.queries_review import Facts

NOTHING = "—"
_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One numbered part of a report: its sentences, then its table, if any."""

    heading: str
    sentences: Sequence[str]
    head: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = field(default=())


def share(part: int, whole: int) -> str:
    """「占 62.5%（5/8）」; without a whole «—»."""
    return f"{100 * part / whole:.1f}%（{part}/{whole}）" if whole else NOTHING


def drafted(facts: Facts, words: str = "") -> list[Part]:
    """In Chinese, whoever reads: it is a paper of the district's."""
    with translation.override("zh-hans"):
        parts = [
            _meeting(facts), _asked(facts), _settled(facts), _lists(facts), _topics(facts), _promises(facts),
            _judged(facts), _open(facts),
        ]  # fmt: skip
    return [*parts, Part("结论与下一步", words.splitlines() or ["（待填写）"])]


def _meeting(facts: Facts) -> Part:
    meeting = facts.meeting
    invited, came = sum(row[1] for row in facts.guests), sum(row[2] for row in facts.guests)
    place = f"{meeting.unit.name}于{_moment(meeting.begins_at)}在{meeting.venue}向居民报告工作。{_hours(meeting)}"
    guests = f"邀请{invited}人，到会签到{came}人，到会率{share(came, invited)}。" if facts.guests else "没有登记来宾。"
    seen = f"直播页有{facts.viewers}个浏览器打开过（同一浏览器只计一次，不等于人数）。"
    rows = [(group.label, invited, came) for group, invited, came in facts.guests]
    return Part("会议概况", [place, guests + seen], ("来宾", "邀请", "签到") if rows else (), rows)


def _asked(facts: Facts) -> Part:
    before, during, after = (facts.phase(phase) for phase in Phase)
    told = (
        f"共收到意见和提问{facts.asked}件：会前{before}件，会上{during}件，会后{after}件。"
        f"相同的问题由一件代表，每位提问人各计一件。另有{facts.not_shown}件没有展示，不计入。"
    )
    rows = [
        (via.label, *(facts.by_way.get((phase, via), 0) for phase in Phase))
        for via in Via
        if any(facts.by_way.get((phase, via), 0) for phase in Phase)
    ]
    return Part("提问情况", [told], ("来源", "会前", "会上", "会后") if rows else (), rows)


def _settled(facts: Facts) -> Part:
    counted = [(state.label, facts.stands.get(state, 0)) for state in (State.ANSWERED, State.PROMISED, State.HANDED)]
    told = f"当场答复、承诺、交办共{facts.settled}件，占全部{share(facts.settled, facts.asked)}。"
    time = facts.median_time
    speed = (
        f"从上屏到答完，中位用时{_length(time)}（按有记录的{len(facts.answer_times)}件计）。"
        if time is not None
        else "没有上屏用时的记录。"
    )
    rest = ("还没有答复", facts.asked - facts.settled)
    rows = [(name, number, share(number, facts.asked)) for name, number in (*counted, rest)]
    return Part("当场办理", [told + speed], ("去向", "件", "占全部"), rows)


def _lists(facts: Facts) -> Part:
    rows = [(theme.label, *counts, every) for theme, counts, every in facts.register.table]
    told = f"登记在册{len(facts.register.every)}件（相同的问题合为一件），按四个清单和近、中、远期分列如下。"
    return Part("四个清单", [told], ("清单", *(str(term.label) for term in Term), "合计"), rows)


def _topics(facts: Facts) -> Part:
    said = "、".join(f"{name}{times}件" for name, times in facts.topics)
    told = f"问得最集中的是：{said}。（系统按用词归类，未经人工确认）" if said else "问题不集中，没有归出类别。"
    return Part("集中的问题", [told])


def _promises(facts: Facts) -> Part:
    owed = [one for one in facts.register.every if one.question.state in (State.PROMISED, State.HANDED)]
    rows = [(one.question.text[:40], _unit(one), _day(one.by), one.standing.label) for one in owed[:_MOST_LINES]]
    more = f"表中列前{_MOST_LINES}件。" if len(owed) > _MOST_LINES else ""
    told = f"承诺和交办{len(owed)}件，每件有牵头单位和期限。{more}" if owed else "没有承诺和交办的事项。"
    return Part("承诺与交办", [told], ("事项", "牵头单位", "期限", "状态") if rows else (), rows)


def _judged(facts: Facts) -> Part:
    said = facts.judged
    told = (
        f"手机提问并当场得到答复的提问人{said.asked}位，已评价{share(said.judged, said.asked)}；"
        f"评价的人里，认为已解决的{share(said.solved, said.judged)}，满意的{share(said.satisfied, said.judged)}。"
        "承诺和交办的事项由提问人凭回执评价，不计在内。"
    )
    return Part("提问人评价", [told])


def _open(facts: Facts) -> Part:
    stands = facts.register.standings
    undone = [one for one in facts.register.every if one.standing != Standing.DONE]
    told = (
        f"在册事项中，已解决{stands['done']}件，办理中{stands['open']}件，超期{stands['late']}件；"
        f"七天内到期{facts.register.soon}件。已解决指当场答复且没有人评价未解决，或已归档且居民没有说未解决。"
    )
    rows = [(one.question.text[:40], _unit(one), _day(one.question.next_on), one.age) for one in undone[:_MOST_LINES]]
    return Part("未了事项", [told], ("事项", "单位", "下次告知", "已过天数") if rows else (), rows)


def _hours(meeting: object) -> str:
    opened, closed = getattr(meeting, "opened_at", None), getattr(meeting, "closed_at", None)
    return f"实际开始{_moment(opened)}，结束{_moment(closed)}。" if opened and closed else ""


def _unit(line: Line) -> str:
    return (line.question.unit or line.question.meeting.unit).name


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else NOTHING


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"


def _length(time: timedelta) -> str:
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    return f"{minutes}分{seconds:02d}秒" if minutes else f"{seconds}秒"
