from typing import Any


def pytest_bdd_apply_tag(tag: str, function: Any) -> bool:
    """Tags name the step of the law (domain.md 3.2) for `test_coverage`; they are no markers of pytest."""
    return True
