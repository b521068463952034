"""Search terms of a case as a tsvector literal, and a query's terms as a tsquery."""

from collections.abc import Iterable

from huiyin.language.segment import bigrams, query_terms, search_terms
from huiyin.language.synonyms import Synonyms

_MOST = 200
_MOST_ALTERNATIVES = 8


def vector(*, title: str, text: str, place: str) -> str:
    """Words of everything that is said, and the bigrams of title and place, so that any part of those is found."""
    terms = dict.fromkeys(bigrams(title) + bigrams(place) + search_terms(f"{title}\n{place}\n{text}", limit=_MOST))
    return _quoted(terms, " ")


def query(words: str, synonyms: Synonyms) -> str:
    """Every word must be there, or one that stands for it; empty when nothing in `words` can be searched for."""
    found = [_either(synonyms.of(word)) for word in synonyms.cut(words)]
    return " & ".join(filter(None, found)) or _quoted(query_terms(words), " & ")


def _either(words: Iterable[str]) -> str:
    """Each alternative by all its terms, one of them enough."""
    found = dict.fromkeys(_quoted(query_terms(word), " & ") for word in words)
    kept = list(filter(None, found))[:_MOST_ALTERNATIVES]
    if len(kept) < 2:  # noqa: PLR2004 nothing to choose from
        return "".join(kept)
    return f"({' | '.join(f'({one})' for one in kept)})"


def _quoted(terms: Iterable[str], between: str) -> str:
    """Terms are letters and digits: there is nothing in them to escape."""
    joined = f"'{between}'".join(terms)
    return f"'{joined}'" if joined else ""
