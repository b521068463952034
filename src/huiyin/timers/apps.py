from django.apps import AppConfig


class TimersConfig(AppConfig):
    name = "huiyin.timers"
    label = "timers"

    def ready(self) -> None:
        from huiyin.cases.panels import on_case_page
        from huiyin.timers.panels import times

        on_case_page(times)
