"""Signed links: for one person, one path, and a while."""

import base64
from uuid import UUID, uuid4

import pytest

from clipbot.errors import LinkNotFound
from clipbot.identity.links import STEP_SECONDS, Links
from tests.unit.identity.conftest import Hand

ADA = UUID("6f1a2b3c-0000-4000-8000-000000000001")
PATH = "/api/v1/jobs/1/film.mp4"


@pytest.fixture(name="links")
def fixture_links(clock: Hand) -> Links:
    return Links(b"k" * 32, clock)


def test_a_link_says_whose_it_is(links: Links) -> None:
    assert links.opened(links.token(ADA, PATH), PATH).user_id == ADA


def test_it_holds_for_one_to_two_hours(links: Links, clock: Hand) -> None:
    token = links.token(ADA, PATH)
    clock.wait(STEP_SECONDS)
    links.opened(token, PATH)
    clock.wait(STEP_SECONDS)
    with pytest.raises(LinkNotFound):
        links.opened(token, PATH)


def test_it_is_the_same_within_a_step_so_that_browsers_keep_what_they_have(
    links: Links, clock: Hand
) -> None:
    clock.moment = 1_000_000 * STEP_SECONDS + 1
    first = links.token(ADA, PATH)
    clock.wait(STEP_SECONDS - 2)
    assert links.token(ADA, PATH) == first
    clock.wait(2)
    assert links.token(ADA, PATH) != first


def test_it_never_holds_longer_than_what_it_is_made_from(links: Links, clock: Hand) -> None:
    token = links.token(ADA, PATH, latest=clock() + 5)
    assert links.opened(token, PATH).expires_at == clock() + 5
    clock.wait(5)
    with pytest.raises(LinkNotFound):
        links.opened(token, PATH)


@pytest.mark.parametrize(
    "path", ["", "/", PATH.upper(), f"{PATH}/", "/api/v1/jobs/2/film.mp4", f"/{PATH}"]
)
def test_it_opens_its_own_path_only(links: Links, path: str) -> None:
    with pytest.raises(LinkNotFound):
        links.opened(links.token(ADA, PATH), path)


def test_another_house_signs_with_another_key(links: Links, clock: Hand) -> None:
    with pytest.raises(LinkNotFound):
        Links(b"j" * 32, clock).opened(links.token(ADA, PATH), PATH)


def test_not_one_bit_of_it_can_be_changed(links: Links) -> None:
    token = links.token(ADA, PATH)
    content = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(LinkNotFound):
            links.opened(base64.urlsafe_b64encode(bytes(changed)).decode().rstrip("="), PATH)


@pytest.mark.parametrize(
    "token", ["", "x", "=" * 40, "ä" * 75, "A" * 75, "A" * 10_000, "a b", "%00"]
)
def test_nonsense_leads_nowhere(links: Links, token: str) -> None:
    with pytest.raises(LinkNotFound):
        links.opened(token, PATH)


def test_two_people_have_two_links(links: Links) -> None:
    assert links.token(ADA, PATH) != links.token(uuid4(), PATH)
