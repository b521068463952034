"""Django settings: everything an installation changes comes from the environment (docs/install.md)."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from huiyin.config.home import home, read_secrets

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()
_secrets = read_secrets()

DEBUG = os.environ.get("HUIYIN_DEBUG") == "1"
SECRET_KEY = _secrets["secret_key"] or "not-configured-run-huiyin-doctor"
# Fernet keys, newest first: the first encrypts, all decrypt (rotation).
PRIVATE_KEYS = [key for key in _secrets["private_keys"].split(",") if key]
ALLOWED_HOSTS = os.environ.get("HUIYIN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("HUIYIN_ORIGINS", "").split(",") if origin]
HTTPS = os.environ.get("HUIYIN_HTTPS") == "1"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql:///huiyin"),
        conn_max_age=600,
        # A killed database costs nobody an error page: a connection is tried once a request.
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"].setdefault("TEST", {"TEMPLATE": "template0"})

INSTALLED_APPS = [
    "huiyin.site",
    "huiyin.people",
    "huiyin.notices",
    "huiyin.cases",
    "huiyin.alike",
    "huiyin.assistant",
    "huiyin.collect",
    "huiyin.assign",
    "huiyin.answer",
    "huiyin.evaluate",
    "huiyin.timers",
    "huiyin.rounds",
    "huiyin.townhall",
    "huiyin.reception",
    "huiyin.polls",
    "huiyin.review",
    "huiyin.cockpit",
    "huiyin.bulletins",
    "huiyin.indicators",
    "huiyin.standing",
    "huiyin.monthly",
    "huiyin.api",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.config.middleware.without_nul",
    "huiyin.config.middleware.never_stored",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huiyin.people.context.district",
            ],
            "builtins": ["huiyin.site.templatetags.site"],
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["huiyin.people.backends.Accounts"]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "review:home"
LOGOUT_REDIRECT_URL = "review:front"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *os.environ.get("HUIYIN_TILE_HOSTS", "").split()],
        "style-src": [SELF, "'unsafe-inline'"],
        "script-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
LANGUAGE_COOKIE_NAME = "lang"
TIME_ZONE = os.environ.get("HUIYIN_TZ", "Asia/Shanghai")
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = HOME / "media"

# How often one sender may use a public door in an hour; how many proxies of ours stand in front (X-Forwarded-For).
# Days after archiving until names, numbers and unmasked words are erased (PIPL 19: no longer than needed).
RETENTION_DAYS = int(os.environ.get("HUIYIN_RETENTION_DAYS", "1095"))
# Ways of Apprise by which staff may have notices sent to themselves; `json` and the like would reach into the house.
NOTICE_WAYS = os.environ.get(
    "HUIYIN_NOTICE_WAYS", "mailto mailtos wecombot dingtalk feishu lark bark barks ntfy ntfys"
).split()
# Where `huiyin live` is reached from outside (docs/live.md): empty behind the same proxy, else `:8001` or `https://…`.
LIVE_URL = os.environ.get("HUIYIN_LIVE_URL", "").rstrip("/")
RATE_PER_HOUR = int(os.environ.get("HUIYIN_RATE_PER_HOUR", "60"))
# How to send a text message (src/huiyin/evaluate/gateway.py); without the file none is sent.
SMS_FILE = Path(os.environ.get("HUIYIN_SMS", HOME / "sms.toml"))
# Which model to ask (src/huiyin/assistant/endpoint.py); without the file there is no assistant.
ASSISTANT_FILE = Path(os.environ.get("HUIYIN_ASSISTANT", HOME / "assistant.toml"))
PROXIES = int(os.environ.get("HUIYIN_PROXIES", "0"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Nothing personal in logs: requests are logged by route, never with their query string (docs/threat-model.md).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    # A refused page is an answer, not an event for the terminal; faults (5xx) are.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": os.environ.get("HUIYIN_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
