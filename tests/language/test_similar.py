from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.language.fingerprints import FULL, PART_BITS, SLOTS, fingerprint, unpacked
from huiyin.language.similar import SimilarIndex, likeness

OIL = "投诉翠湖雅苑饭店油烟扰民\n翠湖雅苑一楼开了好几家餐馆，油烟熏人，晚上吵得睡不着。"
SMOKE = "翠湖雅苑烧烤店烟道对着居民窗户\n住在翠湖雅苑，楼下烧烤摊的油烟味天天往家里灌。"
COPY = OIL.replace("翠湖雅苑", "东岭家园")
LIFT = "翠湖雅苑电梯三天两头坏\n翠湖雅苑3号楼的电梯又停了，老人上不了楼，物业不管。"
ROAD = "沐河北路路灯不亮\n沐河北路一片漆黑，路灯坏了半年。"
TEXTS = {"oil": OIL, "smoke": SMOKE, "copy": COPY, "lift": LIFT, "road": ROAD}
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)


def index(**more):
    found = SimilarIndex()
    found.add(TEXTS, TEXTS.values(), **more)
    return found


def scores(found):
    return {one.id: one.score for one in found}


def test_other_words_for_the_same_place_and_matter_are_nearer_than_a_copy_about_another_place():
    assert likeness(OIL, SMOKE).score > 2 * likeness(OIL, COPY).score


def test_another_matter_of_the_same_place_is_farther_than_the_same_matter():
    assert likeness(OIL, SMOKE).score > 2 * likeness(OIL, LIFT).score


def test_likeness_is_symmetric_and_one_with_itself():
    assert likeness(OIL, SMOKE).score == pytest.approx(likeness(SMOKE, OIL).score)
    assert likeness(OIL, OIL).score == pytest.approx(1, abs=0.01)


def test_nothing_in_common_is_zero_without_reasons():
    assert likeness("路灯不亮", "学费太贵") == (0.0, (), ((), ()))
    assert likeness("", OIL).score == 0


def test_reasons_name_place_matter_and_days():
    assert [str(reason) for reason in likeness(OIL, SMOKE, days=3).reasons] == [
        "同一地点：翠湖雅苑",
        "同类问题：油烟",
        "相隔 3 天",
    ]


def test_spans_mark_what_both_texts_say():
    mine, theirs = likeness(OIL, SMOKE).spans
    assert [(OIL[span.start : span.end], span.kind) for span in mine] == [
        ("翠湖雅苑", "place"),
        ("油烟", "matter"),
        ("翠湖雅苑", "place"),
        ("油烟", "matter"),
    ]
    assert {(SMOKE[span.start : span.end], span.kind) for span in theirs} == {
        ("翠湖雅苑", "place"),
        ("油烟味", "matter"),
        ("烧烤", "matter"),
        ("烧烤摊", "matter"),
        ("烟道", "matter"),
    }


def test_the_filed_place_counts_and_is_not_marked():
    one, other = "楼下饭店油烟扰民", "烧烤店油烟直排"
    assert likeness(one, other, "花溪里小区", "花溪里小区").score > likeness(one, other).score
    assert likeness(one, other, "花溪里小区", "云岭公寓").score < likeness(one, other).score
    assert all(span.kind != "place" for span in likeness(one, other, "花溪里小区", "花溪里小区").spans[0])


def test_days_apart_lower_the_score_a_little():
    assert 0.85 * likeness(OIL, SMOKE).score < likeness(OIL, SMOKE, days=400).score < likeness(OIL, SMOKE).score


def test_a_query_gives_the_best_first_with_the_scores_of_the_pairs():
    found = index().query(OIL)
    assert [one.id for one in found[:2]] == ["oil", "smoke"]
    assert scores(found) == pytest.approx({one.id: likeness(OIL, TEXTS[one.id]).score for one in found})


def test_an_index_of_one_text_gives_the_score_of_the_pair():
    found = SimilarIndex()
    found.add([7], [SMOKE])
    assert scores(found.query(OIL)) == pytest.approx({7: likeness(OIL, SMOKE).score})


