from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.collect.conftest import row

from huiyin.collect.importing import FileProblem, find_map, read_map
from huiyin.collect.importing.fields import FIELDS, TEXT_CHARS
from huiyin.collect.importing.names import Directory
from huiyin.collect.importing.problems import SENTENCES, shown
from huiyin.collect.importing.rows import Incoming, RowReader
from huiyin.collect.importing.values import Wrong, time_of

pytestmark = pytest.mark.django_db
BEIJING = ZoneInfo("Asia/Shanghai")


def read(*rows, map_=None):
    """What a reader by the hotline's map makes of these rows, which have the same columns."""
    reader = RowReader(map_ or find_map("hotline12345"), list(rows[0]), Directory())
    return [reader.read((number, list(one.values()))) for number, one in enumerate(rows, start=2)]


def codes(one):
    return [(problem.column, problem.code) for problem in one[1]]


def test_an_ordinary_row():
    ((incoming, problems),) = read(row())
    assert problems == []
    message = incoming.message
    assert (message.source, message.source_id, message.channel) == ("hotline12345", "K1", "phone")
    assert (message.category, message.area, message.phone) == ("03.01", "qingyuan-c1", "13900000421")
    assert incoming.at == datetime(2026, 3, 2, 8, 5, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("来电时间", "2026-02-30 08:00", "bad_time"),
        ("来电时间", "昨天", "bad_time"),
        ("来电时间", "1970-01-01", "bad_time"),
        ("来电时间", "2099-01-01 00:00:00", "future"),
        ("来电时间", "", "missing"),
        ("主要内容", "", "missing"),
        ("主要内容", "  \n ", "missing"),
        ("主要内容", "冷" * (TEXT_CHARS + 1), "too_long"),
        ("主要内容", "x" * 100_000, "too_long"),
        ("主要内容", "暖气\x00不热", "control"),
        ("主要内容", "暖气\x0b不热", "control"),
        ("主要内容", "暖气\udcff不热", "unreadable"),
        ("工单编号", "K" * 81, "too_long"),
        ("电话", "1" * 21, "too_long"),
    ],
)
def test_a_row_that_is_wrong_is_refused_for_that(column, value, code):
    ((incoming, problems),) = read(row(**{column: value}))
    assert (incoming, [(p.column, p.code, p.refused) for p in problems]) == (None, [(column, code, True)])


def test_every_fault_of_a_row_is_told_at_once():
    (one,) = read(row(来电时间="2026-13-01", 主要内容=""))
    assert sorted(codes(one)) == [("主要内容", "missing"), ("来电时间", "bad_time")]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'); DROP TABLE cases_case; --", "冷😀👨‍👩‍👧", "=1+1", "第一行\n第二行"]
)
def test_any_text_that_can_be_stored_is_kept(text):
    ((incoming, problems),) = read(row(主要内容=text))
    assert (incoming.message.text, problems) == (text, [])


def test_a_second_row_with_the_same_number_is_refused():
    first, second = read(row(), row(主要内容="别的事"))
    assert (codes(first), codes(second)) == ([], [("工单编号", "duplicate")])


def test_without_numbers_the_same_row_is_the_same_request():
    rows = [{key: value for key, value in row(n).items() if key != "工单编号"} for n in (1, 2, 1)]
    first, second, third = read(*rows)
    assert first[0].message.source_id != second[0].message.source_id
    assert codes(third) == [("", "duplicate")]
    assert read(rows[0])[0][0].message.source_id == first[0].message.source_id


def test_an_unknown_name_is_left_to_triage_and_said():
    ((incoming, problems),) = read(row(二级分类="外星来客", 社区="不存在的社区"))
    assert (incoming.message.category, incoming.message.area) == (None, None)
    assert [(p.column, p.value, p.code, p.refused) for p in problems] == [
        ("二级分类", "外星来客", "left_to_triage", False),
        ("社区", "不存在的社区", "left_to_triage", False),
    ]


def test_an_unknown_name_is_refused_where_the_map_says_so():
    map_ = read_map('source="s"\non_unknown="refuse"\n[columns]\ntext="主要内容"\ncategory="二级分类"', "m")
    ((incoming, problems),) = read(row(二级分类="外星来客"), map_=map_)
    assert (incoming, problems[0].code) == (None, "unknown_name")


def test_the_deepest_category_that_is_known_wins():
    ((incoming, problems),) = read(row(一级分类="供暖", 二级分类="室温不达标", 三级分类="本市没有的小类"))
    assert (incoming.message.category, problems) == ("03.01", [])


