"""Edits whose renderer reads a prompt, and a language model that writes it."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import pytest

from clipbot.renderers.fakes import FakeRenderer
from clipbot.services.views import RegenerationStatus
from clipbot.store.records import RegenerationRecord
from tests import jobs
from tests.contract.language_server import (
    LANTERNS,
    Reaction,
    Server,
    failing,
    said,
    serving,
    written,
)
from tests.desk import Desk, desk, run_steps

PRICE = 50_000
PROMPT_MICROS = 800 + 5 * 200
"""The server's usage at one dollar and five dollars for a million tokens."""
WISH = "give her a red coat"


@dataclass(frozen=True)
class Studio:
    """A clipbot with a prompt-reading renderer and a model, and the job it works on."""

    desk: Desk
    job: UUID
    renderer: FakeRenderer
    server: Server

    def edit(self, text: str, clip: int = 1) -> RegenerationRecord:
        return self.row(self.desk.edit(self.job, text, (clip,)))

    def row(self, id_: UUID) -> RegenerationRecord:
        return self.desk.store.regenerations.get(id_)

    def held(self, text: str) -> UUID:
        """Confirm an edit of clip 1 that waits."""
        self.desk.queue.is_held = True
        return self.desk.edit(self.job, text, (1,))

    @property
    def money(self) -> tuple[int, int]:
        view = self.desk.services.jobs.get(self.desk.user, self.job)
        assert self.desk.store.books.problems() == []
        return view.spent_micros, view.reserved_micros

    def events(self, name: str) -> list[dict[str, object]]:
        found = self.desk.services.regenerations.events(self.desk.user, self.job)
        return [dict(event.fields) for event in found if event.name == name]


@contextmanager
def studio(free: Desk, job: UUID, *reactions: Reaction) -> Iterator[Studio]:
    renderer = FakeRenderer(
        key="local", price_micros=PRICE, footage=jobs.footage(7), reads_prompt=True
    )
    with serving(*reactions) as server:
        made = desk(
            free.store.jobs.engine,
            free.home,
            renderers=(renderer,),
            openai_api_key="any",
            openai_base_url=server.url,
            language_model="tiny",
            language_input_usd=1,
            language_output_usd=5,
        )
        yield Studio(made, job, renderer, server)


def test_a_model_writes_the_prompt_and_is_paid_within_the_quote(desk: Desk, job: UUID) -> None:
    with studio(desk, job, written(temperature=0.62)) as at:
        quoted = at.desk.services.quotes.quote(at.desk.user, job, text=WISH, selected=(1,))
        line = next(each for each in quoted.quote.lines if each.label.startswith("Prompt"))
        assert line.label == "Prompt · tiny"
        assert 0 < line.estimate_micros < line.ceiling_micros < PRICE * 2
        assert quoted.quote.ceiling_micros == PRICE + line.ceiling_micros
        at.desk.queue.is_held = True
        (row,) = at.desk.services.edits.confirm(at.desk.user, job, quoted.quote.id)
        assert at.money == (0, quoted.quote.ceiling_micros)

        at.desk.queue.run()

        done = at.row(row.id)
        assert done.status is RegenerationStatus.COMPLETED, done.error
        assert (done.prompt, done.temperature) == (LANTERNS, 0.62)
        assert (done.language_model, done.language_micros) == ("tiny", PROMPT_MICROS)
        assert done.cost_micros == PRICE + PROMPT_MICROS
        assert at.money == (PRICE + PROMPT_MICROS, 0)
        (sent,) = at.renderer.submitted
        assert (sent.prompt, sent.temperature, sent.seed) == (LANTERNS, 0.62, done.seed)
        version = at.desk.store.versions.all(job)[-1]
        assert (version.prompt, version.seed) == (LANTERNS, done.seed)
        assert done.original_prompt == jobs.PROMPT
        (event,) = at.events("prompt_modified")
        assert event["temperature_reasoning"] == "Only the light."
        assert event["language_model"] == "tiny"


def test_the_model_is_told_about_the_clip_and_what_was_said(desk: Desk, job: UUID) -> None:
    with studio(desk, job, written()) as at:
        at.desk.services.chat.say(at.desk.user, job, "make it darker", (1,))
        at.edit(WISH)
    told = json.loads(at.server.user_texts[0])
    assert told["prompt"] == jobs.PROMPT
    assert told["change"] == WISH
    assert told["style"] == "painted; soft; slow"
    assert told["mood"] == "calm; song: calm"
    assert told["scenes"] == ["A street."]
    assert told["section"] == "verse"
    assert told["lyrics"].startswith("paper lanterns")
    assert told["earlier"] == ["make it darker"]


def test_below_one_half_the_seed_of_the_version_it_starts_from_is_used_again(
    desk: Desk, job: UUID
) -> None:
    with studio(desk, job, written(temperature=0.8), written(temperature=0.3), written()) as at:
        first = at.edit(WISH)
        second = at.edit("give her a blue coat")
        assert (second.seed, second.temperature) == (first.seed, 0.3)
    with studio(desk, job, written(temperature=0.5)) as at:
        third = at.edit(WISH)
        assert third.temperature == 0.5
        assert third.seed != second.seed
    assert len({each.seed for each in desk.store.versions.all(job) if each.seed is not None}) == 2


def test_asking_for_sameness_lowers_what_the_model_chose(desk: Desk, job: UUID) -> None:
    with studio(desk, job, written(temperature=0.6)) as at:
        row = at.edit("give her a red coat, otherwise almost exactly the same")
        (event,) = at.events("prompt_modified")
    assert (row.temperature, event["temperature"]) == (0.3, 0.3)
    assert str(event["temperature_reasoning"]).startswith("Only the light. Little may change")


