"""The secret of the house."""

import stat
import threading
from pathlib import Path

import pytest

from clipbot.errors import ConfigurationError
from clipbot.identity.secret import house_secret, key


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = house_secret(tmp_path)

    assert len(made) >= 32
    assert house_secret(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret"]


def test_one_that_is_set_wins_and_none_is_made(tmp_path: Path) -> None:
    assert house_secret(tmp_path, "s" * 32) == b"s" * 32
    assert list(tmp_path.iterdir()) == []


def test_those_who_start_at_once_agree(tmp_path: Path) -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.append(house_secret(tmp_path))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1


def test_one_that_was_shortened_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("short", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="too short"):
        house_secret(tmp_path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be kept"):
        house_secret(tmp_path / "gone")


def test_each_purpose_has_a_key_of_its_own(tmp_path: Path) -> None:
    made = house_secret(tmp_path)
    assert len({key(made, "links"), key(made, "visitors"), made}) == 3