def test_a_map_may_say_that_a_name_stands_for_nothing():
    map_ = read_map(
        'source="s"\n[columns]\ntext="主要内容"\ncategory="二级分类"\n[values.category]\n"室温不达标"=""', "m"
    )
    ((incoming, problems),) = read(row(), map_=map_)
    assert (incoming.message.category, problems) == (None, [])


def test_a_reply_before_the_request_is_refused():
    (one,) = read(row(回复内容="好了", 回复时间="2026-03-01 08:00"))
    assert codes(one) == [("回复时间", "before_request")]


def test_the_past_is_read_with_the_words_of_the_hotline():
    ((incoming, problems),) = read(
        row(
            主办单位="清源街道",
            回复内容="已修好",
            办结时间="2026年3月3日 09时30分",
            是否联系="已联系",
            是否解决="否",
            是否满意="基本满意",
        )
    )
    past = incoming.past
    assert (problems, incoming.lead) == ([], "qingyuan")
    assert (past.reply, past.contacted, past.solved, past.satisfaction) == ("已修好", True, False, "basic")
    assert past.closed_at == datetime(2026, 3, 3, 9, 30, tzinfo=BEIJING)


def test_nobody_has_worked_on_an_open_order():
    ((incoming, _),) = read(row(主办单位="清源街道"))
    assert (incoming.past, incoming.lead) == (None, "qingyuan")


def test_missing_columns_are_named_with_what_would_do():
    with pytest.raises(FileProblem, match=r"text \(one of: 主要内容.*It has: 编号、备注"):
        read({"编号": "1", "备注": "x"})


def test_columns_that_no_field_uses_are_listed():
    reader = RowReader(find_map("hotline12345"), ["来电时间", "主要内容", "座席工号", ""], Directory())
    assert reader.unused == ["座席工号"]


def test_a_row_shorter_than_its_header_lacks_what_is_not_there():
    reader = RowReader(find_map("hotline12345"), ["来电时间", "主要内容"], Directory())
    assert codes(reader.read((2, ["2026-03-02"]))) == [("主要内容", "missing")]


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("2026-03-02 08:05:00", (2026, 3, 2, 8, 5)),
        ("2026/3/2 8:05", (2026, 3, 2, 8, 5)),
        ("2026-03-02T08:05:00+08:00", (2026, 3, 2, 8, 5)),
        ("2026-03-02T00:05:00Z", (2026, 3, 2, 8, 5)),
        ("20260302080500", (2026, 3, 2, 8, 5)),
        ("2026-03-02", (2026, 3, 2, 12, 0)),
        (date(2026, 3, 2), (2026, 3, 2, 12, 0)),
        (datetime(2026, 3, 2, 8, 5), (2026, 3, 2, 8, 5)),  # noqa: DTZ001 as a sheet has it
        (46083.336805555555, (2026, 3, 2, 8, 5)),
    ],
)
def test_times_as_systems_write_them(cell, at):
    found = time_of(cell, (), BEIJING)
    assert abs((found - datetime(*at, tzinfo=BEIJING)).total_seconds()) < 1


@pytest.mark.parametrize(
    "cell", ["", "abc", "2026-02-30", 5, float("nan"), float("inf"), True, "9999-12-31", datetime(1, 1, 1, tzinfo=UTC)]
)
def test_what_is_no_time_is_refused(cell):
    with pytest.raises(Wrong):
        time_of(cell, (), BEIJING)


def test_a_report_repeats_no_person():
    assert shown("phone", "13900000421") == "***"
    assert shown("person", "张三丰") == "***"
    assert shown("text", "我的电话13900000421\x00") == "我的电话139****0421·"
    assert shown("title", "冷" * 50) == "冷" * 39 + "…"


cells = st.one_of(
    st.none(), st.text(max_size=60), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(cells, max_size=30), max_size=6))
def test_no_row_whatever_it_holds_breaks_the_reader(rows):
    columns = [names[0] for names in find_map("hotline12345").columns.values()]
    reader = RowReader(find_map("hotline12345"), columns, READER_DIRECTORY[0])
    seen = set()
    for number, cells_ in enumerate(rows, start=2):
        incoming, problems = reader.read((number, cells_))
        assert all(problem.row == number and problem.code in SENTENCES for problem in problems)
        assert (incoming is None) == any(problem.refused for problem in problems)
        if isinstance(incoming, Incoming):
            message = incoming.message
            assert message.source_id not in seen
            seen.add(message.source_id)
            assert message.text.strip()
            assert all(
                len(getattr(message, name)) <= FIELDS[name].longest for name in ("text", "title", "place", "phone")
            )
            assert "\x00" not in f"{message}"


READER_DIRECTORY = []


@pytest.fixture(autouse=True)
def _directory(db):
    READER_DIRECTORY[:] = [Directory()]
