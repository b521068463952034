"""What a caller says: the district's own words, loaded with its pack (`callback.toml`)."""

from functools import lru_cache

from django.utils.formats import date_format

from huiyin.cases.labels import english
from huiyin.cases.models import Case
from huiyin.evaluate.hours import local
from huiyin.evaluate.models import Script
from huiyin.people import memory
from huiyin.people.queries import current_district


@lru_cache(maxsize=2)
def _scripts(_minute: int) -> dict[str, dict[str, str]]:
    return dict(Script.objects.values_list("language", "lines"))


def forget_scripts() -> None:
    """After loading a pack: the next read is fresh."""
    _scripts.cache_clear()


def script_for(case: Case, link: str = "", *, date: str = "", reason: str = "") -> dict[str, str]:
    """The lines of `callback.toml` filled in for this case, in the reader's language: greeting, contacted, solved…

    Empty where no pack was loaded. Re-read at most once a minute.
    """
    lines = _scripts(memory.minute()).get("en" if english() else "zh", {})
    about = {
        "district": str(current_district() or ""),
        "title": case.title,
        "received": date_format(local(case.created_at), "n-j"),
        "unit": str(case.lead or ""),
        "link": link,
        "date": date,
        "reason": reason,
    }
    return {name: line.format_map(about) for name, line in lines.items()}
