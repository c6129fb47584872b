"""The command palette: everything the page can do, found by typing."""

import gradio as gr

from clipbot.ui.component import part

_MARKUP = """
<dialog class="palette" aria-label="Commands">
  <div class="palette-head" data-icon="search">
    <input type="text" role="combobox" aria-label="Search commands, clips and templates"
      aria-expanded="true" aria-controls="cb-palette-list" aria-autocomplete="list"
      placeholder="Search commands, clips, templates" autocomplete="off" autocapitalize="off"
      spellcheck="false" enterkeyhint="go" maxlength="100">
    <button type="button" class="tool leave" data-icon="close" title="Close (Esc)"
      aria-label="Close"></button>
  </div>
  <div class="palette-list" id="cb-palette-list" role="listbox" aria-label="Commands"></div>
  <p class="palette-note"></p>
  <p class="palette-said" role="status"></p>
</dialog>
"""


def build() -> gr.HTML:
    """Return the palette."""
    return part("palette", _MARKUP)
