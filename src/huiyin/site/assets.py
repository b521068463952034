"""Addresses of the built front end: fixed names, `?v=` a hash of what is in the file."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static


@cache
def _version(path: str, _changed_ns: int) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:10]


@cache
def _released(name: str) -> str:
    return _address(name)


def _address(name: str) -> str:
    path = finders.find(f"dist/{name}")
    address = static(f"dist/{name}")
    return f"{address}?v={_version(path, Path(path).stat().st_mtime_ns)}" if isinstance(path, str) else address


def asset_url(name: str) -> str:
    """In DEBUG a rebuilt file is noticed; otherwise each address is worked out once."""
    return _address(name) if settings.DEBUG else _released(name)
