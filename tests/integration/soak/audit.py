"""What must be true after a run, whatever happened in it; a sentence for all that is not."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sqlalchemy import text

from clipbot.domain.money import after_discount
from clipbot.domain.user import LOCAL_USER
from clipbot.domain.versions import ORIGINAL
from clipbot.errors import ClipbotError
from clipbot.media.files import digest
from clipbot.media.probe import probe
from clipbot.store.records import JobStatus, RegenerationRecord, RegenerationStatus
from tests import jobs
from tests.contract.replicate_books import FINAL, Paid
from tests.integration.soak.plans import JOBS
from tests.integration.soak.provider import Provider, marker_of
from tests.integration.soak.studio import Nobody, Studio, job_id

_PUBLISHED = {"regeneration_complete", "version_offered"}
_OVER = {
    RegenerationStatus.COMPLETED,
    RegenerationStatus.FAILED,
    RegenerationStatus.CANCELLED,
}


def charged(provider: Provider, edit: UUID) -> int:
    """Return what the provider's bill says of an edit."""
    return sum(paid.charge for paid in _paid(provider, edit))


def problems(
    opened: Studio,
    provider: Provider,
    edits: Sequence[UUID],
    alike: Collection[UUID] = (),
) -> list[str]:
    """Return all that is not as it must be.

    Args:
        opened: The clipbot.
        provider: Its provider.
        edits: All that were confirmed.
        alike: Those of them that the provider cannot tell apart.
    """
    rows = [opened.store.regenerations.get(id_) for id_ in edits]
    return [
        *_payments(provider, [row for row in rows if row.id not in alike]),
        *_bookings(opened, provider, [row for row in rows if row.id not in alike]),
        *_alike(provider, [row for row in rows if row.id in alike]),
        *opened.store.books.problems(),
        *(
            line
            for place in range(len(JOBS))
            for line in (
                *_job(opened, place, [row for row in rows if row.job_id == job_id(place)]),
                *_film(opened, place),
            )
        ),
    ]


def _paid(provider: Provider, edit: UUID) -> list[Paid]:
    with provider.books.lock:
        found = list(provider.books.paid)
    return [paid for paid in found if marker_of(paid).startswith(f"{edit}.")]


def _payments(provider: Provider, rows: Sequence[RegenerationRecord]) -> Iterator[str]:
    """Whether an attempt was paid twice, and whether all that was paid belongs to somebody."""
    paid_for = [paid for row in rows for paid in _paid(provider, row.id)]
    counts = Counter(marker_of(paid) for paid in paid_for)
    agreed = {f"{row.id}.{n + 1}" for row in rows for n in range(len(row.attempts))}
    for marker, count in counts.items():
        if count > 1:
            yield f"paid twice: attempt {marker} was sent {count} times"
        if marker not in agreed:
            yield f"paid without consent: attempt {marker}"
    for paid in paid_for:
        if paid.status not in FINAL:
            yield f"abandoned: {marker_of(paid)} is still {paid.status}"


def _alike(provider: Provider, rows: Sequence[RegenerationRecord]) -> Iterator[str]:
    """Whether edits that cannot be told apart cost together what they should."""
    paid_for = [paid for row in rows for paid in _paid(provider, row.id)]
    if len(paid_for) > len(rows):
        yield f"paid twice: {len(rows)} edits that are alike were sent {len(paid_for)} times"
    bill, booked = sum(paid.charge for paid in paid_for), sum(row.cost_micros for row in rows)
    if bill != booked:
        yield f"edits that are alike are booked at {booked}, their bill is {bill}"
    yield from (
        f"abandoned: {marker_of(p)} is {p.status}" for p in paid_for if p.status not in FINAL
    )
    for row in rows:
        if row.status not in _OVER or row.cost_micros > row.ceiling_micros:
            yield f"edit {row.id} is {row.status} at {row.cost_micros}"


def _bookings(
    opened: Studio, provider: Provider, rows: Sequence[RegenerationRecord]
) -> Iterator[str]:
    """Whether what is booked is what was charged."""
    ledger = _ledger(opened)
    for row in rows:
        bill = charged(provider, row.id)
        due = min(after_discount(bill, row.discount_percent), row.ceiling_micros)
        name = f"edit {row.id} ({row.status}, {row.error_code})"
        if row.status is RegenerationStatus.FAILED and _is_wasted(provider, row):
            yield f"{name} threw good footage away that was paid: {row.error}"
        if row.status not in _OVER:
            yield f"{name} is not over: {row.error}"
        if row.status is RegenerationStatus.COMPLETED and row.error_code:
            yield f"{name} has an error: {row.error}"
        if row.cost_micros != due:
            yield f"{name} is booked at {row.cost_micros}, its bill is {due}"
        wanted = {"reserve": row.ceiling_micros, "release": row.ceiling_micros, "settle": due}
        entries = {kind: amount for id_, kind, amount in ledger if id_ == row.id}
        if entries != wanted or sum(id_ == row.id for id_, _, _ in ledger) != len(wanted):
            yield f"{name} has the ledger {entries} instead of {wanted}"


