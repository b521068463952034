"""The way to the model against a real server: what is posted, and every way in which no answer comes."""

import json

import pytest
from tests.model import dripping, raw, says, silent

from huiyin.assistant import endpoint
from huiyin.assistant.choices import Outcome
from huiyin.assistant.endpoint import Message, NotAnswered

ASKED = [Message("system", "改写"), Message("user", "原文")]


def ask():
    to = endpoint.described()
    return endpoint.post(to, endpoint.body_of(to, ASKED))


def refused():
    with pytest.raises(NotAnswered) as problem:
        ask()
    return problem.value


def test_off_without_a_file(settings, tmp_path):
    settings.ASSISTANT_FILE = tmp_path / "none.toml"
    assert not endpoint.configured()


def test_the_protocol_is_spoken(on, model):
    model.does = says("<think>想一想</think>\n 改好了 ")
    assert ask() == "改好了"
    path, headers, body = model.got[0]
    assert (path, headers["Authorization"], headers["Content-Type"]) == (
        "/v1/chat/completions", "Bearer s3cret", "application/json",
    )  # fmt: skip
    assert json.loads(body) == {
        "model": "house-7b",
        "messages": [{"role": "system", "content": "改写"}, {"role": "user", "content": "原文"}],
        "temperature": 0,
        "stream": False,
    }


def test_without_a_key_none_is_sent(model, describe):
    describe(f'url = "{model.url}/"\nmodel = "house-7b"')
    assert (ask(), "Authorization" in model.got[0][1], model.got[0][0]) == ("好", False, "/v1/chat/completions")


@pytest.mark.parametrize("does", [silent, dripping])
def test_a_slow_model_is_not_waited_for(on, model, does):
    on("seconds = 0.3")
    model.does = does
    assert refused().outcome == Outcome.TIMEOUT


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html>", b"\xff\xfe", b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": null}}]}', b'{"choices": [{"message": {"content": [1]}}]}',
        b'{"choices": [{"message": {"content": "  "}}]}', b"[" * 100_000,
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_said_to_be(on, model, body):
    model.does = raw(body)
    assert (refused().outcome, len(model.got)) == (Outcome.ERROR, 1)


def test_an_answer_without_end_is_cut_off(on, model):
    model.does = says("长" * 300_000)
    assert str(refused()) == "助手的回答太长了。"


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_an_error_is_told_by_its_number_only(on, model, status):
    model.does = raw("原文 s3cret".encode(), status)
    assert str(refused()) == f"助手返回错误 {status}。"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(on, model, status):
    model.does = raw(b"", status, Location=f"{model.url}/elsewhere".replace("127.0.0.1", "localhost"))
    assert (refused().outcome, len(model.got)) == (Outcome.ERROR, 1)


def test_nobody_there_is_said_without_address_or_key(on, describe):
    describe('url = "http://127.0.0.1:1/v1"\nmodel = "m"\nkey = "s3cret"')
    assert str(refused()) == "助手连接不上。"


def test_a_key_that_no_header_carries_is_not_repeated(model, describe):
    describe(f'url = "{model.url}"\nmodel = "m"\nkey = "s3c\\nret"')
    problem = refused()
    assert (str(problem), problem.__suppress_context__, model.got) == ("助手连接不上。", True, [])


@pytest.mark.parametrize(
    "text",
    [
        'url = "file:///etc/passwd"\nmodel = "m"', 'url = "ftp://x/"\nmodel = "m"', 'url = "http://x"', "url = ", "",
        'url = 1\nmodel = "m"', 'url = "http://x"\nmodel = "m"\nkey = 5', 'url = "http://x"\nmodel = "m"\nseconds = 0',
        'url = "http://x"\nmodel = "m"\nseconds = nan', 'url = "http://x"\nmodel = "m"\nseconds = "s"',
        'url = "http://x"\nmodel = "m"\nper_hour = 0', 'url = "http://x"\nmodel = "m"\nseconds = 600',
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_so(describe, text):
    describe(text)
    assert str(refused()) == "assistant.toml 不能用，请告诉维护系统的人。"
