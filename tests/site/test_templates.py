import re

import pytest
from django.template.loader import render_to_string

from huiyin.site.views import SampleForm


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_page_needs_neither_request_nor_database(name, chinese):
    page = render_to_string(name)
    assert name[:3] in page
    assert 'href="/"' in page


def test_pages_run_no_inline_script():
    page = render_to_string("500.html")
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="module" src=')
    assert not re.search(r"<[^>]+ on[a-z]+=", page)


def test_figure_without_a_value_is_a_dash_without_its_unit():
    drawn = render_to_string("site/components/figure.html", {"value": None, "unit": "%", "label": "x"})
    assert "—" in drawn
    assert "%" not in drawn


def test_figure_opens_into_its_cases():
    drawn = render_to_string("site/components/figure.html", {"value": 0, "label": "x", "href": "/cases/?late=1"})
    assert '<a class="figure" href="/cases/?late=1">' in drawn
    assert '<span class="figure-value">0</span>' in drawn


def test_field_wires_its_error_and_hint_to_the_control():
    form = SampleForm({"text": ""})
    drawn = render_to_string("site/components/field.html", {"field": form["text"]})
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_text_helptext"' in drawn
    assert 'id="id_text_error"' in drawn
    assert 'aria-describedby="id_text_helptext id_text_error"' in drawn


def test_progress_stops_asking_when_done():
    running = render_to_string("site/components/progress.html", {"url": "/x", "percent": 0, "label": "x"})
    done = render_to_string("site/components/progress.html", {"url": "/x", "done": True, "label": "x"})
    assert ('hx-get="/x"' in running, 'value="0"' in running) == (True, True)
    assert "hx-get" not in done


def test_pager_without_pages_is_nothing():
    assert not render_to_string("site/components/pager.html", {"prev": None, "next": None}).strip()
