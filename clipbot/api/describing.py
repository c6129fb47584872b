"""The description of the API (OpenAPI 3.1), as a generated client needs it.

FastAPI describes calls and models; what holds for many calls at once is added here: every
refusal with its codes, keys of requests, entity tags, where an answer leads, examples.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from clipbot.api.errors import MEANINGS
from clipbot.api.examples import add_examples
from clipbot.api.refusals import Refusal, refusals
from clipbot.api.repeats import HEADER, MAX_LENGTH

Document = dict[str, Any]
_ERROR: Final = {"$ref": "#/components/schemas/ErrorModel"}
_JSON: Final = "application/json"
_KEY: Final = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Makes it safe to send the request again: with the same key it is carried out "
    "once, and answered the same for 24 hours. A refused request frees its key.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_LENGTH,
        "pattern": r"^[!#-\[\]-~]+$",
    },
    "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
}
_REPLAYED: Final = {
    "Idempotency-Replayed": {
        "description": "`true`: this is the answer to an earlier request with this key.",
        "schema": {"type": "string", "enum": ["true"]},
    }
}
_KEPT: Final = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "Entity tag of the answer that the client keeps; 304 if it is still good.",
    "schema": {"type": "string"},
}
_TAG: Final = {
    "ETag": {"description": "Strong; of the answer's content.", "schema": {"type": "string"}}
}
_WAIT: Final = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}
}
_MAY_WAIT: Final = frozenset({429, 503})
_JOB: Final = {"job_id": "$request.path.job_id"}
_REGENERATION: Final = {**_JOB, "regeneration_id": "$response.body#/regeneration_id"}
_LINKS: Final = {
    ("create_quote", "200"): ("confirm_quote", {**_JOB, "quote_id": "$response.body#/quote_id"}),
    ("regenerate_clip", "202"): ("get_regeneration", _REGENERATION),
    ("apply_template", "202"): ("cancel_regeneration", _REGENERATION),
    ("regenerate_clips", "202"): ("get_batch", {**_JOB, "batch_id": "$response.body#/batch_id"}),
    ("create_template", "201"): ("delete_template", {"template_id": "$response.body#/id"}),
}


def completed(document: Document) -> Document:
    """Add to FastAPI's description what it cannot know; the document is changed."""
    for method, operation in _operations(document):
        answers = operation["responses"]
        for status in [each for each in answers if each >= "400" and each != "default"]:
            del answers[status]
        answers.update(_refused(operation["operationId"]))
        if method == "post":
            operation.setdefault("parameters", []).append(_KEY)
        for status, answer in list(answers.items()):
            if status.startswith("2"):
                _add_to_success(method, operation, status, answer)
    add_examples(document["components"]["schemas"])
    return document


def _operations(document: Document) -> Iterator[tuple[str, Document]]:
    for item in document["paths"].values():
        yield from item.items()


def _refused(call: str) -> Iterator[tuple[str, Document]]:
    for status, group in groupby(refusals(call), key=lambda each: each.status):
        yield str(status), _answer(status, list(group))


def _answer(status: int, group: list[Refusal]) -> Document:
    codes = [each.code for each in group]
    narrowed = {"type": "object", "properties": {"code": {"type": "string", "enum": codes}}}
    content = {
        "schema": {"allOf": [_ERROR, narrowed]},
        "examples": {each.code: {"value": each.body} for each in group},
    }
    answer: Document = {"description": MEANINGS[status], "content": {_JSON: content}}
    if status in _MAY_WAIT:
        answer["headers"] = _WAIT
    return answer


def _add_to_success(method: str, operation: Document, status: str, answer: Document) -> None:
    if method == "post":
        answer.setdefault("headers", {}).update(_REPLAYED)
    is_list_or_thing = set(answer.get("content", {})) == {_JSON}
    if method == "get" and is_list_or_thing and operation["operationId"] != "get_health":
        answer.setdefault("headers", {}).update(_TAG)
        operation.setdefault("parameters", []).append(_KEPT)
        operation["responses"]["304"] = {"description": "What the client keeps is still good."}
    link = _LINKS.get((operation["operationId"], status))
    if link:
        answer["links"] = {link[0]: {"operationId": link[0], "parameters": link[1]}}
