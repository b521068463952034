from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "huiyin.polls"
    label = "polls"

    def ready(self) -> None:
        from huiyin.polls import panels
        from huiyin.townhall.panels import on_live_page, on_workspace

        on_live_page(panels.of_everybody)
        on_workspace(panels.of_the_staff)
