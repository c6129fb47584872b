"""Asks the double everything through Replicate's second client; runs in that client's environment.

    .venv-replicate2/bin/python tests/contract/second_client.py URL TOKEN

It validates every answer strictly, and prints each as a pair: as it read it, as it came.
"""

import base64
import importlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

replicate: Any = importlib.import_module("replicate")

PICTURE = "data:image/jpeg;base64," + base64.b64encode(b"no picture").decode()
INPUTS: dict[str, dict[str, Any]] = {
    "google/veo-3.1": {"prompt": "a harbour", "seed": 7, "reference_images": [PICTURE]},
    "google/veo-3.1-fast": {"prompt": "a harbour", "generate_audio": False},
    "kwaivgi/kling-v2.1": {"prompt": "a harbour", "start_image": PICTURE},
    "kwaivgi/kling-v2.5-turbo-pro": {"prompt": "a harbour", "duration": 10},
    "minimax/hailuo-2.3": {"prompt": "a harbour"},
    "wan-video/wan-2.5-i2v": {"prompt": "a harbour", "image": PICTURE},
}
FINAL = {"succeeded", "failed", "canceled", "aborted"}


def main(url: str, token: str) -> None:
    client = replicate.Replicate(
        bearer_token=token,
        base_url=f"{url}/v1",
        max_retries=0,
        _strict_response_validation=True,
    )
    print(json.dumps([*answers(client), *errors(client)]))  # noqa: T201 - its only output


def answers(client: Any) -> Iterator[dict[str, Any]]:
    raw = client.predictions.with_raw_response
    for slug, inputs in INPUTS.items():
        owner, name = slug.split("/")
        models = client.models.with_raw_response
        yield pair("model", models.get(model_owner=owner, model_name=name))
        created = pair("create", raw.create(version=slug, input=inputs, cancel_after="5m"))
        yield created
        while True:
            seen = pair("get", raw.get(prediction_id=created["read"]["id"]))
            yield seen
            if seen["came"]["status"] in FINAL:
                break
    started = pair("create", raw.create(version=slug, input=inputs))
    yield started
    yield pair("cancel", raw.cancel(prediction_id=started["read"]["id"]))
    page = client.predictions.list()
    while True:
        for each in page.results:
            yield {"call": "listed", "read": each.model_dump(mode="json"), "came": None}
        if not page.has_next_page():
            break
        page = page.get_next_page()


def errors(client: Any) -> Iterator[dict[str, Any]]:
    unknown = client.with_options(bearer_token="wrong")
    asked: dict[str, Callable[[], object]] = {
        "unknown": lambda: client.predictions.get(prediction_id="nobody"),
        "invalid": lambda: client.predictions.create(version="google/veo-3.1", input={"x": 1}),
        "token": lambda: unknown.predictions.get(prediction_id="nobody"),
    }
    for call, ask in asked.items():
        try:
            ask()
        except replicate.APIStatusError as error:
            yield {"call": call, "read": type(error).__name__, "came": error.body}


def pair(call: str, answer: Any) -> dict[str, Any]:
    read = answer.parse().model_dump(mode="json")
    return {"call": call, "read": read, "came": answer.http_response.json()}


if __name__ == "__main__":
    main(*sys.argv[1:])
