"""A second person reaches nothing of the first, by any route and by any handler of the page."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, MetaData, select

from clipbot.domain.plan import to_json
from clipbot.domain.user import LOCAL_USER, User
from clipbot.store.database import connect
from tests import jobs
from tests.contract.gotrue_server import Double, Person
from tests.desk import Desk, desk
from tests.integration.processes.waiting import until
from tests.people import BASE, House, served
from tests.routes import Way, ours

WISH = "make it night"
BODIES: Mapping[str, Mapping[str, object]] = {
    "plan": {"text": WISH},
    "quotes": {"text": WISH, "selected": [1]},
    "regenerate": {"instruction": WISH},
    "batch-regenerate": {"clips": [{"clip_index": 0, "instruction": WISH}]},
    "apply-template": {"template_id": "nighttime"},
    "slots": {"changes": [{"clip_index": 0, "transition": "cut"}]},
    "close": {"charged": "0"},
    "exports": {"size": "1080p"},
    "history": {"position": 0},
    "shares": {"days": 7},
    "review": {"mark": "accept"},
    "takes": {"takes": 2},
    "keep": {"version_number": None},
    "offers": {"offers_first": True},
}
"""What calls of a job take, by the last word of their paths; `review` is one of its edits."""


@dataclass(frozen=True, slots=True)
class Things:
    """What the first person has."""

    job: UUID
    regeneration: UUID
    batch: UUID
    quote: UUID
    template: str
    plan: Mapping[str, Any]
    export: UUID
    share: UUID


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two people in one house."""

    house: House
    first: Person
    second: Person
    things: Things
    orphan: UUID
    """A job that belongs to nobody."""

    def ask(self, way: Way, person: Person, job: UUID | None = None, **more: Any) -> Any:
        things, last = self.things, way.path.rsplit("/", 1)[1]
        address = way.address(
            job_id=job or things.job,
            clip_index=0,
            version=1,
            version_id="original",
            regeneration_id=things.regeneration,
            batch_id=things.batch,
            quote_id=things.quote,
            template_id=things.template,
            export_id=things.export,
            share_id=things.share,
        )
        query = "?text=make+it+night" if "/preview" in way.path else ""
        query = "?after=0" if last == "events" else query
        named = "review" if way.method == "PUT" else last
        body = BODIES.get(named) if way.method in {"POST", "PUT"} else None
        return self.house.client.request(
            way.method,
            address + query,
            headers=self.house.bearer(person),
            json=more.get("json", body),
        )


@pytest.fixture(name="neighbours", scope="module")
def fixture_neighbours(
    mould: Path, tmp_path_factory: pytest.TempPathFactory, double: Double
) -> Iterator[Neighbours]:
    home = tmp_path_factory.mktemp("neighbours") / "home"
    shutil.copytree(mould, home)
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    first = double.join("first@example.com", "word", id=str(LOCAL_USER.id))
    second = double.join("second@example.com", "word")
    found = desk(engine, home)
    owner = User(UUID(first.id))
    found.queue.is_held = True
    job = jobs.job_id()
    orphan = uuid4()
    found.store.jobs.insert(
        {
            "jobs": [
                {
                    "id": str(orphan),
                    "audio_url": "x",
                    "user_prompt": "w" * 60,
                    "status": "completed",
                }
            ]
        }
    )
    things = _things(found, owner, job)
    people, app = served(found, double)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        house = House(found, double, people, app, client)
        yield Neighbours(house, first, second, things, orphan)
    engine.dispose()


