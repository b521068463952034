from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "huiyin.rounds"
    label = "rounds"

    def ready(self) -> None:
        from huiyin.cases.moving import made_by
        from huiyin.cases.reactions import on_moved
        from huiyin.rounds.doors import not_drawn, verified
        from huiyin.rounds.following import follow_up

        on_moved(follow_up)
        made_by(verified, "verify", why_not=not_drawn)
