import pytest
from django.test import Client
from tests.townhall.hall import live

from huiyin.townhall.streaming import may_listen

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(db):
    return live()


@pytest.mark.parametrize(
    "where",
    [
        ("", "localhost:8000", ""),
        (":8001", "localhost:8000", "http://localhost:8001"),
        (":8001", "127.0.0.1", "http://127.0.0.1:8001"),
        (":8001", "[::1]:8000", "http://[::1]:8001"),
        ("https://live.example.cn", "localhost", "https://live.example.cn"),
    ],
)
@pytest.mark.parametrize("path", ["", "screen/"])
def test_a_page_knows_where_its_stream_is_and_may_open_that_alone(hall, settings, path, where):
    said, host, elsewhere = where
    settings.LIVE_URL = said
    page = Client(headers={"host": host}).get(f"/live/{hall.code}/{path}")
    rules = dict(rule.split(" ", 1) for rule in page["Content-Security-Policy"].split("; "))

    assert f'data-stream="{elsewhere}/live/{hall.code}/stream"' in page.content.decode()
    assert rules.get("connect-src") == (f"'self' {elsewhere}" if elsewhere else None)


def test_no_other_page_may_connect_anywhere_else(hall, settings):
    settings.LIVE_URL = ":8001"
    page = Client().get(f"/live/{hall.code}/progress/")

    assert "8001" not in page["Content-Security-Policy"] + page.content.decode()


@pytest.mark.parametrize(
    ("origin", "host", "may"),
    [
        ("http://localhost:8000", "localhost:8001", True),
        ("http://192.168.1.7:8000", "192.168.1.7:8001", True),
        ("http://[::1]:8000", "[::1]:8001", True),
        ("https://huiyin.example.cn", "live.example.cn", True),
        ("http://huiyin.example.cn", "live.example.cn", False),
        ("https://evil.example", "localhost:8001", False),
        ("null", "localhost:8001", False),
        ("null", "", False),
        ("http://[", "localhost:8001", False),
        ("http://localhost:8000", "[", False),
        ("", "", False),
    ],
)
def test_pages_of_this_site_may_listen_from_another_port_or_name(settings, origin, host, may):
    settings.LIVE_URL, settings.CSRF_TRUSTED_ORIGINS = ":8001", ["https://huiyin.example.cn"]

    assert may_listen(origin, host) == may


def test_behind_one_address_no_other_page_may_listen(settings):
    settings.LIVE_URL = ""

    assert not may_listen("http://localhost:8000", "localhost:8001")
