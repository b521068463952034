"""Search terms of a case as a tsvector literal, and a query's terms as a tsquery."""

from huiyin.language.segment import bigrams, query_terms, search_terms

_MOST = 200


def _quote(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def vector(*, title: str, text: str, place: str) -> str:
    """Words of everything that is said, and the bigrams of title and place, so that any part of those is found."""
    terms = dict.fromkeys(bigrams(title) + bigrams(place) + search_terms(f"{title}\n{place}\n{text}", limit=_MOST))
    return " ".join(map(_quote, terms))


def query(words: str) -> str:
    """All terms must be there; empty when nothing in `words` can be searched for."""
    return " & ".join(map(_quote, query_terms(words)))
