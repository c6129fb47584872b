/* Keys that work everywhere on the page, the panes of the phone, and light and dark. */
((clipbot) => {
  const { state } = clipbot;

  const isWriting = (node) => node instanceof HTMLElement
    && (node.isContentEditable || node.matches("textarea, select, input:not([type=range]):not([type=radio]):not([type=checkbox])"));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")?.contains(event.target)) return;
    const withControl = event.ctrlKey || event.metaKey;
    if (isWriting(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const key = event.key.toLowerCase();
    if (withControl && key === "z") (event.shiftKey ? clipbot.redo : clipbot.undo)?.();
    else if (withControl && key === "y") clipbot.redo?.();
    else if (withControl || event.altKey) return;
    else if (event.key === "?") clipbot.help?.();
    else if (event.key === "/") { clipbot.tab("chat"); clipbot.compose?.focus(); }
    else if (event.key === " " && event.target.closest("button, a, .card, [role=radio]")) return;
    else if (event.key === " " || key === "k") clipbot.playOrPause?.();
    else if (key === "j") clipbot.film?.seek(clipbot.film.time - 5);
    else if (key === "l") clipbot.film?.seek(clipbot.film.time + 5);
    else if (key === "f") clipbot.fullscreen?.();
    else if (key === "[" || key === "]") stepClip(key === "]" ? 1 : -1);
    else return;
    event.preventDefault();
  });

  function stepClip(by) {
    const clips = state.clips ?? [], place = clips.findIndex((clip) => clip.index === state.active);
    const next = clips[Math.max(0, Math.min(clips.length - 1, place + by))];
    if (!next) return;
    clipbot.select([next.index]);
    clipbot.emit("cue", next.index);
    clipbot.emit("shown", next.index);
  }

  /** On a phone one pane is shown at a time; elsewhere this changes nothing. */
  clipbot.tab = (name) => {
    document.documentElement.dataset.tab = name;
    for (const tab of document.querySelectorAll(".tabs button")) {
      tab.setAttribute("aria-current", tab.dataset.tab === name ? "page" : "false");
    }
  };
  clipbot.part("tabs", (root) => {
    for (const tab of root.querySelectorAll("button")) tab.addEventListener("click", () => clipbot.tab(tab.dataset.tab));
    const badge = root.querySelector(".tab-badge");
    clipbot.on("runs", (runs) => { badge.hidden = ![...runs.values()].some((run) => run.isOpen); });
    clipbot.tab("clips");
  });
  document.documentElement.dataset.tab = "clips";

  const KEPT = "clipbot-theme", system = window.matchMedia("(prefers-color-scheme: dark)");
  const kept = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
  function wear(theme) {
    document.documentElement.dataset.theme = theme;
    document.documentElement.style.colorScheme = theme;
    document.body?.classList.toggle("dark", theme === "dark");
    clipbot.emit("theme", theme);
  }
  clipbot.theme = (theme) => {
    try { localStorage.setItem(KEPT, theme); } catch { /* then only until the page is closed */ }
    wear(theme);
  };
  wear(kept() ?? (system.matches ? "dark" : "light"));
  system.addEventListener("change", () => { if (!kept()) wear(system.matches ? "dark" : "light"); });
  clipbot.begin();
})(window.clipbot);
