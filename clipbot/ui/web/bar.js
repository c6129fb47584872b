/* The bar on top: which film, what is spent, undo and redo, export, theme, help. */
((clipbot) => {
  const { el, icon, state, text, money } = clipbot;

  clipbot.part("bar", (root, host) => {
    const at = (name) => root.querySelector(name);
    const picker = at(".jobs"), facts = at(".job-facts"), budget = at(".budget"), spent = at(".spent"), aside = at(".budget .of"), meter = at(".meter .paid"), held = at(".meter .held");
    const undo = at(".undo"), redo = at(".redo"), film = at(".export"), theme = at(".theme");
    clipbot.account(root);
    const banner = at(".banner"), toasts = at(".toasts"), announcer = at(".announcer");
    let moving = false;

    /* Undo and redo: disabled with a reason rather than refused. */
    const step = (name) => async () => {
      if (moving || !state.job) return;
      const label = state.job[name];
      if (!label) return clipbot.toast(`There is nothing to ${name}.`);
      moving = true;
      steps();
      try {
        await clipbot.call(host.server[name], { job: state.jobId });
        clipbot.toast(`${name === "undo" ? "Undone" : "Redone"}: ${label}`);
        await clipbot.reload();
        clipbot.refreshChat?.();
      } catch (error) { clipbot.toast(error.message, "bad"); }
      moving = false;
      steps();
    };
    clipbot.undo = step("undo");
    clipbot.redo = step("redo");
    undo.addEventListener("click", clipbot.undo);
    redo.addEventListener("click", clipbot.redo);

    function steps() {
      const isBusy = [...state.runs.values()].some((run) => run.isOpen);
      for (const [button, name, word, keys] of [[undo, "undo", "Undo", "Ctrl+Z"], [redo, "redo", "Redo", "Ctrl+Shift+Z"]]) {
        const label = state.job?.[name];
        const why = isBusy ? "an edit is running" : label ?? "nothing yet";
        button.disabled = moving || isBusy || !label;
        button.setAttribute("aria-label", label ? `${word}: ${label}` : word);
        button.title = `${word}: ${why} (${keys})`;
      }
    }

    function draw(job) {
      film.toggleAttribute("hidden", !job?.film);
      if (!job) return steps();
      text(facts, [job.clipCount ? clipbot.count(job.clipCount, "clip") : "", job.film ? clipbot.clock(job.film.seconds, false) : ""].filter(Boolean).join(" · "));
      if (job.film) {
        film.href = job.film.url;
        film.download = `${job.title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "film"}.mp4`;
      }
      const { used } = job, share = (amount) => `scaleX(${job.budget ? Math.min(1, amount / job.budget) : 0})`;
      budget.hidden = !job.budget;
      text(spent, money(used - job.reserved));
      text(aside, job.reserved ? `+ ${money(job.reserved)} set aside` : "used");
      budget.title = `${money(used - job.reserved)} of ${money(job.budget)} used${job.reserved ? `; ${money(job.reserved)} are set aside until it is known what edits really cost` : ""}`;
      budget.setAttribute("aria-label", budget.title);
      meter.style.transform = share(used - job.reserved);
      held.style.transform = share(used);
      budget.classList.toggle("is-near", job.budget > 0 && used / job.budget >= 0.8);
      document.title = `${job.title} · clipbot`;
      choose();
      steps();
    }

    function choose() {
      const jobs = state.jobs.some((job) => job.id === state.jobId) || !state.job ? state.jobs : [state.job, ...state.jobs];
      const wanted = jobs.map((job) => `${job.id} ${job.title}`).join();
      if (picker.dataset.is !== wanted) {
        picker.dataset.is = wanted;
        picker.replaceChildren(...jobs.map((job) => el("option", { value: job.id, text: job.title })));
      }
      picker.hidden = !jobs.length;
      picker.classList.toggle("is-only", jobs.length < 2);
      if (state.jobId) picker.value = state.jobId;
    }
    picker.addEventListener("change", () => clipbot.open(picker.value));

    clipbot.answersNewest(async () => (await clipbot.call(host.server.newest, {})).job);
    clipbot.watch("job", draw);
    clipbot.on("job", (job) => { if (!job) draw(null); });
    clipbot.watch("jobs", choose);
    clipbot.on("runs", steps);

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
    steps();
  });
  clipbot.toast = () => {};
})(window.clipbot);
