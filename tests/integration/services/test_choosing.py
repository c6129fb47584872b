"""Who is chosen to make the footage, and what is said where nobody can."""

from datetime import timedelta
from uuid import UUID

import pytest

from clipbot.domain.money import BATCH_LABEL
from clipbot.errors import NeedsAnswer, ProviderRejected, Unsupported
from clipbot.services.views import QuotedRow
from tests.desk import Desk, FakeClock
from tests.makers import (
    BOTH,
    DARKER,
    DRAGON,
    LESS,
    PRICE,
    confirm,
    hailuo,
    kling,
    look,
    quote,
    shop,
    veo,
)

SET = {"renderer": "veo_31", "replicate_api_token": "any"}
"""The settings of a person who prefers Veo."""


def row(at: Desk, job: UUID, text: str = DRAGON, renderer: str | None = None) -> QuotedRow:
    return quote(at, job, text, renderer=renderer).rows[0]


def tired(at: Desk, key: str, clock: FakeClock | None = None) -> None:
    """Let a renderer fail so often that it rests for five minutes."""
    now = clock() if clock else at.parts.clock()
    for _ in range(3):
        at.store.health.failed(key, "it answers 503", now=now, most=3, rest=timedelta(minutes=5))


@pytest.mark.parametrize("asked", [None, "auto"])
def test_what_this_machine_can_do_costs_nothing(desk: Desk, job: UUID, asked: str | None) -> None:
    at = shop(desk, look(), veo(), **SET)
    found = quote(at, job, DARKER, renderer=asked)
    assert (found.rows[0].renderer, found.quote.renderer) == ("local", "local")
    assert (found.quote.ceiling_micros, found.can_retry) == (0, False)
    assert found.rows[0].hint is None


def test_the_renderer_that_is_set_does_what_only_a_model_can(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), hailuo(), kling(), veo(), **SET)
    found = quote(at, job)
    assert (found.rows[0].renderer, found.rows[0].renderer_label) == ("veo_31", "Veo 3.1")
    assert (found.quote.renderer, found.quote.ceiling_micros) == ("veo_31", PRICE)


def test_else_the_model_that_made_the_job_does_it(desk: Desk, job: UUID) -> None:
    assert row(shop(desk, look(), hailuo(), veo(), kling()), job).renderer == "kling_v21"


def test_else_the_cheapest_does_it(desk: Desk, job: UUID) -> None:
    assert row(shop(desk, look(), veo(), hailuo()), job).renderer == "hailuo_23"


def test_a_named_renderer_is_taken_with_a_hint_at_what_is_free(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), veo(), kling())
    found = row(at, job, DARKER, "veo_31")
    assert (found.renderer, found.ceiling_micros) == ("veo_31", PRICE)
    assert found.hint == "Local look does all of this for nothing, in about 1 s."
    assert row(at, job, BOTH).hint == (
        "Darker alone would cost nothing, as a local look; the rest needs a video model."
    )
    assert row(at, job, DRAGON).hint is None


def test_the_hint_names_whoever_can_do_all_of_it(desk: Desk, job: UUID) -> None:
    own = veo(key="cog", label="Own model", provider="cog", price_micros=0)
    at = shop(desk, look(), own, kling())
    assert str(row(at, job, BOTH, "kling_v21").hint).startswith("Own model does all of this")
    assert row(at, job, BOTH).renderer == "cog"


@pytest.mark.parametrize("key", ["nonesuch", "Local", " local", "veo_31'--"])
def test_an_unknown_renderer_is_refused_and_nothing_is_written(
    desk: Desk, job: UUID, key: str
) -> None:
    with pytest.raises(ProviderRejected, match="not set up here"):
        quote(shop(desk, look(), kling()), job, renderer=key)


def test_a_renderer_that_rests_is_not_chosen_until_it_has_rested(desk: Desk, job: UUID) -> None:
    clock = FakeClock()
    at = shop(desk, look(), veo(), kling(), clock=clock, **SET)
    tired(at, "veo_31", clock)

    assert row(at, job).renderer == "kling_v21"

    clock.wait(301)
    assert row(at, job).renderer == "veo_31"


