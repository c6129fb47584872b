"""Signing in and out by the form, as a browser does it."""

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from clipbot.identity.throttle import FROM_ONE_ADDRESS
from clipbot.ui.signin import own_path
from tests.contract.gotrue_server import Double, Person
from tests.people import BASE, House, served
from tests.unit.api.conftest import Studio

OTHERS = [
    "//evil.example",
    "//evil.example/path",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "",
    " /",
    "/ /evil",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "/%0d%0a" * 1000,
    "/ä",
    "/login",
    "/login?next=/login",
    "/logout",
    "/api/v1/jobs",
    "/gradio_api/info",
]


@pytest.fixture(name="browser")
def fixture_browser(house: House) -> TestClient:
    """A browser without cookies, at a house where nobody has tried anything lately."""
    assert house.people.passwords
    house.people.passwords.throttle._tries.clear()
    return house.browser()


def sign_in(browser: TestClient, email: str, password: str, next_: str = "/") -> Response:
    fields = {"email": email, "password": password, "next": next_}
    answer: Response = browser.post("/login", data=fields, headers={"Origin": BASE})
    return answer


def test_signing_in_leads_to_where_one_wanted_to_go(browser: TestClient, ada: Person) -> None:
    form = browser.get("/login?next=/%3Fjob%3D1")
    assert form.status_code == 200
    assert 'name="next" value="/?job=1"' in form.text
    assert form.headers["cache-control"] == "no-store"

    answer = sign_in(browser, ada.email, ada.password, "/?job=1")

    assert (answer.status_code, answer.headers["location"]) == (303, "/?job=1")
    for line in answer.headers.get_list("set-cookie"):
        assert "; HttpOnly" in line
        assert "; SameSite=Lax" in line
    assert browser.get("/api/v1/jobs").status_code == 200
    assert browser.get("/", headers={"Accept": "text/html"}).status_code == 200
    again = browser.get("/login?next=/%3Fjob%3D2")
    assert (again.status_code, again.headers["location"]) == (303, "/?job=2")


def test_a_wrong_password_is_said_and_what_was_typed_stays(
    browser: TestClient, ada: Person
) -> None:
    answer = sign_in(browser, ada.email, "wrong", "/?job=1")
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert f'value="{ada.email}"' in answer.text
    assert 'value="/?job=1"' in answer.text
    assert "wrong" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(("email", "password"), [("", ""), ("ada@example.com", ""), ("", "word")])
def test_what_is_missing_is_asked_for(browser: TestClient, email: str, password: str) -> None:
    answer = sign_in(browser, email, password)
    assert answer.status_code == 401
    assert "Please give your e-mail address and your password" in answer.text


def test_what_people_type_is_shown_as_text(browser: TestClient) -> None:
    answer = sign_in(browser, '"><script>alert(1)</script>', "x", '/?"><script>alert(2)</script>')
    assert "<script>alert" not in answer.text
    assert "&quot;&gt;&lt;script&gt;alert(1)" in answer.text