def _is_wasted(provider: Provider, row: RegenerationRecord) -> bool:
    """Whether an edit failed that has footage, and could have been brought to its end."""
    made = [paid for paid in _paid(provider, row.id) if paid.status == "succeeded"]
    is_usable = any(paid.fate in provider.usable for paid in made)
    return is_usable and not provider.has_lost_files


def _ledger(opened: Studio) -> list[tuple[UUID, str, int]]:
    query = text("SELECT regeneration_id, kind, amount_micros FROM ledger")
    with opened.store.jobs.engine.connect() as connection:
        return [(UUID(str(id_)), kind, amount) for id_, kind, amount in connection.execute(query)]


def _job(opened: Studio, place: int, rows: Sequence[RegenerationRecord]) -> Iterator[str]:
    store, id_ = opened.store, job_id(place)
    if store.jobs.get(id_).status is not JobStatus.COMPLETED:
        yield f"job {place} is {store.jobs.get(id_).status}"
    funds = store.jobs.funds(id_, 0)
    if funds.reserved_micros or funds.spent_micros != sum(row.cost_micros for row in rows):
        yield f"job {place} has {funds}"
    events = store.events.after(id_, 0, limit=10_000)
    if [event.id for event in events] != list(range(1, len(events) + 1)):
        yield f"job {place} has events with gaps"
    ends = Counter(event.regeneration_id for event in events if event.name in _PUBLISHED)
    for row in rows:
        is_done = row.status is RegenerationStatus.COMPLETED
        if ends[row.id] != is_done:
            yield f"edit {row.id} ({row.status}) was published {ends[row.id]} times"
    yield from _versions(opened, place, rows)


def _versions(opened: Studio, place: int, rows: Sequence[RegenerationRecord]) -> Iterator[str]:
    """Whether every finished edit has its version, and nothing else changed."""
    kept = {(each.clip_index, each.number) for each in opened.store.versions.all(job_id(place))}
    made = [(row.clip_index, row.version_number) for row in rows if row.version_number is not None]
    for row in rows:
        if (row.version_number is not None) != (row.status is RegenerationStatus.COMPLETED):
            yield f"edit {row.id} ({row.status}) has version {row.version_number}"
    if sorted(made) != sorted(each for each in kept if each[1] != ORIGINAL):
        yield f"job {place} has versions {sorted(kept)}, but its edits made {sorted(made)}"
    for index, number in opened.store.versions.current(job_id(place)).items():
        if (index, number) not in kept:
            yield f"job {place}: clip {index + 1} shows version {number}, which is not there"
    yield from _footage(opened, place, kept)


def _footage(opened: Studio, place: int, kept: Collection[tuple[int, int]]) -> Iterator[str]:
    """Whether every version can be shown, and the originals are as they were."""
    films = opened.services(Nobody()).films
    for index, number in kept:
        try:
            path = films.footage(LOCAL_USER, job_id(place), index, number)
            probe(path)
        except ClipbotError as error:
            yield f"job {place}: version {number} of clip {index + 1} is lost: {error}"
            continue
        if number == ORIGINAL and digest(path) != digest(jobs.footage(index)):
            yield f"job {place}: the original of clip {index + 1} was changed"


def _film(opened: Studio, place: int) -> Iterator[str]:
    """Whether the film plays, and shows what it should."""
    id_ = job_id(place)
    record = opened.store.compositions.get(id_)
    project = opened.parts.projects.of_job(id_)
    film = opened.services(Nobody()).films.film(LOCAL_USER, id_)
    path = opened.site.home / f"film-{place}.mp4"
    film.file.write(path)
    shown = probe(path).frames
    wanted = project.timeline(record.rate).frames
    if not shown == record.frames == wanted:
        yield f"the film of job {place} has {shown} frames, not {wanted}"
    # Two versions with the same pictures make the same film.
    plan = opened.parts.composer.plan(project, project.numbers())
    if record.fingerprint != plan.fingerprint:
        yield f"the film of job {place} does not show {project.numbers()}"
    path.unlink()
