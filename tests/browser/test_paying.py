"""Models that cost money, against a double of Replicate: prices, a yes, and what it came to."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.sync_api import Locator, expect
from sqlmodel import Session, col, select

from clipbot.store.database import connect
from clipbot.store.records import RegenerationStatus
from clipbot.store.store import Store
from clipbot.store.tables import QuoteRow
from tests import jobs, media, sample
from tests.browser.accessible import faults
from tests.browser.conftest import PHONE, running
from tests.browser.studio import EDIT_MS, Studio
from tests.browser.test_appearance import overflow
from tests.contract.replicate_books import Fate
from tests.contract.replicate_server import Double, Fault, serving

JOB: Final = jobs.job_id("paying")
CLIPS: Final = 6
QUICK: Final = Fate(looks=0)
ENDLESS: Final = Fate(status="never")
REFUSED: Final = Fate(status="failed", error="The input was flagged as sensitive. (E005)", looks=0)
FORGOTTEN: Final = Fault(404, body={"detail": "Not found", "status": 404})
Open = Callable[..., Studio]
Keep = Callable[[Studio, str], Path]


@pytest.fixture(name="double", scope="module")
def fixture_double() -> Iterator[Double]:
    with serving(media.clip(200, frames=120), usual=QUICK) as double:
        yield double


@pytest.fixture(name="home", scope="module")
def fixture_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.with_job(tmp_path_factory.mktemp("paying") / "home", "paying", clips=CLIPS)


@pytest.fixture(name="app", scope="module")
def fixture_app(home: Path, double: Double) -> Iterator[str]:
    """An app with an account at the double, and a budget that is soon used."""
    settings = {
        "REPLICATE_API_TOKEN": double.books.token,
        "REPLICATE_BASE_URL": double.url,
        "CLIPBOT_TRUSTED_HOSTS": double.host,
        "CLIPBOT_REGENERATIONS_PER_HOUR": "100",
        "CLIPBOT_BUDGET_USD": "4",
        "CLIPBOT_EDIT_CEILING_USD": "3",
    }
    with running(home, **settings) as address:
        yield address


@pytest.fixture(name="store", scope="module")
def fixture_store(home: Path) -> Iterator[Store]:
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    yield Store.on(engine)
    engine.dispose()


@pytest.fixture(name="quotes", scope="module")
def fixture_quotes(home: Path) -> Iterator[Session]:
    """The prices that were given, to let one of them grow old."""
    engine = connect(f"sqlite:///{home / 'clipbot.db'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(name="desk")
def fixture_desk(open_page: Open, double: Double) -> Iterator[Studio]:
    """The page, whose provider does as it should again once a test is over."""
    yield open_page(f"/?job={JOB}")
    double.books.usual = QUICK
    double.books.fates.clear()
    double.faults.clear()


def ask(studio: Studio, clip: int, words: str) -> None:
    studio.select(clip)
    studio.say(words)
    expect(studio.dialog).to_be_visible()


def maker(studio: Studio, label: str) -> Locator:
    return studio.dialog.get_by_role("radio", name=re.compile(rf"^{label} (?!Fast)"))


def yes(studio: Studio, price: str = "") -> Locator:
    return studio.dialog.get_by_role("button", name=f"Make it · {price}")


def line(studio: Studio, words: str) -> Locator:
    """Return the last line of the chat that tells how an edit ended."""
    return studio.chat.locator(".message.system", has_text=words).last


def newest(quotes: Session) -> QuoteRow:
    quotes.expire_all()
    wanted = select(QuoteRow).order_by(col(QuoteRow.expires_at).desc())
    row = quotes.exec(wanted).first()
    assert row is not None
    return row


def open_edits(store: Store) -> int:
    return len(store.regenerations.of_job(JOB, open_only=True))


def test_a_price_follows_who_makes_it_and_what_may_be_tried(desk: Studio, keep: Keep) -> None:
    page = desk.page
    ask(desk, 2, "make it nighttime")
    expect(maker(desk, "Local look")).to_be_checked()
    expect(yes(desk, "free")).to_be_enabled()
    expect(page.locator(".preview .right")).to_have_text("After")

    # Another maker by keyboard: the focus stays, the pictures say what they are.
    maker(desk, "Kling 2.1").focus()
    page.keyboard.press("Space")
    expect(yes(desk, "$0.25")).to_be_enabled()
    expect(maker(desk, "Kling 2.1")).to_be_focused()
    expect(page.locator(".preview .right")).to_have_text("As a local look")
    expect(desk.dialog).to_contain_text("Local look does all of this for nothing")
    page.keyboard.press("Escape")

    # What no look can do: a model, and why it is not free.
    ask(desk, 2, "add a dragon to the sky")
    expect(maker(desk, "Kling 2.1")).to_be_checked()
    expect(maker(desk, "Local look")).to_be_disabled()
    expect(desk.dialog).to_contain_text("cannot do “add a dragon to the sky”")
    expect(desk.dialog).to_contain_text("It never costs more than $0.25.")
    maker(desk, "Veo 3.1").check()
    expect(yes(desk, "$0.80")).to_be_enabled()
    expect(desk.dialog.locator(".lines")).to_contain_text("Clip 2 · Veo 3.1$0.80")

    # Retries raise the ceiling, not what it usually costs.
    retries = desk.dialog.get_by_role("checkbox")
    retries.check()
    expect(yes(desk, "up to $1.85")).to_be_enabled()
    expect(desk.dialog).to_contain_text("Usually $0.80, never more than $1.85.")
    assert faults(page) == []
    keep(desk, "paying-dialog")
    retries.uncheck()
    expect(yes(desk, "$0.80")).to_be_enabled()

    # What it can do in part is offered as a wish of its own.
    page.keyboard.press("Escape")
    ask(desk, 2, "add a dragon and make it darker")
    expect(page.locator(".preview .right")).to_have_text("After, in part")
    maker(desk, "Local look").check()
    desk.dialog.get_by_role("button", name="make clip 2 darker").click()
    expect(yes(desk, "free")).to_be_enabled()


def test_a_yes_counts_once_and_in_time(
    desk: Studio, app: str, store: Store, quotes: Session, double: Double
) -> None:
    double.books.usual = ENDLESS
    ask(desk, 1, "add a dragon to the sky")
    expired = newest(quotes)
    expired.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    quotes.add(expired)
    quotes.commit()

    yes(desk).click()
    expect(desk.dialog.get_by_role("alert")).to_contain_text("nothing was started")
    expect(yes(desk, "$0.25")).to_be_enabled()
    assert (open_edits(store), double.count("create")) == (0, 0)

    # The fresh price is good; pressing twice is one yes.
    yes(desk).dblclick()
    expect(desk.dialog).to_be_hidden()
    expect(desk.run).to_have_count(1)
    expect(desk.run).to_contain_text("Kling 2.1 makes new footage.")

    # A price that was agreed to elsewhere, such as in another tab.
    ask(desk, 3, "add a dragon to the sky")
    confirm = f"{app}/api/v1/jobs/{JOB}/quotes/{newest(quotes).id}/confirm"
    httpx.post(confirm, trust_env=False).raise_for_status()
    yes(desk).click()
    expect(desk.dialog.get_by_role("alert")).to_contain_text(re.compile("already"))
    assert open_edits(store) == 2
    desk.page.keyboard.press("Escape")

    # Both are taken back; what the model charges for its start is told, and booked.
    expect(desk.page.locator(".budget .of")).to_have_text("+ $0.50 set aside")
    for run in desk.run.all()[::-1]:
        run.get_by_role("button", name="Cancel").click()
    expect(desk.run).to_have_count(0)
    expect(line(desk, "Clip 1 · The edit was cancelled")).to_contain_text("It cost")
    expect(desk.page.locator(".budget .of")).to_have_text("used")
    spent = store.jobs.funds(JOB, 0).spent_micros
    assert spent == double.bill
    expect(desk.page.locator(".budget .spent")).to_have_text(f"${spent / 1e6:.2f}")
    assert store.books.problems() == []


def test_what_is_refused_is_tried_as_agreed(desk: Studio, double: Double) -> None:
    double.books.fates.extend([REFUSED, REFUSED, REFUSED])
    ask(desk, 4, "add a bloody dragon to the sky")
    desk.confirm()
    expect(line(desk, "Clip 4 failed")).to_contain_text("Other words may help. It cost nothing.")

    desk.chat.get_by_role("button", name="Try again").click()
    desk.dialog.get_by_role("checkbox").check()
    expect(yes(desk, "up to")).to_be_enabled()
    desk.confirm()
    expect(desk.clip(4).get_by_text("v2")).to_be_visible(timeout=EDIT_MS)
    expect(desk.chat.get_by_text("Clip 4 is done")).to_contain_text("It cost $0.35.")
    for fact in ("in the film", "$0.35", "Kling 2.5 Turbo"):
        expect(desk.page.locator(".version-detail")).to_contain_text(fact)


def test_an_edit_that_needs_attention_waits_for_a_person(
    desk: Studio, double: Double, store: Store, keep: Keep
) -> None:
    page, card = desk.page, desk.page.get_by_role("group", name="Clip 5 needs attention")
    double.books.usual = ENDLESS
    ask(desk, 5, "add a dragon to the sky")
    desk.confirm()
    expect(desk.run).to_contain_text("Kling 2.1 makes new footage.")
    double.fail("get", *[FORGOTTEN] * 100)
    expect(card).to_contain_text("$0.25 stay set aside", timeout=EDIT_MS)
    card.get_by_role("button", name="Look again").click()
    expect(card).to_contain_text("still not known")

    desk.reload()
    expect(card).to_have_count(1)
    card.get_by_role("button", name="Close it by the bill").click()
    card.get_by_label("Charged, in US dollars").fill("9")
    card.get_by_role("button", name="Close the edit").click()
    expect(card).to_contain_text("can have cost $0.00 to $0.25")
    assert faults(page) == []
    keep(desk, "paying-attention")
    card.get_by_label("Charged, in US dollars").fill("0.20")
    page.keyboard.press("Enter")
    expect(card).to_have_count(0)
    expect(line(desk, "Clip 5 failed")).to_contain_text("It cost $0.20.")
    last = store.regenerations.of_job(JOB)[0]
    assert (last.status, last.cost_micros) == (RegenerationStatus.FAILED, 200_000)


def test_a_plan_of_several_makers(desk: Studio, double: Double, store: Store) -> None:
    page, before = desk.page, double.bill
    desk.say("make clip 3 darker and add a dragon to clip 6")
    plan = page.get_by_role("region", name="Plan", exact=True)
    expect(plan.get_by_role("listitem", name="Clip 3")).to_contain_text("free")
    expect(plan.get_by_role("listitem", name="Clip 3")).to_contain_text("Local look")
    expect(plan.get_by_role("listitem", name="Clip 6")).to_contain_text("$0.25")
    expect(plan.get_by_role("listitem", name="Clip 6")).to_contain_text("Kling 2.1")
    page.locator(".plan-go").click()
    expect(maker(desk, "Best for each clip")).to_be_checked()
    expect(desk.dialog).to_contain_text("Local look and Kling 2.1")
    maker(desk, "Veo 3.1 Fast").check()
    expect(yes(desk, "$0.80")).to_be_enabled()
    page.keyboard.press("Escape")

    # The card keeps what the plan first was; closing the dialog decided nothing.
    page.locator(".plan-go").click()
    yes(desk, "$0.25").click()
    done = page.get_by_role("region", name=re.compile("^Edits"))
    # The double sends the same footage for every wish, so the gate offers it.
    told = "1 of 2 clips done · clip 6 offered"
    expect(done.get_by_role("heading")).to_have_text(told, timeout=EDIT_MS)
    assert double.bill - before == 250_000
    assert store.books.problems() == []


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_prices_and_warnings_on_a_phone(open_page: Open, keep: Keep, theme: str) -> None:
    """Whatever is scrolled away, the price and what speaks against it stay beside the button."""
    studio = open_page(f"/?job={JOB}", size=PHONE, theme=theme)
    studio.pane("Chat")
    studio.say("add a dragon to clips 1, 2, 3, 4 and 5")
    studio.page.locator(".plan-go").click()
    maker(studio, "Veo 3.1").check()
    expect(yes(studio, "$3.60")).to_be_enabled()
    warnings = studio.dialog.get_by_role("list", name="Warnings")
    expect(warnings).to_contain_text("left of the budget")
    expect(warnings).to_contain_text("$3.00 is the most that one edit may cost")
    for seen in (warnings, yes(studio), studio.dialog.get_by_text("never costs more")):
        expect(seen).to_be_in_viewport()
    assert faults(studio.page) == []
    assert overflow(studio.page) == []
    keep(studio, f"paying-phone-{theme}")
    yes(studio).click()
    expect(studio.dialog.get_by_role("alert")).to_contain_text("the most that one edit may cost")
    expect(studio.dialog.get_by_role("alert")).to_be_in_viewport()
