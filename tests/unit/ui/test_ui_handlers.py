"""The handlers behind the page: each is one service call and its wording."""

from uuid import uuid4

import gradio as gr
import pytest

from clipbot.domain.user import LOCAL_USER
from clipbot.ui import bar, chat, dialog, exports, history, versions
from tests.unit.ui.conftest import Studio, request

NOBODYS = "1e0cdaa2-7ad2-4cd3-9612-87d507e60440"
"""An id that no job has."""


def test_a_wish_is_priced_and_not_started(studio: Studio) -> None:
    turn = studio.call(chat.say, text="make it nighttime", selected=[2])

    assert turn["ok"]
    assert turn["act"] == "edit"
    assert turn["quoted"]["ceiling"] == "0.00"
    assert turn["quoted"]["edits"][0]["clips"] == [2]
    row = turn["quoted"]["rows"][0]
    assert (row["maker"], row["is_free"], row["preview"]) == ("Local look", True, "exact")
    assert [line["role"] for line in turn["messages"]] == ["user", "assistant"]
    assert studio.desk.queue.waiting == []


def test_a_confirmed_quote_queues_its_edit_and_cannot_be_confirmed_again(studio: Studio) -> None:
    quoted = studio.call(chat.say, text="make it nighttime", selected=[2])["quoted"]

    made = studio.call(dialog.confirm, quote=quoted["quote_id"])
    again = studio.call(dialog.confirm, quote=quoted["quote_id"])

    assert [run["clip_index"] for run in made["runs"]] == [1]
    assert made["runs"][0]["instruction"] == "make it nighttime"
    assert [str(id_) for id_ in studio.desk.queue.waiting] == [made["runs"][0]["regeneration_id"]]
    assert again["code"] in {"quote_spent", "clip_busy"}


def test_a_refusal_is_a_sentence_and_a_code(studio: Studio) -> None:
    for act, code in ((history.undo, "nothing_to_undo"), (history.redo, "nothing_to_redo")):
        refused = studio.call(act)
        assert refused["ok"] is False
        assert refused["code"] == code
        assert refused["detail"].endswith(".")


def test_a_step_that_is_not_there_is_refused_and_one_that_is_shown_is_gone_to(
    studio: Studio,
) -> None:
    assert studio.call(history.go_to, position=0)["ok"] is True
    assert studio.call(history.go_to, position=3)["code"] == "entry_not_found"
    assert studio.call(history.go_to, position="two")["ok"] is False
    assert studio.call(history.go_to)["ok"] is False


def test_an_export_is_begun_once_and_stopped(studio: Studio) -> None:
    studio.desk.services.films.ensure(studio.job)
    assert studio.call(exports.begin_export, size="480p", rate=25)["ok"] is True
    assert studio.call(exports.begin_export, size="480p", rate=25)["ok"] is True
    (begun,) = studio.desk.services.exporting.list(studio.desk.user, studio.job)
    assert studio.call(exports.cancel_export, export=str(begun.id))["ok"] is True
    (stopped,) = studio.desk.services.exporting.list(studio.desk.user, studio.job)
    assert (begun.status, stopped.status) == ("waiting", "cancelled")


@pytest.mark.parametrize("wish", [{"size": "8000p"}, {"rate": 29}, {"rate": "fast"}])
def test_an_export_that_cannot_be_made_is_refused(studio: Studio, wish: dict[str, object]) -> None:
    refused = studio.call(exports.begin_export, **wish)
    assert refused["ok"] is False
    assert refused["detail"].endswith(".")


@pytest.mark.parametrize("text", ["", "   "])
def test_no_words_are_refused_and_leave_no_line_in_the_chat(studio: Studio, text: str) -> None:
    assert studio.call(chat.say, text=text, selected=[2])["code"] == "empty_instruction"
    assert studio.call(chat.history)["messages"] == []


def test_too_many_words_are_refused(studio: Studio) -> None:
    refused = studio.call(chat.say, text="x" * 10_000, selected=[2])
    assert refused["code"] == "instruction_too_long"


def test_a_wish_without_a_clip_asks_which_and_offers_choices(studio: Studio) -> None:
    turn = studio.call(chat.say, text="make it nighttime")

    assert turn["act"] == "ask"
    assert turn["quoted"] is None
    assert len(turn["messages"][-1]["choices"]) >= 2


def test_the_history_is_what_was_said(studio: Studio) -> None:
    studio.call(chat.say, text="make clip 2 brighter")

    lines = studio.call(chat.history)["messages"]

    assert lines[0]["content"] == "make clip 2 brighter"
    assert [line["id"] for line in lines] == sorted(line["id"] for line in lines)


def test_markup_in_a_wish_comes_back_as_it_was_written(studio: Studio) -> None:
    hostile = "make clip 2 brighter <img src=x onerror=alert(1)> ${alert(2)} {{alert(3)}}"
    assert studio.call(chat.say, text=hostile)["messages"][0]["content"] == hostile


def test_the_greeting_names_the_selection(studio: Studio) -> None:
    assert "2" in studio.call(chat.greeting, selected=[2])["greeting"]
    assert studio.call(chat.greeting, selected=[])["greeting"]


def test_the_price_can_be_asked_for_again_with_the_same_plan(studio: Studio) -> None:
    first = studio.call(chat.say, text="make it nighttime", selected=[2])["quoted"]

    again = studio.call(dialog.quote, plan=first["plan"], text="make it nighttime")["quoted"]

    assert again["quote_id"] != first["quote_id"]
    assert again["edits"] == first["edits"]


