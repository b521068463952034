import pytest

from huiyin.language.numbers import Found, digits_of, find, is_card, is_identity


def test_check_digits():
    assert [is_identity("11010519491231002X"), is_identity("110105194912310021")] == [True, False]
    assert [is_card("6222020000000000000"), is_card("6222020000000000001"), is_card("4111111111111111")] == [
        True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["138", "１３８", "一三八", "幺叁捌", "①③⑧", "❶⑶⒏", "1-3/8"])
def test_digits_of_any_script(written):
    assert digits_of(written) == "138"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("138 0000 0421，139,0000,0422", [Found(0, 13, "phone", "13800000421"), Found(14, 27, "phone", "13900000422")]),
        ("13,800,000,421元", []),
        ("QQ 9059；4301", []),
        ("QQ号：12345", [Found(4, 9, "qq", "12345")]),
        ("12345", []),
        ("微信123456", [Found(2, 8, "wechat", "123456")]),
        ("1 3 8 0 0 0 0 0 4 2 1", [Found(0, 21, "phone", "13800000421")]),
        ("138****0421 13800000421", [Found(12, 23, "phone", "13800000421")]),
    ],
)
def test_find_numbers(text, found):
    assert list(find(text)) == found
