"""What a browser does with a live process, over a real socket."""

import http.client
import json
import socket

PATIENCE_SECONDS = 30


class Answer:
    def __init__(self, found):
        self.status, self.headers, self.body = found.status, found.headers, found.read()

    @property
    def json(self):
        return json.loads(self.body)


def fetch(port, path, *, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        sent = body.encode() if isinstance(body, str) else body
        connection.request(method, path, sent, {name.replace("_", "-"): value for name, value in headers.items()})
        return Answer(connection.getresponse())
    finally:
        connection.close()


def send(port, path, values, *, viewer="", **headers):
    cookie = {"cookie": f"viewer={viewer}"} if viewer else {}
    sent = {"content_type": "application/json", **cookie, **headers}
    return fetch(port, path, method="POST", body=json.dumps(values), **sent)


def raw(port, data):
    """All that comes back for these bytes, until the other side ends."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as connection:
        connection.sendall(data)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


class Stream:
    """The stream of a meeting; the connection is open once this exists."""

    def __init__(self, port, code, *, after=None, last_event_id=None, viewer="", origin=""):
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        query = f"?after={after}" if after is not None else ""
        lines = [f"GET /live/{code}/stream{query} HTTP/1.1", "Host: localhost"]
        lines += [f"Last-Event-ID: {last_event_id}"] if last_event_id is not None else []
        lines += [f"Cookie: viewer={viewer}"] if viewer else []
        lines += [f"Origin: {origin}"] if origin else []
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.file = self.socket.makefile("rb")
        try:
            self.status = int(self.file.readline().split()[1])
        except OSError:
            self.__exit__()
            raise
        self.headers = http.client.parse_headers(self.file)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        self.socket.close()

    def next(self):
        """One event with its fields; comments are read over. Raises EOFError at the end."""
        fields = {}
        while True:
            line = self.file.readline()
            if not line:
                raise EOFError
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if line == b"\n" and fields:
                return fields
            if name and not line.startswith(b":"):
                fields[name] = value

    def posts(self, count):
        """(number, kind, data) of that many posts."""
        found = []
        while len(found) < count:
            event = self.next()
            if "id" in event:
                found.append((int(event["id"]), event["event"], json.loads(event["data"])))
        return found

    def named(self, name):
        while (event := self.next()).get("event") != name:
            pass
        return json.loads(event["data"])
