import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.townhall.punctuation import full_width, visible


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("电梯坏了,什么时候修?", "电梯坏了，什么时候修？"),
        ("9:30到12:00,路灯不亮.", "9:30到12:00，路灯不亮。"),
        ("3.5米(约)...", "3.5米（约）……"),
        ("WiFi 2.4GHz, ok", "WiFi 2.4GHz, ok"),
        ("好。。。。", "好……"),
    ],
)
def test_marks_beside_chinese_are_chinese_and_numbers_stay(typed, stands):
    assert full_width(typed) == stands


@given(st.text())
def test_any_text_keeps_its_letters_and_digits(text):
    kept = [sign for sign in text if sign.isalnum()]
    assert [sign for sign in full_width(text) if sign.isalnum()] == kept


@pytest.mark.parametrize(
    ("sent", "stands"),
    [
        ("139\u200b0000\u200d0517", "13900000517"),
        ("\u202e好\x08了\ufeff", "好了"),
        ("一行\n二行\t👨\u200d👩", "一行\n二行\t👨\u200d👩"),
    ],
)
def test_signs_that_nobody_sees_are_gone_and_emoji_stay_whole(sent, stands):
    assert visible(sent) == stands
