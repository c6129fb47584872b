/* The keys of the page's commands (commands.js), the panes of the phone, and light and dark. */
((clipbot) => {
  const isWriting = (node) => node instanceof HTMLElement
    && (node.isContentEditable || node.matches("textarea, select, input:not([type=range]):not([type=radio]):not([type=checkbox])"));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")?.contains(event.target)) return;
    const command = clipbot.commands.pressed(event);
    if (isWriting(event.target) && !command?.isEverywhere) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!command || (event.key === " " && event.target.closest("button, a, .card, [role=radio]"))) return;
    event.preventDefault();
    command.run();
  });

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
