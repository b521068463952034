import pytest

from huiyin.language.speeches import Opening, closes, elsewhere, headed, narrates, opening


@pytest.mark.parametrize(
    ("sentence", "speaker", "about", "said", "firm"),
    [
        ("柳青川强调,要抓好供暖。", "柳青川", "", "要抓好供暖。", True),
        ("关于下一步工作,区委书记周望舒要求,要快。", "周望舒", "下一步工作", "要快。", True),
        ("会上，区委副书记、区长柳青川还指出：要快。", "柳青川", "", "要快。", False),
        ("副区长赵同舟就大气治理作了部署，要求抓紧。", "赵同舟", "大气治理", "抓紧。", True),
        ("柳青川就做好经济工作强调，要稳。", "柳青川", "做好经济工作", "要稳。", True),
        ("叶知秋在主持时强调，要快。", "叶知秋", "", "要快。", True),
        ("赵同舟副区长强调，要快。", "赵同舟", "", "要快。", True),
        ("柳区长要求，要快。", "柳区长", "", "要快。", True),
        ("会议要求各单位抓紧。", "会议", "", "各单位抓紧。", True),
        ("会议议定以下事项：", "会议", "", "", True),
        ("他强调，要快。", "", "", "要快。", True),
        ("并强调，要快。", "", "", "要快。", True),
        ("区长柳青川：大家要快。", "柳青川", "", "大家要快。", False),
        ("区城管委主要负责人表示，要快。", "区城管委主要负责人", "", "要快。", False),
    ],
)
def test_who_begins_to_speak(sentence, speaker, about, said, firm):
    assert opening(sentence) == Opening(speaker, about, len(sentence) - len(said), firm)


@pytest.mark.parametrize(
    "sentence",
    [
        "严格落实“三管三必须”工作要求,扎实开展排查。",
        "严格要求，精心组织。",
        "通知要求，全体参加。",
        "群众反复强调，要停车位。",
        "并作出部署。",
        "也就是说，要快。",
        "要盯住重点，加强值守。",
        "",
    ],
)
def test_nobody_speaks(sentence):
    assert opening(sentence) is None


@pytest.mark.parametrize(
    ("heading", "speaker"),
    [
        ("会议要求", "会议"),
        ("议定事项", "会议"),
        ("下一步工作要求", "会议"),
        ("区长柳青川讲话要点", "柳青川"),
        ("柳青川同志讲话", "柳青川"),
        ("赵同舟副区长点评要求", "赵同舟"),
        ("区委书记周望舒", "周望舒"),
        ("主持人：区长柳青川", None),
        ("重点工作安排", "会议"),
        ("供暖准备", None),
        ("区长点评", None),
    ],
)
def test_speaker_of_a_heading(heading, speaker):
    assert headed(heading) == speaker


def test_headings_that_lead_elsewhere():
    assert [heading for heading in ("点评情况", "听取汇报", "会议要求", "参会人员") if elsewhere(heading)] == [
        "点评情况",
        "听取汇报",
        "参会人员",
    ]


def test_sentences_of_the_meeting_and_of_the_day():
    told = ["会议以视频形式召开。", "各街道主要负责人参加会议。", "目前，工程已完工。", "要积极参加。"]

    assert [sentence for sentence in told if closes(sentence)] == told[:2]
    assert [sentence for sentence in told if narrates(sentence)] == told[:3]
