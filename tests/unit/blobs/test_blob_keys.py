"""Which file a stored address means: signed, expired, encoded, or of another host."""

import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipbot.blobs.base import foreign_host, is_key, key_of, url_of
from clipbot.blobs.buckets import BUCKETS, content_type

LETTERS = string.ascii_letters + string.digits + "_ .+-()!*'&$@=;:,"
PARTS = st.text(LETTERS, min_size=1, max_size=30).filter(
    lambda part: part == part.strip() and not part.startswith(".")
)
KEYS = st.builds(
    lambda bucket, parts: "/".join([bucket, *parts]),
    st.sampled_from(sorted(BUCKETS)),
    st.lists(PARTS, min_size=1, max_size=4),
)
HOSTS = st.sampled_from(
    ["", "https://abc.supabase.co", "http://127.0.0.1:8000", "https://old.example/below/it"]
)
KINDS = st.sampled_from(
    ["object/sign", "object/public", "object/authenticated", "render/image/sign"]
)
QUERIES = st.sampled_from(
    ["", "?token=eyJhbGciOiJIUzI1NiJ9.e30.x", "?t=2024-01-01&download=", "?", "#t=3", "?a=/b#c"]
)
KEY = "video-clips/job/clip_1.mp4"


@given(KEYS)
def test_keys_are_keys(key: str) -> None:
    assert is_key(key)
    assert key_of(url_of(key)) == key
    assert key_of(key) == key


@given(KEYS, HOSTS, KINDS, QUERIES)
def test_an_address_means_its_key_whoever_signed_it_and_when(
    key: str, host: str, kind: str, query: str
) -> None:
    url = f"{host}/storage/v1/{kind}/{quote(key)}{query}"

    assert key_of(url) == key
    assert foreign_host(url) is None


@given(KEYS, HOSTS, KINDS)
def test_an_address_need_not_be_encoded_as_far_as_it_could_be(
    key: str, host: str, kind: str
) -> None:
    assert key_of(f"{host}/storage/v1/{kind}/{key}") == key
    assert key_of(f"{host}/storage/v1/{kind}/{quote(key, safe='')}?token=x") == key


@given(st.text(max_size=40))
def test_whatever_is_stored_is_a_key_or_none(text: str) -> None:
    for url in (text, f"/storage/v1/object/sign/{text}", f"video-clips/{text}", f"https://{text}"):
        key = key_of(url)
        assert key is None or is_key(key)
        assert foreign_host(url) is None or key is None


@given(KEYS, st.sampled_from(["..", "%2e%2e", ".", "", "a%2fb/../..", ".hidden", "%00", "%ff"]))
def test_no_address_leaves_its_bucket(key: str, part: str) -> None:
    for path in (f"{key}/{part}", f"{key}/{part}/x", f"{part}/{key}"):
        found = key_of(f"https://x.example/storage/v1/object/sign/{path}")
        assert found is None or (is_key(found) and ".." not in found.split("/"))


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "   ",
        "/api/v1/jobs/1/film.mp4",
        "https://replicate.delivery/xyz/output.mp4",
        "https://x.example/?u=/storage/v1/object/sign/video-clips/a.mp4",
        "https://x.example/#/storage/v1/object/sign/video-clips/a.mp4",
        "https://x.example/storage/v1/object/sign/",
        "https://x.example/storage/v1/object/sign/video-clips",
        "https://x.example/storage/v1/object/list/video-clips/a.mp4",
        "https://x.example/storage/v1/object/sign/video-clips/%E2%82%AC.mp4",
        "https://x.example/storage/v1/object/sign/video-clips/a%2525.mp4",
        "https://[broken/storage/v1/object/sign/video-clips/a.mp4",
        "some-folder/a.mp4",
        "video-clips",
        "video-clips/../a.mp4",
        "file:///storage/v1/nothing",
    ],
)
def test_what_names_no_file_of_the_storage_means_none(url: str | None) -> None:
    assert key_of(url) is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://replicate.delivery/xyz/output.mp4", "replicate.delivery"),
        ("http://cdn.example:8080/storage/v1/a.mp4", "cdn.example"),
        (f"https://other.example/storage/v1/object/sign/{KEY}?token=x", None),
        (KEY, None),
        ("/api/v1/jobs/1/film.mp4", None),
        ("ftp://x.example/a.mp4", None),
        ("https://[broken/a.mp4", None),
        (None, None),
    ],
)
def test_an_address_outside_the_storage_is_known_by_its_host(
    url: str | None, host: str | None
) -> None:
    assert foreign_host(url) == host


@pytest.mark.parametrize(
    ("key", "type_"),
    [
        ("video-clips/a/clip_0.MP4", "video/mp4"),
        ("audio-uploads/a/song.mp3", "audio/mpeg"),
        ("clip-thumbnails/a/clip_0_v1_thumbnail.jpg", "image/jpeg"),
        ("reference-images/a/scene.webp", "image/webp"),
        ("reference-images/a.b/scene", "application/octet-stream"),
        ("reference-images/a/scene.whatever", "application/octet-stream"),
    ],
)
def test_a_file_says_what_it_is_by_its_name(key: str, type_: str) -> None:
    assert content_type(key) == type_
