from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "huiyin.reception"
    label = "reception"

    def ready(self) -> None:
        from huiyin.cases.panels import on_case_page
        from huiyin.reception import panels
        from huiyin.townhall.panels import on_live_page, on_workspace

        on_live_page(panels.on_live)
        on_workspace(panels.on_workspace)
        on_case_page(panels.on_case)