def test_a_renderer_that_rests_says_so_by_name_and_who_could_instead(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), veo(), kling())
    tired(at, "veo_31")

    with pytest.raises(Unsupported) as caught:
        quote(at, job, renderer="veo_31")

    assert str(caught.value) == (
        "Veo 3.1 cannot be used now: it failed too often (it answers 503) and is left alone for "
        "5 min; Kling 2.1 can do all of it, for up to $0.35. Nothing was changed."
    )
    seen = {each.key: each for each in quote(at, job).renderers}
    assert "left alone for 5 min" in str(seen["veo_31"].refusal)
    assert (seen["veo_31"].ceiling_micros, seen["kling_v21"].refusal) == (0, None)


def test_a_model_whose_terms_do_not_fit_is_not_chosen(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), veo(refusal="it makes no square films"), kling(), **SET)
    assert row(at, job).renderer == "kling_v21"
    with pytest.raises(Unsupported, match="it makes no square films; Kling"):
        quote(at, job, renderer="veo_31")


def test_where_the_only_model_cannot_be_used_the_reason_is_its_own(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), veo(refusal="it makes no square films"))
    with pytest.raises(Unsupported) as caught:
        quote(at, job)
    assert str(caught.value) == (
        "Local look cannot do “add a dragon”; Veo 3.1 could, but cannot be used now: it makes no "
        "square films. Nothing was changed."
    )


def test_without_a_model_a_person_is_told_that_none_is_set_up(desk: Desk, job: UUID) -> None:
    with pytest.raises(Unsupported, match="needs a video model, and none is set up"):
        quote(shop(desk, look()), job)


def test_what_can_be_done_in_part_names_both_halves_and_offers_one(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), kling())
    with pytest.raises(NeedsAnswer) as caught:
        quote(at, job, BOTH, renderer="local")
    assert str(caught.value) == (
        "Local look can do darker, but not adding something; Kling 2.1 can do all of it, for up "
        "to $0.35."
    )
    assert caught.value.choices == ("make clip 1 darker",)

    assert row(at, job, caught.value.choices[0]).renderer == "local"
    (local, model) = quote(at, job, BOTH).renderers
    assert (local.extent, local.leftover) == ("partial", ("adding something",))
    assert (model.extent, model.ceiling_micros) == ("whole", LESS)


MIXED = "make clip 1 darker and add a dragon to clips 2 and 3"


def test_each_clip_of_a_plan_gets_whoever_is_best_for_it(desk: Desk, job: UUID) -> None:
    at = shop(desk, look(), veo(), kling())
    at.queue.is_held = True
    found = quote(at, job, MIXED, selected=(), with_retries=True)

    assert [each.renderer for each in found.rows] == ["local", "kling_v21", "kling_v21"]
    assert [len(each.attempts) for each in found.rows] == [1, 3, 3]
    assert (found.quote.renderer, found.can_retry) == ("auto", True)
    lines = found.quote.lines
    assert [line.label for line in lines if line.clip_index == 0] == ["Clip 1 · Local look"]
    assert [line.label for line in lines if line.clip_index == 1] == [
        "Clip 2 · Kling 2.1",
        "Clip 2 · if refused, Kling 2.1 with other words",
        "Clip 2 · if refused, Veo 3.1 with other words",
    ]
    assert BATCH_LABEL in [line.label for line in lines]
    whole = 2 * (2 * LESS + PRICE) * 9 // 10
    assert found.quote.ceiling_micros == sum(line.ceiling_micros for line in lines) == whole
    assert sum(clip.ceiling_micros for clip in found.quote.clips) == whole
    assert found.quote.estimate_micros == 2 * LESS * 9 // 10
    assert sum(clip.estimate_micros for clip in found.quote.clips) == found.quote.estimate_micros

    confirm(at, job, found)

    rows = sorted(at.store.regenerations.of_job(job), key=lambda each: each.clip_index)
    assert [each.renderer for each in rows] == ["local", "kling_v21", "kling_v21"]
    assert at.services.jobs.get(at.user, job).reserved_micros == whole


def test_two_clips_of_two_makers_have_no_discount(desk: Desk, job: UUID) -> None:
    text = "make clip 1 darker and add a dragon to clip 2"
    found = quote(shop(desk, look(), kling()), job, text, selected=())
    assert (found.quote.renderer, found.quote.ceiling_micros) == ("auto", LESS)
    assert [clip.ceiling_micros for clip in found.quote.clips] == [0, LESS]
