import re
import tomllib
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.minutes import read_minutes

FOLDER = Path(__file__).parent / "minutes"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.txt"))
PAGE = Path(__file__).parents[2].parent / "shared" / "page" / "fengtai-newspaper-2025-08.txt"
REVIEW = "清源街道新增车位40个；建成食堂两处。但在物业监管、垃圾分类等方面仍存不足。"
PIECES = [
    "清源街道", "区房管局", "但", "在", "、", "，", "。", "；", "：", "等方面仍存不足", "不足", "成绩：", "还存在", "要", "一是", "二要", "强调，", "区长柳青川",
    "他指出，", "关于供暖，", "会议要求：", "参加", "会上", "10月底前", "\n", "\n\n", "一、", "（一）", "1.", "# ", "“", "”", "（", "完成三季度任务", "责任单位：", " ",
]  # fmt: skip


def read(name):
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_minutes_of_every_layout(name):
    expected = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for directive in expected["directives"]:
        directive.setdefault("due", None)
        directive.setdefault("due_phrase", "")

    found = asdict(read_minutes(read(name), expected["at"]))

    assert found == expected


@pytest.mark.parametrize("name", ["numbered", "prose", "newspaper", "resolutions", "remarks", "labelled"])
def test_day_of_the_meeting_is_read_from_the_text(name):
    expected = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))

    assert read_minutes(read(name)).at.replace(year=2026) == expected["at"]


def test_day_without_a_year_is_the_last_such_day():
    today = read_minutes("").at

    found = [read_minutes(f"本报讯 {day.month}月{day.day}日，区里开会。").at for day in (today, date(2000, 12, 31))]

    assert found == [today, date(today.year - (today < date(today.year, 12, 31)), 12, 31)]


def test_deadline_is_no_day_of_a_meeting():
    assert read_minutes("11月15日前完成。").at == read_minutes("").at


def test_impossible_day_is_passed_over():
    assert read_minutes("2026年2月30日，定于2026年3月1日开会。").at == date(2026, 3, 1)


@pytest.mark.parametrize("name", ["newspaper", "prose", "remarks"])
@pytest.mark.parametrize("width", [13, 14, 17, 24, 32])
def test_columns_of_any_width_read_the_same(name, width):
    text = re.sub(r"(?<=检)\n(?=查)|(?<=引进)\n", "", read(name))
    lines = [line[at : at + width] for line in text.splitlines() for at in range(0, len(line), width)]

    assert read_minutes("\n".join(lines)) == read_minutes(text)


@given(st.data())
def test_break_inside_a_review_changes_nothing(data):
    text = "本报讯 9月3日，区里开会。\n会上逐一点评相关工作。" + REVIEW
    start = text.index("清源")
    at = data.draw(st.integers(start + 1, len(text) - 1))

    assert read_minutes(f"{text[:at]}\n\n{text[at:]}") == read_minutes(text)


def test_page_number_inside_a_sentence_goes():
    assert read_minutes(REVIEW.replace("物业", "物\n\n— 12 —\n\n业")) == read_minutes(REVIEW)


def test_unit_praised_only_is_reviewed_when_it_was_heard():
    heard = "东里街道、清源街道依次发言。\n东里街道加装电梯三部。" + REVIEW

    assert [review.unit for review in read_minutes(heard).reviews] == ["东里街道", "清源街道"]
    assert [review.unit for review in read_minutes(heard.split("\n")[1]).reviews] == ["清源街道"]


def test_name_with_an_and_in_it_is_one_unit():
    heard = "丰和街道、和兴街道和区房管局依次发言。\n和兴街道加装电梯。区房管局解危。"

    assert [review.unit for review in read_minutes(heard).reviews] == ["和兴街道", "区房管局"]


def test_wish_of_a_partner_is_no_directive():
    assert read_minutes("柳青川表示，双方要加强对接，希望企业多来投资。我们将做好服务。").directives == []


def test_same_sentence_is_a_directive_where_it_is_told_to_others():
    (directive,) = read_minutes("柳青川表示，各街道要加强对接。").directives

    assert (directive.speaker, directive.text) == ("柳青川", "各街道要加强对接。")


