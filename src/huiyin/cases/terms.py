"""Search terms of a case as a tsvector literal, and a query's terms as a tsquery."""

from collections.abc import Iterable

from huiyin.language.segment import bigrams, query_terms, search_terms

_MOST = 200


def vector(*, title: str, text: str, place: str) -> str:
    """Words of everything that is said, and the bigrams of title and place, so that any part of those is found."""
    terms = dict.fromkeys(bigrams(title) + bigrams(place) + search_terms(f"{title}\n{place}\n{text}", limit=_MOST))
    return _quoted(terms, " ")


def query(words: str) -> str:
    """All terms must be there; empty when nothing in `words` can be searched for."""
    return _quoted(query_terms(words), " & ")


def _quoted(terms: Iterable[str], between: str) -> str:
    """Terms are letters and digits: there is nothing in them to escape."""
    joined = f"'{between}'".join(terms)
    return f"'{joined}'" if joined else ""