def _things(desk: Desk, owner: User, job: UUID) -> Things:
    services = desk.services
    done = services.quotes.quote(owner, job, text=WISH, selected=(1,))
    (run,) = services.edits.confirm(owner, job, done.quote.id)
    two = services.quotes.quote(owner, job, text="make it darker", selected=(2, 3))
    runs = services.edits.confirm(owner, job, two.quote.id)
    quoted = services.quotes.quote(owner, job, text="make it warmer", selected=(1,))
    kept = services.templates.save(owner, "Mine alone", "make it foggy")
    assert runs[0].batch_id
    with services.exporting.running():
        export = services.exporting.begin(owner, job)
        until(lambda: services.exporting.get(owner, job, export.id).status == "ready")
    plan = to_json(quoted.plan)
    share = services.shares.create(owner, job).share.id
    return Things(job, run.id, runs[0].batch_id, quoted.quote.id, kept.id, plan, export.id, share)


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables."""
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: sorted(tuple(map(str, row)) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }


def of_a_job(house: House) -> list[Way]:
    return [way for way in ours(house.app) if "{job_id}" in way.path]


OF_A_WEBHOOK = {
    Way("GET", "/api/v1/webhooks/{webhook_id}"),
    Way("PATCH", "/api/v1/webhooks/{webhook_id}"),
    Way("DELETE", "/api/v1/webhooks/{webhook_id}"),
    Way("POST", "/api/v1/webhooks/{webhook_id}/rotate"),
    Way("POST", "/api/v1/webhooks/{webhook_id}/test"),
    Way("GET", "/api/v1/webhooks/{webhook_id}/deliveries"),
    Way("POST", "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver"),
}
OF_A_SHARE = {
    Way("PUT", "/api/v1/shared/{share_id}/session"),
    Way("GET", "/api/v1/shared/{share_id}/review"),
    Way("GET", "/api/v1/shared/{share_id}/review.csv"),
    Way("GET", "/api/v1/shared/{share_id}/review.json"),
    *(
        Way(method, f"/api/v1/shared/{{share_id}}/clips/{{clip_index}}/{file}")
        for method in ("GET", "HEAD")
        for file in ("thumbnail.jpg", "versions/{version}/footage.mp4")
    ),
}
JOBLESS = {
    *OF_A_SHARE,
    Way("GET", "/api/v1/jobs"),
    Way("GET", "/api/v1/me"),
    Way("GET", "/api/v1/openapi.json"),
    Way("HEAD", "/api/v1/openapi.json"),
    Way("GET", "/api/v1/templates"),
    Way("POST", "/api/v1/templates"),
    Way("PATCH", "/api/v1/templates/{template_id}"),
    Way("DELETE", "/api/v1/templates/{template_id}"),
    Way("GET", "/api/v1/webhooks"),
    Way("POST", "/api/v1/webhooks"),
    *OF_A_WEBHOOK,
}
"""Routes of no job; what each shows of somebody else's is tested below."""


def test_every_route_is_looked_at(neighbours: Neighbours) -> None:
    """A new one without a job needs a test here of what it shows to others."""
    house = neighbours.house
    assert set(ours(house.app)) == {*of_a_job(house), *JOBLESS}
    assert len(of_a_job(house)) > 30


def test_nothing_of_somebody_elses_job_is_reached(neighbours: Neighbours) -> None:
    engine = neighbours.house.desk.store.jobs.engine
    before = everything(engine)
    for way in of_a_job(neighbours.house):
        answer = neighbours.ask(way, neighbours.second)
        assert answer.status_code == 403, (way, answer.text)
        if way.method != "HEAD":
            assert answer.json()["code"] == "not_allowed", way
    assert everything(engine) == before


def test_its_owner_reaches_all_of_it(neighbours: Neighbours) -> None:
    """Or the test above would pass for requests that nobody may send."""
    looks = [way for way in of_a_job(neighbours.house) if way.method in {"GET", "HEAD"}]
    for way in looks:
        answer = neighbours.ask(way, neighbours.first)
        assert answer.status_code in {200, 302, 307}, (way, answer.text)


def test_an_unknown_job_is_not_found_and_a_malformed_one_refused(neighbours: Neighbours) -> None:
    for way in of_a_job(neighbours.house):
        assert neighbours.ask(way, neighbours.second, uuid4()).status_code == 404, way
        malformed = Way(way.method, way.path.replace("{job_id}", "not-an-id"))
        assert neighbours.ask(malformed, neighbours.second).status_code == 400, way