def test_rules_and_papers_do_not_speak():
    text = "清源街道严格按照工作要求，做好服务。通知要求，全体参加。群众反复强调，要停车位。"

    assert read_minutes(text).directives == []


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)), st.dates())
def test_any_text_can_be_read(text, at):
    minutes = read_minutes(text, at)

    assert minutes.at == at
    assert all(review.unit for review in minutes.reviews)
    assert all(review.achievements or review.shortcomings for review in minutes.reviews)
    assert all(directive.speaker and directive.text for directive in minutes.directives)
    assert all(directive.due is None or directive.due >= at for directive in minutes.directives)


@pytest.fixture(scope="module")
def page():
    """The page in one line, and what is read from it."""
    if not PAGE.exists():
        pytest.skip(f"no newspaper page at {PAGE}")
    text = PAGE.read_text(encoding="utf-8")
    return text.replace("\n", ""), read_minutes(text, date(2025, 8, 29))


def test_page_all_units_with_all_shortcomings(page):
    assert {review.unit: review.shortcomings for review in page[1].reviews} == {
        "东铁匠营街道": ["拆违工作", "精细化管理", "党员教育管理"],
        "东高地街道": ["城市精细化管理", "安全生产责任落实", "党员教育管理"],
        "大红门街道": ["产业空间盘活", "农村集体经济业态", "党员监督管理"],
        "南苑街道": ["财源培育建设力度", "安全生产责任落实", "党员干部监督管理"],
        "和义街道": ["两新组织党建覆盖与引领", "复杂矛盾源头化解能力", "环境精细化管理"],
        "区住建委": ["重大项目谋划力度", "安全监管方式", "党员干部教育管理"],
        "区园林绿化局": ["林业发展文化", "公园绿地资源利用", "党员干部教育监督"],
        "区房管局": ["落实“关键小事”", "公维基金管理使用", "党员干部教育监督"],
        "南中轴地区管委会": ["统筹协调作用发挥", "推动区域转型升级力度", "重大项目谋划上主动性"],
    }


def test_page_all_achievements(page):
    """Put together again, the parts of every review are the words of the page, none left out."""
    text, minutes = page
    whole = [
        f"{review.unit}{';'.join(review.achievements)}。但在{'、'.join(review.shortcomings)}等方面仍存不足。"
        for review in minutes.reviews
    ]

    assert [len(review.achievements) for review in minutes.reviews] == [3] * 9
    assert "".join(whole) in text


@pytest.mark.parametrize(
    ("speaker", "first", "last"),
    [
        (0, "要形成长效机制", "“门前三包”责任。"),
        (0, "要全力做好中国人民", "两大主阵地服务功能。"),
        (1, "要深入落实市领导", "房企对接及地块推介。"),
        (1, "要严格落市委", "城市运营稳定有序。"),
        (0, "要以更高站位", "人居环境优化。"),
        (1, "要严格落实河", "保障能力提升。"),
    ],
)
def test_page_every_directive_of_both_speakers(page, speaker, first, last):
    """The directives of a speaker, one after another, are the speech from its first word to its last."""
    text, minutes = page
    speakers = list(dict.fromkeys(directive.speaker for directive in minutes.directives))
    said = "".join(directive.text for directive in minutes.directives if directive.speaker == speakers[speaker])

    assert text[text.index(first) : text.index(last) + len(last)] in said


def test_page_directives_and_nothing_else(page):
    directives = page[1].directives

    assert [len(list(run)) for _, run in groupby(directives, lambda directive: directive.speaker)] == [21, 11, 4, 3]
    assert len({directive.speaker for directive in directives}) == 2
    assert [directive.topic for directive in directives[:4]] == [
        "形成长效机制",
        "总结先进经验",
        "坚持问题导向",
        "抓好季节性诉求",
    ]
    assert [directive.due for directive in directives if directive.due] == [date(2025, 9, 30)]  # 完成三季度经济指标


def test_a_number_without_end_is_read_in_one_go():
    """68 seconds once: fuzzing found it."""
    assert read_minutes("1" * 100_000).reviews == []
