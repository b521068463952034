"""Load a district pack into every room that keeps a part of it."""

from django.db import transaction

from huiyin.assign.domain import load_rules
from huiyin.cases.domain import load_categories
from huiyin.collect.frequent import load_limits
from huiyin.collect.knowledge import load_knowledge
from huiyin.evaluate.loading import load_evaluation
from huiyin.evaluate.recurrence import load_recurrence
from huiyin.packs.knowledge import read_knowledge, read_limits
from huiyin.packs.reader import folder_of, read_pack
from huiyin.packs.shapes import Pack
from huiyin.people.domain import load_people
from huiyin.timers.domain import load_warnings


@transaction.atomic
def load_pack(code: str, *, password: str | None = None) -> Pack:
    """Pack code or folder. Accounts are made only with a password. Raises `PackError` with every problem found."""
    pack = read_pack(code)
    load_people(pack, password=password)
    load_categories(pack)
    load_rules(pack)
    load_warnings(pack)
    load_knowledge(pack, read_knowledge(code))
    load_limits(read_limits(code))
    load_evaluation(folder_of(code))
    load_recurrence(folder_of(code))
    return pack
