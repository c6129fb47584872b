/* Which lines of the chat are shown: all of them, or those about the selected clip.
 *
 * What is said or happens from now on is always shown, whatever it is about. */
((clipbot) => {
  const { state } = clipbot;
  const KEPT = "clipbot-scope";

  clipbot.chatScope = (root, messages, changed) => {
    let isNarrow = false, latest = 0;
    try { isNarrow = sessionStorage.getItem(KEPT) === "clip"; } catch { /* private windows may refuse */ }

    const only = () => (isNarrow && state.selected.length === 1 ? state.selected[0] : null);
    function draw() {
      root.hidden = state.selected.length !== 1;
      for (const button of root.children) button.setAttribute("aria-pressed", String((button.dataset.scope === "clip") === isNarrow));
    }
    function begin() { latest = Math.max(0, ...messages.keys()); }

    let shown = only();
    function turn() {
      draw();
      const next = only();
      if (next === shown) return;
      shown = next;
      begin();
      changed();
    }
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      isNarrow = button.dataset.scope === "clip";
      try { sessionStorage.setItem(KEPT, button.dataset.scope); } catch { /* then only until the page is closed */ }
      turn();
    });
    clipbot.on("selected", turn);
    draw();
    return {
      begin,
      /** Index of the clip that is talked about, or null for the whole film. */
      clip: only,
      shows: (message) => only() === null || message.id > latest || message.clips.includes(only() + 1),
    };
  };
})(window.clipbot);
