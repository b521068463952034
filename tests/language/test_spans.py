from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.sentences import sentences
from huiyin.language.spans import sentence_spans


@given(st.text(alphabet="路灯。！？\n “”（） "))
def test_spans_are_where_the_sentences_stand(text):
    spans = sentence_spans(text)
    assert [text[start:end] for start, end in spans] == sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
