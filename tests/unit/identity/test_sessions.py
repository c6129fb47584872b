"""Sessions in cookies: begun, renewed by the way, ended."""

import threading
import time
from collections.abc import Mapping

import pytest

from clipbot.errors import (
    NotSignedIn,
    SignInUnavailable,
    TooManyAttempts,
    WrongCredentials,
)
from clipbot.identity.cookies import Jar
from clipbot.identity.gotrue import GoTrue, Grant
from clipbot.identity.keys import Keys, fetched_from
from clipbot.identity.renewals import Renewals
from clipbot.identity.sessions import Ended, Sessions
from clipbot.identity.tokens import AccessTokens
from tests.contract.gotrue_server import ANON_KEY, Double, Person
from tests.unit.identity.conftest import Hand

Browser = dict[str, str]


@pytest.fixture(name="sessions")
def fixture_sessions(double: Double) -> Sessions:
    sign_in = GoTrue(double.url, ANON_KEY)
    keys = Keys(fetched_from(f"{double.issuer}/.well-known/jwks.json"), time.monotonic)
    return Sessions(
        tokens=AccessTokens(double.issuer, keys),
        sign_in=sign_in,
        renewals=Renewals(sign_in.refresh, time.monotonic),
        jar=Jar(is_secure=False),
        ended=Ended(time.time),
        now=time.time,
    )


def taken(browser: Browser, lines: tuple[str, ...]) -> Browser:
    """Do to a browser's cookies what `Set-Cookie` says."""
    for line in lines:
        name, value = line.split(";")[0].split("=", 1)
        if "Max-Age=0" in line:
            browser.pop(name, None)
        else:
            browser[name] = value
    return browser


def begun(sessions: Sessions, ada: Person) -> Browser:
    return taken({}, sessions.begin(sessions.sign_in.sign_in(ada.email, ada.password)).cookies)


def renewals(double: Double) -> int:
    return sum("grant_type=refresh_token" in path for path, _, _ in double.seen)


