"""From words to a new film, over HTTP."""

from typing import Any

import pytest

from clipbot.store.records import RegenerationStatus
from tests.unit.api.conftest import Studio

NIGHT = {"instruction": "make it nighttime"}


def test_an_edit_is_accepted_runs_and_changes_the_film(studio: Studio) -> None:
    started = studio.client.post(f"{studio.url}/clips/1/regenerate", json=NIGHT)

    assert started.status_code == 202
    body = started.json()
    assert (body["status"], body["estimated_cost"], body["clip_index"]) == ("queued", "0.00", 1)
    assert body["estimated_time"] > 0

    done = studio.client.get(f"{studio.url}/regenerations/{body['regeneration_id']}").json()
    assert (done["status"], done["progress"], done["version_number"]) == ("completed", 100, 2)
    assert (done["cost"], done["error"], done["renderer"]) == ("0.00", None, "local")

    clip = studio.client.get(f"{studio.url}/clips").json()["clips"][1]
    assert (clip["is_regenerated"], clip["current_version"], clip["version_count"]) == (True, 2, 2)
    job = studio.client.get(studio.url).json()
    assert (job["film"]["number"], job["status"]) == (2, "completed")
    assert job["undo_label"]
    moved = studio.client.get(f"{studio.url}/film.mp4")
    assert moved.headers["location"] == f"{studio.url}/film.mp4?composition=2"


def test_the_film_goes_to_any_step_of_its_history(studio: Studio) -> None:
    films = [studio.client.get(f"{studio.url}/film.mp4").content]
    for text in ("make it nighttime", "make it black and white"):
        wish = {"instruction": text}
        studio.client.post(f"{studio.url}/clips/1/regenerate", json=wish)
        films.append(studio.client.get(f"{studio.url}/film.mp4").content)

    history = studio.client.get(f"{studio.url}/history").json()
    assert history["position"] == 2
    assert [(step["is_done"], step["clips"]) for step in history["entries"]] == [(True, [1])] * 2
    assert "nighttime" in history["entries"][0]["label"]

    for position in (0, 2, 1, 1):
        gone = studio.client.post(f"{studio.url}/history", json={"position": position})
        assert gone.status_code == 200
        assert studio.client.get(f"{studio.url}/film.mp4").content == films[position]
        history = studio.client.get(f"{studio.url}/history").json()
        done = [step["is_done"] for step in history["entries"]]
        assert (history["position"], done) == (position, [position > 0, position > 1])

    refused = studio.client.post(f"{studio.url}/history", json={"position": 3})
    assert (refused.status_code, refused.json()["code"]) == (404, "entry_not_found")


def test_a_finished_edit_can_be_undone_redone_and_restored(studio: Studio) -> None:
    studio.client.post(f"{studio.url}/clips/1/regenerate", json=NIGHT)
    original = studio.client.get(f"{studio.url}/film.mp4?composition=1").content

    undone = studio.client.post(f"{studio.url}/undo")
    assert (undone.status_code, undone.json()["undo_label"]) == (200, None)
    back = studio.client.get(studio.url).json()["video_url"]
    assert studio.client.get(back).content == original

    redone = studio.client.post(f"{studio.url}/redo")
    assert (redone.status_code, redone.json()["redo_label"]) == (200, None)

    versions = studio.client.get(f"{studio.url}/clips/1/versions").json()
    assert (versions["total_versions"], versions["current_version"]) == (2, 2)
    newest, oldest = versions["versions"]
    assert (newest["version_number"], newest["instruction"]) == (2, NIGHT["instruction"])
    assert (oldest["version_number"], oldest["instruction"]) == (1, None)
    assert newest["cost"] == "0.00"

    for version_id in ("original", oldest["id"], "1"):
        studio.client.post(f"{studio.url}/clips/1/versions/{newest['id']}/restore")
        restored = studio.client.post(f"{studio.url}/clips/1/versions/{version_id}/restore")
        assert restored.status_code == 200
        clip = studio.client.get(f"{studio.url}/clips").json()["clips"][1]
        assert clip["current_version"] == 1


