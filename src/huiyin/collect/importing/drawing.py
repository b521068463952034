"""A map drawn in the browser: pairs of field and column, written as the TOML that a file would hold."""

import json
from collections.abc import Mapping

from huiyin.collect.importing.maps import Map, read_map
from huiyin.collect.models import ImportMap
from huiyin.people.models import Account


def draw(*, name: str, source: str, channel: str, pairs: Mapping[str, str], by: Account) -> Map:
    """Save the map under its name, over an older one of that name. Raises `FileProblem` when it would not read."""
    lines = [f"title = {_quoted(name)}", f"source = {_quoted(source)}", "", "[columns]"]
    lines += [f"{field} = [{_quoted(column)}]" for field, column in pairs.items()]
    lines += ["", "[defaults]", f"channel = {_quoted(channel)}"]
    text = "\n".join(lines) + "\n"
    drawn = read_map(text, name)
    ImportMap.objects.update_or_create(name=name, defaults={"toml": text, "by": by})
    return drawn


def _quoted(text: str) -> str:
    """JSON's strings are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
