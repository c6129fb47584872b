"""A model that reads sentences: whatever it says, a plan in our words or a typed error."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from clipbot.domain.plan import Act, Edit, Kind, Operation, Plan
from clipbot.errors import ModelRefused, ModelUnusable, ProviderError, ProviderUnavailable
from clipbot.language.client import ModelClient
from clipbot.language.prices import Prices
from clipbot.language.reader import ModelReader
from clipbot.language.run import Pace
from clipbot.language.wire import Wire
from clipbot.understanding import ClipFacts, Context, Turn, merged
from tests.contract.language_server import Reaction, Server, failing, said, serving, silent

ANSWER_MICROS = 800 + 5 * 200
VIDEO = Context(
    tuple(ClipFacts(number, number * 5.0, number * 5.0 + 5, "verse", 1) for number in range(1, 5)),
    selected=(2,),
    history=(Turn("user", "make it darker"), Turn("assistant", "Done.")),
)


def proposal(**changes: Any) -> str:
    """Return an answer that changes clip 2, with other values where they are given."""
    edit = {
        "clips": [2],
        "ops": [{"kind": "mood", "direction": "dreamy", "strength": "slight"}],
        "instruction": "like a lullaby",
        "keep": ["her face"],
    }
    document = {"act": "edit", "edits": [edit | changes.pop("edit", {})], "reply": None}
    return json.dumps(document | changes)


@contextmanager
def reading(*reactions: Reaction, seconds: float = 30) -> Iterator[tuple[ModelReader, Server]]:
    with serving(*reactions) as server:
        pace = Pace(seconds=seconds, wait=lambda _: None)
        client = ModelClient("tiny", Wire("k", server.url), Prices(1_000_000, 5_000_000), pace)
        yield ModelReader(client), server


def read(*reactions: Reaction) -> Plan:
    with reading(*reactions) as (reader, _):
        found = reader.read("like a lullaby", VIDEO)
    assert 0 < found.cost_micros <= reader.fee.ceiling_micros
    return found.plan


DREAMY = Plan(
    Act.EDIT,
    (
        Edit(
            (2,),
            (Operation(Kind.MOOD, "dreamy", "slight"),),
            instruction="like a lullaby",
            keep=("her face",),
        ),
    ),
)


def test_a_sentence_becomes_a_proposal() -> None:
    with reading(said(proposal())) as (reader, server):
        found = reader.read("like a lullaby", VIDEO)
    assert (found.plan, found.model, found.cost_micros) == (DREAMY, "tiny", ANSWER_MICROS)
    told = json.loads(server.user_texts[0])
    assert told["text"] == "like a lullaby"
    assert told["selected"] == [2]
    assert told["earlier"] == ["make it darker"]
    assert told["clips"][0] == {"number": 1, "start": 5.0, "end": 10.0, "section": "verse 1"}


@pytest.mark.parametrize(
    "reactions",
    [
        (said(f"```json\n{proposal()}\n```"),),
        (said("no"), said(proposal())),
        (said(proposal()[:60], finish="length"), said(proposal())),
        (said(proposal(act="dance")), said(proposal())),
        (said(proposal(edit={"clips": ["two"]})), said(proposal())),
        (said(proposal(edit={"ops": [{"kind": "smell"}]})), said(proposal())),
        (failing(500), said(proposal())),
    ],
    ids=["fence", "no JSON", "truncated", "unknown act", "no number", "unknown kind", "500"],
)
def test_a_sound_proposal_is_made_of_it(reactions: tuple[Reaction, ...]) -> None:
    assert read(*reactions) == DREAMY


def test_words_that_are_none_are_left_out() -> None:
    odd = {"kind": "look", "direction": "<script>", "strength": "strong"}
    found = read(said(proposal(edit={"ops": [odd], "keep": ["\u0007", "a" * 500]})))
    (edit,) = found.edits
    assert edit.ops == (Operation(Kind.LOOK, None, "strong"),)
    assert len(edit.keep) == 1
    assert len(edit.keep[0]) <= 80


@pytest.mark.parametrize("number", [99, 0, -1])
def test_a_clip_that_does_not_exist_is_asked_about(number: int) -> None:
    plan = Plan(Act.ASK, unread=("flumpf",))
    found = merged(plan, read(said(proposal(edit={"clips": [number]}))), Context(VIDEO.clips))
    assert found.act is Act.ASK


@pytest.mark.parametrize(
    ("error", "spent", "reactions"),
    [
        (ModelUnusable, 2 * ANSWER_MICROS, (said("no plan"),)),
        (ModelRefused, ANSWER_MICROS, (said("I'm sorry, I can't read that."),)),
        (ProviderUnavailable, 0, (failing(500),)),
        (ProviderUnavailable, ANSWER_MICROS, (said("no plan"), failing(500))),
    ],
)
def test_an_error_has_a_type_and_says_what_was_charged(
    error: type[ProviderError], spent: int, reactions: tuple[Reaction, ...]
) -> None:
    with reading(*reactions) as (reader, _), pytest.raises(error) as caught:
        reader.read("like a lullaby", VIDEO)
    assert caught.value.spent_micros == spent


def test_a_server_that_never_answers_is_left_in_time() -> None:
    with reading(silent, seconds=0.3) as (reader, _), pytest.raises(ProviderUnavailable):
        reader.read("like a lullaby", VIDEO)


def test_the_longest_request_fits_into_the_ceiling() -> None:
    edges = '"\\\U0001f3ee' * 700
    clips = tuple(ClipFacts(number, lyrics=edges, section="verse") for number in range(1, 300))
    context = Context(clips, tuple(range(1, 300)), (Turn("user", edges),) * 9)
    with reading(said(edges), said(proposal())) as (reader, server):
        reader.read(edges[:2000], context)
    for body, most in zip(server.requests, (16_000, 19_000), strict=True):
        sizes = sum(len(message["content"].encode()) for message in body["messages"])
        assert sizes + len(json.dumps(body["response_format"])) <= most
