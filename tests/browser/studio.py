"""The page as a person sees it: what can be done, in the words of the person."""

from dataclasses import dataclass
from typing import Any, Final, Self

from playwright.sync_api import Locator, Page, expect

EDIT_MS: Final = 300_000
"""For a whole edit on a busy machine."""
expect.set_options(timeout=120_000)


@dataclass(frozen=True, slots=True)
class Studio:
    """An open page."""

    page: Page

    def ready(self) -> Self:
        """Wait until the clips are there and every part is alive."""
        expect(self.page.get_by_role("option").first).to_be_attached()
        expect(self.page.locator(".card.has-picture").first).to_be_attached()
        expect(self.page.get_by_label("What should change?")).to_be_attached()
        self.page.wait_for_function("performance.getEntriesByName('clipbot-help').length > 0")
        return self

    def reload(self) -> None:
        """Open the page anew, and wait until it is alive."""
        self.page.reload()
        self.ready()

    def still(self) -> None:
        """Wait until pictures and film are there and nothing fades or slides any more."""
        self.page.wait_for_function(
            "() => [...document.images].every((image) => !image.currentSrc || image.complete"
            " || !image.checkVisibility())"
            " && [...document.querySelectorAll('.screen video')].every((video) => !video.seeking)"
            " && document.getAnimations().every((one) => one.playState !== 'running'"
            " || one.effect.getComputedTiming().iterations === Infinity)"
        )

    def clip(self, number: int) -> Locator:
        return self.page.locator(f'.card[data-index="{number - 1}"]')

    def select(self, number: int) -> None:
        self.clip(number).click()
        expect(self.clip(number)).to_have_attribute("aria-selected", "true")
        expect(self.page.get_by_role("heading", name=f"Versions of clip {number}")).to_be_visible()

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("What should change?")

    def say(self, words: str) -> None:
        self.box.fill(words)
        self.box.press("Enter")

    @property
    def dialog(self) -> Locator:
        return self.page.locator("dialog.cost")

    def ask_price(self, words: str) -> None:
        """Say a wish and wait for its price and preview."""
        self.say(words)
        expect(self.dialog).to_be_visible()
        expect(self.page.locator(".preview.is-ready")).to_be_visible()

    def confirm(self) -> None:
        self.dialog.get_by_role("button", name="Make it").click()
        expect(self.dialog).to_be_hidden()

    @property
    def run(self) -> Locator:
        return self.page.locator(".run")

    @property
    def versions(self) -> Locator:
        return self.page.locator(".version[data-version]")

    @property
    def current_version(self) -> Locator:
        return self.page.locator(".version.is-current .number")

    @property
    def chat(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    @property
    def replies(self) -> Locator:
        return self.page.locator(".message.assistant[data-message]")

    @property
    def film(self) -> Locator:
        return self.page.locator(".screen video.is-front")

    def film_state(self) -> dict[str, Any]:
        """Return what the player shows: time, address, whether it plays, its error."""
        state: dict[str, Any] = self.film.evaluate(
            "video => ({time: video.currentTime, address: video.currentSrc,"
            " plays: !video.paused, error: video.error && video.error.message})"
        )
        return state

    def composition(self, number: int) -> None:
        """Wait until the player shows this composition, ready to play."""
        self.page.wait_for_function(
            "number => { const video = document.querySelector('.screen video.is-front');"
            " return video.currentSrc.endsWith(`composition=${number}`)"
            " && video.readyState >= 2; }",
            arg=number,
        )

    def play_until(self, seconds: float) -> None:
        """Play on until the film has passed a moment; it must get there by playing."""
        if not self.film_state()["plays"]:
            self.page.get_by_role("button", name="Play", exact=True).click()
        self.page.wait_for_function(
            "moment => { const video = document.querySelector('.screen video.is-front');"
            " if (video.error) throw new Error(video.error.message);"
            " return video.currentTime > moment; }",
            arg=seconds,
        )

    def pause(self) -> None:
        if self.film_state()["plays"]:
            self.page.get_by_role("button", name="Pause", exact=True).click()

    def seek(self, seconds: float) -> None:
        self.page.get_by_label("Place in the film").evaluate(
            "(slider, seconds) => { slider.value = seconds;"
            " for (const name of ['input', 'change']) slider.dispatchEvent(new Event(name)); }",
            seconds,
        )

    def pane(self, name: str) -> None:
        """On a phone: show a pane."""
        self.page.get_by_role("navigation", name="Panes").get_by_role("button", name=name).click()
