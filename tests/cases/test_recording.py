from datetime import UTC, date, datetime

from huiyin.cases.recording import step


def test_what_is_empty_is_not_recorded():
    assert step("note", {"text": "", "reason": None, "helpers": [], "solved": False}).public == {"solved": False}


def test_texts_are_masked_and_their_originals_sealed():
    found = step("submit", {"text": "电话13900000421", "action": "修好了"})
    assert found.public == {"text": "电话139****0421", "action": "修好了"}
    assert found.private == {"original_text": "电话13900000421"}


def test_nothing_private_where_nothing_is_masked():
    assert step("submit", {"text": "修好了"}).private is None


def test_times_are_stamps_and_days_are_days():
    at = datetime(2026, 11, 24, 1, 2, 3, tzinfo=UTC)
    found = step("defer", {"until": at, "next_report_on": date(2026, 12, 1)})
    assert found.public == {"until": "2026-11-24T01:02:03.000000Z", "next_report_on": "2026-12-01"}
