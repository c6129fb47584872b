"""How errors look over HTTP."""

import logging
from collections.abc import Iterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

from clipbot import errors
from clipbot.api.errors import STATUS, LastResort, TooManyStreams, answer, install, status_of
from clipbot.api.models.errors import ErrorModel

QUOTE = UUID(int=5)


@pytest.mark.parametrize(
    ("error", "status", "more"),
    [
        (errors.EmptyInstruction(), 400, {}),
        (errors.InstructionTooLong(3000, 2000), 400, {}),
        (errors.MalformedId("job"), 400, {}),
        (errors.JobNotReady("processing"), 400, {}),
        (errors.BudgetExceeded(150_000, 10_000), 402, {}),
        (errors.NotAllowed(), 403, {}),
        (errors.JobNotFound("x"), 404, {}),
        (errors.ClipNotFound(98, 6), 404, {}),
        (errors.VersionNotFound(0, 7), 404, {}),
        (errors.RegenerationNotFound(QUOTE), 404, {}),
        (errors.CompositionNotFound(None), 404, {}),
        (errors.QuoteNotFound(), 404, {}),
        (errors.FootageMissing(0), 404, {}),
        (errors.JobBusy(), 409, {}),
        (errors.ClipBusy(0), 409, {}),
        (errors.NothingToUndo(), 409, {}),
        (errors.QuoteExpired(), 409, {}),
        (errors.QuoteSpent(), 409, {}),
        (errors.QuoteRequired(QUOTE), 409, {"quote_id": str(QUOTE)}),
        (errors.ClipUnknown(98, 6), 422, {}),
        (errors.NeedsAnswer("Which clip?", ["a", "b"]), 422, {"choices": ["a", "b"]}),
        (errors.Unsupported("No.", leftover=["snow"]), 422, {"leftover": ["snow"]}),
        (errors.RateLimited(90), 429, {"retry_after": 90}),
        (errors.ProviderRejected("Kling", "no"), 502, {}),
        (errors.SubmissionUnknown("Kling", "silence"), 502, {}),
        (errors.ProviderUnavailable("Kling", "away"), 503, {}),
        (errors.ProviderRateLimited("Kling", 1.2), 503, {"retry_after": 2}),
        (errors.ProviderRateLimited("Kling", None), 503, {}),
        (TooManyStreams(10), 503, {"retry_after": 10}),
        (errors.StorageFull(), 507, {}),
        (errors.EncodingFailed("no"), 500, {}),
        (errors.BlobNotFound("secret/key.mp4"), 500, {}),
        (errors.ConfigurationError("Something is missing."), 500, {}),
    ],
)
def test_an_error_answers(error: errors.ClipbotError, status: int, more: dict[str, object]) -> None:
    response = answer(error)

    body = ErrorModel.model_validate_json(bytes(response.body))
    assert response.status_code == status
    assert (body.code, body.detail, body.retryable) == (error.code, str(error), error.retryable)
    assert body.model_dump(mode="json", exclude_unset=True) == {
        "code": error.code,
        "detail": str(error),
        "retryable": error.retryable,
        **more,
    }
    assert response.headers.get("retry-after") == (
        str(more["retry_after"]) if "retry_after" in more else None
    )


def test_the_nearest_ancestor_in_the_table_decides() -> None:
    assert status_of(errors.PredictionLost) == STATUS[errors.ProviderError]
    assert status_of(errors.SegmentMismatch) == STATUS[errors.ClipbotError]


@pytest.fixture(name="client")
def fixture_client() -> Iterator[TestClient]:
    app = FastAPI()
    install(app)
    app.add_middleware(LastResort)

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError("password is hunter2")

    @app.get("/half")
    def half() -> StreamingResponse:
        def chunks() -> Iterator[bytes]:
            yield b"begun"
            raise RuntimeError("too late")

        return StreamingResponse(chunks())

    @app.get("/broken")
    def broken() -> None:
        raise errors.EncodingFailed("the encoder stopped")

    @app.get("/jobs/{job_id}")
    def job(job_id: UUID, clip_index: int = 0) -> str:
        return f"{job_id} {clip_index}"

    @app.post("/wish")
    def wish(body: ErrorModel) -> str:
        return body.code

    with TestClient(app) as client:
        yield client


def test_a_bug_says_nothing_of_itself_and_is_logged_once(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/bug")

    assert response.status_code == 500
    assert response.json() == {
        "code": "internal",
        "detail": "Something went wrong; it was written down.",
        "retryable": False,
    }
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.exc_info is not None
    assert vars(record)["path"] == "/bug"


def test_what_breaks_after_it_began_is_cut_off(client: TestClient) -> None:
    with pytest.raises(RuntimeError, match="too late"):
        client.get("/half")


def test_a_failure_of_ours_is_logged_with_its_code(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/broken").json()["code"] == "encoding_failed"
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert vars(record)["code"] == "encoding_failed"


@pytest.mark.parametrize(
    ("path", "status", "code", "detail"),
    [
        ("/jobs/7", 400, "malformed_id", "That is not the id of a job."),
        ("/jobs/%00", 400, "malformed_id", "That is not the id of a job."),
        (f"/jobs/{QUOTE}?clip_index=x", 422, "invalid_request", None),
        ("/nowhere", 404, "not_found", "Not Found."),
    ],
)
def test_a_request_that_cannot_be_read_is_refused_in_the_same_shape(
    client: TestClient, path: str, status: int, code: str, detail: str | None
) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert set(response.json()) == {"code", "detail", "retryable"}
    assert response.json()["code"] == code
    assert detail is None or response.json()["detail"] == detail


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_json"),
        (b"\xff\xfe", 400, "malformed_json"),
        (b"", 422, "invalid_request"),
        (b"[]", 422, "invalid_request"),
        (b'{"code": 1}', 422, "invalid_request"),
        (b'{"code": "x", "detail": "", "retryable": true, "quote_id": "7"}', 400, "malformed_id"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_the_same_shape(
    client: TestClient, body: bytes, status: int, code: str
) -> None:
    response = client.post("/wish", content=body, headers={"content-type": "application/json"})

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert set(response.json()) == {"code", "detail", "retryable"}


def test_a_wrong_method_is_refused_in_the_same_shape(client: TestClient) -> None:
    response = client.delete("/wish")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response.headers["allow"] == "POST"
