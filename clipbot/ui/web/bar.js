/* The bar on top: which film, what is spent, theme, help; its other parts have files of their own. */
((clipbot) => {
  const { el, icon, state, text, money } = clipbot;

  clipbot.part("bar", (root, host) => {
    const at = (name) => root.querySelector(name);
    const facts = at(".job-facts"), budget = at(".budget"), spent = at(".spent"), aside = at(".budget .of"), meter = at(".meter .paid"), held = at(".meter .held");
    const theme = at(".theme");
    clipbot.films(root);
    clipbot.account(root);
    clipbot.exporting(root, host);
    clipbot.history(root, host);
    const banner = at(".banner"), toasts = at(".toasts"), announcer = at(".announcer");
    function draw(job) {
      if (!job) return;
      const count = state.clips?.length || job.clipCount;
      text(facts, [count ? clipbot.count(count, "clip") : "", job.film ? clipbot.clock(job.film.seconds, false) : ""].filter(Boolean).join(" · "));
      const { used } = job, share = (amount) => `scaleX(${job.budget ? Math.min(1, amount / job.budget) : 0})`;
      budget.hidden = !job.budget;
      text(spent, money(used - job.reserved));
      text(aside, job.reserved ? `+ ${money(job.reserved)} set aside` : "used");
      budget.title = `${money(used - job.reserved)} of ${money(job.budget)} used${job.reserved ? `; ${money(job.reserved)} are set aside until it is known what edits really cost` : ""}`;
      budget.setAttribute("aria-label", budget.title);
      meter.style.transform = share(used - job.reserved);
      held.style.transform = share(used);
      budget.classList.toggle("is-near", job.budget > 0 && used / job.budget >= 0.8);
      at(".reviewing").href = `/review/${encodeURIComponent(job.id)}`;
      document.title = `${job.title} · clipbot`;
    }

    clipbot.answersNewest(async () => (await clipbot.call(host.server.newest, {})).job);
    clipbot.watch("job", draw);
    clipbot.on("clips", () => draw(state.job));

    /* Light or dark: the person's choice, else the system's. */
    function shade() {
      const isDark = document.documentElement.dataset.theme === "dark";
      const label = isDark ? "Light theme" : "Dark theme";
      theme.replaceChildren(icon(isDark ? "sun" : "moon"));
      theme.title = label;
      theme.setAttribute("aria-label", label);
    }
    theme.addEventListener("click", () => {
      clipbot.theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
      shade();
    });
    clipbot.on("theme", shade);
    shade();
    at(".seek").addEventListener("click", () => clipbot.palette());
    at(".help").addEventListener("click", () => clipbot.help());

    /* What went wrong with the line, and short news. */
    clipbot.watch("network", (network) => { banner.hidden = network !== "lost"; });
    banner.querySelector("button").addEventListener("click", () => clipbot.retry());
    clipbot.toast = (words, kind = "good") => {
      const node = el(`div.toast.${kind}`, { text: words });
      toasts.replaceChildren(node);
      setTimeout(() => node.classList.add("is-going"), kind === "bad" ? 6500 : 3500);
      setTimeout(() => node.remove(), kind === "bad" ? 7000 : 4000);
    };
    clipbot.on("announce", (words) => text(announcer, words));
  });
  clipbot.toast = () => {};
})(window.clipbot);
