"""Numbers that a browser sends."""

_MOST_DIGITS = 9


def number(typed: str) -> int | None:
    """None for whatever no row or post of ours can have."""
    return int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else None