@pytest.mark.parametrize("wanted", OTHERS)
def test_nobody_is_led_to_another_place(browser: TestClient, ada: Person, wanted: str) -> None:
    assert own_path(wanted) == "/"
    answer = sign_in(browser, ada.email, ada.password, wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    signed_in = browser.get(f"/login?next={quote(wanted)}")
    assert signed_in.headers["location"] == "/"


@pytest.mark.parametrize("wanted", ["/", "/?job=1&clip=2", "/review/1", "/loginish", "/?next=//x"])
def test_pages_of_ours_are_gone_back_to(wanted: str) -> None:
    assert own_path(wanted) == wanted


def test_after_some_tries_one_waits_whatever_is_typed(browser: TestClient, ada: Person) -> None:
    for _ in range(FROM_ONE_ADDRESS.tries):
        assert sign_in(browser, ada.email, "wrong").status_code == 401
    answer = sign_in(browser, ada.email.upper(), ada.password)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= FROM_ONE_ADDRESS.seconds
    assert "Too many tries" in answer.text
    assert sign_in(browser, "bob@example.com", "wrong").status_code == 401


def test_while_supabase_is_away_the_form_says_so(
    browser: TestClient, double: Double, ada: Person
) -> None:
    double.is_away = True
    try:
        answer = sign_in(browser, ada.email, ada.password)
    finally:
        double.is_away = False
    assert answer.status_code == 503
    assert "does not work right now" in answer.text


def test_another_site_can_neither_sign_in_nor_out(browser: TestClient, ada: Person) -> None:
    fields = {"email": ada.email, "password": ada.password}
    for path in ("/login", "/logout"):
        for sent in ({"Origin": "https://evil.example"}, {"Origin": "null"}):
            answer = browser.post(path, data=fields, headers=sent)
            assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    assert browser.get("/logout").status_code == 401


def test_signing_out_ends_it(browser: TestClient, double: Double, ada: Person) -> None:
    sign_in(browser, ada.email, ada.password)
    kept = dict(browser.cookies)
    count = len(double.sessions)

    answer = browser.post("/logout", headers={"Origin": BASE})

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?left")
    assert not dict(browser.cookies)
    assert len(double.sessions) == count - 1
    assert browser.get("/api/v1/jobs").status_code == 401
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in kept.items())}
    assert browser.get("/api/v1/jobs", headers=sent).status_code == 401
    assert "You are signed out." in browser.get("/login?left").text


def test_signing_out_twice_is_harmless(browser: TestClient) -> None:
    assert browser.post("/logout", headers={"Origin": BASE}).status_code == 303


def test_a_session_is_renewed_by_the_way(browser: TestClient, double: Double, ada: Person) -> None:
    double.lifetime_seconds = 60
    try:
        sign_in(browser, ada.email, ada.password)
    finally:
        double.lifetime_seconds = 3600
    before = dict(browser.cookies)
    assert browser.get("/assets/none.js").headers.get_list("set-cookie") == []

    answer = browser.get("/api/v1/jobs")

    assert len(answer.headers.get_list("set-cookie")) == 2
    assert dict(browser.cookies) != before
    assert browser.get("/api/v1/jobs").headers.get_list("set-cookie") == []


def test_a_form_that_is_too_long_is_not_read(browser: TestClient) -> None:
    answer = browser.post("/login", data={"email": "x" * 100_000, "password": "y"})
    assert answer.status_code == 401


def test_nothing_may_run_on_the_page_but_what_is_in_it(browser: TestClient) -> None:
    policy = browser.get("/login").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert browser.get("/login").headers["x-frame-options"] == "SAMEORIGIN"


def test_over_https_cookies_are_bound_to_the_host_and_browsers_stay_there(
    gallery: Studio, double: Double, ada: Person
) -> None:
    _, app = served(gallery.desk, double, public_url="https://clips.example")
    base = "https://clips.example"
    with TestClient(app, base_url=base, follow_redirects=False) as browser:
        answer = browser.post(
            "/login",
            data={"email": ada.email, "password": ada.password},
            headers={"Origin": base},
        )
        for line in answer.headers.get_list("set-cookie"):
            assert line.startswith("__Host-clipbot-")
            assert line.endswith("; SameSite=Lax; Secure")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert browser.get("/api/v1/jobs").status_code == 200
        # What a page over plain http could have planted is not ours.
        planted = {"Cookie": f"clipbot-access=1~{double.token(ada)}"}
        with TestClient(app, base_url=base) as other:
            assert other.get("/api/v1/jobs", headers=planted).status_code == 401


@pytest.mark.parametrize("path", ["/login/start", "/login/callback"])
def test_what_only_other_ways_of_signing_in_have_is_not_there(
    browser: TestClient, path: str
) -> None:
    assert browser.get(path).status_code == 404