def test_a_plan_comes_with_the_price_it_would_have(gallery: Studio) -> None:
    answer = gallery.client.post(f"{gallery.url}/plan", json={"text": "make clip 2 nighttime"})

    assert answer.status_code == 200
    body = answer.json()
    assert body["plan"]["act"] == "edit"
    assert body["plan"]["edits"][0]["clips"] == [2]
    assert body["plan"]["template_id"] == "nighttime"
    assert (body["quote"]["estimate"], body["quote"]["ceiling"]) == ("0.00", "0.00")
    assert "quote_id" not in body["quote"]
    assert body["problem"] is None


def test_what_is_selected_counts_from_one(gallery: Studio) -> None:
    asked = {"text": "make it nighttime", "selected": [3], "history": []}
    plan = gallery.client.post(f"{gallery.url}/plan", json=asked).json()["plan"]
    assert plan["edits"][0]["clips"] == [3]


def test_a_plan_that_is_a_question_has_no_price(gallery: Studio) -> None:
    body = gallery.client.post(f"{gallery.url}/plan", json={"text": "make it nighttime"}).json()

    assert body["plan"]["act"] == "ask"
    assert len(body["plan"]["choices"]) >= 2
    assert (body["quote"], body["problem"]) == (None, None)


def test_a_plan_that_nothing_can_do_says_why(gallery: Studio) -> None:
    asked = {"text": "add a dragon to clip 2"}
    body = gallery.client.post(f"{gallery.url}/plan", json=asked).json()

    assert (body["plan"]["act"], body["quote"]) == ("edit", None)
    assert body["problem"]["code"] == "unsupported"
    assert body["problem"]["leftover"]


def test_a_quote_can_be_confirmed_once(studio: Studio) -> None:
    studio.desk.queue.is_held = True
    quoted = studio.client.post(
        f"{studio.url}/quotes", json={"text": "make clips 1 and 3 brighter"}
    ).json()
    assert {line["clip_index"] for line in quoted["lines"]} >= {0, 2}
    assert (quoted["budget"], quoted["budget_left"]) == ("2000.00", "2000.00")
    assert quoted["estimated_time"] > 0
    assert [each["key"] for each in quoted["renderers"]] == ["local"]

    confirm = f"{studio.url}/quotes/{quoted['quote_id']}/confirm"
    started = studio.client.post(confirm)
    again = studio.client.post(confirm)

    assert started.status_code == 202
    assert [each["clip_index"] for each in started.json()["regenerations"]] == [0, 2]
    assert again.status_code == 409
    batch = studio.client.get(f"{studio.url}/clips/batch/{started.json()['batch_id']}/status")
    assert (batch.json()["status"], batch.json()["progress"]) == ("queued", 0)


