import pytest
from django.core.exceptions import ValidationError

from huiyin.collect.inputs import SpokenField

NOBODY_SEES = ["\u200b", "\u200b\u200d \u2060", "\ufeff\n\u3000"]


@pytest.mark.parametrize("text", NOBODY_SEES)
def test_signs_that_nobody_sees_are_no_text(text):
    with pytest.raises(ValidationError) as refused:
        SpokenField(longest=100).clean(text)
    assert ([one.code for one in refused.value.error_list], SpokenField(longest=100, required=False).clean(text)) == (
        ["required"],
        "",
    )


@pytest.mark.parametrize("text", ["？", "暖气不热", "👨\u200d👩\u200d👧"])
def test_whatever_can_be_seen_is_kept_as_it_was_typed(text):
    assert SpokenField(longest=100).clean(text) == text
