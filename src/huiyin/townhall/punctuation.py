"""Chinese text with Chinese punctuation: what is typed in a hurry stands on a screen before everybody."""

import re

_MARKS = {",": "，", "?": "？", "!": "！", ";": "；", ":": "：", "(": "（", ")": "）"}
_HAN = r"[\u3400-\u9fff]"
_AFTER_HAN = re.compile(rf"(?<={_HAN})\s*([,?!;:()])\s*|([(])(?={_HAN})|(?<=[）”])([,?!;:])|([,?!;])\s*(?={_HAN})")
_STOP = re.compile(rf"(?<={_HAN})\.(?=\s*(?:{_HAN}|$))")
_DOTS = re.compile(r"\.{3,}|。{2,}|·{3,}")


def full_width(text: str) -> str:
    """Half-width marks beside Chinese characters made full-width; numbers, times and addresses stay as they are."""
    wide = _AFTER_HAN.sub(lambda mark: _MARKS[next(filter(None, mark.groups()))], _DOTS.sub("……", text))
    return _STOP.sub("。", wide)
