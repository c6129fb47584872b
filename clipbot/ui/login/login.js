/* The theme that was chosen on the page, before anything is drawn; else as the system has it. */
(() => {
  const root = document.documentElement, system = matchMedia("(prefers-color-scheme: dark)");
  const wear = () => {
    let theme = null;
    try { theme = localStorage.getItem("clipbot-theme"); } catch { /* then as the system has it */ }
    root.dataset.theme = theme ?? (system.matches ? "dark" : "light");
  };
  wear();
  system.addEventListener("change", wear);
})();
