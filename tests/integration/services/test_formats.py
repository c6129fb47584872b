"""The working format of a job: from what its clips are, chosen once, kept."""

from fractions import Fraction
from pathlib import Path
from uuid import UUID

from clipbot.media.probe import probe
from clipbot.services.views import FilmView
from tests import jobs, media
from tests.desk import Desk

ODD = ("-pix_fmt", "yuv444p")


def replaced(desk: Desk, job: UUID, *clips: Path) -> None:
    """Give the job other footage than it was installed with."""
    for index, clip in enumerate(clips):
        path = desk.parts.blobs.path(f"video-clips/{job}/clip_{index}.mp4")
        path.unlink()  # it may be a link to a clip that other tests use
        path.write_bytes(clip.read_bytes())


def film(desk: Desk, job: UUID) -> FilmView:
    desk.services.films.ensure(job)
    found = desk.services.jobs.get(desk.user, job).film
    assert found is not None
    return found


def test_a_film_has_the_usual_size_and_rate_nearest_to_most_of_its_clips(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    """Two clips are odd alike; the third is upright, faster and turned."""
    turned = tmp_path / "turned.mp4"
    fast = media.clip(90, frames=120, rate=Fraction(60), size=(180, 320))
    media.make("-display_rotation", "90", "-i", str(fast), "-c", "copy", str(turned))
    ntsc = Fraction(24000, 1001)
    odd = [media.clip(hue, rate=ntsc, size=(213, 121), options=ODD) for hue in (0, 45)]
    replaced(desk, job, *odd, turned)

    found = film(desk, job)

    assert (found.width, found.height, found.rate) == (214, 120, Fraction(24))
    assert found.frames == 108
    path = tmp_path / "film.mp4"
    path.write_bytes(desk.film(job))
    seen = probe(path)
    assert (seen.width, seen.height, seen.rate, seen.frames) == (214, 120, Fraction(24), 108)


def test_the_format_stays_when_other_clips_become_the_majority(desk: Desk, job: UUID) -> None:
    wide = film(desk, job)
    upright = media.clip(0, size=(180, 320))
    for clip in range(2):
        path = desk.parts.blobs.path(f"video-clips/{job}/clip_{clip}.mp4")
        path.unlink()
        path.write_bytes(upright.read_bytes())
        desk.edit(job, "make it darker", (clip + 1,))

    again = film(desk, job)

    assert again.number > wide.number
    assert (again.width, again.height, again.rate) == (wide.width, wide.height, wide.rate)


def test_a_job_whose_clips_have_no_usual_ratio_has_its_own(desk: Desk) -> None:
    job = jobs.install(desk.store, desk.parts.blobs, name="wide", clips=1, transitions=())
    replaced(desk, job, media.clip(0, size=(384, 256)))
    found = film(desk, job)
    assert (found.width, found.height) == (456, 256)
