"""The film in fragments over HTTP: a playlist, and segments that never change."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from clipbot.domain.user import LOCAL_USER
from tests import jobs, media
from tests.contract.gotrue_server import Double
from tests.people import House
from tests.unit.api.conftest import Studio

PLAYLIST = "/film.m3u8?composition=1"


def named(playlist: str) -> list[str]:
    """Return the addresses in a playlist: the initialisation, then the segments."""
    (init,) = [line.split('"')[1] for line in playlist.splitlines() if "#EXT-X-MAP" in line]
    return [init, *(line for line in playlist.splitlines() if line and not line.startswith("#"))]


def test_the_playlist_leads_to_the_current_composition(gallery: Studio) -> None:
    for method in ("GET", "HEAD"):
        response = gallery.client.request(method, f"{gallery.url}/film.m3u8")
        assert response.status_code == 307
        assert response.headers["location"] == f"{gallery.url}{PLAYLIST}"
        assert response.headers["cache-control"] == "private, no-cache"


def test_a_job_names_its_playlist(gallery: Studio) -> None:
    job = gallery.client.get(gallery.url).json()
    assert job["film"]["stream_url"] == f"{gallery.url}{PLAYLIST}"


def test_what_the_playlist_names_is_the_film(gallery: Studio, tmp_path: Path) -> None:
    whole, behind = tmp_path / "whole.mp4", tmp_path / "behind.mp4"
    whole.write_bytes(gallery.client.get(f"{gallery.url}/film.mp4?composition=1").content)

    playlist = gallery.client.get(f"{gallery.url}{PLAYLIST}")
    parts = [gallery.client.get(f"{gallery.url}/{name}") for name in named(playlist.text)]
    behind.write_bytes(b"".join(part.content for part in parts))

    assert playlist.headers["content-type"].startswith("application/vnd.apple.mpegurl")
    assert {part.headers["content-type"] for part in parts} == {"video/mp4"}
    assert media.frame_digests(behind) == media.frame_digests(whole)
    assert media.samples(behind).startswith(media.samples(whole))


@pytest.mark.parametrize("path", [PLAYLIST, "/film/1/init.mp4", "/film/1/1.m4s"])
def test_all_of_it_can_be_kept_for_ever_and_asked_for_in_parts(gallery: Studio, path: str) -> None:
    address = f"{gallery.url}{path}"
    whole, head = gallery.client.get(address), gallery.client.head(address)

    assert whole.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(whole.content)))
    assert head.headers["etag"] == whole.headers["etag"]
    kept = gallery.client.get(address, headers={"if-none-match": whole.headers["etag"]})
    assert (kept.status_code, kept.content) == (304, b"")
    part = gallery.client.get(address, headers={"range": "bytes=5-20"})
    assert (part.status_code, part.content) == (206, whole.content[5:21])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/film.m3u8?composition=9", 404, "composition_not_found"),
        ("/film.m3u8?composition=0", 422, "invalid_request"),
        ("/film/9/init.mp4", 404, "composition_not_found"),
        ("/film/9/0.m4s", 404, "composition_not_found"),
        ("/film/1/99.m4s", 404, "segment_not_found"),
        ("/film/1/-1.m4s", 400, "malformed_id"),
        ("/film/1/x.m4s", 400, "malformed_id"),
        ("/film/x/init.mp4", 400, "malformed_id"),
    ],
)
def test_what_is_not_there_is_said_so(gallery: Studio, path: str, status: int, code: str) -> None:
    response = gallery.client.get(f"{gallery.url}{path}")
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_program_plays_what_a_signed_playlist_names(house: House, double: Double) -> None:
    """Its player sends no header: each address in the playlist has a token of its own."""
    owner = double.join("player@example.com", "word", id=str(LOCAL_USER.id))
    job = f"/api/v1/jobs/{jobs.job_id()}"
    address = house.client.get(job, headers=house.bearer(owner)).json()["film"]["stream_url"]

    playlist = house.client.get(address)

    assert playlist.headers["cache-control"] == "private, no-cache"
    names = named(playlist.text)
    assert len(names) > 2
    for name in names:
        assert "token=" in name
        assert house.client.get(f"{job}/{name}").status_code == 200
        assert house.client.get(f"{job}/{urlsplit(name).path}").status_code == 401
