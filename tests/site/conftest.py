import pytest
from django.template import Context, engines
from django.utils import translation

from huiyin.site import messages


@pytest.fixture(scope="session", autouse=True)
def _compiled():
    messages.compile_all()


@pytest.fixture(autouse=True)
def _own_urls(settings):
    settings.ROOT_URLCONF = "huiyin.site.urls"  # the other apps' rooms need not exist for these


@pytest.fixture
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def draw():
    def draw(source, **values):
        return engines["django"].from_string(source).template.render(Context(values)).strip()

    return draw
