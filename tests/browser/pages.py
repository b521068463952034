"""Every page, and who opens it. A word in braces is a case prepared by props.py."""

PAGES = {
    "front": (None, "/"),
    "public_list": (None, "/cases-open/"),
    "find": (None, "/track/"),
    "say": (None, "/say/"),
    "sign_in": (None, "/login/"),
    "public_figure": (None, "/figures/resolution/"),
    "today": ("analyst", "/home/"),
    "unit": ("leader.qingyuan", "/units/qingyuan/"),
    "rates": ("analyst", "/rates/"),
    "rates_by_category": ("analyst", "/rates/?by=category"),
    "figure": ("analyst", "/figures/resolution/"),
    "search": ("analyst", "/cases/"),
    "case_to_accept": ("handler.qingyuan", "/cases/{dispatched}/"),
    "case_in_hand": ("handler.qingyuan", "/cases/{in_progress}/"),
    "reply_form": ("handler.qingyuan", "/cases/{in_progress}/move/submit/"),
    "case_to_review": ("leader.qingyuan", "/cases/{submitted}/"),
    "unmask": ("handler.qingyuan", "/cases/{in_progress}/unmask/"),
    "me": ("handler.qingyuan", "/me/"),
    "take_a_call": ("agent", "/agent/"),
    "imports": ("agent", "/imports/"),
    "dispatch": ("dispatcher", "/assign/"),
    "catalogue": ("dispatcher", "/catalogue/?q=03"),
    "inbox": ("handler.qingyuan", "/inbox/"),
    "inbox_of_leader": ("leader.qingyuan", "/inbox/"),
    "contact_form": ("handler.qingyuan", "/cases/{in_progress}/move/first_contact/"),
    "callbacks": ("caller", "/callbacks/"),
    "call": ("caller", "/callbacks/{to_call_back}/"),
    "my_checks": ("checker", "/rounds/checks/"),
    "check": ("checker", "/rounds/checks/{drawn}/"),
    "sample": ("supervisor", "/rounds/"),
    "checks_by_unit": ("supervisor", "/rounds/units/?unit=qingyuan"),
}


def open_page(stage, name: str, **options):
    """The page in a window of whoever opens it."""
    account, path = PAGES[name]
    page = stage.enter(account, **options)
    numbers = {kind: cases[0]["number"] for kind, cases in stage.product.props.items()}
    assert page.goto(path.format(**numbers)).status == 200
    return page
