"""The web process: plain WSGI, threads that keep their database connection."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from huiyin.kernel.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
application = get_wsgi_application()
_PAGES = get_resolver().url_patterns  # every page is loaded before the first is asked for
settle()
