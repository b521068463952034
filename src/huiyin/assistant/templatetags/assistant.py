"""Whether a template draws what asks the assistant."""

from django import template

from huiyin.assistant.endpoint import configured
from huiyin.assistant.queries import stays_inside
from huiyin.cases.models import Case

register = template.Library()


@register.filter
def may_go_out(case: Case) -> bool:
    """`{% if case|may_go_out %}`: an assistant is configured, and this case may be given to it."""
    return configured() and not stays_inside(case)
