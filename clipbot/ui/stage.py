"""The stage: two videos (one plays, one gets ready), controls, the film as a strip."""

import gradio as gr

from clipbot.ui.component import part

_MARKUP = """
<section class="pane stage" aria-label="Film">
  <div class="screen">
    <video playsinline preload="auto" class="is-front" aria-label="Film"></video>
    <video playsinline preload="auto" aria-label="Film, next"></video>
    <div class="tag" hidden><span></span><button type="button">Back to the film</button></div>
    <div class="veil" role="status"><img alt="" hidden><p>Opening…</p>
      <div class="bar" hidden><i></i></div>
      <button type="button" class="quiet" hidden></button></div>
  </div>
  <div class="controls">
    <button type="button" class="tool toggle" aria-label="Play"></button>
    <span class="times"><b class="now">0:00.0</b><span> / </span><span
      class="whole">0:00.0</span></span>
    <span class="where"></span>
    <span class="space"></span>
    <span class="volume">
      <button type="button" class="tool mute" aria-label="Turn the sound off"></button>
      <input type="range" min="0" max="1" step="0.05" value="1" aria-label="Volume"></span>
    <button type="button" class="tool versus" data-icon="compare" title="Compare versions (C)"
      aria-label="Compare versions"></button>
    <button type="button" class="tool full" data-icon="full" title="Full screen (F)"
      aria-label="Full screen"></button>
  </div>
  <div class="timeline is-empty">
    <div class="sections" aria-hidden="true"></div>
    <div class="strip" aria-hidden="true"></div>
    <svg class="wave" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true"><defs>
      <linearGradient id="cb-played" gradientUnits="userSpaceOnUse" x1="0" x2="1000" y1="0" y2="0">
      <stop offset="0"/><stop offset="0"/></linearGradient></defs>
      <path fill="url(#cb-played)"/></svg>
    <div class="playhead" aria-hidden="true"></div>
    <input type="range" min="0" max="1" step="any" value="0" disabled
      aria-label="Place in the film">
    <div class="hint" aria-hidden="true" hidden></div>
  </div>
  <div class="jumps" role="toolbar" aria-label="Jumps at the cuts" hidden></div>
  <div class="odd-note" role="status" hidden></div>
</section>
"""


def build() -> gr.HTML:
    """Return the stage."""
    return part("stage", _MARKUP)
