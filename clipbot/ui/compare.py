"""Two versions of a clip, or two films, compared: a room of its own over the page."""

import gradio as gr

from clipbot.ui.component import part

MODES = (
    ("side", "Side by side", "1"),
    ("split", "Split", "2"),
    ("fade", "Fade", "3"),
    ("difference", "Difference", "4"),
)
KEYS = (
    ("1 2 3 4", "Side by side, split, fade, difference"),
    (", .", "One frame back, on"),
    ("< >", "Slower, faster"),
    ("R", "Repeat, or stop at the end"),
    ("X", "Swap A and B"),
    ("+ - 0", "Closer, further, whole picture"),
    ("Arrows", "Move the split, or the closer picture"),
    ("H", "Where it changed, in difference"),
    ("M", "Sound"),
    ("Esc", "Back to the film"),
)
_SPEEDS = ("0.25", "0.5", "1", "1.5", "2")
_GAINS = ("1", "2", "4", "8", "16", "32")


def _mode(name: str, label: str, key: str) -> str:
    return (
        f'<button type="button" data-mode="{name}" aria-pressed="false" '
        f'title="{label} ({key})">{label}</button>'
    )


def _options(values: tuple[str, ...], chosen: str) -> str:
    return "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{value}&times;</option>'
        for value in values
    )


def _picture(side: str) -> str:
    name = side.upper()
    return f"""
      <figure class="look {side}" aria-label="{name}">
        <div class="lens"><video muted playsinline preload="auto" aria-label="{name}"></video></div>
        <figcaption></figcaption>
        <div class="absent" role="status" hidden><p></p>
          <button type="button" class="quiet" hidden>Try again</button></div>
      </figure>"""


_MARKUP = f"""
<dialog class="compare" aria-labelledby="cb-compare-title">
  <div class="compare-head">
    <h2 id="cb-compare-title">Compare</h2>
    <select class="pick subject" aria-label="What is compared"></select>
    <div class="pair">
      <label><b>A</b><select class="pick of-a" aria-label="Version A"></select></label>
      <button type="button" class="tool swap" data-icon="swap" title="Swap A and B (X)"
        aria-label="Swap A and B"></button>
      <label><b>B</b><select class="pick of-b" aria-label="Version B"></select></label>
    </div>
    <span class="space"></span>
    <div class="modes" role="group" aria-label="How to compare">
      {"".join(_mode(*mode) for mode in MODES)}
    </div>
    <button type="button" class="tool leave" data-icon="close" title="Back to the film (Esc)"
      aria-label="Back to the film"></button>
  </div>
  <div class="room">
    <div class="view" data-mode="side">
      <div class="pictures">{_picture("a")}{_picture("b")}
      </div>
      <div class="lens heat-lens" hidden><canvas class="heat" role="img"
        aria-label="Where the picture changed"></canvas></div>
      <div class="divider" role="slider" tabindex="0" aria-label="Where A ends and B begins"
        aria-valuemin="0" aria-valuemax="100" aria-valuenow="50" hidden><i></i></div>
    </div>
    <div class="nothing" hidden><p></p></div>
  </div>
  <div class="compare-line">
    <div class="bars" aria-hidden="true"></div>
    <div class="held" aria-hidden="true" hidden></div>
    <div class="cutoff" aria-hidden="true" hidden></div>
    <div class="here" aria-hidden="true"></div>
    <input type="range" min="0" max="1" step="any" value="0" aria-label="Place in the clip">
  </div>
  <div class="compare-controls">
    <button type="button" class="tool back" data-icon="stepback" title="One frame back (,)"
      aria-label="One frame back"></button>
    <button type="button" class="tool go" aria-label="Play"></button>
    <button type="button" class="tool on" data-icon="stepon" title="One frame on (.)"
      aria-label="One frame on"></button>
    <button type="button" class="tool loop" data-icon="loop" aria-pressed="true"
      title="Repeat (R)" aria-label="Repeat"></button>
    <span class="times"><b class="now">0:00.0</b><span> / </span><span
      class="whole">0:00.0</span></span>
    <span class="frame"></span>
    <span class="ends"></span>
    <span class="space"></span>
    <label class="only fade">A<input type="range" class="mix" min="0" max="100" value="50"
      aria-label="How much of B is seen">B</label>
    <label class="only difference">Gain<select class="pick gain"
      aria-label="Gain of the difference">{_options(_GAINS, "4")}</select></label>
    <button type="button" class="quiet only difference show-heat" aria-pressed="true"
      title="Where it changed (H)">Where</button>
    <label class="speed"><select class="pick" aria-label="Speed">{_options(_SPEEDS, "1")}</select>
    </label>
    <button type="button" class="quiet zoom" title="Whole picture (0)"
      aria-label="Whole picture">100 %</button>
    <button type="button" class="tool hush" aria-label="Turn the sound off"></button>
  </div>
  <div class="compare-facts" role="status"></div>
  <audio preload="none"></audio>
</dialog>
"""


def build() -> gr.HTML:
    """Return the room in which two are compared."""
    return part("compare", _MARKUP)
