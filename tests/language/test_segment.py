from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.segment import bigrams, query_terms, search_terms, words

TITLES = st.text(alphabet="花家地小区停车难物业费北京市朝阳路3号楼ABab12 ，·", min_size=1, max_size=20)


def test_words_join_to_the_text():
    assert words("小区停车难，求解决。") == ["小区", "停车难", "，", "求", "解决", "。"]


def test_search_terms_are_distinct_lower_case_and_two_long():
    assert search_terms("WiFi在朝阳区，朝阳区的wifi") == ["wifi", "wi", "if", "fi", "朝阳", "朝阳区", "阳区"]


def test_search_terms_keep_to_the_limit():
    assert search_terms("小区停车难，求解决", limit=2) == ["小区", "停车"]


def test_bigrams_do_not_cross_punctuation():
    assert bigrams("停车难，难停") == ["停车", "车难", "难停"]


def test_query_terms_are_pairs():
    assert query_terms("朝阳区停车") == ["朝阳", "阳区", "停车"]
    assert query_terms("无水") == ["无水"]
    assert query_terms("水") == query_terms(" ，") == query_terms("") == []


@given(TITLES, st.data())
def test_any_part_of_a_title_finds_it(title, data):
    start = data.draw(st.integers(0, len(title) - 1))
    part = title[start : data.draw(st.integers(start + 1, len(title)))]
    assert set(query_terms(part)) <= {*search_terms(title), *bigrams(title)}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_indexed(text):
    assert "".join(words(text)) == text
    assert all(len(term) > 1 and term == term.lower() for term in search_terms(text))


@given(st.text(st.characters(), max_size=100))
def test_words_join_to_the_text_whatever_it_holds(text):
    assert "".join(words(text)) == text
    assert all(len(term) > 1 for term in search_terms(text))


def test_halves_of_surrogate_pairs_do_not_stop_the_segmenter():
    assert words("停车\ud800难") == ["停车", "\ud800", "难"]
    assert search_terms("停车\ud800难点") == ["停车", "难点"]
