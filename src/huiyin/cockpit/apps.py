from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "huiyin.cockpit"
    label = "cockpit"

    def ready(self) -> None:
        from huiyin.cockpit import makers
        from huiyin.cockpit.tiles import on_cockpit

        for maker in makers.OWN:
            on_cockpit(maker)
