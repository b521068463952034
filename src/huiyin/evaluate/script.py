"""What a caller says: the district's own words, as data (`callback.toml` of its pack, else the common one)."""

import tomllib
from functools import cache
from importlib.resources import files

from django.utils.formats import date_format

from huiyin.cases.labels import english
from huiyin.cases.models import Case
from huiyin.evaluate.hours import local
from huiyin.people.queries import current_district


@cache
def _scripts(code: str) -> dict[str, dict[str, str]]:
    packs = files("huiyin.packs")
    own = packs.joinpath(code, "callback.toml")
    chosen = own if code and own.is_file() else packs.joinpath("common", "callback.toml")
    scripts: dict[str, dict[str, str]] = tomllib.loads(chosen.read_text("utf-8"))
    return scripts


def script_for(case: Case) -> dict[str, str]:
    """greeting, contacted, solved, satisfaction, words, goodbye, filled in for this case in the reader's language."""
    district = current_district()
    scripts = _scripts(district.code if district else "")
    lines = scripts["en" if english() else "zh"]
    about = {
        "district": str(district or ""),
        "title": case.title,
        "received": date_format(local(case.created_at), "n-j"),
        "unit": str(case.lead or ""),
    }
    return {name: line.format_map(about) for name, line in lines.items()}