def test_a_plan_that_was_changed_by_a_program_can_be_priced(gallery: Studio) -> None:
    plan = {
        "act": "edit",
        "edits": [{"clips": [1], "ops": [{"kind": "warmth", "direction": "up"}]}],
    }
    quoted = gallery.client.post(f"{gallery.url}/quotes", json={"plan": plan})
    assert quoted.status_code == 200
    assert quoted.json()["plan"]["edits"][0]["ops"][0]["strength"] == "medium"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "invalid_request"),
        ({"text": "make clip 1 night", "plan": {"act": "edit"}}, 422, "invalid_request"),
        ({"text": "make clip 1 night", "colour": "red"}, 422, "invalid_request"),
        ({"text": 7}, 422, "invalid_request"),
        ({"text": "make clip 1 night", "rows": [{"clip": 1}]}, 422, "invalid_request"),
        ({"plan": {"act": "explode"}}, 422, "invalid_request"),
        ({"plan": {"act": "edit", "edits": [{"clips": [99]}]}}, 422, "clip_unknown"),
        ({"plan": {"act": "chat"}}, 422, "unsupported"),
        ({"text": "  "}, 400, "empty_instruction"),
        ({"text": "a" * 2001}, 400, "instruction_too_long"),
        ({"text": "make it night"}, 422, "needs_answer"),
        ({"text": "make clip 99 night"}, 422, "needs_answer"),
        ({"text": "make it night", "selected": [99]}, 422, "clip_unknown"),
        ({"text": "hello"}, 422, "unsupported"),
        ({"text": "make clip 1 night", "renderer": "veo_31"}, 502, "provider_rejected"),
    ],
)
def test_a_quote_is_refused(gallery: Studio, body: Any, status: int, code: str) -> None:
    response = gallery.client.post(f"{gallery.url}/quotes", json=body)

    assert (response.status_code, response.json()["code"]) == (status, code)
    if code == "needs_answer":
        assert response.json()["choices"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"instruction": ""}, 400, "empty_instruction"),
        ({"instruction": "a" * 2001}, 400, "instruction_too_long"),
        ({}, 422, "invalid_request"),
        ({"instruction": "make clip 3 night"}, 422, "needs_answer"),
        ({"instruction": "add a dragon"}, 422, "unsupported"),
        ({"instruction": "night", "quote_id": "x"}, 400, "malformed_id"),
        (
            {"instruction": "night", "conversation_history": [{"role": "me"}]},
            422,
            "invalid_request",
        ),
    ],
)
def test_an_edit_is_refused_and_nothing_is_queued(
    gallery: Studio, body: Any, status: int, code: str
) -> None:
    response = gallery.client.post(f"{gallery.url}/clips/1/regenerate", json=body)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert gallery.client.get(f"{gallery.url}/regenerations").json()["regenerations"] == []


def test_an_edit_with_its_conversation_is_accepted(studio: Studio) -> None:
    studio.desk.queue.is_held = True
    history = [{"role": "user", "content": "brighter"}, {"role": "assistant", "content": "Done."}]
    body = {**NIGHT, "conversation_history": history}
    assert studio.client.post(f"{studio.url}/clips/0/regenerate", json=body).status_code == 202


def test_a_batch_runs_one_after_another_and_says_so(studio: Studio) -> None:
    wishes = [
        {"clip_index": 0, "instruction": "make it nighttime"},
        {"clip_index": 2, "instruction": "make it warmer"},
    ]
    body = {"clips": wishes, "batch_mode": "parallel"}
    started = studio.client.post(f"{studio.url}/clips/batch-regenerate", json=body)

    assert started.status_code == 202
    batch = started.json()
    assert [each["clip_index"] for each in batch["regenerations"]] == [0, 2]
    assert {each["status"] for each in batch["regenerations"]} == {"queued"}
    assert batch["estimated_total_cost"] == "0.00"
    assert batch["batch_mode"] == "sequential"
    assert "one after another" in batch["note"]

    status = studio.client.get(f"{studio.url}/clips/batch/{batch['batch_id']}/status").json()
    assert (status["status"], status["progress"], status["total"]) == ("completed", 100, 2)
    assert (status["completed"], status["failed"], status["total_cost"]) == (2, 0, "0.00")
    assert {each["batch_id"] for each in status["regenerations"]} == {batch["batch_id"]}


@pytest.mark.parametrize(
    ("clips", "status", "code"),
    [
        ([], 422, "invalid_request"),
        ([{"clip_index": -1, "instruction": "night"}], 422, "invalid_request"),
        ([{"clip_index": 99, "instruction": "make it night"}], 422, "clip_unknown"),
    ],
)
def test_a_batch_is_refused(gallery: Studio, clips: Any, status: int, code: str) -> None:
    response = gallery.client.post(f"{gallery.url}/clips/batch-regenerate", json={"clips": clips})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_batch_is_taken_back_as_a_whole(studio: Studio) -> None:
    studio.desk.queue.is_held = True
    body = {"clips": [{"clip_index": i, **NIGHT} for i in range(3)]}
    batch = studio.client.post(f"{studio.url}/clips/batch-regenerate", json=body).json()
    address = f"{studio.url}/clips/batch/{batch['batch_id']}"
    assert {each["status"] for each in batch["regenerations"]} == {"queued"}

    taken = studio.client.delete(address)

    assert taken.status_code == 200
    assert (taken.json()["status"], taken.json()["cancelled"]) == ("cancelled", 3)
    assert studio.client.delete(address).json() == studio.client.get(f"{address}/status").json()
    studio.desk.queue.run()
    assert studio.client.get(studio.url).json()["film"]["number"] == 1
    unknown = f"{studio.url}/clips/batch/1e0cdaa2-7ad2-4cd3-9612-87d507e60440"
    for response in (studio.client.delete(unknown), studio.client.get(f"{unknown}/status")):
        assert (response.status_code, response.json()["code"]) == (404, "regeneration_not_found")


