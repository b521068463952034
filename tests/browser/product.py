"""The real product on a database of its own: filled, served and worked for as long as the tests run."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg
from psycopg import sql

HUIYIN = (sys.executable, "-W", "ignore", "-m", "huiyin.cli.main")
PROPS = (sys.executable, "-W", "ignore", str(Path(__file__).with_name("props.py")))
PASSWORD = "huiyin-demo"
CASES = 300
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Product:
    """`props`: numbers of cases that tests may spend, by what they are for. `live`: `huiyin live`, which may fall."""

    url: str
    home: Path
    environment: dict[str, str]
    props: dict[str, list[dict[str, str]]]
    live_port: int
    live: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url_of_database(self) -> str:
        return self.environment["DATABASE_URL"]

    def start_live(self) -> None:
        command = [*HUIYIN, "live", f"--port={self.live_port}", "--processes=1"]
        self.live.append(start(command, self.environment, self.home / "live.log"))

    def kill_live(self) -> None:
        """With all that it started, at once: nobody says goodbye to a browser."""
        (live,) = self.live
        for process in [*psutil.Process(live.pid).children(recursive=True), live]:
            process.kill()
        live.wait()
        self.live.clear()

    def prop(self, name: str) -> dict[str, str]:
        """One prepared case, nobody else's: `number` and `secret`."""
        return self.props[name].pop()

    def log(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.home.glob("*.log")))


@contextmanager
def running(home: Path):
    with database() as address:
        live_port = free_port()
        environment = {
            **os.environ, "DATABASE_URL": address, "HUIYIN_HOME": str(home), "PYTHONWARNINGS": "ignore",
            "HUIYIN_LIVE_URL": f":{live_port}",
        }  # fmt: skip
        run([*HUIYIN, "fill", f"--cases={CASES}", "--seed=7"], environment)
        props = json.loads(run(list(PROPS), environment))
        port = free_port()
        web = start([*HUIYIN, "serve", f"--port={port}"], environment, home / "web.log")
        worker = start([*HUIYIN, "worker"], environment, home / "worker.log")
        product = Product(f"http://localhost:{port}", home, environment, props, live_port)
        product.start_live()
        try:
            wait(port, web, product)
            yield product
        finally:
            for process in (web, worker, *product.live):
                stop(process)


@contextmanager
def database():
    """A new database beside the one of the other tests; the address of it."""
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"browser_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        statement = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
        try:
            yield urlunsplit(server._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file)


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(port: int, web: subprocess.Popen[bytes], product: Product) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and web.poll() is None:
        if answers(port):
            return
        time.sleep(0.1)
    raise AssertionError(f"The web process does not answer.\n{product.log()}")


def answers(port: int) -> bool:
    with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", "/")
        with connection.getresponse() as response:
            return response.status == 200
    return False
