"""WCAG 2.2 AA of the two themes, read from the style sheet itself."""

import re
from pathlib import Path

import pytest

from huiyin import site

SHEET = (Path(site.__file__).parent / "frontend" / "app.css").read_text("utf-8")
THEMES = {
    name: dict(re.findall(r"--color-([\w-]+): (#[0-9a-f]{6});", block))
    for name, block in re.findall(r'name: "(\w+)";(.*?)\n}', SHEET, re.DOTALL)
}
TEXT = ["base-content", "soft", "primary", "success", "warning", "error"]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["paper", "ink"])
@pytest.mark.parametrize("text", TEXT)
@pytest.mark.parametrize("ground", ["base-100", "base-200", "card"])
def test_text_on_a_ground(theme, text, ground):
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["paper", "ink"])
@pytest.mark.parametrize("name", ["primary", "neutral", "success", "warning", "error", "info", "secondary"])
def test_text_on_a_filled_button(theme, name):
    assert contrast(THEMES[theme][name], THEMES[theme][f"{name}-content"]) >= 4.5


@pytest.mark.parametrize("theme", ["paper", "ink"])
@pytest.mark.parametrize(
    ("text", "ground"), [("primary", "wash"), ("success", "jade-wash"), ("base-content", "base-300")]
)
def test_text_on_a_tint(theme, text, ground):
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", ["paper", "ink"])
@pytest.mark.parametrize("ground", ["card", "base-200"])
def test_edge_of_a_control(theme, ground):
    assert contrast(THEMES[theme]["edge"], THEMES[theme][ground]) >= 3
