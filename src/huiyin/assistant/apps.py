from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "huiyin.assistant"
    label = "assistant"

    def ready(self) -> None:
        from huiyin.assistant.panels import long_story
        from huiyin.cases.panels import on_case_page

        on_case_page(long_story)
