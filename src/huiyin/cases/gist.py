"""What a list of cases is about: its words and a few of its sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from huiyin.cases.models import Case
from huiyin.language.keywords import Keyword, keywords, usual
from huiyin.language.summary import summary

NEWEST = 200
_READ = 300  # characters of a text: what it is about stands there
_KEYWORDS = 12
_SUMMARY = 90
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Gist:
    """`read`: how many cases it was made of, the newest ones."""

    keywords: Sequence[Keyword]
    sentences: Sequence[str]
    read: int


def gist(cases: QuerySet[Case]) -> Gist:
    """Of the newest 200 that are not confidential; their texts are masked."""
    shown = cases.filter(confidential=False).select_related("body").only("title", "body__text")
    texts = [case.told[:_READ] for case in shown.order_by("-id")[:NEWEST]]
    return Gist(keywords(texts, _KEYWORDS, usual()), _sentences(texts), len(texts))


def _sentences(texts: Sequence[str]) -> list[str]:
    """Those of the summary that say something by themselves, without the comma they were cut at."""
    return [one.rstrip("，,；;：:… ") for one in summary(texts, _SUMMARY) if len(one) >= _SHORTEST]
