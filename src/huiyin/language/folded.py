"""One spelling for what looks alike: full and half width, upper and lower case."""

import unicodedata

_WIDE = tuple(zip("，！？：；（）", ",!?:;()", strict=True))


def folded(text: str) -> str:
    """NFKC in lower case, e.g. `Ａ，２` → `a,2`. Halves of broken surrogate pairs stay.

    With the common full-width signs gone most texts need no normalising, which costs more than all the rest.
    """
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    plain = text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
    return plain.lower()