def test_a_session_goes_on_without_asking_anybody(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    browser = begun(sessions, ada)
    for _ in range(3):
        resumed = sessions.resume(browser)
        assert str(resumed.claims.user_id) == ada.id
        assert resumed.cookies == ()
    assert double.calls["/auth/v1/token"] == 1
    assert double.calls["/auth/v1/.well-known/jwks.json"] == 1


def test_it_is_renewed_before_it_ends(double: Double, sessions: Sessions, ada: Person) -> None:
    double.lifetime_seconds = 60
    browser = begun(sessions, ada)
    double.lifetime_seconds = 3600

    resumed = sessions.resume(browser)

    assert resumed.claims.expires_at > time.time() + 3000
    assert sessions.resume(taken(browser, resumed.cookies)).cookies == ()
    assert renewals(double) == 1


def test_it_is_renewed_after_it_ended(sessions: Sessions, ada: Person) -> None:
    browser = begun(sessions, ada)
    del browser["clipbot-access"]
    assert str(sessions.resume(browser).claims.user_id) == ada.id


def test_two_tabs_that_renew_at_once_both_go_on(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    double.lifetime_seconds = 60
    browser = begun(sessions, ada)
    found: list[tuple[str, ...]] = []
    threads = [
        threading.Thread(target=lambda: found.append(sessions.resume(dict(browser)).cookies))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert renewals(double) == 1
    assert len(double.sessions) == 1
    # Whichever answer comes last, what the browser keeps is good.
    for lines in found:
        assert sessions.resume(taken(dict(browser), lines)).claims.email == ada.email


def test_two_servers_that_renew_at_once_both_go_on(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    """GoTrue gives those who come within seconds the same; nothing is shared here."""
    double.lifetime_seconds = 60
    browser = begun(sessions, ada)
    other = GoTrue(double.url, ANON_KEY)
    first = sessions.resume(dict(browser)).cookies
    late = other.refresh(sessions.jar.read(browser, "refresh") or "")
    assert isinstance(late, Grant)
    assert sessions.resume(taken(dict(browser), first)).claims.email == ada.email
    assert len(double.sessions) == 1


def test_where_new_cookies_cannot_be_given_nothing_is_renewed(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    double.lifetime_seconds = 60
    browser = begun(sessions, ada)
    assert sessions.resume(browser, may_renew=False).cookies == ()
    del browser["clipbot-access"]
    with pytest.raises(NotSignedIn):
        sessions.resume(browser, may_renew=False)
    assert renewals(double) == 0


def test_while_supabase_is_away_whoever_is_signed_in_goes_on(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    double.lifetime_seconds = 60
    browser = begun(sessions, ada)
    double.is_away = True
    assert sessions.resume(browser).claims.email == ada.email
    del browser["clipbot-access"]
    with pytest.raises(SignInUnavailable):
        sessions.resume(browser)


def test_a_session_that_ended_over_there_is_over(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    browser = begun(sessions, ada)
    double.sessions.clear()
    del browser["clipbot-access"]
    with pytest.raises(NotSignedIn, match="session has ended"):
        sessions.resume(browser)


@pytest.mark.parametrize(
    "cookies",
    [
        {},
        {"clipbot-access": "1~nonsense"},
        {"clipbot-refresh": "1~nonsense"},
        {"clipbot-access": "1~a.b.c", "clipbot-refresh": "1~nonsense"},
        {"other": "cookie"},
    ],
)
def test_cookies_that_are_not_ours_let_nobody_in(
    sessions: Sessions, cookies: Mapping[str, str]
) -> None:
    with pytest.raises(NotSignedIn):
        sessions.resume(cookies)


def test_signing_out_ends_the_session_here_and_there(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    browser = begun(sessions, ada)
    stolen = dict(browser)

    assert taken(browser, sessions.end(browser)) == {}

    assert double.sessions == []
    with pytest.raises(NotSignedIn):
        sessions.resume(stolen)
    with pytest.raises(NotSignedIn):
        sessions.read(sessions.jar.read(stolen, "access") or "")


def test_signing_out_leaves_other_sessions_alone(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    here, there = begun(sessions, ada), begun(sessions, ada)
    sessions.end(here)
    assert sessions.resume(there).claims.email == ada.email
    assert len(double.sessions) == 1


def test_signing_out_works_after_the_access_token_ended(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    browser = begun(sessions, ada)
    del browser["clipbot-access"]
    sessions.end(browser)
    assert double.sessions == []


def test_signing_out_takes_the_cookies_away_whatever_happens(
    double: Double, sessions: Sessions, ada: Person
) -> None:
    browser = begun(sessions, ada)
    double.is_away = True
    assert taken(dict(browser), sessions.end(browser)) == {}
    assert all("Max-Age=0" in line for line in sessions.end({"clipbot-access": "1~nonsense"}))


def test_a_sign_in_of_somebody_who_may_not_come_in_begins_no_session(
    double: Double, sessions: Sessions
) -> None:
    ghost = double.join("ghost@example.com", "boo", more={"is_anonymous": True})
    with pytest.raises(NotSignedIn):
        begun(sessions, ghost)


def test_a_token_that_is_too_long_for_cookies_is_no_crash(
    double: Double, sessions: Sessions
) -> None:
    much = double.join("much@example.com", "word", more={"app_metadata": {"x": "y" * 9_000}})
    with pytest.raises((NotSignedIn, SignInUnavailable)):
        begun(sessions, much)


def test_a_long_token_lies_in_several_cookies(double: Double, sessions: Sessions) -> None:
    much = double.join("much@example.com", "word", more={"app_metadata": {"x": "y" * 3_500}})
    browser = begun(sessions, much)
    assert len(browser) == 3
    assert str(sessions.resume(browser).claims.user_id) == much.id


class TestAtGoTrue:
    """What is sent, and what its answers mean."""

    def test_a_wrong_password_and_an_unknown_address_sound_the_same(
        self, sessions: Sessions, ada: Person
    ) -> None:
        said = []
        for email, password in ((ada.email, "wrong"), ("nobody@example.com", "wrong")):
            with pytest.raises(WrongCredentials) as caught:
                sessions.sign_in.sign_in(email, password)
            said.append(str(caught.value))
        assert len(set(said)) == 1

    def test_an_account_may_not_be_ready_or_closed(
        self, double: Double, sessions: Sessions
    ) -> None:
        double.join("new@example.com", "word", is_confirmed=False)
        double.join("bad@example.com", "word", is_banned=True)
        with pytest.raises(WrongCredentials, match="confirm your e-mail"):
            sessions.sign_in.sign_in("new@example.com", "word")
        with pytest.raises(WrongCredentials, match="closed"):
            sessions.sign_in.sign_in("bad@example.com", "word")

    def test_its_own_limit_is_passed_on(self, double: Double, sessions: Sessions) -> None:
        double.is_busy = True
        with pytest.raises(TooManyAttempts):
            sessions.sign_in.sign_in("ada@example.com", "word")

    def test_silence_is_not_a_wrong_password(self, double: Double, sessions: Sessions) -> None:
        double.is_away = True
        with pytest.raises(SignInUnavailable):
            sessions.sign_in.sign_in("ada@example.com", "word")

    def test_each_call_carries_the_public_key_and_nobody_elses_token(
        self, double: Double, sessions: Sessions, ada: Person
    ) -> None:
        bob = double.join("bob@example.com", "word")
        sessions.sign_in.sign_in(ada.email, ada.password)
        sessions.sign_in.sign_in(bob.email, bob.password)
        sent = [headers for path, headers, _ in double.seen if "/token" in path]
        assert {each["apikey"] for each in sent} == {ANON_KEY}
        assert {each["authorization"] for each in sent} == {f"Bearer {ANON_KEY}"}


def test_what_was_renewed_is_forgotten_after_a_while(clock: Hand) -> None:
    given: list[str] = []

    def renew(token: str) -> Grant:
        given.append(token)
        return Grant(f"access {len(given)}", f"refresh {len(given)}")

    renewing = Renewals(renew, clock)
    assert renewing.get("one") == renewing.get("one")
    clock.wait(61)
    assert renewing.get("one").access_token == "access 2"
    for number in range(1_500):
        renewing.get(str(number))
    assert len(renewing._slots) <= 1_000