def test_a_query_gives_at_most_k():
    assert [one.id for one in index().query(OIL, k=1)] == ["oil"]
    with pytest.raises(ValueError, match="at least one"):
        index().query(OIL, k=0)


def test_times_are_a_reason():
    found = index(times=[NOW - timedelta(days=day) for day in range(5)])
    assert str(found.query(OIL, at=NOW + timedelta(days=2))[1].reasons[-1]) == "相隔 3 天"


def test_cases_come_and_go():
    found = index()
    found.remove(["oil", "never there"])
    assert len(found) == 4
    assert [one.id for one in found.query(OIL, k=1)] == ["smoke"]
    found.add(["late"], [OIL])
    found.add(["smoke"], [ROAD])
    assert [one.id for one in found.query(OIL, k=1)] == ["late"]
    assert "smoke" not in scores(found.query(OIL))
    assert len(found) == 5


def test_the_same_id_twice_counts_once_by_the_later_text():
    found = SimilarIndex()
    found.add([1, 1], [OIL, ROAD])
    assert len(found) == 1
    assert found.query(OIL) == []


def test_lengths_that_differ_are_refused():
    with pytest.raises(ValueError, match="as many"):
        SimilarIndex().add([1, 2], [OIL])


def test_a_large_index_finds_the_same_as_a_small_one():
    crowd = [
        f"{place}{matter}\n{place}的{matter}没有人管"
        for place in map(invented, range(500))
        for matter in ("违建", "停水")
    ]
    found = index()
    for start in range(0, len(crowd), 90):
        found.add(range(start, min(start + 90, len(crowd))), crowd[start : start + 90])
    assert len(found) == 1005
    few = index().query(OIL, k=3)
    assert [one for one in found.query(OIL) if one.id in TEXTS][:3] == few


def invented(number):
    return "".join(chr(0x5000 + (number * 37 + step * 911) % 0x2000) for step in range(3)) + "小区"


def test_an_empty_index_finds_nothing():
    assert SimilarIndex().query(OIL) == []


@given(st.text(max_size=300), st.text(max_size=20))
def test_any_text_has_a_fingerprint_of_sorted_keys_and_unit_parts(text, place):
    keys, weights, names = fingerprint(text, place)
    assert keys.shape == weights.shape == names.shape == (SLOTS,)
    assert list(keys) == sorted(keys)
    assert not weights[keys == 0].any()
    used = keys[keys != 0]
    assert len(set(used.tolist())) == len(used)
    for part in set((used >> PART_BITS).tolist()):
        length = (weights[keys >> PART_BITS == part].astype(float) ** 2).sum() ** 0.5
        assert length == pytest.approx(FULL, rel=0.05)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(one, other):
    found = likeness(one, other)
    assert 0 <= found.score <= 1.02
    for text, spans in zip((one, other), found.spans, strict=True):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@settings(max_examples=20)
@given(st.lists(st.text(max_size=60), max_size=12), st.integers(1, 5))
def test_any_texts_can_be_indexed(texts, k):
    found = SimilarIndex()
    found.add(range(len(texts)), texts)
    for text in texts:
        assert len(found.query(text, k=k)) <= k


@pytest.mark.parametrize("piece", ["小区", "路", "3号楼", "12", "\U0001f600", "噪音", "\n", "A3区", "\udc80"])
def test_a_hundred_kilobytes_are_read_to_where_reading_ends(piece):
    long = piece * (100_000 // len(piece))
    assert likeness(long, long).score == likeness(long[:800], long[:800]).score


@given(st.lists(st.text(max_size=300), max_size=5))
def test_packed_fingerprints_are_read_back_whole(texts):
    prints = [fingerprint(text) for text in ("", *texts, "翠湖雅苑一楼饭店油烟扰民")]
    read = unpacked([one.packed() for one in prints])
    for row, one in enumerate(prints):
        assert [part[row].tolist() for part in read] == [part.tolist() for part in one]
