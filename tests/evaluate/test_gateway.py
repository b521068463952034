"""The gateway against a real server on this machine: what it is handed is what the file describes."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from huiyin.evaluate import gateway


@pytest.fixture
def server():
    """Keeps (method, path, body) of what it gets; a path with `away` is redirected, one with `bad` fails."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            got.append((self.command, self.path, body))
            self.send_response(302 if "away" in self.path else 500 if "bad" in self.path else 200)
            if "away" in self.path:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        do_POST = do_GET  # noqa: N815 the server's own name

        def log_message(self, *args):
            pass

    served = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}", got
    served.shutdown()
    served.server_close()


@pytest.fixture
def describe(settings, tmp_path):
    def write(text):
        settings.SMS_FILE = tmp_path / "sms.toml"
        settings.SMS_FILE.write_text(text, "utf-8")

    return write


def test_off_without_a_file(settings, tmp_path):
    settings.SMS_FILE = tmp_path / "none.toml"
    assert not gateway.configured()


def test_number_and_text_fill_the_address(server, describe):
    root, got = server
    describe(f'url = "{root}/send?to={{phone}}&say={{text}}"')
    gateway.send("13900000421", "评价：https://x/e/A&B?")
    method, path, _body = got[0]
    assert (method, parse_qs(urlsplit(path).query)) == (
        "GET",
        {"to": ["13900000421"], "say": ["评价：https://x/e/A&B?"]},
    )


def test_a_body_of_json_is_posted(server, describe):
    root, got = server
    describe(
        f'url = "{root}/send"\nbody = \'{{"to": "{{phone}}", "say": "{{text}}"}}\'\n'
        '[headers]\n"Content-Type" = "application/json"'
    )
    gateway.send("13900000421", '他说"好"')
    assert (got[0][0], json.loads(got[0][2])) == ("POST", {"to": "13900000421", "say": '他说"好"'})


@pytest.mark.parametrize("where", ["away", "bad"])
def test_a_redirect_or_a_failure_is_not_sent_and_not_followed(server, describe, where):
    root, got = server
    describe(f'url = "{root}/{where}?{{phone}}{{text}}"')
    with pytest.raises(gateway.NotSent) as error:
        gateway.send("13900000421", "请评价")
    assert (len(got), "139" in str(error.value)) == (1, False)


@pytest.mark.parametrize("text", ['url = "file:///etc/passwd"', "url = ", ""])
def test_a_file_that_cannot_be_used_says_so(describe, text):
    describe(text)
    with pytest.raises(gateway.NotSent):
        gateway.send("13900000421", "请评价")
