import pytest
from tests.model import serving


@pytest.fixture
def model():
    with serving() as model:
        yield model


@pytest.fixture
def describe(settings, tmp_path):
    def write(text):
        settings.ASSISTANT_FILE = tmp_path / "assistant.toml"
        settings.ASSISTANT_FILE.write_text(text, "utf-8")

    return write


@pytest.fixture
def on(model, describe):
    """The assistant is configured; called, with these lines besides."""

    def on(*lines):
        describe("\n".join([f'url = "{model.url}"', 'model = "house-7b"', 'key = "s3cret"', *lines]))

    on()
    return on
