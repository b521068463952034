from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.language import tables
from huiyin.language.remarks import codes
from huiyin.language.reply import review_reply

REQUEST = "沐河区云庭小区路灯不亮\n云庭小区南门外的路灯坏了三盏，老人晚上看不见路。请问什么时候能修好？另外小区门口的垃圾桶能不能换成带盖的？"
GOOD = (
    "您好！云庭小区南门外的三盏路灯，区市政中心9月8日去看过，是电缆被挖断了。9月20日前修好路灯。"
    "带盖的垃圾桶物业公司已经订了，下周三送到小区门口。还有问题请打 010-88886666，找李师傅。"
)
COURTESIES = "您好！您的留言已收悉，感谢您的支持与理解！"
PUT_OFF = "您好！我局高度重视您反映的云庭小区路灯、垃圾桶问题，正在研究，将尽快解决，请耐心等待。"
WEDNESDAY = date(2025, 9, 10)
PIECES = [
    "请问", "何时", "？", "要求", "路灯", "云庭小区", "1、", "①", "；", "，", "。", "\n", "我局", "已", "维修", "将于", "10月底前", "尽快",
    "高度重视", "正在研究", "请咨询有关部门", "现将有关情况回复如下", "电话", "010-88886666", "2025年9月1日", "A3区", "“", "（", "*", "😀", "\ud800",
]  # fmt: skip


def written(text, place):
    return text[place[0] : place[1]]


def test_review_of_a_good_reply():
    review = review_reply(REQUEST, GOOD, at=WEDNESDAY)
    assert review.relevance > 0.99
    assert [written(GOOD, place) for place in review.shared] == ["云庭小区南门外的", "三盏", "带盖的垃圾桶"]
    assert [(written(REQUEST, point), point.kind) for point in review.completeness.points] == [
        ("请问什么时候能修好？", "question"), ("另外小区门口的垃圾桶能不能换成带盖的？", "question"),
    ]  # fmt: skip
    assert review.completeness.share == 1
    assert [written(GOOD, place) for place in review.completeness.told] == [
        "看过",
        "区市政中心",
        "9月20日前",
        "010-88886666",
    ]
    assert [(written(GOOD, promise), promise.on) for promise in review.promises] == [
        ("9月20日前修好路灯。", date(2025, 9, 20)), ("下周三送到小区门口。", date(2025, 9, 17)),
    ]  # fmt: skip
    assert (review.plainness.share, review.warnings) == (1, [])


def test_review_of_courtesies():
    review = review_reply(REQUEST, COURTESIES, at=WEDNESDAY)
    assert [(remark.code, written(COURTESIES, remark[1:])) for remark in review.warnings] == [
        ("empty", COURTESIES), ("officialese", "您的留言已收悉，感谢您的支持与理解！"),
    ]  # fmt: skip
    assert (review.completeness.share, review.promises) == (0, [])


def test_review_of_a_reply_that_puts_off():
    review = review_reply(REQUEST, PUT_OFF, at=WEDNESDAY)
    assert [remark.code for remark in review.warnings] == [
        "no_date", "no_contact", "point_unmet", "officialese", "attention_only", "under_study", "vague_promise",
        "asked_for_patience",
    ]  # fmt: skip
    unmet = next(remark for remark in review.warnings if remark.code == "point_unmet")
    assert written(REQUEST, unmet[1:]) == "请问什么时候能修好？"
    assert [promise.on for promise in review.promises] == [None]


def test_review_of_a_reply_to_somebody_else():
    reply = "我街道9月8日到柳岸路工地检查，工地没有夜间施工许可，已责令停止打桩，电话010-88886667。"
    review = review_reply(REQUEST, reply, at=WEDNESDAY)
    assert [remark.code for remark in review.warnings] == ["unrelated"]


def test_the_date_of_signature_is_no_promise():
    assert review_reply(REQUEST, "路灯的事答复如上，予以回复。2025年9月12日", at=WEDNESDAY).promises == []


def test_a_district_brings_its_calendar():
    reply = "我们三个工作日内修好路灯。"
    friday = review_reply(REQUEST, reply, at=WEDNESDAY, is_workday=lambda _: True).promises[0].on
    assert friday == date(2025, 9, 13)


def test_every_code_has_its_sentence_in_both_languages():
    brushed_off = {row["code"] for row in tables.rows("brush_offs")}
    assert brushed_off <= set(codes())
    assert [code for code, said in codes().items() if not all(said)] == []


@settings(max_examples=300)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=15).map("".join)),
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=15).map("".join)),
)
def test_any_two_texts_can_be_reviewed(request_text, reply):
    review = review_reply(request_text, reply, at=WEDNESDAY)
    assert 0 <= review.relevance <= 1
    assert 0 <= review.completeness.share <= 1
    places = [*review.shared, *review.promises, *review.plainness.sentences, *filter(None, review.completeness.told)]
    assert all(0 <= place[0] < place[1] <= len(reply) for place in places)
    assert all(0 <= point.start < point.end <= len(request_text) for point in review.completeness.points)
