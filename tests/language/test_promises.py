from datetime import date

import pytest

from huiyin.language.dates import find
from huiyin.language.promises import find_promises

WEDNESDAY = date(2025, 9, 10)


@pytest.mark.parametrize(
    ("reply", "promises"),
    [
        (
            "我局将于10月15日前完成铺装，12月底前通车。",
            [("我局将于10月15日前完成铺装，", date(2025, 10, 15)), ("12月底前通车。", date(2025, 12, 31))],
        ),
        ("物业答应三个工作日内修好电梯。", [("物业答应三个工作日内修好电梯。", date(2025, 9, 15))]),
        ("水管已经订了，下周一换。", [("下周一换。", date(2025, 9, 15))]),
        ("争取年底前开工，谢谢。", [("争取年底前开工，谢谢。", date(2025, 12, 31))]),
        ("我们会尽快联系您。", [("我们会尽快联系您。", None)]),
        ("下一步加强巡查；本周内更换灯泡。", [("下一步加强巡查；", None), ("本周内更换灯泡。", date(2025, 9, 14))]),
        ("近期将启动改造，月底前完成。", [("近期将启动改造，月底前完成。", date(2025, 9, 30))]),
    ],
)
def test_promises_with_the_day_they_fall_due(reply, promises):
    assert [(reply[one.start : one.end], one.on) for one in find_promises(reply, find(reply, WEDNESDAY))] == promises


def test_a_promise_shows_where_its_day_stands():
    reply = "我们保证三天内修好。"
    (promise,) = find_promises(reply, find(reply, WEDNESDAY))
    assert promise.due is not None
    assert reply[slice(*promise.due)] == "三天内"


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "请您于10月15日前携带身份证办理。",
        "已于9月1日修好路灯。",
        "如果不符合，将不予办理。",
        "遂将车辆扣回大队，必将受罚。",
        "现将处理结果回复如下。",
        "原计划2025年底完工。",
        "按规定应当在10月底前申报。",
    ],
)
def test_no_promise_in_what_others_must_do_or_was_done(reply):
    assert find_promises(reply, find(reply, WEDNESDAY)) == []
