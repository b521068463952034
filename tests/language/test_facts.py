from datetime import date

import pytest

from huiyin.language.dates import find
from huiyin.language.facts import find_facts, unsigned

WEDNESDAY = date(2025, 9, 10)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            "我街道9月8日组织物业清理了楼道，电话010-88886666。",
            ["组织物业清理", "我街道", "9月8日", "010-88886666"],
        ),
        ("经城管执法队到现场查看，摊位已搬走了。", ["经城管执法队到现场查看", None, None, None]),
        ("物业公司把灯换好了，有事打12345。", ["换好了", "物业公司", None, "12345"]),
        ("水务集团将于10月底前更换水管。", [None, "水务集团", "10月底前", None]),
        ("联系电话：0571-********，找区住建局。", [None, None, None, "电话：0571-********"]),
        ("您的留言已转交相关部门。", [None, None, None, None]),
        ("感谢您对我们工作的支持！", [None, None, None, None]),
        ("", [None, None, None, None]),
    ],
)
def test_what_a_reply_tells(reply, told):
    facts = find_facts(reply, find(reply, WEDNESDAY))
    assert [place and reply[place.start : place.end] for place in facts] == told


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        ("灯修好了。2025年9月8日", "灯修好了。"),
        ("灯修好了。 2025-09-08 ", "灯修好了。 "),
        ("2025年9月8日修好。", "2025年9月8日修好。"),
    ],
)
def test_unsigned(reply, body):
    assert unsigned(reply) == body
