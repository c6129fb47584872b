"""How cookies are written, and read back."""

from http.cookies import SimpleCookie

import pytest

from clipbot.identity.cookies import Jar

HOME, HTTPS = Jar(is_secure=False), Jar(is_secure=True)
FRAMED = Jar(is_secure=True, is_framed=True)


def kept(lines: tuple[str, ...]) -> dict[str, str]:
    """Return what a browser sends back."""
    pairs = (line.split(";")[0].partition("=")[::2] for line in lines if "Max-Age=0" not in line)
    return dict(pairs)


def test_at_home_a_cookie_needs_no_https() -> None:
    (line,) = HOME.written("access", "abc", 60)
    assert line == "clipbot-access=1~abc; Path=/; HttpOnly; Max-Age=60; SameSite=Lax"


def test_over_https_it_is_bound_to_the_host() -> None:
    (line,) = HTTPS.written("access", "abc", 60)
    assert line.startswith("__Host-clipbot-access=1~abc; Path=/; HttpOnly; Max-Age=60")
    assert line.endswith("; SameSite=Lax; Secure")
    assert "Domain" not in line


def test_inside_a_frame_it_is_partitioned() -> None:
    (line,) = FRAMED.written("access", "abc", 60)
    assert line.endswith("; SameSite=None; Secure; Partitioned")


@pytest.mark.parametrize("jar", [HOME, HTTPS, FRAMED])
@pytest.mark.parametrize("length", [1, 3_600, 3_601, 8_000])
def test_what_is_kept_comes_back_whole(jar: Jar, length: int) -> None:
    value = "".join(chr(97 + place % 26) for place in range(length))
    lines = jar.written("access", value, 60)

    assert all(len(line.split(";")[0]) < 4_000 for line in lines)
    assert jar.read(kept(lines), "access") == value
    assert jar.read(kept(lines), "refresh") is None


def test_a_shorter_value_is_not_mixed_with_what_was_left_of_a_longer_one() -> None:
    browser = kept(HOME.written("access", "a" * 8_000, 60)) | kept(HOME.written("access", "b", 60))
    assert HOME.read(browser, "access") == "b"


@pytest.mark.parametrize("value", ["a b", "a;b", "a=b", "a\r\nSet-Cookie: x=y", "ä", "x" * 20_000])
def test_what_could_break_out_of_a_cookie_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        HOME.written("access", value, 60)


@pytest.mark.parametrize("value", ["", "abc", "~abc", "9~abc", "-1~abc", "x~abc", "1~"])
def test_what_is_not_ours_is_not_there(value: str) -> None:
    assert HOME.read({"clipbot-access": value}, "access") is None


def test_dropping_takes_every_part_away() -> None:
    lines = HTTPS.dropped("access")
    assert len(lines) == 3
    assert all("Max-Age=0" in line and "Path=/" in line for line in lines)
    assert not any(part.value for line in lines for part in SimpleCookie(line).values())
