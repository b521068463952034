from huiyin.language.columns import Paragraph, mend
from huiyin.language.outline import BODY, TITLE


def texts(text):
    return [paragraph.text for paragraph in mend(text)]


def test_paragraph_broken_inside_a_word_is_one():
    assert texts("会议听取了汇报,研究了财源培育建\n\n设力度。\n\n完。") == [
        "会议听取了汇报,研究了财源培育建设力度。",
        "完。",
    ]


def test_heading_does_not_run_into_the_text():
    assert mend("区里召开点评会\n会上点评了四家单位。") == [
        Paragraph("区里召开点评会", TITLE, heading=True),
        Paragraph("会上点评了四家单位。", BODY, heading=False),
    ]


def test_short_line_that_ends_inside_a_word_is_no_heading():
    assert texts("加强与市级部\n门沟通对接,推动政策发布。") == ["加强与市级部门沟通对接,推动政策发布。"]


def test_numbers_rank_paragraphs_and_are_taken_off():
    found = mend("# 纪要\n一、点评\n（一）清源街道。好。\n1.加强值守\n(2)做好保障\n①巡查\n● 完")

    assert [(paragraph.rank, paragraph.text) for paragraph in found] == [
        (1, "纪要"),
        (7, "点评"),
        (8, "清源街道。好。"),
        (9, "加强值守"),
        (10, "做好保障"),
        (9, "巡查"),
        (11, "完"),
    ]


def test_decimal_and_enumerated_numbers_inside_a_broken_sentence_are_no_marks():
    assert texts("同比增长，达到\n3.5个百分点，完成\n12、13号线建设。") == [
        "同比增长，达到3.5个百分点，完成12、13号线建设。"
    ]


def test_labels_begin_anew_though_nothing_ended():
    assert texts("成绩：建食堂，修路\n不足：停车") == ["成绩：建食堂，修路", "不足：停车"]


def test_bare_lines_after_a_colon_are_items():
    assert [(paragraph.text, paragraph.heading) for paragraph in mend("存在不足：\n停车管理\n环境卫生")] == [
        ("存在不足：", False),
        ("停车管理", False),
        ("环境卫生", False),
    ]


def test_spaces_of_recognition_and_of_spread_labels_go():
    assert texts("清 源 街 道 新 增 车 位。\n主 持 人：某某\n压实责任 守牢底线") == [
        "清源街道新增车位。",
        "主持人：某某",
        "压实责任 守牢底线",
    ]


def test_furniture_of_the_page_goes():
    assert texts("建设力，\n— 12 —\n第 3 页 共 9 页\n2026年9月3日 星期四\n责任编辑：某某\n本报记者 某某\n度。") == [
        "建设力，度。"
    ]


def test_lines_of_one_width_are_one_paragraph():
    lines = [
        "会上逐一点评了相关工作",
        "清源街道新增车位四十个",
        "建成食堂两处方便了老人",
        "但在物业监管和垃圾分类",
        "以及噪声治理方面还存在",
        "不足。",
    ]

    assert texts("\n".join(lines)) == ["".join(lines)]


def test_nothing_has_no_paragraphs():
    assert mend("") == mend(" \n\u3000\n") == []