def test_in_a_batch_the_discount_is_the_renderers_and_prompts_are_paid_in_full(
    desk: Desk, job: UUID
) -> None:
    with studio(desk, job, written()) as at:
        quoted = at.desk.services.quotes.quote(at.desk.user, job, text=WISH, selected=(1, 2, 3))
        line = quoted.quote.lines[0]
        fee = at.desk.parts.renderers.writers.fee(at.renderer, quoted.plan.edits[0])
        assert (line.label, line.ceiling_micros) == ("Prompt · tiny", 3 * fee.ceiling_micros)
        assert quoted.quote.ceiling_micros == 3 * (PRICE * 9 // 10 + fee.ceiling_micros)

        rows = at.desk.services.edits.confirm(at.desk.user, job, quoted.quote.id)

        assert sum(row.ceiling_micros for row in rows) == quoted.quote.ceiling_micros
        assert at.money == (3 * (PRICE * 9 // 10 + PROMPT_MICROS), 0)
        assert len(at.server.requests) == 3


@pytest.mark.parametrize("text", ["make it nighttime", "warmer and darker"])
def test_templates_need_no_model(desk: Desk, job: UUID, text: str) -> None:
    with studio(desk, job, written()) as at:
        quoted = at.desk.services.quotes.quote(at.desk.user, job, text=text, selected=(1,))
        assert next(line.label for line in quoted.quote.lines) == "Prompt · no model needed"
        assert quoted.quote.ceiling_micros == PRICE
        row = at.edit(text)
        assert (row.language_model, row.language_micros) == (None, 0)
        assert at.server.requests == []


def test_a_renderer_that_reads_no_prompt_needs_no_model(desk: Desk, job: UUID) -> None:
    with studio(desk, job, written()) as at:
        at.renderer.reads_prompt = False
        row = at.edit(WISH)
        assert row.cost_micros == PRICE
        assert at.server.requests == []


def test_a_step_that_runs_again_buys_no_second_prompt(desk: Desk, job: UUID) -> None:
    with studio(desk, job, written()) as at:
        edit = at.held(WISH)
        at.desk.steps.begin(edit)
        before = at.row(edit)
        at.desk.steps.begin(edit)

        assert at.row(edit) == before
        run_steps(at.desk.steps, edit)

        assert len(at.server.requests) == 1
        assert len(at.events("prompt_modified")) == 1
        assert at.money == (PRICE + PROMPT_MICROS, 0)


@pytest.mark.parametrize(
    ("reaction", "charged", "reason"),
    [
        (failing(401), 0, "it does not accept the key"),
        (said("never a prompt {"), 2 * PROMPT_MICROS, "it did not write a prompt"),
    ],
)
def test_an_edit_does_not_die_for_a_prompt(
    desk: Desk, job: UUID, reaction: Reaction, charged: int, reason: str
) -> None:
    with studio(desk, job, reaction) as at:
        row = at.edit(WISH)
        assert row.status is RegenerationStatus.COMPLETED, row.error
        assert row.prompt == f"{jobs.PROMPT} With a red coat."
        assert (row.language_model, row.language_micros) == (None, charged)
        assert at.money == (PRICE + charged, 0)
        (event,) = at.events("prompt_modified")
    assert str(event["temperature_reasoning"]).startswith(
        f"Written by rule, because the language model failed ({reason})."
    )


def test_what_a_model_declines_is_the_persons_answer_and_changes_nothing(
    desk: Desk, job: UUID
) -> None:
    with studio(desk, job, said(None, refusal="No.")) as at:
        row = at.edit(WISH)
        assert (row.status, row.error_code) == (RegenerationStatus.FAILED, "model_refused")
        assert row.prompt is None
        assert at.renderer.submitted == []
        assert row.cost_micros == PROMPT_MICROS
        assert at.money == (PROMPT_MICROS, 0)
        assert at.desk.store.versions.current(job) == {}


def test_a_prompt_is_paid_for_also_when_the_edit_is_taken_back_after_it(
    desk: Desk, job: UUID
) -> None:
    with studio(desk, job, written()) as at:
        edit = at.held(WISH)
        at.desk.steps.begin(edit)
        at.desk.services.regenerations.cancel(at.desk.user, job, edit)

        run_steps(at.desk.steps, edit)

        row = at.row(edit)
        assert (row.status, row.cost_micros) == (RegenerationStatus.CANCELLED, PROMPT_MICROS)
        assert at.money == (PROMPT_MICROS, 0)


def test_a_prompt_is_paid_for_also_when_the_renderer_fails(desk: Desk, job: UUID) -> None:
    with studio(desk, job, written()) as at:
        at.renderer.failures = deque(["overloaded"])
        row = at.edit(WISH)
        assert (row.status, row.cost_micros) == (RegenerationStatus.FAILED, PROMPT_MICROS)
        assert at.money == (PROMPT_MICROS, 0)


def test_the_doctor_names_the_model_and_whether_it_answers(desk: Desk, job: UUID) -> None:
    with studio(desk, job, written()) as at:
        findings = {each.name: each for each in at.desk.services.doctor.report()}
        assert findings["language"].is_ok
        assert findings["language"].detail == "tiny: the server answers and has it"
    findings = {each.name: each for each in desk.services.doctor.report()}
    assert findings["language"].detail == "offline: no language model is set up"
