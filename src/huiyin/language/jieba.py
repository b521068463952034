"""jieba, whose dictionary of 33 MB waits until a text is read: a process that only shows pages needs none."""


def cut(text: str) -> list[str]:
    """Words, joined they are the text. UnicodeEncodeError: half a surrogate pair."""
    import rjieba  # noqa: PLC0415 - as above

    return rjieba.cut(text)


def cut_for_search(text: str) -> list[str]:
    """Words, and the words within them."""
    import rjieba  # noqa: PLC0415 - as above

    return rjieba.cut_for_search(text)


def tag(text: str) -> list[tuple[str, str]]:
    """Words with their part of speech."""
    import rjieba  # noqa: PLC0415 - as above

    return rjieba.tag(text)


def has_word(word: str) -> bool:
    """Whether it is the dictionary's own."""
    import rjieba  # noqa: PLC0415 - as above

    return rjieba.has_word(word)
