"""Tags and filters every template has without loading them (settings: builtins)."""

from datetime import datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.template.defaulttags import querystring
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from huiyin.site.assets import asset_url
from huiyin.site.duration import left as time_left
from huiyin.site.icons import icon_svg
from huiyin.site.navigation import Link, links
from huiyin.site.ring import STAGES, ring_label, ring_svg

register = template.Library()
register.simple_tag(asset_url, name="asset")
register.simple_tag(ring_label, name="ring_label")

NOTHING = "—"


@register.simple_tag
def ring(state: str, size: int = 28, label: str | None = None) -> SafeString:
    """`{% ring case.ring 56 %}` says its state; `{% ring case.ring 30 "" %}` is decoration beside words that do."""
    drawn = ring_svg(str(state), size, ring_label(str(state)) if label is None else str(label))
    return mark_safe(drawn)  # noqa: S308 - ring_svg escapes the label and checks the state


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    return mark_safe(icon_svg(name, size))  # noqa: S308 - built from constants


@register.simple_tag
def icon_url() -> str:
    return static("site/ring.svg")


@register.simple_tag(takes_context=True)
def qs(context: RequestContext, **changes: Any) -> str:
    """Django's `querystring`, and "?" where a page is drawn without a request."""
    return str(querystring(context, **changes)) if getattr(context, "request", None) else "?"


@register.simple_tag(takes_context=True)
def navigation(context: template.Context, within: str = "") -> list[Link]:
    request = context.get("request")
    return list(links(context.get("user"), request.path if request else "", within))


@register.filter
def left(due_at: datetime | None, parts: int = 2) -> str:
    """`{{ case.due_at|left }}` → "23 小时 41 分" or "迟 2 小时"; `|left:1` for the largest unit only."""
    return time_left(due_at, parts) if due_at else NOTHING


@register.filter
def dash(value: object) -> object:
    """What has no value is «—», never 0."""
    return NOTHING if value is None or value == "" else value


@register.filter
def stage(name: str) -> str | Promise:
    """`{{ "answer"|stage }}` → 反馈."""
    return STAGES.get(name, name)
