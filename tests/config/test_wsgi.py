"""What a web process has loaded when it takes its first request, and what the garbage collector leaves alone."""

import subprocess
import sys

SCRIPT = """
import gc, sys
import huiyin.config.wsgi
from django.urls import get_resolver
first = gc.get_freeze_count()
print('ibis' in sys.modules, 'huiyin.review.views' in sys.modules, first > 100_000)
import huiyin.review.counting
print('ibis' in sys.modules, gc.get_freeze_count() > first)
"""


def test_pages_are_loaded_and_settled_and_ibis_waits_until_figures_are_asked_for():
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "True", "True", "True", "True"]