def test_a_batch_can_name_its_confirmed_price(studio: Studio) -> None:
    studio.desk.queue.is_held = True
    quoted = studio.client.post(f"{studio.url}/quotes", json={"text": "make all clips night"})
    body = {
        "clips": [{"clip_index": i, **NIGHT} for i in range(3)],
        "quote_id": quoted.json()["quote_id"],
    }
    started = studio.client.post(f"{studio.url}/clips/batch-regenerate", json=body)
    assert (started.status_code, started.json()["note"]) == (202, None)
    assert len(started.json()["regenerations"]) == 3
    again = studio.client.post(f"{studio.url}/clips/batch-regenerate", json=body)
    assert again.status_code == 409


def test_a_plan_is_priced_and_revised_row_by_row(gallery: Studio) -> None:
    text = "make clips 1 and 2 night and add a dragon to clip 3"
    first = gallery.client.post(f"{gallery.url}/quotes", json={"text": text}).json()
    assert [row["is_supported"] for row in first["rows"]] == [True, True, False]
    assert first["rows"][0]["changes"] == "nighttime"
    assert first["rows"][0]["estimate"] == "0.00"
    assert "dragon" in first["rows"][2]["reason"]

    rows = [{"clip": 2}, {"clip": 3, "instruction": "make it warmer"}]
    body = {"plan": first["plan"], "rows": rows}
    revised = gallery.client.post(f"{gallery.url}/quotes", json=body).json()
    assert [row["clip_index"] for row in revised["rows"]] == [1, 2]
    assert revised["rows"][1]["instruction"] == "make it warmer"
    assert revised["quote_id"] != first["quote_id"]

    nothing = gallery.client.post(f"{gallery.url}/quotes", json={**body, "rows": []})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "needs_answer")


def test_a_queued_edit_can_be_taken_back(studio: Studio) -> None:
    studio.desk.queue.is_held = True
    started = studio.client.post(f"{studio.url}/clips/1/regenerate", json=NIGHT).json()
    address = f"{studio.url}/regenerations/{started['regeneration_id']}"

    busy = studio.client.post(f"{studio.url}/clips/1/regenerate", json=NIGHT)
    assert (busy.status_code, busy.json()["code"], busy.json()["retryable"]) == (
        409,
        "clip_busy",
        True,
    )
    assert studio.client.post(f"{studio.url}/undo").json()["code"] == "job_busy"
    assert studio.client.get(studio.url).json()["status"] == "regenerating"
    (running,) = studio.client.get(studio.url).json()["running"]
    assert running["status"] == "queued"

    assert studio.client.delete(address).json()["is_cancel_requested"]
    studio.desk.queue.run()

    assert studio.client.get(address).json()["status"] == RegenerationStatus.CANCELLED
    assert studio.client.delete(address).status_code == 200
    assert studio.client.get(studio.url).json()["film"]["number"] == 1


def test_a_preview_shows_before_and_after(gallery: Studio) -> None:
    base = f"{gallery.url}/clips/0"
    before = gallery.client.get(f"{base}/preview/before.jpg?text=make it nighttime")
    after = gallery.client.get(f"{base}/preview/after.jpg?text=make it nighttime")

    assert before.headers["content-type"] == after.headers["content-type"] == "image/jpeg"
    assert before.content.startswith(b"\xff\xd8")
    assert after.content.startswith(b"\xff\xd8")
    assert before.content != after.content


