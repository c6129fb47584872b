"""A model behind servers that misbehave: every case ends in a sound prompt or a typed error."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import pytest

from clipbot.domain.plan import Edit, Kind, Operation
from clipbot.errors import (
    EditCancelled,
    ModelRefused,
    ModelUnusable,
    ProviderError,
    ProviderRateLimited,
    ProviderRejected,
    ProviderUnavailable,
)
from clipbot.language.base import PromptRequest, Rewrite
from clipbot.language.client import ModelClient
from clipbot.language.model import ModelWriter
from clipbot.language.prices import Prices
from clipbot.language.run import Pace
from clipbot.language.wire import Wire
from tests.contract.language_server import (
    LANTERNS,
    Reaction,
    Server,
    breaking_off,
    closing,
    completion,
    dripping,
    failing,
    flooding,
    flooding_errors,
    formats,
    raw,
    said,
    serving,
    silent,
    without,
    written,
)

PRICES = Prices(1_000_000, 5_000_000)
"""One micro for a token that is read, five for one that is written."""
ANSWER_MICROS = 800 + 5 * 200
REQUEST = PromptRequest(
    edit=Edit((1,), (Operation(Kind.SUBJECT),), "give her a red coat", ("the lanterns",)),
    prompt="A woman walks under paper lanterns at dusk, painted style, slow pan.",
    original_prompt="A woman walks at dusk.",
    style="painted",
    characters=("a tall woman",),
    messages=("make it dusk",),
)
GOOD = json.dumps({"prompt": LANTERNS, "temperature": 0.4, "reasoning": "Only the light."})


@dataclass
class Bench:
    """A writer in front of a server, whose waits take no time."""

    server: Server
    waits: list[float] = field(default_factory=list)
    seconds: float = 30.0
    base_url: str | None = None
    writer: ModelWriter = field(init=False)

    def __post_init__(self) -> None:
        pace = Pace(seconds=self.seconds, wait=self.waits.append)
        wire = Wire("key", self.server.url)
        self.writer = ModelWriter(ModelClient("tiny", wire, PRICES, pace))

    def rewrite(self, cancelled: Callable[[], bool] = lambda: False) -> Rewrite:
        return self.writer.rewrite(REQUEST, cancelled=cancelled)

    @property
    def formats(self) -> list[str]:
        return [
            body.get("response_format", {}).get("type", "text") for body in self.server.requests
        ]


@contextmanager
def bench(*reactions: Reaction, seconds: float = 30.0) -> Iterator[Bench]:
    with serving(*reactions) as server:
        yield Bench(server, seconds=seconds)


def test_a_prompt_comes_with_its_temperature_its_reason_and_its_price() -> None:
    with bench(written()) as tried:
        assert tried.rewrite() == Rewrite(LANTERNS, 0.4, "Only the light.", ANSWER_MICROS, "tiny")
    (body,) = tried.server.requests
    assert body["model"] == "tiny"
    assert body["max_tokens"] == 900
    assert body["response_format"]["json_schema"]["strict"] is True
    told = json.loads(tried.server.user_texts[0])
    assert told["prompt"] == REQUEST.prompt
    assert told["change"] == "give her a red coat"
    assert told["keep"] == ["the lanterns"]
    assert told["earlier"] == ["make it dusk"]
    assert told["original_prompt"] == "A woman walks at dusk."


SOUND: dict[str, tuple[Reaction, ...]] = {
    "500 twice": (failing(500), failing(503), written()),
    "429 with advice": (failing(429, headers={"retry-after": "3"}), written()),
    "429 with a date": (
        failing(429, headers={"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}),
        written(),
    ),
    "hangs up": (closing, written()),
    "breaks off": (breaking_off, written()),
    "html, then good": (raw(b"<html>502 Bad Gateway</html>", kind="text/html"), written()),
    "wrong content type": (raw(json.dumps(completion(GOOD)).encode(), kind="text/plain"),),
    "an error with status 200": (
        raw(b'{"error": {"message": "overloaded", "code": 529}}'),
        written(),
    ),
    "no choices": (raw(b'{"choices": [], "usage": null}'), written()),
    "a list": (raw(b"[1, 2]"), written()),
    "nested too deep": (raw(b"[" * 200_000), written()),
    "control characters in the JSON": (
        said(
            '{"prompt": "' + LANTERNS[:20] + "\n\t\x07" + LANTERNS[20:] + '", "temperature": 0.4}'
        ),
    ),
    "raw control characters in the body": (
        raw(json.dumps(completion(GOOD)).replace("Only", "Only\x01\n").encode()),
    ),
    "broken UTF-8": (raw(json.dumps(completion(GOOD)).encode().replace(b"Only", b"Only\xff\xc3")),),
    "half a surrogate pair": (said(GOOD.replace("Only", "\\ud83d Only")),),
    "in a code fence": (said(f"Sure! Here it is:\n```json\n{GOOD}\n```\nEnjoy."),),
    "thought aloud": (said(f"<think>I {{could}} write</think>{GOOD}"),),
    "the prompt in a fence": (written(f"```\n{LANTERNS}\n```"),),
    "JSON in the prompt": (written(GOOD),),
    "a label in the prompt": (written(f'Modified prompt: "{LANTERNS}"'),),
    "content in parts": (said([{"type": "text", "text": GOOD}, {"type": "image"}, 3]),),
    "an empty answer first": (said(""), written()),
    "nothing at all first": (said(None), written()),
    "truncated first": (said(GOOD[:40], finish="length"), written()),
    "no JSON first": (said("no"), written()),
    "another shape first": (said('{"answer": 42}'), written()),
    "a prompt that is no text first": (written(["x"]), written()),  # type: ignore[arg-type]
    "upstream's name of the field": (said(GOOD.replace('"prompt"', '"modification"')),),
    "no usage": (written(usage=None),),
    "usage of the wrong kind": (written(usage={"prompt_tokens": -1, "completion_tokens": "x"}),),
}


@pytest.mark.parametrize("reactions", SOUND.values(), ids=SOUND.keys())
def test_a_sound_prompt_is_made_of_it(reactions: tuple[Reaction, ...]) -> None:
    with bench(*reactions) as tried:
        rewrite = tried.rewrite()
    assert rewrite.prompt == LANTERNS
    assert rewrite.temperature in {0.4, 0.7}
    assert rewrite.reasoning.isprintable()
    assert 0 < rewrite.cost_micros <= tried.writer.fee.ceiling_micros
    assert len(tried.server.requests) == len(reactions)


REFUSED: dict[str, tuple[type[ProviderError], int, tuple[Reaction, ...]]] = {
    "500 for ever": (ProviderUnavailable, 3, (failing(500),)),
    "429 for ever": (ProviderRateLimited, 3, (failing(429),)),
    "429 for an hour": (ProviderRateLimited, 1, (failing(429, headers={"retry-after": "3600"}),)),
    "no credit": (ProviderRejected, 1, (failing(429, code="insufficient_quota"),)),
    "401": (ProviderRejected, 1, (failing(401),)),
    "403": (ProviderRejected, 1, (failing(403),)),
    "404": (ProviderRejected, 1, (failing(404, code="model_not_found"),)),
    "too long": (ProviderRejected, 1, (failing(400, code="context_length_exceeded"),)),
    "418": (ProviderRejected, 1, (failing(418),)),
    "400 whatever is asked": (ProviderRejected, 3, (failing(400, "no"),)),
    "always html": (ProviderUnavailable, 3, (raw(b"<html>", kind="text/html"),)),
    "always hangs up": (ProviderUnavailable, 3, (closing,)),
    "refusal": (ModelRefused, 1, (said(None, refusal="I can't help with that."),)),
    "polite refusal": (ModelRefused, 1, (said("I\u2019m sorry, but I can't do that."),)),
    "refusal as the prompt": (ModelUnusable, 2, (written("I cannot help with this request."),)),
    "content filter": (ModelRefused, 1, (said("A wo", finish="content_filter"),)),
    "content filter on the way in": (ModelRefused, 1, (failing(400, code="content_filter"),)),
    "always empty": (ModelUnusable, 2, (said(""),)),
    "always truncated": (ModelUnusable, 2, (said(GOOD[:50], finish="length"),)),
    "always numbers": (ModelUnusable, 2, (said("1234567890 12345"),)),
    "never the prompt": (ModelUnusable, 2, (said('{"temperature": 1}'),)),
    "endless errors": (ProviderUnavailable, 3, (flooding_errors,)),
    "an endless answer": (ModelUnusable, 1, (flooding,)),
}


@pytest.mark.parametrize(("error", "calls", "reactions"), REFUSED.values(), ids=REFUSED.keys())
def test_an_error_has_a_type_and_says_what_was_charged(
    error: type[ProviderError], calls: int, reactions: tuple[Reaction, ...]
) -> None:
    with bench(*reactions) as tried, pytest.raises(error) as caught:
        tried.rewrite()
    assert type(caught.value) is error
    assert len(tried.server.requests) == calls
    assert str(caught.value).startswith("Language model tiny: ")
    answered = error in {ModelRefused, ModelUnusable} and 400 not in statuses(reactions)
    is_charged = answered and reactions != (flooding,)
    assert caught.value.spent_micros == (calls * ANSWER_MICROS if is_charged else 0)


def statuses(reactions: tuple[Reaction, ...]) -> set[int]:
    """Return the statuses of scripted errors."""
    return {
        cell.cell_contents
        for reaction in reactions
        for cell in getattr(reaction, "__closure__", None) or ()
        if isinstance(cell.cell_contents, int)
    }


def test_the_servers_advice_is_followed_and_waits_grow_without_it() -> None:
    with bench(failing(429, headers={"retry-after": "3"}), written()) as tried:
        tried.rewrite()
    assert sum(tried.waits) == pytest.approx(3)
    with bench(failing(500), failing(500), written()) as tried:
        tried.rewrite()
    assert sum(tried.waits) == pytest.approx(2.5)


@pytest.mark.parametrize("reaction", [silent, dripping])
def test_a_server_that_never_stops_is_left_in_time(reaction: Reaction) -> None:
    started = monotonic()
    with bench(reaction, seconds=0.6) as tried, pytest.raises(ProviderUnavailable) as caught:
        tried.rewrite()
    assert monotonic() - started < 15  # generous: the machine may be busy
    assert caught.value.reason == "it did not answer in time"


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with serving(written()) as server:
        tried = Bench(server)
    with pytest.raises(ProviderUnavailable):
        tried.rewrite()
    assert sum(tried.waits) == pytest.approx(2.5)


@pytest.mark.parametrize("reaction", [silent, failing(500)])
def test_a_cancel_is_seen_while_waiting(reaction: Reaction) -> None:
    asked = threading.Event()

    def cancelled() -> bool:
        seen = asked.is_set()
        asked.set()
        return seen

    with bench(reaction) as tried, pytest.raises(EditCancelled) as caught:
        tried.rewrite(cancelled)
    assert caught.value.spent_micros == 0


def test_what_was_charged_before_a_cancel_is_said() -> None:
    is_taken_back = threading.Event()

    def empty(handler: Any, body: Any) -> None:
        is_taken_back.set()
        said("")(handler, body)

    with bench(empty) as tried, pytest.raises(EditCancelled) as caught:
        tried.rewrite(is_taken_back.is_set)
    assert caught.value.spent_micros == ANSWER_MICROS


LITERAL = failing(500, "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type')}]")


@pytest.mark.parametrize(
    ("known", "refusal", "asked"),
    [
        ((), failing(400, "response_format is not supported"), ["json_schema", "json_object"]),
        (("json_object",), failing(400, "json_schema: unknown"), ["json_schema"]),
        (("json_object",), LITERAL, ["json_schema"]),
        ((), LITERAL, ["json_schema", "json_object"]),
        ((), failing(422, "bad request"), ["json_schema", "json_object"]),
        ((), failing(500), ["json_schema", "json_schema"]),
    ],
    ids=["400", "400 schema", "500 schema", "500 all", "422", "500 without a word"],
)
def test_a_server_is_asked_in_a_way_that_it_knows_and_that_is_remembered(
    known: tuple[str, ...], refusal: Reaction, asked: list[str]
) -> None:
    with bench(formats(*known, then=written(), refusal=refusal)) as tried:
        assert tried.rewrite().prompt == LANTERNS
        tried.rewrite()
    works = known[0] if known else "text"
    assert tried.formats == [*asked, works, works]


def test_a_refusal_that_helps_nobody_is_not_remembered() -> None:
    with bench(failing(400), failing(400), failing(400), written()) as tried:
        with pytest.raises(ProviderRejected):
            tried.rewrite()
        tried.rewrite()
    assert tried.formats == ["json_schema", "json_object", "text", "json_schema"]


def test_two_bad_moments_do_not_spoil_what_was_known_to_work() -> None:
    with bench(written(), failing(500), failing(500), written()) as tried:
        tried.rewrite()
        tried.rewrite()
    assert set(tried.formats) == {"json_schema"}


def test_parameters_that_a_server_names_are_left_out_from_then_on() -> None:
    react = without("max_tokens", "reasoning_effort", "temperature", then=written())
    with bench(react) as tried:
        tried.rewrite()
        tried.rewrite()
    assert len(tried.server.requests) == 5
    for body in tried.server.requests[3:]:
        assert body["max_completion_tokens"] == 900
        assert not {"max_tokens", "reasoning_effort", "temperature"}.intersection(body)
    assert set(tried.formats) == {"json_schema"}


def test_parameters_are_found_in_the_words_of_a_server_too() -> None:
    plain = failing(400, "unexpected keyword: reasoning_effort")
    with bench(plain, written()) as tried:
        tried.rewrite()
    assert "reasoning_effort" not in tried.server.requests[-1]
    assert tried.formats == ["json_schema", "json_schema"]


def test_every_request_has_a_token_limit() -> None:
    react = without("max_tokens", then=formats(then=said("x"), refusal=failing(400)))
    with bench(react) as tried, pytest.raises(ModelUnusable):
        tried.rewrite()
    for body in tried.server.requests:
        assert body.get("max_tokens") or body.get("max_completion_tokens")


def test_threads_learn_together() -> None:
    react = formats("json_object", then=written(), refusal=failing(400, "json_schema"))
    with bench(react) as tried, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: tried.rewrite().prompt, range(24)))
        tried.rewrite()
    assert set(found) == {LANTERNS}
    assert tried.formats[-1] == "json_object"


def test_plain_words_are_taken_as_the_prompt_at_the_usual_temperature() -> None:
    with bench(said(f"Here is the new prompt: {LANTERNS}")) as tried:
        rewrite = tried.rewrite()
    assert (rewrite.prompt, rewrite.temperature) == (LANTERNS, 0.7)
    assert len(tried.server.requests) == 2  # it was asked for JSON once more


def test_plain_words_are_better_than_a_server_that_breaks_during_the_repair() -> None:
    with bench(said(LANTERNS), failing(500)) as tried:
        rewrite = tried.rewrite()
    assert (rewrite.prompt, rewrite.cost_micros) == (LANTERNS, ANSWER_MICROS)


def test_the_repair_says_what_was_wrong() -> None:
    with bench(said('{"prompt": "x"}'), written()) as tried:
        rewrite = tried.rewrite()
    assert rewrite.cost_micros == 2 * ANSWER_MICROS
    repair = tried.server.requests[1]
    assert [message["role"] for message in repair["messages"]] == [
        "system",
        "user",
        "assistant",
        "user",
    ]
    assert "much too short" in repair["messages"][-1]["content"]
    assert repair["max_tokens"] == 1800


@pytest.mark.parametrize(
    ("temperature", "expected"),
    [(63191.0, 1.0), (-1, 0.0), ("0.3", 0.3), ("hot", 0.7), (None, 0.7), (True, 0.7), ([], 0.7)],
)
def test_a_temperature_is_one(temperature: object, expected: float) -> None:
    with bench(written(temperature=temperature)) as tried:
        assert tried.rewrite().temperature == expected


def test_a_prompt_is_cut_and_nothing_invisible_stays_in_it() -> None:
    long = "Lanterns \u202edrift\x00 over\u200b the street. " * 200
    with bench(written(long)) as tried:
        prompt = tried.rewrite().prompt
    assert 1900 < len(prompt) <= 2000
    assert prompt.isprintable()
    assert prompt.endswith("Lanterns drift over the street.")


def test_what_a_server_charges_for_is_bounded_by_what_was_agreed() -> None:
    with bench(written(usage={"prompt_tokens": 10**9, "completion_tokens": 10**9})) as tried:
        assert tried.rewrite().cost_micros == tried.writer.fee.ceiling_micros


def test_the_longest_request_fits_into_the_ceiling() -> None:
    edges = '"\\\n\U0001f3ee' * 3000
    request = PromptRequest(
        edit=Edit((1,), (Operation(Kind.OTHER),), edges[:2000], (edges,) * 9),
        prompt=edges,
        original_prompt=edges + "x",
        style=edges,
        mood=edges,
        characters=(edges,) * 9,
        scenes=(edges,) * 9,
        lyrics=edges,
        section=edges,
        messages=(edges,) * 9,
        summary=edges,
        words_in=(edges,) * 9,
        words_out=(edges,) * 9,
    )
    with serving(said(edges), written()) as server:
        tried = Bench(server)
        tried.writer.rewrite(request)
    for body, most in zip(server.requests, (12_000, 15_000), strict=True):
        sizes = sum(len(message["content"].encode()) for message in body["messages"])
        assert sizes + len(json.dumps(body["response_format"])) <= most


@pytest.mark.parametrize(
    ("models", "expected"),
    [
        (("tiny", "big"), (True, "the server answers and has it")),
        ((), (True, "the server answers, and does not list this model")),
        (("big",), (False, "the server answers, and does not list this model")),
    ],
)
def test_the_state_of_a_server_is_found_out_for_nothing(
    models: tuple[str, ...], expected: tuple[bool, str]
) -> None:
    with serving(written(), models=models) as server:
        client = ModelClient("tiny", Wire("key", server.url), PRICES)
        assert client.state(5) == expected
    assert server.requests == []
    assert ModelClient("tiny", Wire("key", server.url), PRICES).state(5)[0] is False
