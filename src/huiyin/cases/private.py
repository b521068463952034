"""Personal data at rest: encrypted payloads (Fernet, rotating keys), keyed hashes for look-up and receipts."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from huiyin.kernel.chain import canonical


@cache
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("No private key: run `huiyin doctor`, or set HUIYIN_PRIVATE_KEYS.")
    return MultiFernet([Fernet(key) for key in keys])


def seal(private: bytes) -> bytes:
    return _keys(tuple(settings.PRIVATE_KEYS)).encrypt(private)


def unseal(sealed: bytes) -> dict[str, Any]:
    """Raises ValueError when none of the installation's keys opens it."""
    return dict(json.loads(open_sealed(sealed)))


def open_sealed(sealed: bytes) -> bytes:
    """The bytes that the event's digest was made of. Raises ValueError as `unseal`."""
    try:
        return _keys(tuple(settings.PRIVATE_KEYS)).decrypt(sealed)
    except InvalidToken as error:
        raise ValueError("None of this installation's private keys opens this record.") from error


def to_bytes(private: Mapping[str, Any]) -> bytes:
    return canonical(private)


def keyed(purpose: str, value: str) -> str:
    """HMAC-SHA256 under the installation's secret, hex: equal values match, the value cannot be read back."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def phone_index(number: str) -> str:
    digits = "".join(char for char in number if char.isdigit())
    return keyed("phone", digits)[:32] if digits else ""
