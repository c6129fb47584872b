"""A clipbot in which people sign in, for tests: the app as it is served, on a double of GoTrue."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from clipbot.serving import build
from clipbot.settings import load
from clipbot.wiring.people import People, people
from tests.contract.gotrue_server import ANON_KEY, Double, Person
from tests.desk import Desk

BASE = "http://127.0.0.1:7860"


@dataclass(frozen=True, slots=True)
class House:
    """The app with its page, and a client without a session."""

    desk: Desk
    double: Double
    people: People
    app: FastAPI
    client: TestClient

    def bearer(self, person: Person, **claims: Any) -> dict[str, str]:
        """Return the header of a program of this person."""
        return {"Authorization": f"Bearer {self.double.token(person, **claims)}"}

    def browser(self) -> TestClient:
        """Return a client with cookies of its own."""
        return TestClient(self.app, base_url=BASE, follow_redirects=False)


def served(desk: Desk, double: Double, **given: Any) -> tuple[People, FastAPI]:
    """Return the app as `serving` builds it, for people of the double."""
    settings = load(
        home=desk.home,
        auth="supabase",
        supabase_url=double.url,
        supabase_anon_key=ANON_KEY,
        **given,
    )
    found = people(settings, desk.store.roles.is_admin)
    return found, build(settings, desk.services, found)
