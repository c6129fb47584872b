"""The catalogue: what is offered, what it costs, and files that are wrong."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint

from clipbot.errors import ConfigurationError
from clipbot.renderers.catalogue import (
    INPUTS,
    Model,
    Tier,
    duration_for,
    narrowed,
    notes,
    price_micros,
    ratio_for,
    refusal,
    takes_last_frame,
    takes_references,
    tier_for,
    wants_first_frame,
)
from clipbot.renderers.models import FILE, catalogue, known_model, model_key, read
from clipbot.store.tables.pipeline import JobRow

KEYS = ["veo_31", "veo_31_fast", "kling_v21", "kling_v25_turbo", "hailuo_23", "wan_25_i2v"]
MODELS = st.sampled_from(catalogue())
TIERS = MODELS.flatmap(lambda each: st.sampled_from(each.tiers))
HELD = (
    "The longest that it makes is 8 s, for 10.0 s: it is slowed down by 15%, "
    "then its last picture is held 0.8 s."
)
SLOTS = st.fractions(Fraction(1, 24), 40)


def model(key: str) -> Model:
    found = known_model(key)
    assert found is not None
    return found


def test_all_models_are_there_and_ranked() -> None:
    assert sorted(each.key for each in catalogue()) == sorted(KEYS)
    assert [each.rank for each in catalogue()] == sorted(each.rank for each in catalogue())
    assert known_model("nothing") is None


@pytest.mark.parametrize("each", catalogue(), ids=lambda each: each.key)
def test_every_price_says_when_and_where_it_was_read(each: Model) -> None:
    assert date(2025, 1, 1) < each.read_on
    assert each.source
    assert all(price_micros(tier, tier.durations[0]) > 0 for tier in each.tiers)


@pytest.mark.parametrize(
    ("stored", "key"),
    [
        *((key, key) for key in KEYS),
        *((each.slug, each.key) for each in catalogue()),
        *((each.label, each.key) for each in catalogue()),
        *((alias, each.key) for each in catalogue() for alias in each.aliases),
        ("kwaivgi/kling-v2.1:8e5a2c", "kling_v21"),
        (" Kling-V2.1 ", "kling_v21"),
        ("bytedance/seedance-1-pro-fast", None),
        ("somebody/veo-3.1x", None),
        ("", None),
        ("local", None),
    ],
)
def test_what_was_stored_leads_to_its_model(stored: str, key: str | None) -> None:
    assert model_key(stored) == key


def test_every_model_that_a_job_may_name_is_known() -> None:
    """The pipeline's table allows these keys and no others."""
    (rule,) = [
        str(each.sqltext)
        for each in JobRow.metadata.tables["jobs"].constraints
        if isinstance(each, CheckConstraint) and "video_model" in str(each.sqltext)
    ]
    allowed = re.findall(r"'(\w+)'", rule)
    assert len(allowed) == 5
    assert [model_key(key) for key in allowed] == allowed


@given(TIERS, SLOTS)
def test_the_shortest_duration_that_fills_the_slot_is_taken(tier: Tier, needed: Fraction) -> None:
    chosen = duration_for(tier, needed)
    assert chosen in tier.durations
    filling = [each for each in tier.durations if each >= needed]
    assert chosen == (min(filling) if filling else max(tier.durations))


@given(TIERS, SLOTS, SLOTS)
def test_a_longer_slot_is_never_cheaper(tier: Tier, one: Fraction, other: Fraction) -> None:
    short, long = sorted((one, other))
    prices = [price_micros(tier, duration_for(tier, each)) for each in (short, long)]
    assert 0 < prices[0] <= prices[1]


@given(MODELS, st.integers(64, 4096), st.integers(64, 4096))
def test_what_is_not_refused_can_be_made(each: Model, width: int, height: int) -> None:
    tier, ratio = tier_for(each, width, height), ratio_for(each, width, height)
    if refusal(each, width, height) is not None:
        assert tier is None or ratio is None
        return
    assert tier is not None
    assert tier.height >= min(width, height)
    assert ratio in each.ratios or each.follows_first_frame


