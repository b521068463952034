"""Personal telephone numbers, refused wherever something is published."""

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huiyin.townhall.punctuation import visible

_BETWEEN: Final = re.compile(r"(?<=\d)[\s()./·•_—–-]{1,3}(?=\d)")
# A Chinese mobile number: eleven digits from 13 to 19, with or without the country's or the long-distance prefix.
_MOBILE: Final = re.compile(r"(?<!\d)(?:\+?86|0086)?0?1[3-9]\d{9}(?!\d)")
STORED: Final = r"1[3-9][0-9]{9}"


def has_mobile(text: str) -> bool:
    """However the digits are spaced, dotted or widened."""
    plain = visible(unicodedata.normalize("NFKC", text))
    return bool(_MOBILE.search(plain) or _MOBILE.search(_BETWEEN.sub("", plain)))


def not_personal(text: str) -> None:
    """Validator of every text that is published."""
    if has_mobile(text):
        raise ValidationError(
            _("This looks like somebody's own mobile number. Publish a relay or office number instead.")
        )


def as_published(number: str) -> str:
    """Digits widened on a keyboard are narrowed; the rest stays as it was written."""
    return unicodedata.normalize("NFKC", number).strip()
