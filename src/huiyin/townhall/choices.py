from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a meeting stands. Opinions are taken in all three."""

    PLANNED = "planned", _("Planned")
    LIVE = "live", _("Live")
    CLOSED = "closed", _("Over")


class Via(models.TextChoices):
    """How a question came."""

    WEB = "web", _("Live page")
    PAPER = "paper", _("Paper")
    MICROPHONE = "microphone", _("Microphone")
    VISIT = "visit", _("Home visit")
    GRID = "grid", _("Grid patrol")


class Phase(models.TextChoices):
    """When a question came: said of the meeting's stage as it was taken, so that it does not depend on clocks."""

    BEFORE = "before", _("Before the meeting")
    DURING = "during", _("During the meeting")
    AFTER = "after", _("After the meeting")


class Group(models.TextChoices):
    """Who is invited (domain.md 1)."""

    RESIDENT = "resident", _("Residents")
    DEPUTY = "deputy", _("Deputies of the people's congress")
    MEMBER = "member", _("Members of the consultative conference")
    STUDENT = "student", _("Students")
    COURIER = "courier", _("Couriers")
    SHOPKEEPER = "shopkeeper", _("Shop owners")
    TRADER = "trader", _("Market traders")
    ENTERPRISE = "enterprise", _("Enterprises")


class WordUse(models.TextChoices):
    """What a word in a question leads to."""

    REFUSED = "refused", _("Not taken")
    HELD = "held", _("Looked at before it is shown, at every meeting")


class State(models.TextChoices):
    """What became of a question. Folded: asked before by somebody else, who stands for it."""

    WAITING = "waiting", _("Waiting to be shown")
    SHOWN = "shown", _("In the queue")
    SPOTLIT = "spotlit", _("Being answered")
    ANSWERED = "answered", _("Answered on the spot")
    PROMISED = "promised", _("Promised")
    HANDED = "handed", _("Handed to a unit")
    FOLDED = "folded", _("Asked before")
    REFUSED = "refused", _("Not shown")


class Theme(models.TextChoices):
    """The four lists (domain.md 1)."""

    SAFETY = "safety", _("Safety")
    CITY = "city", _("City management")
    COMMUNITY = "community", _("Community building")
    LIVELIHOOD = "livelihood", _("Livelihood")


class Term(models.TextChoices):
    NEAR = "near", _("Near term")
    MID = "mid", _("Mid term")
    LONG = "long", _("Long term")


class Kind(models.TextChoices):
    """What stands on the live page."""

    TEXT = "text", _("Text")
    PICTURE = "picture", _("Picture")
    QUESTION = "question", _("What is asked")
    STATE = "state", _("What became of a question")
    STAGE = "stage", _("What became of the meeting")
    GONE = "gone", _("A text or picture was taken back")


class Standing(models.TextChoices):
    """Where a question stands on the register, by the definitions of `standing.py`; each excludes the others."""

    OPEN = "open", _("Being done")
    LATE = "late", _("Late")
    DONE = "done", _("Resolved")


PHASE = {Stage.PLANNED: Phase.BEFORE, Stage.LIVE: Phase.DURING, Stage.CLOSED: Phase.AFTER}
OPEN = frozenset({State.WAITING, State.SHOWN, State.SPOTLIT})
PUBLIC = frozenset({State.SHOWN, State.SPOTLIT, State.ANSWERED, State.PROMISED, State.HANDED})
SETTLED = frozenset({State.ANSWERED, State.PROMISED, State.HANDED})
