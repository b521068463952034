from django.apps import AppConfig


class TownhallConfig(AppConfig):
    name = "huiyin.townhall"
    label = "townhall"
