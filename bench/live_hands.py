"""Those who ask and like in `bench.live`: each in their own connection, evenly over a minute, from forty addresses."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field

import orjson

SECONDS = 60.0
ADDRESSES = 40
PATIENCE_SECONDS = 30


@dataclass(slots=True)
class Outcome:
    """Of what was acknowledged: seconds each; else the first answer that was not."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    first_error: str = ""


def minute(port: int, code: str, shown: Sequence[int], questions: int, likes: int) -> tuple[Outcome, Outcome]:
    return asyncio.run(_minute(port, code, shown, questions, likes))


async def _minute(port: int, code: str, shown: Sequence[int], questions: int, likes: int) -> tuple[Outcome, Outcome]:
    asked, liked = Outcome(), Outcome()
    work: list[tuple[float, Awaitable[None]]] = [
        (
            n * SECONDS / questions,
            _post(asked, port, f"/live/{code}/ask", n, {"text": f"路灯不亮，第{n}问", "press": uuid.uuid4().hex}),
        )
        for n in range(questions)
    ]
    work += [
        (n * SECONDS / likes, _post(liked, port, f"/live/{code}/like", n, {"question": shown[n % len(shown)]}))
        for n in range(likes)
    ]
    begin = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for at, one in sorted(work, key=lambda pair: pair[0]):
            await asyncio.sleep(max(0.0, begin + at - time.monotonic()))
            group.create_task(_awaited(one))
    return asked, liked


async def _awaited(one: Awaitable[None]) -> None:
    await one


async def _post(outcome: Outcome, port: int, path: str, number: int, values: dict[str, object]) -> None:
    body = orjson.dumps(values)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n"
        f"Cookie: viewer={uuid.uuid4()}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    start = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await _exchange(port, f"127.0.2.{number % ADDRESSES + 1}", head.encode() + body)
    except (OSError, TimeoutError) as error:
        answer = repr(error).encode()
    if answer.startswith(b"HTTP/1.1 20"):
        outcome.seconds.append(time.monotonic() - start)
    else:
        outcome.errors += 1
        outcome.first_error = outcome.first_error or answer[:60].decode("ascii", "replace")


async def _exchange(port: int, source: str, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    writer.write(request)
    try:
        return await reader.read()
    finally:
        writer.close()
