"""Browser windows for people, each watched: an error in the console, a broken promise of the CSP or a 5xx is a fault."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from product import PASSWORD, Product

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
SHAPES = {"phone": PHONE, "desktop": DESKTOP}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
# What pages are made of: none of it may be missing.
PARTS = {"stylesheet", "script", "image", "font"}
# A refusal is an answer. What a page is made of, and a 5xx, are looked at in `_answered`.
REFUSAL = re.compile(r"^Failed to load resource|Response Status Error Code 4")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Stage:
    """Opens windows. `faults` is empty while all goes well."""

    browser: Browser
    product: Product
    signed_in: dict[str, dict]
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def enter(self, account: str | None = None, *, shape: str = "desktop", language: str = "zh", **options) -> Page:
        """A window of somebody: of a resident, or of staff already signed in."""
        state = self.state_of(account) if account else None
        return self.window(shape=shape, language=language, storage_state=state, **options)

    def window(self, *, shape: str = "desktop", language: str = "zh", **options) -> Page:
        context = self.browser.new_context(
            base_url=self.product.url,
            viewport=SHAPES[shape],
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            has_touch=shape == "phone",
            **options,
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        context.on("page", self._watch)
        return context.new_page()

    def state_of(self, account: str) -> dict:
        if account not in self.signed_in:
            page = self.window()
            sign_in(page, account)
            self.signed_in[account] = page.context.storage_state()
        return self.signed_in[account]

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _watch(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSAL.search(message.text):
            self.faults.append(f"{message.location['url']}: {message.text}")

    def _answered(self, response: Response) -> None:
        missing = response.status >= 400 and response.request.resource_type in PARTS
        if response.status >= 500 or missing:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")


def sign_in(page: Page, account: str, *, goto: bool = True) -> None:
    """`goto` False: on the sign-in that one was sent to."""
    if goto:
        page.goto("/login/")
    page.locator("[name=username]").fill(account)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
