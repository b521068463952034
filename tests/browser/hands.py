"""How a person presses and sends: keys at a desk, taps on a phone."""

from playwright.sync_api import Locator, Page, expect
from stage import PHONE


def press(page: Page, key: str) -> None:
    """The shortcut `key`; on a phone the button that carries it."""
    button = page.locator(f'[data-key="{key}"]:visible').first
    button.wait_for()
    if page.viewport_size == PHONE:
        button.tap()
    else:
        page.keyboard.press(key)


def send(page: Page, form: Locator) -> None:
    """Ctrl+Enter out of the form; on a phone its button."""
    if page.viewport_size == PHONE:
        form.locator("[data-submit], button:not([type]), [type=submit]").first.tap()
    else:
        form.locator("textarea, input:not([type=hidden])").first.press("Control+Enter")


def done(page: Page) -> None:
    """The page says that it is done."""
    expect(page.locator("#notes .note-success")).to_be_visible()
