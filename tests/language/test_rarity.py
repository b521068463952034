from huiyin.language import background
from huiyin.language.rarity import counted, known, learned, merged, pairs, placed, weight


def test_pairs_do_not_cross_what_is_not_chinese():
    assert list(placed("路灯a坏了")) == [(0, "路灯"), (3, "坏了")]
    assert pairs("路灯坏，灯坏") == {"路灯", "灯坏"}


def test_weight_is_squared_and_the_unknown_is_rarest():
    assert weight(["路灯", "沐河"], {"路灯": 2.0}) == 4 + background.UNSEEN**2


def test_courtesies_of_replies_are_known_as_common():
    assert known()["收悉"] < 1 < background.pairs().get("收悉", background.UNSEEN)


def test_a_district_learns_its_own_place_names():
    texts = [f"沐河区{name}路" for name in "一二三四五六七八"]
    assert counted(texts) == {"沐河": 0, "河区": 0}
    assert counted(texts[:7]) == {}
    assert learned(texts, [])["沐河"] == 0


def test_merged_keeps_the_lesser():
    assert merged({"路灯": 1.0, "坏了": 2.0}, {"坏了": 1.0, "井盖": 3.0}) == {"路灯": 1.0, "坏了": 1.0, "井盖": 3.0}
