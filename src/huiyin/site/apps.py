from django.apps import AppConfig

from huiyin.config import times


class SiteConfig(AppConfig):
    name = "huiyin.site"
    label = "site"

    def ready(self) -> None:
        times.install()