def test_prices_are_those_of_a_second_or_of_a_run() -> None:
    veo, kling, hailuo = model("veo_31"), model("kling_v21"), model("hailuo_23")
    assert price_micros(veo.tiers[0], 8) == 1_600_000
    assert [price_micros(tier, 5) for tier in kling.tiers] == [250_000, 450_000]
    assert [price_micros(hailuo.tiers[0], each) for each in (6, 10)] == [600_000, 900_000]
    assert price_micros(hailuo.tiers[0], 7) == 900_000


@pytest.mark.parametrize(
    ("key", "size", "ratio"),
    [
        ("veo_31", (1280, 720), "16:9"),
        ("veo_31", (1366, 768), "16:9"),
        ("veo_31", (720, 1280), "9:16"),
        ("veo_31", (720, 720), None),
        ("veo_31", (1024, 768), None),
        ("kling_v25_turbo", (720, 720), "1:1"),
        ("kling_v25_turbo", (1024, 768), "4:3"),
        ("hailuo_23", (720, 1280), "9:16"),
        ("wan_25_i2v", (768, 1024), "3:4"),
    ],
)
def test_a_ratio_is_made_from_words_or_follows_the_first_frame(
    key: str, size: tuple[int, int], ratio: str | None
) -> None:
    each = model(key)
    assert ratio_for(each, *size) == ratio
    assert (refusal(each, *size) is None) == (ratio is not None)
    if ratio is not None:
        is_made_of_words = ratio in each.ratios and not each.needs_first_frame
        assert wants_first_frame(each, ratio) != is_made_of_words


def test_a_refusal_names_the_reason() -> None:
    assert refusal(model("veo_31"), 720, 720) == "it makes no 1:1 footage"
    assert refusal(model("veo_31"), 3840, 2160) == "it makes nothing as large as 3840x2160"


def test_references_and_last_frames_have_their_terms() -> None:
    veo, kling = model("veo_31"), model("kling_v21")
    assert takes_references(veo, "16:9", 8) == 3
    assert takes_references(veo, "9:16", 8) == takes_references(veo, "16:9", 6) == 0
    assert takes_references(kling, "16:9", 10) == 0
    assert [takes_last_frame(kling, tier) for tier in kling.tiers] == [False, True]
    assert not takes_last_frame(model("wan_25_i2v"), model("wan_25_i2v").tiers[0])


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        (96, None),
        (100, "It makes 6 s; the first 4.2 s of it are used."),
        (200, "The longest that it makes is 8 s, for 8.3 s: it is slowed down to fill them."),
        (240, HELD),
    ],
)
def test_a_person_is_told_what_becomes_of_the_footage(frames: int, said: str | None) -> None:
    each = model("veo_31")
    found = notes(each, each.tiers[0], frames, Fraction(24), "16:9")
    assert found == (() if said is None else (said,))


def test_a_person_is_told_what_a_model_cannot_promise() -> None:
    kling = model("kling_v21")
    said = notes(kling, kling.tiers[0], 120, Fraction(24), "16:9")
    assert said == (
        "Kling 2.1 takes no seed: what stays the same comes from the first picture alone.",
        "Kling 2.1 always starts from the clip's first picture.",
    )


def known(each: Model) -> dict[str, tuple[str | int | bool, ...] | None]:
    """Return a service's words that know all of a model."""
    names = [name for field in INPUTS if (name := getattr(each.inputs, field))]
    tiers = [name for tier in each.tiers for name in tier.inputs]
    return dict.fromkeys([*names, *each.fixed, *tiers])


@given(MODELS)
def test_a_service_that_knows_all_changes_nothing(each: Model) -> None:
    assert narrowed(each, known(each)) == each


