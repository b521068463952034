import pytest

from huiyin.language.relevance import relevance, shared

CASES = {
    "云庭小区路灯不亮\n南门外三盏路灯坏了半个月，晚上看不清台阶。": "南门外的三盏路灯是电缆被挖断，我们换了电缆，台阶边也加了一盏。",
    "柳岸路夜里施工\n工地凌晨两点还在打桩，孩子睡不着。": "打桩的工地没有夜间许可，已经停工，以后晚上十点不再打桩。",
    "北苑嘉园电梯困人\n七号楼电梯一周困了两次人，维保公司不来。": "七号楼电梯换了门机板，维保公司被约谈，困人时半小时内到。",
    "东岭家园暖气不热\n家里只有十四度，老人怕冷。": "换热站的阀门开小了，开大以后您家暖气热了，测到二十一度。",
}


@pytest.mark.parametrize("request_text", CASES)
def test_the_reply_that_belongs_is_the_most_relevant(request_text):
    assert max(CASES, key=lambda other: relevance(request_text, CASES[other])) == request_text


def test_a_reply_that_says_nothing_is_neither():
    lamps, piling, *_ = CASES
    assert relevance(lamps, CASES[piling]) < relevance(lamps, "您好，您的留言已收悉。") < relevance(lamps, CASES[lamps])


def test_another_area_and_an_earlier_date_speak_against():
    request, reply = "A3区路灯不亮\n2019年5月起路灯就坏了。", "A3区的路灯2019年6月换好了。"
    assert relevance(request, reply.replace("A3", "B7")) < relevance(request, reply)
    assert relevance(request, reply.replace("2019", "2018")) < relevance(request, reply)


def test_relevance_of_nothing_is_a_probability():
    assert [0 < relevance(*both) < 1 for both in (("", ""), ("路灯", ""), ("", "路灯"))] == [True] * 3


def test_a_district_may_bring_its_own_rarity():
    request, reply = "沐河区云庭小区路灯", "沐河区云庭小区的事。"
    assert relevance(request, reply, dict.fromkeys(("沐河", "河区", "云庭"), 0.0)) < relevance(request, reply)


def test_shared_parts_stand_in_the_reply():
    request, reply = "云庭小区南门外的路灯坏了", "您好，南门外的路灯修好了，谢谢"
    assert [reply[start:end] for start, end in shared(request, reply)] == ["南门外的路灯"]
