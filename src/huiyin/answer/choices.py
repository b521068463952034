from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.fields import FIELDS
from huiyin.language.remarks import codes


class WhistleKind(TextChoices):
    HARD = "hard", _("What a street cannot solve alone")
    JOINT = "joint", _("Joint law enforcement")
    EMERGENCY = "emergency", _("Emergency")


class Score(TextChoices):
    GOOD = "good", _("Good")
    FAIR = "fair", _("Fair")
    POOR = "poor", _("Poor")


assert {choice[0] for choice in FIELDS["whistle_kind"].choices} == set(WhistleKind.values)  # noqa: S101 one list, two words
assert {choice[0] for choice in FIELDS["score"].choices} == set(Score.values)  # noqa: S101


def remark_choices() -> list[tuple[str, str]]:
    """Every remark that a reply may get, by its code."""
    return [(code, zh) for code, (zh, _en) in codes().items()]
