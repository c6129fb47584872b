"""Versions that wait for a yes: what the gate holds back, and all of them where one wants that."""

import subprocess
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from clipbot.domain.user import User
from clipbot.errors import NotAllowed, VersionNotFound
from clipbot.media import ffmpeg
from tests import jobs
from tests.desk import Desk
from tests.makers import DARKER, edit, look, shop

DIM = "eq=gamma=0.62"


def planted(folder: Path, filters: str, index: int = 0) -> Path:
    """Return a clip's footage, seen through filters."""
    path = folder / "planted.mp4"
    source = ["-i", str(jobs.footage(index)), "-vf", filters, "-c:v", "libx264", "-crf", "16"]
    command = [ffmpeg.executable(), "-v", "error", "-y", *source, "-g", "16", str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def told(at: Desk, job: UUID, filters: str, folder: Path, index: int = 0) -> str:
    """Return what is said of footage that came for "make it darker"."""
    shown = shop(at, look(footage=planted(folder, filters, index)))
    edit(shown, job, DARKER)
    version = shown.services.versions.list(shown.user, job, 0)[0]
    assert version.verdict
    return f"{'offered' if version.is_offered else 'taken'}: {version.verdict['sentence']}"


def test_a_right_change_enters_the_film_with_its_numbers(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    said = told(desk, job, DIM, tmp_path)
    assert said.startswith("taken: Darker by ")
    assert "composition kept (0.9" in said or "composition kept (1.00" in said


@pytest.mark.parametrize(
    ("filters", "why"),
    [
        (f"hflip,{DIM}", "another composition"),
        ("drawbox=c=black:t=fill", "of it is black"),
        (f"loop=loop=-1:size=1:start=6,trim=end_frame=48,{DIM}", "nothing moves"),
        (f"trim=end_frame=24,{DIM}", " s instead of "),
        ("null", "not darker"),
    ],
)
def test_faulty_footage_is_offered_and_says_why(
    desk: Desk, job: UUID, tmp_path: Path, filters: str, why: str
) -> None:
    said = told(desk, job, filters, tmp_path)
    assert said.startswith("offered: ")
    assert why in said


def test_where_one_wants_to_see_them_first_a_right_change_is_offered_too(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    view = desk.services.offers.ask_first(desk.user, job, offers_first=True)
    assert view.offers_first

    assert told(desk, job, DIM, tmp_path).startswith("offered: Darker by ")
    message = desk.services.chat.history(desk.user, job)[-1].content
    assert "You want to see every new version first" in message
    assert desk.services.clips.list(desk.user, job)[0].current_version == 1

    desk.services.versions.restore(desk.user, job, 0, 2)
    assert desk.services.clips.list(desk.user, job)[0].current_version == 2
    assert not desk.services.offers.ask_first(desk.user, job, offers_first=False).offers_first


def test_an_offer_is_dropped_and_can_still_be_used(desk: Desk, job: UUID, tmp_path: Path) -> None:
    told(desk, job, "null", tmp_path)
    offers = desk.services.offers
    assert desk.services.clips.list(desk.user, job)[0].has_offer

    for _ in range(2):
        offers.drop(desk.user, job, 0, 2)
        assert not desk.services.clips.list(desk.user, job)[0].has_offer
        assert not desk.services.versions.list(desk.user, job, 0)[0].is_offered

    offers.drop(desk.user, job, 0, 1)
    with pytest.raises(VersionNotFound):
        offers.drop(desk.user, job, 0, 9)
    desk.services.versions.restore(desk.user, job, 0, 2)
    assert desk.services.clips.list(desk.user, job)[0].current_version == 2


def test_nobody_else_decides_what_is_offered(desk: Desk, job: UUID) -> None:
    stranger = User(uuid4())
    with pytest.raises(NotAllowed):
        desk.services.offers.ask_first(stranger, job, offers_first=True)
    with pytest.raises(NotAllowed):
        desk.services.offers.drop(stranger, job, 0, 1)


def test_footage_that_an_earlier_edition_measured_is_looked_at_again(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    with desk.store.jobs.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM footage_signatures")
    assert "composition kept" in told(desk, job, DIM, tmp_path)
