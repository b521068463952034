from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from huiyin.kernel.roles import Role
from huiyin.site import assets, navigation
from huiyin.site.duration import left, spell

NOW = datetime(2026, 11, 23, 8, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "chinese_text"),
    [
        (0, "不到 1 分"),
        (1, "1 分"),
        (60, "1 小时"),
        (1421, "23 小时 41 分"),
        (2 * 1440 + 30, "2 天"),
        (2 * 1440 + 3 * 60 + 5, "2 天 3 小时"),
    ],
)
def test_spell(minutes, chinese_text, chinese):
    assert spell(minutes) == chinese_text


def test_left_before_and_after(chinese):
    assert left(NOW + timedelta(hours=23, minutes=41), now=NOW) == "23 小时 41 分"
    assert left(NOW - timedelta(hours=2), now=NOW) == "迟 2 小时"
    assert left(NOW - timedelta(hours=2, minutes=9), parts=1, now=NOW) == "迟 2 小时"


def test_left_in_english(english):
    assert left(NOW + timedelta(hours=1, minutes=2), now=NOW) == "1 hour 2 minutes"
    assert left(NOW - timedelta(days=1), now=NOW) == "1 day late"


def test_left_filter_without_a_due_date_is_a_dash(draw):
    assert draw("{{ due|left }}", due=None) == "—"


def test_left_filter_with_parts(draw, chinese):
    assert draw("{{ due|left:1 }}", due=timezone.now() + timedelta(days=2, hours=5)) == "2 天"


@pytest.mark.parametrize(("value", "shown"), [(None, "—"), ("", "—"), (0, "0"), ("94.8", "94.8")])
def test_dash_keeps_zero(draw, value, shown):
    assert draw("{{ value|dash }}", value=value) == shown


def test_stage(draw, chinese):
    assert draw('{{ "answer"|stage }} {{ "elsewhere"|stage }}') == "反馈 elsewhere"


def test_ring_tag_says_its_state_unless_told_otherwise(draw, chinese):
    assert 'aria-label="居民说解决了"' in draw('{% ring "1111" %}')
    assert 'aria-hidden="true"' in draw('{% ring "1111" 30 "" %}')


def test_icon_tag(draw):
    assert draw('{% icon "check" 16 %}').startswith('<svg width="16" height="16"')


def test_qs_keeps_the_other_parameters(draw):
    request = RequestFactory().get("/", {"kind": "a", "page": "1"})
    assert draw("{% qs page=2 %}") == "?"
    context = Context()
    context.request = request  # as RequestContext has it, without running the context processors
    assert Template("{% qs page=2 %}").render(context) == "?kind=a&amp;page=2"


def test_asset_carries_a_hash_of_the_contents(tmp_path, monkeypatch, settings):
    settings.DEBUG = True
    built = tmp_path / "app.js"
    built.write_text("1")
    monkeypatch.setattr(finders, "find", lambda _name: str(built))
    first = assets.asset_url("app.js")
    assert first == "/static/dist/app.js?v=6b86b273ff"
    built.write_text("22")
    assert assets.asset_url("app.js") != first


def test_asset_before_the_front_end_is_built(monkeypatch, settings):
    settings.DEBUG = True
    monkeypatch.setattr(finders, "find", lambda _name: None)
    assert assets.asset_url("app.js") == "/static/dist/app.js"


def account(*roles):
    return SimpleNamespace(
        is_authenticated=True, is_superuser=False, has_role=lambda *asked: any(role in roles for role in asked)
    )


@pytest.fixture
def every_room(monkeypatch):
    monkeypatch.setattr(navigation, "reverse", lambda name: f"/{name}/")


@pytest.mark.parametrize(
    ("user", "rooms"),
    [
        (None, ["collect:say", "evaluate:find", "review:public_list", "standing:public", "reception:lines"]),
        (
            account(Role.HANDLER),
            [
                "review:home",
                "answer:inbox",
                "answer:whistles",
                "townhall:season",
                "polls:polls",
                "alike:topics",
                "cases:search",
                "review:rates",
                "timers:ageing",
            ],
        ),
        (
            account(Role.CALLER),
            ["review:home", "evaluate:desk", "townhall:season", "cases:search", "collect:knowledge", "review:rates"],
        ),
        (
            account(Role.AGENT),
            [
                "review:home",
                "collect:agent",
                "townhall:season",
                "cases:search",
                "collect:knowledge",
                "review:rates",
                "collect:imports",
            ],
        ),
    ],
)
def test_navigation_by_role(user, rooms, every_room):
    assert [link.url for link in navigation.links(user, "/")] == [f"/{room}/" for room in rooms]


def test_navigation_marks_where_one_is(every_room):
    assert [link.current for link in navigation.links(None, "/evaluate:find/x")] == [False, True, False, False, False]


def test_navigation_leaves_out_rooms_that_are_not_installed():
    assert list(navigation.links(None, "/")) == []
