"""Chinese text with Chinese punctuation: what is typed in a hurry stands on a screen before everybody."""

import re
import unicodedata

_MARKS = {",": "，", "?": "？", "!": "！", ";": "；", ":": "：", "(": "（", ")": "）"}
_HAN = r"[\u3400-\u9fff]"
_AFTER_HAN = re.compile(rf"(?<={_HAN})\s*([,?!;:()])\s*|([(])(?={_HAN})|(?<=[）”])([,?!;:])|([,?!;])\s*(?={_HAN})")
_STOP = re.compile(rf"(?<={_HAN})\.(?=\s*(?:{_HAN}|$))")
_JOINED_DIGITS = re.compile(r"(?<=\d)\u200d+|\u200d+(?=\d)")
_KEPT, _UNSEEN = "\n\r\t\u200d", {"Cc", "Cf", "Cs"}
_DOTS = re.compile(r"\.{3,}|。{2,}|·{3,}")


def visible(text: str) -> str:
    """Without signs that nobody sees: between the digits of a number they hide it from masks, others turn a line round.

    What joins the parts of an emoji stays.
    """
    kept = _JOINED_DIGITS.sub("", text)
    return "".join(sign for sign in kept if sign in _KEPT or unicodedata.category(sign) not in _UNSEEN)


def full_width(text: str) -> str:
    """Half-width marks beside Chinese characters made full-width; numbers, times and addresses stay as they are."""
    wide = _AFTER_HAN.sub(lambda mark: _MARKS[next(filter(None, mark.groups()))], _DOTS.sub("……", text))
    return _STOP.sub("。", wide)
