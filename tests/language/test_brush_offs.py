import pytest

from huiyin.language.brush_offs import find_brush_offs


@pytest.mark.parametrize(
    ("reply", "phrase", "code", "cleared_by"),
    [
        ("我局高度重视此事。", "高度重视", "attention_only", "action"),
        ("此事正在研究。", "正在研究", "under_study", "date"),
        ("建议您向有关部门咨询。", "建议您向有关部门咨询", "sent_elsewhere", "contact"),
        ("该路不属于我局职责范围。", "不属于我局职责范围", "not_ours", "contact"),
        ("您反映的问题已转相关部门处理。", "已转相关部门处理", "passed_on", "action"),
        ("此前已答复。", "此前已答复", "answered_before", "action"),
        ("请您耐心等待。", "耐心等待", "asked_for_patience", "action"),
        ("待条件成熟后实施。", "条件成熟后", "some_day", "date"),
        ("按照相关规定处理。", "按照相关规定处理", "by_the_rules", "action"),
        ("属于历史遗留问题。", "历史遗留问题", "history", "action"),
        ("电话无人接听。", "电话无人接听", "not_reached", "action"),
    ],
)
def test_a_brush_off_unless_the_reply_tells_what_it_leaves_out(reply, phrase, code, cleared_by):
    assert [(reply[one.start : one.end], one.code) for one in find_brush_offs(reply, ())] == [(phrase, code)]
    assert list(find_brush_offs(reply, {cleared_by})) == []


def test_an_answer_in_plain_words_puts_nobody_off():
    assert list(find_brush_offs("三盏灯昨天都换了，再有不亮的请打12345。", ())) == []
