"""The film taken away: as it is, or in another size and rate, out of segments of its own."""

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from clipbot.domain.user import User
from clipbot.errors import (
    CompositionNotFound,
    EditCancelled,
    ExportNotFound,
    ExportNotReady,
    NotAllowed,
    RequestError,
    TooManyExports,
)
from clipbot.media.mp4 import load_track
from clipbot.media.probe import probe
from clipbot.services.exporting import Exports
from clipbot.services.exports import ExportView
from tests import jobs, media
from tests.desk import Desk
from tests.integration.processes.waiting import until

OTHER = {"rate": 30}
"""Another format, of a size that is quickly encoded."""


def exported(desk: Desk, job: UUID, dest: Path, **given: object) -> bytes:
    desk.services.exports.export(desk.user, job, dest, **given)  # type: ignore[arg-type]
    return dest.read_bytes()


def segments(desk: Desk) -> Path:
    return desk.home / "cache" / "segments"


def test_a_film_is_exported_as_it_is(desk: Desk, job: UUID, tmp_path: Path) -> None:
    assert exported(desk, job, tmp_path / "film.mp4") == desk.film(job)
    kept = set(segments(desk).iterdir())
    assert exported(desk, job, tmp_path / "same.mp4", rate=24) == desk.film(job)
    assert set(segments(desk).iterdir()) == kept


def test_a_film_is_exported_in_another_size_and_rate(desk: Desk, job: UUID, tmp_path: Path) -> None:
    dest = tmp_path / "large.mp4"
    shares: list[float] = []
    view = desk.services.exports.export(
        desk.user, job, dest, size="480p", rate=30, on_progress=shares.append
    )

    seen = probe(dest)
    assert (seen.width, seen.height, seen.rate, seen.frames) == (854, 480, Fraction(30), 135)
    assert (view.width, view.height, view.rate, view.frames) == (854, 480, Fraction(30), 135)
    assert view.size_bytes == dest.stat().st_size
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    sound = load_track(dest, "soun")
    assert abs(Fraction(sound.edits[0][0], sound.timescale) - Fraction(9, 2)) < Fraction(1, 1000)
    film = tmp_path / "film.mp4"
    film.write_bytes(desk.film(job))
    assert media.samples(dest) == media.samples(film), "the song is the film's own"


