from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a vote stands: said by its times alone, so that nothing has to be pressed at midnight."""

    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Opens later")
    OPEN = "open", _("Voting is open")
    CLOSED = "closed", _("Voting has ended")


class Shown(models.TextChoices):
    """From when on everybody reads the result, the staff included: who counts has no head start."""

    AFTER = "after", _("After voting has ended")
    ALWAYS = "always", _("At any time")


class Means(models.TextChoices):
    """How a code reaches a phone. Shown: on the page, in an invented district only."""

    SMS = "sms", _("Text message")
    SHOWN = "shown", _("Shown on the page (demonstration)")
    NONE = "none", _("Not set up")


class Verb(models.TextChoices):
    """What the staff did, for the log of a vote."""

    PLANNED = "planned", _("Planned")
    CHANGED = "changed", _("Changed")
    OPENED = "opened", _("Opened")
    EXTENDED = "extended", _("Extended")
    ENDED = "ended", _("Ended early")
    COUNTED = "counted", _("Counted paper ballots")


class Why(models.TextChoices):
    """Why a code was not sent, or a vote not counted. None of them says whether a phone has voted, but `VOTED`."""

    LATER = "later", _("Voting has not begun yet. Nothing was sent or counted.")
    ENDED = "ended", _("Voting has ended. Your vote was not counted.")
    TOO_FEW = "too_few", _("Choose at least one.")
    TOO_MANY = "too_many", _("You chose more than allowed: take some back.")
    FOREIGN = "foreign", _("One of these is not in the list any more: choose again.")
    PHONE = "phone", _("Type a mobile number of eleven digits.")
    NO_MEANS = "no_means", _("Voting by phone is not set up here. Vote on paper, please.")
    WAIT = "wait", _("A code went to this number less than a minute ago. Type it, or wait a minute.")
    ENOUGH = "enough", _("Five codes went to this number within a day. Vote on paper, please, or try tomorrow.")
    NOT_SENT = "not_sent", _("The message could not be sent. Try again, or vote on paper.")
    FLOOD = "flood", _("Too many tries from here within an hour. Please wait, or vote on paper.")
    OLD_CODE = "old_code", _("This code does not count any more. Ask for another one.")
    WRONG_CODE = "wrong_code", _("This is not the code.")
    VOTED = "voted", _("This number has voted already. Its vote counts once; nothing was changed.")


STATUS: Final = {
    Why.LATER: 409, Why.ENDED: 409, Why.VOTED: 409, Why.FLOOD: 429, Why.WAIT: 429, Why.ENOUGH: 429, Why.NOT_SENT: 503,
    Why.NO_MEANS: 503,
}  # fmt: skip
# After these the choice itself has to be looked at again; after the others, the code.
OF_THE_CHOICE: Final = frozenset(
    {Why.TOO_FEW, Why.TOO_MANY, Why.FOREIGN, Why.PHONE, Why.NO_MEANS, Why.ENOUGH, Why.VOTED}
)
