"""What a cog server's answers mean."""

import pytest

from clipbot.renderers import cog_answers as answers


@pytest.mark.parametrize(
    ("logs", "share"),
    [
        (" 5%|#    | 1/20\r 50%|##   | 10/20 [00:01<00:01,  1.2it/s]", 0.5),
        ("step 3: 12.5 %", 0.12),
        ("quality 250%", 1.0),
        ("loading weights", None),
        ("", None),
        (None, None),
    ],
)
def test_progress_is_the_last_share_in_the_logs(logs: object, share: float | None) -> None:
    assert answers.progress(logs) == share


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": "Prediction failed: Prediction failed: ValueError: no light."}, "no light"),
        ({"error": "torch.cuda.OutOfMemoryError: CUDA out of memory"}, "CUDA out of memory"),
        ({"error": "cannot open /src/weights/a.bin\nat line 3"}, "cannot open a file at line 3"),
        ({"error": "see https://example.org/a/b"}, "see https://example.org/a/b"),
        ({"detail": [{"loc": ["body", "input", "seed"], "msg": "too large"}]}, "seed: too large"),
        ({"detail": "Not Found"}, "Not Found"),
        ({"detail": [{"loc": 5}]}, "refused"),
        ({}, "it did not say why"),
        ({"error": "long " * 200}, ("long " * 60).rstrip()),
    ],
)
def test_a_failure_is_one_line_without_paths(body: dict[str, object], said: str) -> None:
    assert answers.reason(body) == said


def test_an_output_that_nests_deeply_is_not_searched_for_ever() -> None:
    output: object = "data:video/mp4;base64,AAAA"
    for _ in range(4):
        output = [output]
    assert answers.footage_address(output) is not None
    assert answers.footage_address([output]) is None


def test_data_comes_out_of_a_data_uri_as_it_went_in() -> None:
    assert answers.decoded(answers.data_uri(b"\x00\xff", "video/mp4")) == b"\x00\xff"
    assert answers.decoded("data:text/plain,a%20b") == b"a b"
    assert answers.decoded("data:video/mp4;base64") is None
    assert answers.decoded("data:video/mp4;base64,???") is None
