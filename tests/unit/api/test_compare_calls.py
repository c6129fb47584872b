"""What is said of two versions, and of two films."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import compare, jobs
from tests.compare import Made
from tests.unit.api.conftest import Studio, opened


@pytest.fixture(name="shelf", scope="module")
def fixture_shelf(mould: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Clip 1 with four versions: darker, darker and shorter, gone, and the original once more."""
    with opened(mould, tmp_path_factory.mktemp("shelf") / "home") as studio:
        compare.add(
            studio.desk.store,
            studio.desk.parts.blobs,
            studio.job,
            0,
            {
                2: Made(compare.darkened()),
                3: Made(compare.darkened(frames=24, hue=90), parent=2),
                4: Made(None, parent=2),
                5: Made(jobs.footage(0), parent=3),
            },
            current=3,
        )
        yield studio


def address(studio: Studio, query: str = "", clip: int = 0) -> str:
    return f"{studio.url}/clips/{clip}/compare{query}"


def test_two_versions_are_compared_in_numbers_and_in_words(shelf: Studio) -> None:
    answer = shelf.client.get(address(shelf, "?a=1&b=2")).json()

    assert answer["clip_index"] == 0
    assert answer["sentence"].endswith("of the picture changed; the change is spread over it.")
    assert [answer[side]["version"]["version_number"] for side in "ab"] == [1, 2]
    assert (answer["a"]["frames"], answer["a"]["rate"], answer["a"]["seconds"]) == (48, 24.0, 2.0)
    luma = answer["changes"][0]
    assert (luma["measure"], luma["change"] < -0.05) == ("luma", True)
    assert luma["words"].endswith("% darker")
    difference = answer["difference"]
    assert difference["overall"] > 0.05
    assert 0 < difference["similarity"] < 1
    assert len(difference["cells"]) == difference["columns"] * 9
    assert [moment["seconds"] for moment in difference["moments"]] == [
        0.25 * number for number in range(8)
    ]


def test_without_numbers_the_current_one_is_compared_with_what_it_was_made_from(
    shelf: Studio,
) -> None:
    answer = shelf.client.get(address(shelf)).json()
    assert [answer[side]["version"]["version_number"] for side in "ab"] == [2, 3]
    assert (answer["a"]["seconds"], answer["b"]["seconds"]) == (2.0, 1.0)
    other = shelf.client.get(address(shelf, "?b=5")).json()
    assert [other[side]["version"]["version_number"] for side in "ab"] == [3, 5]


def test_a_clip_that_was_never_edited_is_compared_with_itself(shelf: Studio) -> None:
    answer = shelf.client.get(address(shelf, clip=1)).json()
    assert answer["sentence"] == "The two look the same."
    assert answer["difference"]["overall"] == 0.0
    assert [change["words"] for change in answer["changes"]] == [""] * 4


def test_the_same_file_in_two_versions_does_not_differ(shelf: Studio) -> None:
    assert shelf.client.get(address(shelf, "?a=1&b=5")).json()["difference"]["changed"] == 0.0


def test_it_is_measured_once_and_then_kept(shelf: Studio) -> None:
    first = shelf.client.get(address(shelf, "?a=1&b=3")).json()
    kept = shelf.desk.home / "cache" / "differences"
    files = {path: path.stat().st_mtime_ns for path in kept.iterdir()}

    assert shelf.client.get(address(shelf, "?a=1&b=3")).json() == first
    assert {path: path.stat().st_mtime_ns for path in kept.iterdir()} == files


def test_what_is_kept_and_cannot_be_read_is_measured_again(shelf: Studio) -> None:
    first = shelf.client.get(address(shelf, "?a=2&b=3")).json()
    for path in (shelf.desk.home / "cache" / "differences").iterdir():
        path.write_text('{"overall": 1}', encoding="utf-8")
    assert shelf.client.get(address(shelf, "?a=2&b=3")).json() == first


@pytest.mark.parametrize(
    ("clip", "query", "status", "code"),
    [
        (0, "?a=9", 404, "version_not_found"),
        (0, "?b=9", 404, "version_not_found"),
        (0, "?a=1&b=4", 404, "footage_missing"),
        (9, "", 404, "clip_not_found"),
        (0, "?a=0", 422, "invalid_request"),
        (0, "?a=one", 422, "invalid_request"),
        (0, "?b=99999999999", 422, "invalid_request"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    shelf: Studio, clip: int, query: str, status: int, code: str
) -> None:
    answer = shelf.client.get(address(shelf, query, clip))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_file_that_cannot_be_decoded_is_refused(studio: Studio, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(jobs.footage(0).read_bytes()[:4000])
    at = studio.desk
    compare.add(at.store, at.parts.blobs, studio.job, 0, {2: Made(broken)}, current=1)
    answer = studio.client.get(address(studio, "?a=1&b=2"))
    assert answer.json()["code"] == "footage_rejected"


def test_the_older_name_of_the_call_answers_the_same(shelf: Studio) -> None:
    older = f"{shelf.url}/clips/0/versions/compare?a=1&b=2"
    assert shelf.client.get(older).json() == shelf.client.get(address(shelf, "?a=1&b=2")).json()


def test_a_jobs_films_are_listed_and_compared_clip_by_clip(studio: Studio) -> None:
    at = studio.desk
    compare.add(at.store, at.parts.blobs, studio.job, 1, {2: Made(compare.darkened(1))}, current=1)
    at.services.versions.restore(at.user, studio.job, 1, 2)

    films = studio.client.get(f"{studio.url}/films").json()["films"]

    assert [(film["number"], film["is_current"]) for film in films] == [(2, True), (1, False)]
    assert films[1]["url"] == f"{studio.url}/film.mp4?composition=1"
    assert (films[0]["frames"], films[0]["rate"], films[0]["seconds"]) == (108, 24.0, 4.5)
    assert studio.client.get(films[1]["url"]).status_code == 200
    found = studio.client.get(f"{studio.url}/films/compare").json()
    assert (found["a"]["number"], found["b"]["number"]) == (1, 2)
    assert found["clips"] == [{"clip_index": 1, "a": 1, "b": 2}]
    same = studio.client.get(f"{studio.url}/films/compare?a=2&b=2").json()
    assert same["clips"] == []
    gone = studio.client.get(f"{studio.url}/films/compare?a=7")
    assert (gone.status_code, gone.json()["code"]) == (404, "composition_not_found")


def test_a_job_without_a_film_has_none_to_list(studio: Studio) -> None:
    job = jobs.install(studio.desk.store, studio.desk.parts.blobs, name="unmade")
    assert studio.client.get(f"/api/v1/jobs/{job}/films").json() == {"films": []}
    refused = studio.client.get(f"/api/v1/jobs/{job}/films/compare")
    assert (refused.status_code, refused.json()["code"]) == (404, "composition_not_found")
