"""Secrets and personal data at rest: Fernet with rotating keys, the newest encrypts, all decrypt."""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@cache
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("No private key: run `huiyin doctor`, or set HUIYIN_PRIVATE_KEYS.")
    return MultiFernet([Fernet(key) for key in keys])


def seal(plain: bytes) -> bytes:
    return _keys(tuple(settings.PRIVATE_KEYS)).encrypt(plain)


def open_sealed(sealed: bytes) -> bytes:
    """Raises ValueError when none of the installation's keys opens it."""
    try:
        return _keys(tuple(settings.PRIVATE_KEYS)).decrypt(sealed)
    except InvalidToken as error:
        raise ValueError("None of this installation's private keys opens this record.") from error
