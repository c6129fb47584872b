"""What a browser sends is checked before it reaches a service."""

from uuid import UUID, uuid4

import pytest

from clipbot.domain.plan import Act
from clipbot.errors import MalformedId, RequestError
from clipbot.ui.asked import Asked

NOBODYS = "1e0cdaa2-7ad2-4cd3-9612-87d507e60440"


def test_a_call_that_is_no_object_is_refused() -> None:
    for nonsense in (None, "job", 7, ["job"]):
        with pytest.raises(RequestError):
            Asked.of(nonsense)


@pytest.mark.parametrize("value", [None, "", "sample", 7, "../../etc/passwd", {"id": 1}])
def test_what_is_no_id_is_refused(value: object) -> None:
    with pytest.raises(MalformedId):
        _ = Asked.of({"job": value}).job_id
    with pytest.raises(MalformedId):
        _ = Asked.of({"quote": value}).quote_id
    with pytest.raises(MalformedId):
        _ = Asked.of({"regeneration": value}).regeneration_id


def test_ids_are_read() -> None:
    id_ = uuid4()
    asked = Asked.of({"job": str(id_), "quote": str(id_), "regenerations": [str(id_)]})
    assert (asked.job_id, asked.quote_id, asked.regeneration_ids) == (id_, id_, (id_,))


@pytest.mark.parametrize("listed", [None, [], "all", [1], ["x"] * 2, [NOBODYS] * 201])
def test_a_list_of_edits_that_is_none_is_refused(listed: object) -> None:
    with pytest.raises(RequestError):
        assert Asked.of({"regenerations": listed}).regeneration_ids


def test_the_selection_is_sorted_and_each_clip_counts_once() -> None:
    assert Asked.of({"selected": [4, 2, 2]}).selected == (2, 4)
    assert Asked.of({}).selected == ()


@pytest.mark.parametrize("selected", ["1", [1.5], [True], ["1"], [None], list(range(1001))])
def test_a_selection_that_is_no_list_of_numbers_is_refused(selected: object) -> None:
    with pytest.raises(RequestError):
        assert Asked.of({"selected": selected}).selected


@pytest.mark.parametrize("value", [None, "1", 1.0, True])
def test_a_clip_or_version_that_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises(RequestError):
        assert Asked.of({"clip": value}).clip_index
    with pytest.raises(RequestError):
        assert Asked.of({"version": value}).version


def test_missing_words_are_empty_words() -> None:
    assert Asked.of({}).text == ""
    assert Asked.of({"text": 7}).text == ""
    assert Asked.of({"text": "night"}).text == "night"


def test_no_renderer_and_an_empty_one_are_the_preferred_one() -> None:
    assert Asked.of({}).renderer is None
    assert Asked.of({"renderer": ""}).renderer is None
    assert Asked.of({"renderer": "local"}).renderer == "local"


def test_a_plan_is_read_or_refused() -> None:
    assert Asked.of({}).plan is None
    plan = Asked.of({"plan": {"act": "edit", "edits": [{"clips": [2]}]}}).plan
    assert plan is not None
    assert (plan.act, plan.edits[0].clips) == (Act.EDIT, (2,))
    for nonsense in ("edit", {"act": "explode"}, {}, {"act": "edit", "edits": [{"clips": "x"}]}):
        with pytest.raises(RequestError):
            assert Asked.of({"plan": nonsense}).plan


def test_following_begins_where_the_page_is() -> None:
    assert Asked.of({"after": 17}).after == 17
    assert Asked.of({}).after == 0


def test_ids_may_be_written_in_any_of_their_forms() -> None:
    assert Asked.of({"job": "0" * 32}).job_id == UUID(int=0)


def test_the_rows_of_a_plan_are_read() -> None:
    rows = [{"clip": 2}, {"clip": 3, "text": "warmer"}, {"clip": 4, "text": None}]
    assert Asked.of({"rows": rows}).rows == ((2, None), (3, "warmer"), (4, None))
    assert Asked.of({"rows": []}).rows == ()


@pytest.mark.parametrize(
    "rows", [None, {}, "2", [2], [{}], [{"clip": "2"}], [{"clip": 2, "text": 7}], [{}] * 201]
)
def test_rows_that_are_none_are_refused(rows: object) -> None:
    with pytest.raises(RequestError):
        assert Asked.of({"rows": rows}).rows


def test_a_batch_is_named_by_its_id() -> None:
    assert str(Asked.of({"batch": NOBODYS}).batch_id) == NOBODYS
    with pytest.raises(MalformedId):
        _ = Asked.of({"batch": "all"}).batch_id


@pytest.mark.parametrize("value", [None, 1, "true", "yes", [], {}, "false", 0, False])
def test_only_a_clear_yes_is_one_to_what_is_tried_after_a_refusal(value: object) -> None:
    assert Asked.of({"retries": value}).with_retries is False
    assert Asked.of({}).with_retries is False
    assert Asked.of({"retries": True}).with_retries is True


@pytest.mark.parametrize(
    ("typed", "charged"),
    [("0", 0), ("0.35", 350_000), (" $0.35 ", 350_000), ("$ 1", 1_000_000), (0.35, 350_000)],
)
def test_a_bill_is_read_in_dollars(typed: object, charged: int) -> None:
    assert Asked.of({"charged": typed}).charged_micros == charged


@pytest.mark.parametrize(
    "typed",
    [
        None,
        "",
        "$",
        "$$1",
        "free",
        "0,35",
        "1.2.3",
        "NaN",
        "-Infinity",
        "sNaN",
        "1e400",
        "9" * 5_000,
        "1e999999999999999999999",
        True,
        [],
        {"charged": 1},
        "<b>1</b>",
        "0.35; DROP TABLE ledger",
    ],
)
def test_a_bill_that_is_no_amount_is_refused_and_not_repeated(typed: object) -> None:
    with pytest.raises(RequestError) as caught:
        assert Asked.of({"charged": typed}).charged_micros
    assert str(caught.value) == "Please give the amount in dollars, like 0.35."


def test_a_bill_below_nothing_is_left_to_the_service_to_refuse() -> None:
    assert Asked.of({"charged": "-1"}).charged_micros == -1_000_000
