"""A few line icons on a 24 x 24 grid, drawn for Huiyin."""

# ruff: noqa: E501 - a drawing is one line

from functools import cache
from typing import Final

PATHS: Final = {
    "alert": '<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01"/>',
    "arrow-left": '<path d="M19 12H5m6-6-6 6 6 6"/>',
    "arrow-right": '<path d="M5 12h14m-6-6 6 6-6 6"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>',
    "chart": '<path d="M4 20h16M7 16v-4m5 4V6m5 10v-7"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "chevron": '<path d="m7 10 5 5 5-5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "download": '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14"/>',
    "edit": '<path d="M4 20h4L19 9l-4-4L4 16z"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.7"/>',
    "headset": '<path d="M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v5H4zm13 0h3v5h-3z"/>',
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.7 9.6a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.2.9-1.2 1.7M12 16.5h.01"/>',
    "home": '<path d="m4 11 8-7 8 7v8.5H14V14h-4v5.5H4z"/>',
    "inbox": '<path d="M4 13.5 6.5 5h11l2.5 8.5V19H4zM4 13.5h4.5L10 16h4l1.5-2.5H20"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5h.01"/>',
    "keyboard": '<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.01M11 10h.01M15 10h.01M8 14h8"/>',
    "list": '<path d="M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "logout": '<path d="M10 5H5v14h5M10 12h10m-4-4 4 4-4 4"/>',
    "message": '<path d="M4 5h16v11.5h-8L7.5 20v-3.5H4z"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
    "more": '<path d="M6 12h.01M12 12h.01M18 12h.01"/>',
    "phone": '<path d="M5 4.5h4l1.5 4.5-2 1.5a11 11 0 0 0 5 5l1.5-2 4.5 1.5v4c-8 1.5-16-6.5-14.5-14.5z"/>',
    "photo": '<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="9" cy="10" r="1.6"/><path d="m4 17 5-4 3.5 3L16 12l4.5 4"/>',
    "pin": '<path d="M12 21s7-6.2 7-11.5a7 7 0 1 0-14 0C5 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.4"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
    "send": '<path d="M20.5 3.5 10 14M20.5 3.5 14 20.5 10 14 3.5 10z"/>',
    "sun": '<circle cx="12" cy="12" r="3.8"/><path d="M12 3v2m0 14v2m9-9h-2M5 12H3m15.4-6.4L17 7M7 17l-1.4 1.4m12.8 0L17 17M7 7 5.6 5.6"/>',
    "upload": '<path d="M12 15V4M7.5 8.5 12 4l4.5 4.5M5 20h14"/>',
    "user": '<circle cx="12" cy="8.5" r="3.8"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>',
    "whistle": '<circle cx="8.5" cy="14" r="5"/><path d="M12 10.5 20.5 8v4L13 14.5M10 5.5V4m-4 2L5 4.7"/>',
    "users": '<circle cx="9" cy="9" r="3.3"/><path d="M3 19a6 6 0 0 1 12 0M15.5 6a3.2 3.2 0 0 1 0 6M17.5 14a6 6 0 0 1 3.5 5"/>',
}


@cache
def icon_svg(name: str, size: int = 20) -> str:
    """Always decoration: the words are beside it, or in the button's aria-label."""
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{PATHS[name]}</svg>'
    )
