from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "huiyin.indicators"
    label = "indicators"
