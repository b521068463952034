"""What a command needs before it may touch Django."""

import os

from huiyin.config.database import database_url
from huiyin.config.home import ensure_secrets, home


def prepare(*, database: bool = True) -> None:
    """Secrets, database and settings for this process and those it starts; Django is not loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    ensure_secrets()
    for name in ("media", "static"):
        (home() / name).mkdir(parents=True, exist_ok=True)
    if database:
        os.environ["DATABASE_URL"] = database_url()


def setup(*, database: bool = True) -> None:
    """`prepare`, then Django. The models may be imported from here on. Doing it twice is harmless."""
    prepare(database=database)
    import django

    django.setup()