def test_an_unknown_renderer_is_refused(studio: Studio) -> None:
    refused = studio.call(dialog.quote, text="make it night", selected=[2], renderer="nonesuch")
    assert refused["ok"] is False


def test_an_edit_that_waits_can_be_cancelled(studio: Studio) -> None:
    quoted = studio.call(chat.say, text="make it nighttime", selected=[2])["quoted"]
    made = studio.call(dialog.confirm, quote=quoted["quote_id"])

    assert studio.call(chat.cancel, regeneration=made["runs"][0]["regeneration_id"])["ok"]

    job = studio.desk.services.jobs.get(LOCAL_USER, studio.job)
    assert [edit.is_cancel_requested for edit in job.running] in ([True], [])


def test_restoring_what_is_not_there_is_refused(studio: Studio) -> None:
    assert studio.call(versions.restore, clip=1, version=9)["code"] == "version_not_found"
    assert studio.call(versions.restore, clip=99, version=1)["code"] == "clip_not_found"
    assert studio.call(versions.restore, clip="1", version=1)["code"] == "invalid_request"


def test_deleting_what_is_needed_is_refused(studio: Studio) -> None:
    assert studio.call(versions.delete_version, clip=1, version=1)["code"] == "footage_needed"
    assert studio.call(versions.delete_version, clip=1, version=9)["code"] == "version_not_found"
    assert studio.call(versions.delete_version, clip=99, version=1)["code"] == "clip_not_found"


def test_restoring_the_version_in_the_film_changes_nothing(studio: Studio) -> None:
    assert studio.call(versions.restore, clip=1, version=1)["ok"]


def test_the_page_opens_the_newest_job_by_itself(studio: Studio) -> None:
    assert studio.call(bar.newest)["job"] == str(studio.job)


@pytest.mark.parametrize("job", ["", "nonsense", NOBODYS])
def test_another_job_than_ones_own_is_refused_in_every_handler(studio: Studio, job: str) -> None:
    for act in (chat.say, chat.history, chat.greeting, history.undo, history.redo):
        refused = studio.call(act, job=job, text="make it night", selected=[1])
        assert refused["code"] in {"job_not_found", "malformed_id"}


def test_handlers_are_named_as_the_scripts_call_them(studio: Studio) -> None:
    handler = studio.page_desk.handler(chat.say)
    assert getattr(handler, "__name__", None) == "say"


def test_a_confirmed_edit_is_followed_to_its_end(studio: Studio) -> None:
    quoted = studio.call(chat.say, text="make it nighttime", selected=[2])["quoted"]
    made = studio.call(dialog.confirm, quote=quoted["quote_id"])
    ids = [run["regeneration_id"] for run in made["runs"]]
    studio.desk.queue.run()

    data = gr.EventData(None, {"job": str(studio.job), "regenerations": ids, "after": 0})
    told = list(chat.follower(studio.page_desk)(data, request()))

    events = [event for update in told for event in update["patch"]]
    assert events[0]["event"] == "regeneration_started"
    assert events[-1]["event"] == "regeneration_complete"
    assert events[-1]["version_number"] == 2
    assert {event["regeneration_id"] for event in events} == set(ids)


def test_following_what_does_not_exist_says_nothing(studio: Studio) -> None:
    data = gr.EventData(None, {"job": str(studio.job), "regenerations": [str(uuid4())]})
    assert list(chat.follower(studio.page_desk)(data, request())) == []


def test_a_plan_of_several_clips_comes_row_by_row_and_is_revised(studio: Studio) -> None:
    turn = studio.call(chat.say, text="make clips 1, 2 and 3 nighttime, keep the lanterns")
    rows = turn["quoted"]["rows"]
    assert [row["clip"] for row in rows] == [1, 2, 3]
    assert (rows[0]["changes"], rows[0]["reason"], rows[0]["ceiling"]) == (
        "nighttime",
        None,
        "0.00",
    )
    assert "the lanterns" in rows[0]["keeps"]
    assert turn["messages"][-1]["plan"] == turn["quoted"]["plan"]
    assert turn["messages"][0]["plan"] is None

    left = [{"clip": 1}, {"clip": 3, "text": "make it warmer"}]
    quoted = studio.call(dialog.revise, plan=turn["quoted"]["plan"], rows=left)["quoted"]
    assert [row["instruction"] for row in quoted["rows"]][1] == "make it warmer"

    wrong = [{"clip": 1, "text": "make clip 2 warmer"}]
    refused = studio.call(dialog.revise, plan=turn["quoted"]["plan"], rows=wrong)
    assert refused["detail"].startswith("Clip 1: ")
    assert studio.call(dialog.revise, rows=left)["code"] == "invalid_request"


def test_a_batch_is_cancelled_at_once(studio: Studio) -> None:
    quoted = studio.call(chat.say, text="make clips 1 and 2 nighttime")["quoted"]
    made = studio.call(dialog.confirm, quote=quoted["quote_id"])["runs"]
    (batch,) = {run["batch_id"] for run in made}

    taken = studio.call(dialog.cancel_batch, batch=batch)["runs"]

    assert [run["status"] for run in taken] == ["cancelled", "cancelled"]
    assert studio.call(dialog.cancel_batch, batch=NOBODYS)["code"] == "regeneration_not_found"
