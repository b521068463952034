"""What a voter is answered when nothing was done."""

from django.utils.translation import ngettext

from huiyin.polls.choices import OF_THE_CHOICE, STATUS, Why


class NotCounted(Exception):  # noqa: N818 an answer, not a fault
    """No code was sent, or no vote counted. `tries`: how many are left for this code."""

    def __init__(self, why: Why, *, tries: int = 0) -> None:
        super().__init__(why.value)
        self.why, self.tries = why, tries

    @property
    def status(self) -> int:
        return STATUS.get(self.why, 422)

    @property
    def of_the_choice(self) -> bool:
        """Whether the person has to go back to what they chose; else the code is typed again."""
        return self.why in OF_THE_CHOICE

    @property
    def sentence(self) -> str:
        if self.why != Why.WRONG_CODE:
            return str(self.why.label)
        left = ngettext("%(tries)d try is left.", "%(tries)d tries are left.", self.tries) % {"tries": self.tries}
        return f"{self.why.label} {left}"