def test_a_job_of_nobody_is_for_admins(neighbours: Neighbours) -> None:
    way = Way("GET", "/api/v1/jobs/{job_id}")
    for person in (neighbours.first, neighbours.second):
        assert neighbours.ask(way, person, neighbours.orphan).status_code == 403
    admin = neighbours.house.double.join("admin@example.com", "word")
    store = neighbours.house.desk.store
    store.jobs.insert({"user_roles": [{"user_id": admin.id, "role": "admin"}]})
    assert neighbours.ask(way, admin, neighbours.orphan).status_code == 200
    assert neighbours.ask(way, admin).status_code == 200
    boasting = neighbours.house.double.token(
        neighbours.second, user_metadata={"role": "admin"}, app_metadata={"role": "admin"}
    )
    answer = neighbours.house.client.get(
        way.address(job_id=neighbours.things.job), headers={"Authorization": f"Bearer {boasting}"}
    )
    assert answer.status_code == 403


def test_lists_show_ones_own(neighbours: Neighbours) -> None:
    jobs_, templates = Way("GET", "/api/v1/jobs"), Way("GET", "/api/v1/templates")
    mine = neighbours.ask(jobs_, neighbours.first).json()["jobs"]
    assert [each["id"] for each in mine] == [str(neighbours.things.job)]
    assert neighbours.ask(jobs_, neighbours.second).json()["jobs"] == []
    assert neighbours.things.template in neighbours.ask(templates, neighbours.first).text
    assert neighbours.things.template not in neighbours.ask(templates, neighbours.second).text


def test_everybody_is_told_who_they_are(neighbours: Neighbours) -> None:
    for person in (neighbours.first, neighbours.second):
        said = neighbours.ask(Way("GET", "/api/v1/me"), person).json()
        assert (said["id"], said["email"], said["can_sign_out"]) == (
            person.id,
            person.email,
            False,
        )


def test_somebody_elses_template_is_not_there(neighbours: Neighbours) -> None:
    path = "/api/v1/templates/{template_id}"
    for method, body in (("PATCH", {"name": "Stolen"}), ("DELETE", None)):
        answer = neighbours.ask(Way(method, path), neighbours.second, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "template_not_found")


def test_nothing_of_somebody_elses_webhook_is_reached(neighbours: Neighbours) -> None:
    services, engine = neighbours.house.desk.services, neighbours.house.desk.store.jobs.engine
    owner = User(UUID(neighbours.first.id))
    kept, secret = services.webhooks.create(owner, "https://93.184.215.14/told")
    sent = services.webhooks.test(owner, kept.id)
    before = everything(engine)
    for way in OF_A_WEBHOOK:
        address = way.address(webhook_id=kept.id, delivery_id=sent.id)
        headers = neighbours.house.bearer(neighbours.second)
        body = {"is_active": False} if way.method == "PATCH" else None
        answer = neighbours.house.client.request(way.method, address, headers=headers, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), way
    listed = Way("GET", "/api/v1/webhooks")
    assert neighbours.ask(listed, neighbours.second).json() == {"webhooks": []}
    assert str(kept.id) in neighbours.ask(listed, neighbours.first).text
    assert secret not in neighbours.ask(listed, neighbours.first).text
    assert everything(engine) == before
    services.webhooks.delete(owner, kept.id)


def test_a_link_to_a_review_opens_nothing_without_its_token(neighbours: Neighbours) -> None:
    """Not for its owner, either: whoever is signed in has the review itself."""
    for way in OF_A_SHARE:
        for person in (neighbours.first, neighbours.second):
            answer = neighbours.ask(way, person)
            assert answer.status_code == 404, way
            if way.method != "HEAD":
                assert answer.json()["code"] == "share_not_found", way


def test_no_template_is_made_of_somebody_elses_edit(neighbours: Neighbours) -> None:
    body = {"name": "Stolen", "regeneration_id": str(neighbours.things.regeneration)}
    answer = neighbours.ask(Way("POST", "/api/v1/templates"), neighbours.second, json=body)
    assert answer.status_code == 403