def test_a_quote_is_previewed_without_its_words(gallery: Studio) -> None:
    quoted = gallery.client.post(
        f"{gallery.url}/quotes", json={"text": "make clip 1 nighttime"}
    ).json()
    base = f"{gallery.url}/clips/0/preview"
    shown = gallery.client.get(f"{base}/after.jpg?quote_id={quoted['quote_id']}")
    assert shown.content.startswith(b"\xff\xd8")


def test_a_moving_preview_can_be_sought_in(gallery: Studio) -> None:
    address = f"{gallery.url}/clips/0/preview.mp4?text=make it nighttime"
    whole = gallery.client.get(address)
    part = gallery.client.get(address, headers={"range": "bytes=100-199"})

    assert whole.headers["content-type"] == "video/mp4"
    assert whole.content[4:8] == b"ftyp"
    assert (part.status_code, part.content) == (206, whole.content[100:200])


def test_a_preview_that_nothing_can_draw_is_refused(gallery: Studio) -> None:
    response = gallery.client.get(f"{gallery.url}/clips/0/preview/after.jpg?text=add a dragon")
    assert (response.status_code, response.json()["code"]) == (422, "unsupported")


def test_a_body_that_is_too_large_is_refused(gallery: Studio) -> None:
    body = {"text": "a" * 3_000_000}
    response = gallery.client.post(f"{gallery.url}/plan", json=body)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_a_form_from_another_site_is_refused(gallery: Studio) -> None:
    sent = {"origin": "https://evil.example", "content-type": "text/plain"}
    response = gallery.client.post(f"{gallery.url}/undo", headers=sent)
    assert (response.status_code, response.json()["code"]) == (403, "foreign_origin")


def test_words_that_are_not_json_are_refused(gallery: Studio) -> None:
    plain = {"content-type": "text/plain"}
    response = gallery.client.post(f"{gallery.url}/plan", content=b'{"text": "x"}', headers=plain)
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


def test_a_question_is_answered_where_a_plan_is_asked_for(studio: Studio) -> None:
    asked = {"text": "how long is the chorus?"}
    plan = studio.client.post(f"{studio.url}/plan", json=asked).json()["plan"]
    assert (plan["act"], plan["edits"][0]["clips"]) == ("answer", [2, 3])
    assert plan["reply"] == "Clips 2 and 3 last 3.0 s in all: 0:01 to 0:04."


def test_the_footage_of_a_version_is_deleted_and_its_row_stays(studio: Studio) -> None:
    studio.client.post(f"{studio.url}/clips/1/regenerate", json=NIGHT)
    versions = f"{studio.url}/clips/1/versions"
    refused = studio.client.delete(f"{versions}/2")
    assert (refused.status_code, refused.json()["code"]) == (409, "footage_needed")
    studio.client.post(f"{studio.url}/undo")
    newest = studio.client.get(versions).json()["versions"][0]
    assert (newest["footage_state"], newest["can_delete"]) == ("kept", True)

    gone = studio.client.delete(f"{versions}/{newest['id']}")

    assert gone.status_code == 200
    kept = {**newest, "footage_state": "deleted", "can_delete": False}
    of_the_file = ("footage_url", "thumbnail_url", "measures", "size_bytes")
    assert gone.json() == {**kept, **dict.fromkeys(of_the_file)}
    again = studio.client.post(f"{studio.url}/redo")
    assert (again.status_code, again.json()["code"]) == (404, "footage_missing")
    assert again.json()["detail"].startswith("The footage of version 2 of clip 2 was deleted")
    missing = studio.client.get(newest["footage_url"])
    assert (missing.status_code, missing.json()["code"]) == (404, "footage_missing")
    for version in ("original", "9"):
        assert studio.client.delete(f"{versions}/{version}").status_code in {404, 409}
