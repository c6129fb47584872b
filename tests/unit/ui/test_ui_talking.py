"""What the page is told of a line of the chat, and what it may do with own templates."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from clipbot.domain.plan import Reading
from clipbot.domain.user import LOCAL_USER
from clipbot.errors import MalformedId, RequestError
from clipbot.services.views import MessageView, PromptChange
from clipbot.ui import answers, chat, dialog, templates
from clipbot.ui.asked import Asked
from tests.unit.ui.conftest import Studio

HARM = '<img src=x onerror="alert(1)"> ${alert(2)} שלום 🌙'
CHANGE = PromptChange(
    removed=("sunny",),
    added=(HARM,),
    prompt=f"A boat. {HARM}",
    temperature=0.65,
    band="a moderate change",
    seed=7,
    is_seed_kept=None,
    model="gpt-5",
)


def line(**more: object) -> MessageView:
    known = {"id": 1, "job_id": uuid4(), "role": "assistant", "content": HARM}
    return MessageView(**known, created_at=datetime(2026, 1, 1, tzinfo=UTC), **more)  # type: ignore[arg-type]


def edited(studio: Studio) -> str:
    """Queue an edit of clip 2, unless there is one; return its id."""
    job = studio.desk.services.jobs.get(LOCAL_USER, studio.job)
    if job.running:
        return str(job.running[0].id)
    quoted = studio.call(chat.say, text="make it nighttime", selected=[2])["quoted"]
    run = studio.call(dialog.confirm, quote=quoted["quote_id"])["runs"][0]
    return str(run["regeneration_id"])


def saved(studio: Studio, name: str = "Moonlight") -> str:
    template = studio.call(templates.save_template, regeneration=edited(studio), name=name)
    return str(template["template"]["id"])


def test_a_line_tells_which_words_gave_what() -> None:
    told = answers.message(line(readings=(Reading(HARM, 3, 9, "darker"),), unread=("zorp",)))

    assert told["content"] == HARM
    assert told["readings"] == [{"words": HARM, "start": 3, "stop": 9, "means": "darker"}]
    assert told["unread"] == ["zorp"]
    assert told["change"] is None


def test_an_answer_does_not_explain_itself() -> None:
    asked = line(readings=(Reading("dark", 0, 4, "dark clips"),), plan={"act": "answer"})
    assert answers.message(asked)["readings"] == []


def test_a_line_tells_what_became_of_the_prompt() -> None:
    told = answers.message(line(change=CHANGE))["change"]

    assert (told["removed"], told["added"]) == (["sunny"], [HARM])
    assert told["prompt"].endswith(HARM)
    assert (told["temperature"], told["band"]) == (0.65, "a moderate change")
    assert (told["seed"], told["is_seed_kept"], told["model"]) == (7, None, "gpt-5")


@pytest.mark.parametrize(
    ("plan", "clips"),
    [
        ({"act": "answer", "edits": [{"clips": [7, 2]}, {"clips": [2]}]}, [2, 7]),
        ({"act": "edit", "edits": [{"clips": [2]}]}, []),
        ({"act": "answer"}, []),
        (None, []),
    ],
)
def test_only_an_answer_names_clips_to_go_to(
    plan: dict[str, object] | None, clips: list[int]
) -> None:
    assert answers.message(line(plan=plan, clips=(5,)))["answer_clips"] == clips


def test_a_finished_edit_shows_its_prompt_in_the_chat(studio: Studio) -> None:
    edited(studio)
    studio.desk.queue.run()

    done = studio.call(chat.history)["messages"][-1]

    assert done["clips"] == [2]
    assert done["change"]["added"]
    assert done["change"]["model"] is None


def test_the_chat_of_one_clip_leaves_the_others_out(studio: Studio) -> None:
    studio.call(chat.say, text="make clip 1 brighter")
    studio.call(chat.say, text="make clip 2 darker")

    lines = studio.call(chat.history, clip=1)["messages"]

    assert [each["content"] for each in lines if each["role"] == "user"] == ["make clip 2 darker"]
    assert all(each["clips"] == [2] for each in lines)


def test_an_edit_becomes_a_template_that_counts_its_uses(studio: Studio) -> None:
    id_ = saved(studio)

    quoted = studio.call(chat.say, text="make it nighttime", selected=[1], template=id_)["quoted"]
    studio.call(dialog.confirm, quote=quoted["quote_id"])

    found = studio.call(templates.templates)["templates"]
    assert [(each["id"], each["title"], each["uses"]) for each in found] == [(id_, "Moonlight", 1)]
    assert found[0]["is_own"]
    assert not found[0]["is_shared"]


def test_an_own_template_is_changed_shared_and_deleted(studio: Studio) -> None:
    id_ = saved(studio)

    words = "make it snow"
    renamed = studio.call(
        templates.change_template, template=id_, name=f"  {HARM[:30]}  ", text=words
    )
    shared = studio.call(templates.share_template, template=id_, shared=True)
    studio.call(templates.delete_template, template=id_)

    assert renamed["template"]["title"] == HARM[:30].strip()
    assert renamed["template"]["instruction"] == words
    assert shared["template"]["is_shared"]
    assert studio.call(templates.templates)["templates"] == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, None])
def test_a_name_that_does_not_fit_is_refused(studio: Studio, name: str | None) -> None:
    refused = studio.call(templates.save_template, regeneration=edited(studio), name=name)
    assert refused["code"] == "template_rejected"


def test_the_words_of_a_version_without_an_edit_of_ours_are_kept_as_a_template(
    studio: Studio,
) -> None:
    given = {"regeneration": None, "name": "Dusk"}
    kept = studio.call(templates.save_template, text="make it darker", **given)
    assert kept["template"]["instruction"] == "make it darker"
    refused = studio.call(templates.save_template, text="", **given)
    assert refused["code"] == "empty_instruction"


def test_a_name_is_taken_once(studio: Studio) -> None:
    saved(studio)
    again = studio.call(templates.save_template, regeneration=edited(studio), name="moonlight")
    assert again["code"] == "template_name_taken"


@pytest.mark.parametrize(
    ("template", "code"),
    [
        (None, "malformed_id"),
        ("", "malformed_id"),
        ("own:x", "malformed_id"),
        ("nonesuch", "template_not_found"),
        (f"own:{UUID(int=7)}", "template_not_found"),
    ],
)
def test_a_template_that_is_not_there_is_refused(
    studio: Studio, template: str | None, code: str
) -> None:
    for act in (templates.change_template, templates.share_template, templates.delete_template):
        assert studio.call(act, template=template, name="x", shared=True)["code"] == code


def test_what_is_no_yes_or_no_is_refused() -> None:
    assert Asked.of({"shared": False}).is_shared is False
    for nonsense in (None, "true", 1):
        with pytest.raises(RequestError):
            assert Asked.of({"shared": nonsense}).is_shared


def test_the_template_and_the_clip_that_are_meant_may_be_left_out() -> None:
    nothing, both = Asked.of({}), Asked.of({"template": "nighttime", "clip": 3})
    assert (nothing.template, nothing.only_clip, nothing.name) == (None, None, "")
    assert (both.template, both.template_id, both.only_clip) == ("nighttime", "nighttime", 3)
    with pytest.raises(MalformedId):
        assert nothing.template_id
    with pytest.raises(RequestError):
        assert Asked.of({"clip": "3"}).only_clip
