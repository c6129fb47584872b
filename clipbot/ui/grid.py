"""The clips, as cards. The script reads them over REST; nothing here runs per clip."""

import gradio as gr

from clipbot.ui.component import part

_SKELETON = '<div class="card skeleton" aria-hidden="true"><div class="shot"></div></div>'
_MARKUP = f"""
<section class="pane grid" aria-label="Clips">
  <div class="pane-head"><h2 class="pane-title">Clips</h2><span class="picked" role="status"></span>
    <span class="space"></span>
    <button type="button" class="quiet even" popovertarget="cb-even" hidden>Evenness
      <b></b></button>
    <button type="button" class="quiet all" title="Select all clips (Ctrl+A)" disabled>All</button>
    <button type="button" class="quiet none" title="Select no clip" disabled>None</button></div>
  <div class="panel evenness" id="cb-even" popover role="dialog" aria-label="Evenness"></div>
  <div class="scroller">
    <div class="cards" role="listbox" aria-multiselectable="true" aria-label="Clips"></div>
    <p class="hollow" hidden>The clips appear here as soon as there are some.</p>
    <div class="cards skeletons">{_SKELETON * 8}</div>
  </div>
  <button type="button" class="to-chat primary" data-icon="chat"><span>Say what should
    change</span></button>
</section>
"""


def build() -> gr.HTML:
    """Return the grid of clips."""
    return part("grid", _MARKUP)
