"""What a case keeps to itself: encrypted payloads, keyed hashes for look-up and receipts."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from huiyin.kernel.chain import canonical
from huiyin.people.sealing import open_sealed


def unseal(sealed: bytes) -> dict[str, Any]:
    """Raises ValueError when none of the installation's keys opens it."""
    return dict(json.loads(open_sealed(sealed)))


def to_bytes(private: Mapping[str, Any]) -> bytes:
    return canonical(private)


def keyed(purpose: str, value: str) -> str:
    """HMAC-SHA256 under the installation's secret, hex: equal values match, the value cannot be read back."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def phone_index(number: str) -> str:
    digits = "".join(char for char in number if char.isdigit())
    return keyed("phone", digits)[:32] if digits else ""