@given(MODELS, st.data())
def test_what_a_service_does_not_know_is_not_sent(each: Model, data: st.DataObject) -> None:
    all_of_it = known(each)
    kept = data.draw(st.sets(st.sampled_from(sorted(all_of_it))))
    found = narrowed(each, {name: all_of_it[name] for name in kept})
    named = {name for field in INPUTS if (name := getattr(found.inputs, field))}
    assert named - {found.inputs.prompt, found.inputs.duration} <= kept
    assert {*found.fixed, *(name for tier in found.tiers for name in tier.inputs)} <= kept
    if refusal(found, 1280, 720) is None:
        assert {found.inputs.prompt, found.inputs.duration} <= kept
        assert not found.needs_first_frame or found.inputs.first_frame in kept


def test_only_what_a_service_allows_is_offered() -> None:
    veo = model("veo_31")
    less = narrowed(
        veo, known(veo) | {"duration": (5, 8), "aspect_ratio": ("16:9",), "resolution": ("720p",)}
    )
    assert less.ratios == ("16:9",)
    assert [(tier.height, tier.durations) for tier in less.tiers] == [(720, (8,))]
    assert refusal(less, 1280, 720) is None
    assert refusal(less, 720, 1280) is not None
    assert refusal(less, 1920, 1080) is not None
    nothing = narrowed(veo, known(veo) | {"duration": (3,)})
    assert "has changed" in (refusal(nothing, 1280, 720) or "")
    with pytest.raises(ValueError, match="without durations"):
        duration_for(replace(veo.tiers[0], durations=()), Fraction(1))


def changed(old: str, new: str) -> str:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[veo_31]", "[veo_31"),
        ('label = "Veo 3.1"', ""),
        ('label = "Veo 3.1"', "label = 3"),
        ('label = "Veo 3.1"', 'label = "Veo 3.1"\ncolour = "red"'),
        ("[veo_31]", "[Veo-31]"),
        ('slug = "google/veo-3.1"', 'slug = "veo"'),
        ('slug = "google/veo-3.1-fast"', 'slug = "google/veo-3.1"'),
        ("rank = 2", "rank = 1"),
        ("rank = 2", "rank = true"),
        ("typical_seconds = 90", "typical_seconds = 0"),
        ('"veo3"]', '"kling"]'),
        ('ratios = ["16:9", "9:16"]', 'ratios = ["wide"]'),
        ('ratios = ["16:9", "9:16"]', "ratios = []"),
        ("follows_first_frame = false", "follows_first_frame = 0"),
        ('first_frame = "start_image"\n', ""),
        ("read_on = 2026-11-21", 'read_on = "yesterday"'),
        ("generate_audio = false", "generate_audio = 0.5"),
        ("generate_audio = false", "duration = 8"),
        ("durations = [4, 6, 8]", "durations = [8, 6]"),
        ("durations = [4, 6, 8]", "durations = []"),
        ("durations = [4, 6, 8]", "durations = [true, 4]"),
        ("durations = [4, 6, 8]", "durations = [4.5]"),
        ('per_second = "0.20"', "per_second = 0.20"),
        ('per_second = "0.20"', 'per_second = "-1"'),
        ('per_second = "0.20"', 'per_second = "free"'),
        ('per_second = "0.20"', 'per_second = "NaN"'),
        ('per_second = "0.20"', ""),
        ('per_second = "0.20"', 'per_second = "0.20"\nper_run = { 4 = "1" }'),
        ('per_run = { 6 = "0.60", 10', 'per_run = { 6 = "0.60", 9'),
        ('per_run = { 6 = "0.60", 10', "per_run = { 6 = 0.6, 10"),
        ("height = 1080", "height = 720"),
        ('references = "reference_images"', ""),
        ("most = 3", 'most = "three"'),
    ],
)
def test_a_catalogue_that_is_wrong_is_not_read(old: str, new: str) -> None:
    with pytest.raises(ConfigurationError, match="catalogue of models"):
        read(changed(old, new))


def test_the_place_of_a_slip_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"veo_31\.tiers\[0\]: durations must be"):
        read(changed("durations = [4, 6, 8]", "durations = []"))
    with pytest.raises(ConfigurationError, match="it is no table"):
        read("veo_31 = 3")
