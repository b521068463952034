from datetime import date

import pytest
from tests.district import account, in_progress, make, submitted

from huiyin.answer.models import HeldBack
from huiyin.answer.proof import held_back, proof
from huiyin.kernel.moves import Refused
from huiyin.language.mask import mask

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
GOOD = "您好，您反映的东里小区3号楼暖气不热，昨天上午维修班王师傅上门换了阀门，测温二十一度。11月27日前再上门测一次。电话88886666。"
EMPTY = "您好，感谢您对我们工作的关心和支持，祝您生活愉快。"


def contacted():
    case = in_progress()
    return make("first_contact", case=case, account=account("handler.qingyuan"), result="已联系")


def hold(code, **dates):
    HeldBack.objects.create(code=code, **{"valid_from": date(2026, 1, 1), **dates})


def submit(text, who="handler.qingyuan"):
    return make("submit", case=contacted(), account=account(who), text=text, action="更换阀门")


def test_a_reply_is_cut_where_remarks_stand_and_loses_nothing():
    text = "我们高度重视，将尽快处理。" + GOOD
    found = proof(in_progress(), text, on=MONDAY)
    assert "".join(piece.text for piece in found.pieces) == mask(text).text
    assert [piece.text for piece in found.pieces if piece.why] != []


def test_an_empty_reply_is_not_read_over():
    assert proof(in_progress(), " \n") is None


def test_a_promise_is_dated_from_the_day_of_writing():
    found = proof(in_progress(), "我们将于三日内完成维修。", on=MONDAY)
    assert [on for _words, on in found.promises] == [date(2026, 11, 26)]


def test_without_a_rule_every_remark_only_advises():
    assert (proof(in_progress(), EMPTY).holds, submit(EMPTY).state) == (False, "to_review")


def test_what_the_office_holds_back_is_not_sent_from_any_door(enter):
    hold("empty")
    case = contacted()
    with pytest.raises(Refused, match="courtesies only"):
        make("submit", case=case, account=account("handler.qingyuan"), text=EMPTY, action="无")
    body = {"kind": "submit", "record": {"text": EMPTY, "action": "无"}}
    answered = enter("handler.qingyuan").post(
        f"/api/v1/cases/{case.number}/moves", body, content_type="application/json"
    )
    assert (answered.status_code, answered.json()["code"], case.events.filter(kind="submit").count()) == (
        409,
        "reply",
        0,
    )


@pytest.mark.parametrize(
    ("dates", "held"),
    [
        ({}, {"empty"}),
        ({"valid_from": date(2026, 11, 24)}, set()),
        ({"valid_to": MONDAY}, set()),
        ({"valid_to": date(2026, 11, 24)}, {"empty"}),
    ],
    ids=["in force", "not yet", "no more", "its last day"],
)
def test_a_rule_holds_on_its_days(dates, held):
    hold("empty", **dates)
    assert held_back(MONDAY) == held


def test_a_reply_that_says_something_goes_in_spite_of_the_rule():
    hold("empty")
    assert submit(GOOD).state == "to_review"


@pytest.mark.parametrize("number", ["请致电88886666。", "找李工010-69741234。", "电话13900000421。"])
def test_what_the_writer_reads_and_what_holds_back_are_the_same(number):
    hold("no_contact")
    text = f"维修班王师傅昨天上午上门换了阀门，测温二十一度。{number}"
    shown = proof(contacted(), text)
    assert (shown.holds, submit(text).state) == (False, "to_review")


def test_what_was_done_is_read_with_the_reply():
    """A resident reads both: “it does not say what was done” would be wrong."""
    hold("no_action")
    text = "您好，室温已到二十一度，昨天下午的事。电话88886666。"
    with pytest.raises(Refused):
        make("submit", case=contacted(), account=account("handler.qingyuan"), text=text, action="见上")
    done = make("submit", case=contacted(), account=account("handler.qingyuan"), text=text, action="已更换阀门")
    assert done.state == "to_review"


def test_promises_with_a_date_are_recorded_masked_and_undated_ones_are_not():
    text = "我们将于2026年12月1日前更换管道，可找张师傅13900000421。我们将尽快回复。"
    event = submit(text).events.get(kind="submit")
    (told,) = event.public["promises"]
    assert (told["on"], "13900000421" in str(event.public)) == ("2026-12-01", False)


def test_nobody_types_promises(enter):
    case = contacted()
    record = {"text": GOOD, "action": "更换", "promises": [{"on": "2030-01-01", "words": "免费"}]}
    answered = enter("handler.qingyuan").post(
        f"/api/v1/cases/{case.number}/moves", {"kind": "submit", "record": record}, content_type="application/json"
    )
    assert answered.status_code == 422


def test_the_form_reads_over_while_one_writes(enter):
    case = contacted()
    shown = enter("handler.qingyuan").post(f"/inbox/ahead/{case.number}/submit/", {"text": EMPTY, "seq": case.seq})
    assert "只有客套话" in shown.content.decode()


@pytest.mark.parametrize(("who", "status"), [("leader.qingyuan", 200), ("handler.heyan", 404)])
def test_the_leader_reads_the_review_beside_the_reply(enter, who, status):
    case = submitted()
    answered = enter(who).get(f"/cases/{case.number}/")
    assert answered.status_code == status
    assert ("校读" in answered.content.decode()) == (status == 200)
