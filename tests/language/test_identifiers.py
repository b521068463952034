import pytest

from huiyin.language.identifiers import doors, emails, passports, plates, wechats


@pytest.mark.parametrize(
    ("find", "text", "found"),
    [
        (emails, "写信 a.b@example.com 或 c @ example.org", ["a.b", "c"]),
        (emails, "@example.com", []),
        (wechats, "vx:abc_123456，wxid_abc12345", ["abc_123456", "wxid_abc12345"]),
        (wechats, "微信小程序，WXQ", []),
        (passports, "E12345678，护照h1234567", ["E12345678", "h1234567"]),
        (passports, "通行证编号 H12345678", ["H12345678"]),
        (passports, "AE12345678，G1234", []),
        (plates, "京A12345，沪AD12345，川A·1234学", ["京A12345", "沪AD12345", "川A·1234学"]),
        (plates, "京ABCDEF，京津冀", []),
        (doors, "3号楼2单元501室，五号楼五〇一室，7#302", ["2", "501", "五〇一", "302"]),
        (doors, "3号楼500户，1室1厅，101室内，住在沐河路18号院", []),
    ],
)
def test_what_is_found(find, text, found):
    assert [text[start:end] for start, end in find(text)] == found
