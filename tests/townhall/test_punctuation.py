import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.townhall.punctuation import full_width


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
