"""The API against its own description: random requests, right and wrong ones.

No request may be answered with 500, or with anything that the description does not say of
that very call: status, code, headers, shape, whichever database is below. A few cases of each
call in `make test`, 2,000 with `--count full` (`make soak`); `--seed` says from which.

What is random is helped along where pure chance would never get past the first door: ids
are sometimes those of the job that is there, words are sometimes a wish.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode, checks
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as described

from clipbot import api
from clipbot.domain.user import LOCAL_USER
from clipbot.identity.none import NoIdentity
from tests import jobs
from tests.desk import Desk, desk
from tests.postgres import engine_on

FULL: Final = 2_000
QUICK: Final = 3
"""Cases of each call."""
WISHES: Final = ("make it brighter", "make clip 2 warmer", "how long is the chorus?", "undo", "")
CHECKS: Final = [
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_headers_conformance,
    described.response_schema_conformance,
    described.negative_data_rejection,
    described.allow_header_conformance,
]


@pytest.fixture(name="desk", scope="module", params=["sqlite", "postgres"])
def fixture_desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A clipbot with a film and a few rows of each kind; what is queued is not run."""
    home = tmp_path_factory.mktemp("fuzzed")
    with engine_on(request.param, home) as engine:
        found = desk(engine, home)
        job = jobs.install(found.store, found.parts.blobs)
        found.services.films.ensure(job)
        found.edit(job, "make clip 1 brighter")
        found.queue.is_held = True
        found.services.templates.save(LOCAL_USER, "Mine", "make it warmer")
        yield found


@pytest.fixture(name="schema", scope="module")
def fixture_schema(desk: Desk) -> schemathesis.BaseSchema:
    """The description, without its way out (`default`), driving the app in this process."""
    app = api.create(desk.services, NoIdentity())
    document = helped(deepcopy(app.openapi()), desk)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = app
    return schema


def helped(document: dict[str, Any], desk: Desk) -> dict[str, Any]:
    edit = desk.store.regenerations.of_job(jobs.job_id())[0]
    quoted = desk.services.quotes.quote(LOCAL_USER, jobs.job_id(), text="make clip 3 warmer")
    known: dict[str, list[Any]] = {
        "job_id": [str(jobs.job_id())] * 3,
        "clip_index": [0, 1, 2, 3],
        "version": [1, 2],
        "version_id": ["original", "2"],
        "regeneration_id": [str(edit.id)],
        "quote_id": [str(quoted.quote.id)],
        "template_id": ["nighttime", "own:3fa85f64-5717-4562-b3fc-2c963f66afa6"],
        "text": list(WISHES),
    }
    for item in document["paths"].values():
        for operation in item.values():
            operation["responses"].pop("default", None)
            # Everybody is let in here; who is not, at any call: tests/unit/api.
            operation.pop("security", None)
            parameters = operation.get("parameters", [])
            for each in parameters:
                if each["name"] in known:
                    each["schema"] = likely(each["schema"], known[each["name"]])
            if operation["operationId"] == "follow_events":
                # Without it the answer is a stream, which has no end.
                _require(parameters, "after")
                operation["parameters"] = [e for e in parameters if e["name"] != "last-event-id"]
    for schema in document["components"]["schemas"].values():
        for name, field in schema.get("properties", {}).items():
            if name in {"text", "instruction"} and schema.get("additionalProperties") is False:
                schema["properties"][name] = likely(field, list(WISHES))
    return document


def likely(schema: dict[str, Any], values: list[Any]) -> dict[str, Any]:
    return {"anyOf": [*({"enum": [value]} for value in values), schema]}


def _require(parameters: list[dict[str, Any]], name: str) -> None:
    (parameter,) = (each for each in parameters if each["name"] == name)
    parameter["required"] = True
    parameter["schema"] = {"type": "integer", "minimum": 0, "maximum": 50}


def test_every_answer_is_one_that_the_description_knows(
    schema: schemathesis.BaseSchema, pytestconfig: pytest.Config
) -> None:
    said = pytestconfig.getoption("count")
    first = int(pytestconfig.getoption("seed") or 1)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    total = FULL if said == "full" else int(said or QUICK * len(operations))
    each = max(1, -(-total // len(operations)))
    for operation in operations:
        wrong = each // 3
        drive(operation, GenerationMode.POSITIVE, each - wrong, first)
        if wrong and takes_anything(operation):
            drive(operation, GenerationMode.NEGATIVE, wrong, first)


def takes_anything(operation: Any) -> bool:
    return bool(operation.body or operation.query or operation.path_parameters)


def drive(operation: Any, mode: GenerationMode, count: int, first: int) -> None:
    """Send random requests of one call, all right or all wrong by its description.

    Raises:
        Exception: An answer that the description does not know.
    """

    @seed(first)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(checks=CHECKS)

    send()


def test_one_call_after_another_is_answered_as_described(
    schema: schemathesis.BaseSchema, pytestconfig: pytest.Config
) -> None:
    """Ids of one answer go into the next request, along the links of the description."""
    said = pytestconfig.getoption("count")
    walks = FULL // 20 if said == "full" else 3
    first = int(pytestconfig.getoption("seed") or 1)
    described_walk = schema.as_state_machine()

    class Walk(described_walk):  # type: ignore[misc, valid-type]
        def validate_response(
            self, response: Any, case: Any, additional_checks: Any = None, **kwargs: Any
        ) -> None:
            del additional_checks, kwargs
            case.validate_response(response, checks=CHECKS)

    seed(first)(Walk).run(
        settings=settings(
            max_examples=walks,
            stateful_step_count=6,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
    )
