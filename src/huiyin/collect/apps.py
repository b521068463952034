from django.apps import AppConfig


class CollectConfig(AppConfig):
    name = "huiyin.collect"
    label = "collect"

    def ready(self) -> None:
        from huiyin.cases.panels import on_case_page
        from huiyin.cases.reactions import on_moved, on_opened
        from huiyin.collect import panels
        from huiyin.collect.emergency import hand_off
        from huiyin.collect.knowledge import cite_only_what_holds
        from huiyin.collect.merging import follow_parents

        on_opened(hand_off)
        on_moved(cite_only_what_holds)
        on_moved(follow_parents)
        for panel in (panels.repeats, panels.together, panels.source):
            on_case_page(panel)
