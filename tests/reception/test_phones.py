import pytest

from huiyin.reception.phones import has_mobile


@pytest.mark.parametrize(
    "text",
    ["13900000517", "139 0000 0517", "139-0000-0517", "１３９００００ ０５１７", "+86 13900000517", "0086-13900000517",
     "013900000517", "书记手机139.0000.0517", "139\u200b0000\u20600517", "白天86000000，晚上139 0000 0517"],
)  # fmt: skip
def test_a_mobile_number_is_seen_however_it_is_written(text):
    assert has_mobile(text)


@pytest.mark.parametrize(
    "text",
    ["", "12345", "0531-8600 0000", "010-12345678", "010-18600000", "400-138-1234", "周一至周五 9:00-17:00",
     "2026-11-29 13:30", "12900000517", "8613 9000 0051 7000"],
)  # fmt: skip
def test_an_office_number_or_a_time_is_none(text):
    assert not has_mobile(text)