def test_somebody_elses_things_are_not_used_in_ones_own_job(neighbours: Neighbours) -> None:
    """A quote, an edit, a batch or a template named at a job that one does own."""
    found, things = neighbours.house.desk, neighbours.things
    own = jobs.install(
        found.store, found.parts.blobs, name="own", user_id=UUID(neighbours.second.id)
    )
    before = everything(found.store.jobs.engine)
    named = [
        ("GET", f"/regenerations/{things.regeneration}", None),
        ("DELETE", f"/regenerations/{things.regeneration}", None),
        ("POST", f"/regenerations/{things.regeneration}/look", None),
        ("POST", f"/regenerations/{things.regeneration}/close", {"charged": "0"}),
        ("GET", f"/clips/batch/{things.batch}/status", None),
        ("DELETE", f"/clips/batch/{things.batch}", None),
        ("POST", f"/quotes/{things.quote}/confirm", None),
        ("POST", f"/clips/0/takes/{things.batch}/keep", {"version_number": None}),
        ("GET", f"/clips/0/preview/after.jpg?quote_id={things.quote}", None),
        ("PUT", f"/review/{things.regeneration}", {"mark": "accept"}),
        ("GET", f"/review/{things.regeneration}/marks", None),
        ("GET", f"/review?before={things.regeneration}", None),
        ("DELETE", f"/shares/{things.share}", None),
        ("POST", "/clips/0/regenerate", {"instruction": WISH, "quote_id": str(things.quote)}),
        ("POST", "/clips/0/apply-template", {"template_id": things.template}),
    ]
    for method, path, body in named:
        answer = neighbours.house.client.request(
            method,
            f"/api/v1/jobs/{own}{path}",
            headers=neighbours.house.bearer(neighbours.second),
            json=body,
        )
        assert answer.status_code == 404, (path, answer.text)
    assert everything(found.store.jobs.engine) == before


def test_no_handler_of_the_page_reaches_somebody_elses_job(neighbours: Neighbours) -> None:
    client, things = neighbours.house.client, neighbours.things
    headers = neighbours.house.bearer(neighbours.second)
    config = client.get("/config", headers=headers).json()
    data = {
        "job": str(things.job),
        "regeneration": str(things.regeneration),
        "regenerations": [str(things.regeneration)],
        "batch": str(things.batch),
        "quote": str(things.quote),
        "template": things.template,
        "plan": things.plan,
        "clip": 0,
        "version": 1,
        "text": WISH,
        "name": "Stolen",
        "selected": [1],
        "rows": [{"clip": 1}],
        "shared": True,
        "charged": "0",
        "takes": 2,
        "position": 0,
        "first": True,
        "export": str(things.export),
        "size": "480p",
    }
    before, refused = everything(neighbours.house.desk.store.jobs.engine), {}
    for component in config["components"]:
        for name in component["props"].get("server_fns") or []:
            answer = client.post(
                "/gradio_api/component_server",
                json={
                    "session_hash": "x",
                    "component_id": component["id"],
                    "fn_name": name,
                    "data": data,
                },
                headers=headers,
            )
            refused[name] = answer.json()
    assert everything(neighbours.house.desk.store.jobs.engine) == before
    own = {"newest", "templates"}
    assert refused["newest"]["job"] != data["job"]
    assert refused["templates"] == {"ok": True, "templates": []}
    assert len(refused) > 15
    for name, said in refused.items():
        if name not in own:
            assert said["ok"] is False, name
            assert said["code"] in {"not_allowed", "template_not_found"}, (name, said)


def test_a_folder_of_files_of_the_page_shows_none_of_ours(
    neighbours: Neighbours, tmp_path: Path
) -> None:
    secret = neighbours.house.desk.home / "secret"
    assert secret.exists()
    for path in (secret, neighbours.house.desk.home / "clipbot.db", tmp_path):
        answer = neighbours.house.client.get(
            f"/gradio_api/file={path}", headers=neighbours.house.bearer(neighbours.first)
        )
        assert answer.status_code == 403
