"""The product as its users meet it: `huiyin fill`, `serve` and `worker` on a fresh database, Debian's Chromium."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from product import Product, running
from stage import FLAGS, Stage

HERE = Path(__file__).parent
INSTALL = (
    "Chromium is missing: make test installs it on Debian as root; else: sudo apt-get install chromium fonts-noto-cjk"
)


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    with running(tmp_path_factory.mktemp("product")) as product:
        yield product


@pytest.fixture(scope="session")
def signed_in() -> dict[str, dict]:
    """Cookies of those who signed in once."""
    return {}


@pytest.fixture(scope="module")
def chromium():
    """A module long: while Playwright's loop runs, Django refuses to be used in this thread by tests of other rooms."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail(INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def picture() -> bytes:
    """A photograph, as a phone makes it: with a place hidden inside."""
    made, hidden = BytesIO(), Image.Exif()
    hidden[0x010E] = "36.5012, 116.0034"
    Image.effect_noise((640, 480), 60).convert("RGB").save(made, "JPEG", exif=hidden)
    return made.getvalue()


@pytest.fixture
def stage(chromium: Browser, product: Product, signed_in: dict[str, dict]):
    stage = Stage(chromium, product, signed_in)
    yield stage
    stage.close()
    assert stage.faults == [], product.log()[-4000:]
