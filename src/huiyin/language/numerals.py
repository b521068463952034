"""Small whole numbers as a text writes them: 15, １５, 十五, 二〇二五."""

from __future__ import annotations

import unicodedata

_DIGITS = dict(zip("〇零○一二三四五六七八九两元", "00012345678921", strict=True))
HAN = "".join(_DIGITS) + "十百"


def value(written: str) -> int:
    """The number written in decimal digits of any width, or in Chinese numerals below a thousand or digit by digit.

    ValueError for anything else.
    """
    hundreds, hundred, rest = written.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    if not (hundred or ten):
        return _plain(written)
    return 100 * (_plain(hundreds) if hundred else 0) + 10 * (_plain(tens or "1") if ten else 0) + _plain(ones or "0")


def _plain(written: str) -> int:
    return int("".join(_DIGITS.get(char) or str(unicodedata.decimal(char)) for char in written))
