"""A model in the house: a real HTTP server on this machine that speaks the OpenAI-compatible protocol."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model:
    """`got`: (path, headers, body) of each question; `asked` counts them. `does` is what comes next, one of those below."""

    def __init__(self):
        self.url, self.got = "", []
        self.held, self.asked = threading.Event(), threading.Semaphore(0)
        self.does = says("好")

    @property
    def heard(self):
        """The last question's messages, by role."""
        return {message["role"]: message["content"] for message in json.loads(self.got[-1][2])["messages"]}


def says(words):
    answer = {"id": "1", "object": "chat.completion", "choices": [{"index": 0, "message": {"content": words}}]}
    return raw(json.dumps(answer).encode())


def raw(body, status=200, **headers):
    def answer(handler, model):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def silent(handler, model):
    """Holds the line until the test ends."""
    model.held.wait(30)


def dripping(handler, model):
    """An answer that never ends, a byte at a time."""
    handler.send_response(200)
    handler.end_headers()
    while not model.held.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


@contextmanager
def serving():
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            model.got.append((self.path, dict(self.headers), body))
            model.asked.release()
            try:
                model.does(self, model)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *args):
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    model.url = f"http://127.0.0.1:{served.server_port}/v1"
    try:
        yield model
    finally:
        model.held.set()
        served.shutdown()
        served.server_close()
