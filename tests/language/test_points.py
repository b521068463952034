import pytest

from huiyin.language.points import review_points
from huiyin.language.rarity import known


def asked(request, reply=""):
    return [(request[one.start : one.end], one.kind) for one in review_points(request, reply, known())]


@pytest.mark.parametrize(
    ("request_text", "points"),
    [
        ("请问云庭小区何时通暖气？", [("请问云庭小区何时通暖气？", "question")]),
        (
            "南门路灯坏了。要求更换灯泡；垃圾桶能不能加盖？",
            [("要求更换灯泡；", "demand"), ("垃圾桶能不能加盖？", "question")],
        ),
        (
            "请求：1、修好东门电梯。2、清走楼道杂物。希望领导重视！",
            [("1、修好东门电梯。", "demand"), ("2、清走楼道杂物。", "demand")],
        ),
        ("楼上漏水。水淹了厨房。", [("楼上漏水。", "matter")]),
        ("恳请各位领导高度重视，尽快核实处理为盼！", [("恳请各位领导高度重视，尽快核实处理为盼！", "matter")]),
        ("", []),
    ],
)
def test_points_of_a_request(request_text, points):
    assert asked(request_text) == points


def met(request, reply):
    return [one.met and reply[one.met.start : one.met.end] for one in review_points(request, reply, known())]


def test_a_point_is_met_by_the_sentence_that_takes_it_up():
    request = "请问东门电梯为什么停用？楼道杂物能不能清走？"
    reply = "您好。东门电梯的钢索磨坏了，正在换。楼道杂物昨天清走两车。谢谢。"
    assert met(request, reply) == ["东门电梯的钢索磨坏了，正在换。", "楼道杂物昨天清走两车。"]
    assert met(request, "您好。东门电梯的钢索磨坏了，正在换。") == ["东门电梯的钢索磨坏了，正在换。", None]


def test_a_question_for_a_time_needs_one():
    request = "东门电梯什么时候修好？"
    assert met(request, "东门电梯正在修。") == [None]
    assert met(request, "东门电梯正在修。10月8日好。") == ["东门电梯正在修。"]


def test_the_same_point_is_asked_once_and_points_are_bounded():
    assert len(asked("请修东门电梯。" * 50)) == 1
    numbers = "一二三四五六七八九"
    many = "".join(f"请把{one}{other}路的井盖换新。" for one in numbers for other in numbers)
    assert len(asked(many)) <= 12
