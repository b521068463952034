"""Where an installation keeps what is its own: database files, uploads, secrets."""

import os
import secrets
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet


def home() -> Path:
    """`HUIYIN_HOME`, else `~/.local/share/huiyin`."""
    return Path(os.environ.get("HUIYIN_HOME") or Path.home() / ".local" / "share" / "huiyin").expanduser().resolve()


def secrets_file() -> Path:
    return home() / "secrets.toml"


def read_secrets() -> dict[str, str]:
    """Keys of this installation: `secret_key`, `private_keys` (comma-separated Fernet keys, newest first).

    Environment variables `HUIYIN_SECRET_KEY` and `HUIYIN_PRIVATE_KEYS` win over the file.
    """
    path = secrets_file()
    stored = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    names = ("secret_key", "private_keys")
    return {name: os.environ.get(f"HUIYIN_{name.upper()}") or str(stored.get(name, "")) for name in names}


def ensure_secrets() -> Path:
    """Write fresh keys on the first start; never touch existing ones: losing them loses the personal data."""
    path = secrets_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = f'secret_key = "{secrets.token_urlsafe(48)}"\nprivate_keys = "{Fernet.generate_key().decode()}"\n'
        _write_once(path, lines)
    return path


def _write_once(path: Path, text: str) -> None:
    """Whole or not at all, readable by the owner only; whoever links first wins when two start at once."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
