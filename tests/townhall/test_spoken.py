import pytest
from tests.townhall.hall import meeting

from huiyin.townhall.spoken import PER_MINUTE, read_over

HEAVY = "我街道高度重视，切实加强组织领导，扎实推进各项工作落地见效。"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_written_is_not_read_over(text):
    assert read_over(text) is None


def test_officialese_is_marked_where_it_stands():
    found = read_over(f"今年修了十二部电梯。\n{HEAVY}")
    marked = "".join(piece.text for piece in found.pieces if piece.why)
    assert ("高度重视" in marked, "电梯" in marked) == (True, False)
    assert "".join(piece.text for piece in found.pieces) == f"今年修了十二部电梯。\n{HEAVY}"


def test_a_promise_without_a_date_is_remarked():
    assert [about for _, about in read_over("我们会尽快修好电梯。").remarks] != []


def test_plain_words_have_no_remark():
    assert read_over("今年修了十二部电梯。").remarks == []


@pytest.mark.parametrize(("characters", "minutes"), [(1, 1), (PER_MINUTE, 1), (PER_MINUTE * 10, 10)])
def test_minutes_are_characters_without_blanks(characters, minutes):
    found = read_over("好 " * characters)
    assert (found.characters, found.minutes) == (characters, minutes)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["edit/", "speaker/"])
def test_the_plan_and_the_sheet_show_the_account_read_over(enter, path):
    held = meeting(account=HEAVY)
    assert "<mark" in enter("leader.qingyuan").get(f"/meetings/{held.code}/{path}").content.decode()
