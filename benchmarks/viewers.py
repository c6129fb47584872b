"""Fifty people at once, while four edits are made: does the page stay quick for all of them?

Each person reads the clip list every five seconds and a quarter of a megabyte of the film
every two, and follows the job's events by a stream of their own, as a browser does. One
job serves ten streams, so the people are spread over five jobs; four of those are edited.
The app is one process with its encoders; the people are another, on the same machine.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import UUID

import httpx

from benchmarks.clips import long_job
from benchmarks.page import app
from clipbot.domain.user import LOCAL_USER
from clipbot.settings import load
from clipbot.wiring import open_clipbot

JOBS = 5
PEOPLE_PER_JOB = 10
EDITED = 4
LIST_SECONDS = 5.0
FILM_SECONDS = 2.0
RANGE_BYTES = 256 * 1024
AT_LEAST_SECONDS = 30.0
ARRIVAL_SECONDS = 10.0
"""Fifty people and four edits begin at once, at a server that has just started."""
LIMIT_MS = 200
PATIENCE_SECONDS = 600.0


@dataclass(slots=True)
class Seen:
    """What the people lived through."""

    began: float = field(default_factory=time.perf_counter)
    lists_ms: list[float] = field(default_factory=list)
    settled_ms: list[float] = field(default_factory=list)
    """Those of the lists that were asked for when everybody had been there for a while."""
    ranges_ms: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    events: int = 0
    dropped: int = 0
    """Streams that ended by themselves, or left out an event."""


@dataclass(slots=True)
class Person:
    """One browser with one tab."""

    client: httpx.AsyncClient
    url: str
    seen: Seen
    is_over: asyncio.Event
    film: dict[str, Any] | None = None
    """What it watches; immutable, so it is asked for once."""

    async def live(self) -> None:
        """Do all of it until it is over."""
        stream = asyncio.create_task(self._follow())
        await asyncio.gather(
            self._again_and_again(LIST_SECONDS, self._list_clips),
            self._again_and_again(FILM_SECONDS, self._read_film),
        )
        stream.cancel()
        await asyncio.gather(stream, return_exceptions=True)

    async def _again_and_again(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(random.uniform(0, seconds))  # noqa: S311 - people do not come in step
        while not self.is_over.is_set():
            began = time.perf_counter()
            try:
                await act()
            except httpx.HTTPError as error:
                self.seen.faults.append(repr(error))
            await asyncio.sleep(max(0.0, began + seconds - time.perf_counter()))

    async def _list_clips(self) -> None:
        began = time.perf_counter()
        answer = await self.client.get(f"{self.url}/clips")
        taken_ms = 1000 * (time.perf_counter() - began)
        self.seen.lists_ms.append(taken_ms)
        if began - self.seen.began > ARRIVAL_SECONDS:
            self.seen.settled_ms.append(taken_ms)
        self._expect(answer, 200)

    async def _read_film(self) -> None:
        if self.film is None:
            self.film = (await self.client.get(self.url)).json()["film"]
        film = self.film
        first = random.randrange(max(1, film["size_bytes"] - RANGE_BYTES))  # noqa: S311 - a place
        wanted = {"Range": f"bytes={first}-{first + RANGE_BYTES - 1}"}
        began = time.perf_counter()
        answer = await self.client.get(str(self.client.base_url.join(film["url"])), headers=wanted)
        self.seen.ranges_ms.append(1000 * (time.perf_counter() - began))
        self._expect(answer, 206)

    def _expect(self, answer: httpx.Response, status: int) -> None:
        if answer.status_code != status:
            self.seen.faults.append(f"{answer.request.url.path}: {answer.status_code}")

    async def _follow(self) -> None:
        last = 0
        try:
            async with self.client.stream("GET", f"{self.url}/events") as stream:
                self._expect(stream, 200)
                async for line in stream.aiter_lines():
                    if line.startswith("id: "):
                        self.seen.dropped += int(line[4:]) != last + 1
                        last = int(line[4:])
                        self.seen.events += 1
        except httpx.HTTPError as error:
            self.seen.faults.append(repr(error))
        self.seen.dropped += not self.is_over.is_set()


async def edit(client: httpx.AsyncClient, url: str, index: int = 1) -> float:
    """Make a clip a little brighter, and return how long that took, in seconds."""
    began = time.perf_counter()
    wish = {"instruction": "make it a little brighter"}
    started = (await client.post(f"{url}/clips/{index}/regenerate", json=wish)).raise_for_status()
    address = f"{url}/regenerations/{started.json()['regeneration_id']}"
    while True:
        state = (await client.get(address)).json()
        if state["status"] not in {"queued", "processing"}:
            break
        await asyncio.sleep(0.5)
    if state["status"] != "completed":
        raise RuntimeError(state["message"])
    return time.perf_counter() - began


async def _all_of_them(server: str, jobs: list[UUID]) -> tuple[Seen, list[float], float]:
    seen, is_over = Seen(), asyncio.Event()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    timeout = httpx.Timeout(60, pool=None)
    client = httpx.AsyncClient(base_url=server, limits=limits, timeout=timeout, trust_env=False)
    async with client, asyncio.timeout(PATIENCE_SECONDS):
        urls = [f"/api/v1/jobs/{job}" for job in jobs]
        people = [Person(client, url, seen, is_over) for url in urls for _ in range(PEOPLE_PER_JOB)]
        began = time.perf_counter()
        living = [asyncio.create_task(person.live()) for person in people]
        edits = await asyncio.gather(*(edit(client, url) for url in urls[:EDITED]))
        await asyncio.sleep(max(0.0, began + AT_LEAST_SECONDS - time.perf_counter()))
        is_over.set()
        await asyncio.gather(*living)
        return seen, edits, time.perf_counter() - began


def main() -> dict[str, Any]:
    """Return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with open_clipbot(load(home=home), role="command") as clipbot:
            jobs = [long_job(clipbot.services, 8 + number) for number in range(JOBS)]
            for job in clipbot.services.jobs.list(LOCAL_USER).jobs:
                clipbot.services.films.ensure(job.id)
        with app(home) as server:
            seen, edits, seconds = asyncio.run(_all_of_them(server, jobs))
    return {
        "people": JOBS * PEOPLE_PER_JOB,
        "seconds": round(seconds, 1),
        "lists": len(seen.lists_ms),
        "list_p50_ms": round(median(seen.lists_ms), 1),
        "list_p95_ms": round(quantiles(seen.lists_ms, n=20)[-1], 1),
        "list_p95_settled_ms": round(quantiles(seen.settled_ms, n=20)[-1], 1),
        "limit_ms": LIMIT_MS,
        "ranges": len(seen.ranges_ms),
        "range_p95_ms": round(quantiles(seen.ranges_ms, n=20)[-1], 1),
        "events": seen.events,
        "dropped_streams": seen.dropped,
        "faults": seen.faults[:10],
        "edits_s": [round(each, 1) for each in edits],
    }


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=2)
