"""The templates that people made themselves, on each database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from clipbot.domain.own_templates import own_id
from clipbot.errors import BudgetExceeded, TemplateNameTaken, TemplateNotFound, TooManyTemplates
from clipbot.store.records import NewTemplate, TemplateRecord
from clipbot.store.store import Store
from tests.unit.store.given import NOW, edit, job, submit


@pytest.fixture(name="me")
def fixture_me() -> UUID:
    """Somebody new: the databases are shared by all tests."""
    return uuid4()


def kept(
    store: Store, user: UUID, name: str = "Neon rain", *, shared: bool = False
) -> TemplateRecord:
    new = NewTemplate(user, name, "make it rainy", shared, ("neon",), ("sunny",))
    return store.templates.add(new, most=100, now=NOW)


def uses(store: Store, record: TemplateRecord) -> int:
    return store.templates.get(record.id).usage_count


def test_a_template_is_kept_as_it_was_given(store: Store, me: UUID) -> None:
    record = kept(store, me)

    assert store.templates.get(record.id) == record
    assert (record.name, record.instruction, record.is_public) == (
        "Neon rain",
        "make it rainy",
        False,
    )
    assert (record.words_in, record.words_out) == (("neon",), ("sunny",))
    assert (record.usage_count, record.created_at) == (0, NOW)
    assert store.templates.words(record.id, me) == (("neon",), ("sunny",))


def test_what_is_not_there_is_not_found(store: Store, me: UUID) -> None:
    nothing = uuid4()
    with pytest.raises(TemplateNotFound):
        store.templates.get(nothing)
    with pytest.raises(TemplateNotFound):
        store.templates.change(replace(kept(store, me), id=nothing, name="other"))
    assert store.templates.words(nothing, me) == ((), ())
    assert store.templates.words(None, me) == ((), ())
    store.templates.remove(nothing)


def test_a_name_is_one_of_its_kind_per_user(store: Store, me: UUID) -> None:
    first = kept(store, me)
    with pytest.raises(TemplateNameTaken):
        kept(store, me, "NEON RAIN")
    assert kept(store, uuid4()).name == "Neon rain"
    second = kept(store, me, "Fog")
    with pytest.raises(TemplateNameTaken):
        store.templates.change(replace(second, name="neon rain"))
    assert store.templates.change(replace(first, name="NEON rain")).name == "NEON rain"


def test_there_is_an_end_to_how_many(store: Store, me: UUID) -> None:
    new = NewTemplate(me, "a", "make it rainy")
    store.templates.add(new, most=1, now=NOW)
    with pytest.raises(TooManyTemplates):
        store.templates.add(replace(new, name="b"), most=1, now=NOW)
    store.templates.add(replace(new, name="b", user_id=uuid4()), most=1, now=NOW)


def test_of_many_at_once_with_one_name_one_is_kept(store: Store, me: UUID) -> None:
    def tries() -> Iterator[str]:
        with ThreadPoolExecutor(4) as pool:
            for future in [pool.submit(kept, store, me, "same") for _ in range(8)]:
                try:
                    yield future.result().name
                except TemplateNameTaken:
                    continue

    assert list(tries()) == ["same"]
    assert [each.name for each in store.templates.visible_to(me)] == ["same"]


def test_people_see_their_own_and_what_is_shared(store: Store, me: UUID) -> None:
    other = uuid4()
    kept(store, me, "b")
    kept(store, me, "A")
    kept(store, other, "private")
    shared = kept(store, other, "open", shared=True)

    assert [each.name for each in store.templates.visible_to(me)] == ["A", "b", "open"]
    assert [each.name for each in store.templates.visible_to(other)] == ["open", "private"]
    store.templates.remove(shared.id)


def test_a_change_keeps_the_uses(store: Store, me: UUID) -> None:
    record = kept(store, me)
    submit(store, edit(job(store), user_id=me, template_id=own_id(record.id)))

    changed = store.templates.change(
        replace(record, name="Wet", instruction="make it wet", is_public=True, words_in=())
    )

    assert (changed.name, changed.instruction, changed.is_public) == ("Wet", "make it wet", True)
    assert (changed.words_in, changed.words_out, changed.usage_count) == ((), ("sunny",), 1)
    assert store.templates.get(record.id) == changed
    store.templates.remove(record.id)
    assert store.templates.visible_to(me) == []


def test_what_is_submitted_together_is_one_use(store: Store, me: UUID) -> None:
    record, other = kept(store, me), kept(store, me, "other")
    job_id, batch = job(store), uuid4()
    mine = own_id(record.id)

    submit(
        store,
        edit(job_id, 0, user_id=me, template_id=mine, batch_id=batch),
        edit(job_id, 1, user_id=me, template_id=mine, batch_id=batch),
        edit(job_id, 2, user_id=me, template_id="nighttime", batch_id=batch),
    )

    assert (uses(store, record), uses(store, other)) == (1, 0)
    counted = store.templates.uses()
    assert counted[mine] == 1
    assert counted["nighttime"] >= 1


def test_an_edit_that_is_refused_is_no_use(store: Store, me: UUID) -> None:
    record = kept(store, me)
    job_id = job(store)
    with pytest.raises(BudgetExceeded):
        submit(store, edit(job_id, ceiling=10**12, user_id=me, template_id=own_id(record.id)))
    assert uses(store, record) == 0


def test_an_edit_with_a_deleted_template_is_queued(store: Store, me: UUID) -> None:
    record = kept(store, me)
    store.templates.remove(record.id)
    (row,) = submit(store, edit(job(store), user_id=me, template_id=own_id(record.id)))
    assert row.template_id == own_id(record.id)


def test_somebody_elses_private_template_is_neither_used_nor_counted(
    store: Store, me: UUID
) -> None:
    record, stranger = kept(store, me), uuid4()
    wanted = own_id(record.id)

    submit(store, edit(job(store), user_id=stranger, template_id=wanted))
    assert uses(store, record) == 0
    assert store.templates.words(record.id, stranger) == ((), ())

    store.templates.change(replace(record, is_public=True))
    submit(store, edit(job(store), user_id=stranger, template_id=wanted))
    assert uses(store, record) == 1
    assert store.templates.words(record.id, stranger) == (("neon",), ("sunny",))
    store.templates.remove(record.id)