def test_an_export_after_an_edit_encodes_what_the_edit_changed(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    exported(desk, job, tmp_path / "before.mp4", **OTHER)
    desk.edit(job, "make it nighttime", (2,))
    service, engine = desk.services.exports, desk.parts.composer.engine
    plan = service.plan(desk.user, job, rate=30).film
    missing = engine.missing(plan)

    # Clip 2 meets clip 1 in a crossfade and clip 3 in a cut: its core, and one junction.
    assert len(missing) == 2
    assert sum(segment.frames for segment in missing) == 45
    incremental = exported(desk, job, tmp_path / "after.mp4", **OTHER)
    shutil.rmtree(segments(desk))
    assert exported(desk, job, tmp_path / "scratch.mp4", **OTHER) == incremental
    desk.services.history.undo(desk.user, job)
    assert (
        exported(desk, job, tmp_path / "undone.mp4", **OTHER)
        == (tmp_path / "before.mp4").read_bytes()
    )


def test_an_export_that_is_stopped_leaves_no_file_and_keeps_what_is_encoded(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    desk.services.films.ensure(job)
    film = len(list(segments(desk).iterdir()))
    answers = iter([False] * 3)
    began: list[float] = []

    def stopped() -> bool:
        return len(began) > 0 and began[-1] > 0.4 and not next(answers, False)

    with pytest.raises(EditCancelled):
        exported(
            desk, job, tmp_path / "a.mp4", rate=25, cancelled=stopped, on_progress=began.append
        )

    assert not (tmp_path / "a.mp4").exists()
    assert len(list(segments(desk).iterdir())) > film
    assert [path for path in segments(desk).iterdir() if path.suffix == ".part"] == []


def test_what_cannot_be_made_is_refused_before_anything_is(
    desk: Desk, job: UUID, tmp_path: Path
) -> None:
    service = desk.services.exports
    for dest, given in (
        (tmp_path / "no" / "film.mp4", {}),
        (tmp_path / "a.mp4", {"size": "4k"}),
        (tmp_path / "a.mp4", {"rate": 29}),
    ):
        with pytest.raises(RequestError):
            service.export(desk.user, job, dest, **given)
        assert not dest.exists()
    with pytest.raises(NotAllowed):
        service.export(User(uuid4()), job, tmp_path / "a.mp4")
    with pytest.raises(CompositionNotFound):
        desk.services.exporting.begin(desk.user, job)


@pytest.fixture(name="exports")
def fixture_exports(desk: Desk, job: UUID) -> Iterator[Exports]:
    desk.services.films.ensure(job)
    with desk.services.exporting.running():
        yield desk.services.exporting


def ready(desk: Desk, job: UUID, view: ExportView) -> ExportView:
    service = desk.services.exporting
    until(lambda: service.get(desk.user, job, view.id).status not in {"waiting", "encoding"})
    return service.get(desk.user, job, view.id)


def test_an_export_is_made_beside_everything_else(
    desk: Desk, job: UUID, exports: Exports, tmp_path: Path
) -> None:
    begun = exports.begin(desk.user, job, rate=30)
    assert (begun.status, begun.progress) == ("waiting", 0)

    done = ready(desk, job, begun)
    assert (done.status, done.progress, done.trouble) == ("ready", 100, None)
    film = exports.film(desk.user, job, begun.id)
    content = b"".join(film.read(0, film.size))
    assert done.film.size_bytes == film.size == len(content)
    assert content == exported(desk, job, tmp_path / "file.mp4", **OTHER)
    assert exports.begin(desk.user, job, rate=30) == done, "nothing is made twice"


def test_each_film_has_its_own_export(desk: Desk, job: UUID, exports: Exports) -> None:
    before = ready(desk, job, exports.begin(desk.user, job, rate=25))
    desk.edit(job, "make it nighttime", (2,))
    after = ready(desk, job, exports.begin(desk.user, job, rate=25))

    assert before.id != after.id
    assert (before.film.number, after.film.number) == (1, 2)
    assert [view.id for view in exports.list(desk.user, job)] == [after.id, before.id]
    read = {exports.film(desk.user, job, view.id).etag for view in (before, after)}
    assert len(read) == 2


def test_an_export_is_taken_back(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    exports = desk.services.exporting
    kept, unwanted = (exports.begin(desk.user, job, rate=rate) for rate in (25, 30))

    assert exports.cancel(desk.user, job, unwanted.id).status == "cancelled"
    with exports.running():
        assert ready(desk, job, kept).status == "ready"

    assert exports.get(desk.user, job, unwanted.id).status == "cancelled"
    assert exports.cancel(desk.user, job, kept.id).status == "ready", "too late"
    with pytest.raises(ExportNotReady):
        exports.film(desk.user, job, unwanted.id)
    assert exports.begin(desk.user, job, rate=30).status == "waiting", "it may be wanted again"


def test_an_export_is_stopped_while_it_is_made(desk: Desk, job: UUID, exports: Exports) -> None:
    begun = exports.begin(desk.user, job, size="2160p")
    until(lambda: exports.get(desk.user, job, begun.id).status == "encoding")

    assert exports.cancel(desk.user, job, begun.id).status == "cancelled"
    next_ = ready(desk, job, exports.begin(desk.user, job))

    assert next_.status == "ready", "those behind it go on"
    assert exports.get(desk.user, job, begun.id).status == "cancelled"


def test_an_export_that_fails_says_why_and_holds_up_no_other(
    desk: Desk, job: UUID, exports: Exports
) -> None:
    desk.parts.blobs.path(f"video-clips/{job}/clip_1.mp4").write_bytes(b"broken")

    failed = ready(desk, job, exports.begin(desk.user, job, rate=25))
    assert (failed.status, failed.film.size_bytes) == ("failed", failed.film.size_bytes)
    assert failed.trouble
    assert failed.trouble.endswith(".")
    assert ready(desk, job, exports.begin(desk.user, job)).status == "ready"


def test_one_person_waits_for_a_few_exports_only(desk: Desk, job: UUID) -> None:
    desk.services.films.ensure(job)
    exports = desk.services.exporting
    for size in ("480p", "720p", "1080p"):
        exports.begin(desk.user, job, size=size)
    with pytest.raises(TooManyExports):
        exports.begin(desk.user, job, size="1440p")
    assert exports.begin(desk.user, job, size="720p").status == "waiting"


def test_an_export_whose_segments_are_gone_is_to_be_made_again(
    desk: Desk, job: UUID, exports: Exports
) -> None:
    done = ready(desk, job, exports.begin(desk.user, job, rate=25))
    shutil.rmtree(segments(desk))

    with pytest.raises(ExportNotFound):
        exports.film(desk.user, job, done.id)
    again = ready(desk, job, exports.begin(desk.user, job, rate=25))
    assert exports.film(desk.user, job, again.id).size == done.film.size_bytes


def test_exports_are_their_owners(desk: Desk, job: UUID, exports: Exports) -> None:
    done = ready(desk, job, exports.begin(desk.user, job))
    other = jobs.install(desk.store, desk.parts.blobs, name="other")
    for call in (exports.get, exports.cancel, exports.film):
        with pytest.raises(NotAllowed):
            call(User(uuid4()), job, done.id)
        with pytest.raises(ExportNotFound):
            call(desk.user, other, done.id)
        with pytest.raises(ExportNotFound):
            call(desk.user, job, uuid4())
