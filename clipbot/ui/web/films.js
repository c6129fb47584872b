/* Which film: a list of them, older ones when they are asked for, and what is odd about the open one. */
((clipbot) => {
  const { el, state, text } = clipbot;
  const OLDER = "older";

  /** Read the next page of older films into what is known of them. */
  async function readOlder() {
    const { jobs, next } = await clipbot.read.jobs(state.olderJobs);
    const known = new Set(state.jobs.map((job) => job.id));
    clipbot.put({ jobs: [...state.jobs, ...jobs.filter((job) => !known.has(job.id))], olderJobs: next });
  }

  clipbot.films = (root) => {
    const picker = root.querySelector(".jobs"), odd = root.querySelector(".odd"), panel = root.querySelector("#cb-odd");
    const option = (value, words, more = {}) => el("option", { value, text: words, ...more });

    function draw() {
      const jobs = state.jobs.some((job) => job.id === state.jobId) || !state.job ? state.jobs : [state.job, ...state.jobs];
      const isLost = Boolean(state.trouble) && !jobs.some((job) => job.id === state.jobId);
      const wanted = JSON.stringify([isLost, state.olderJobs, jobs.map((job) => [job.id, job.title])]);
      if (picker.dataset.is !== wanted) {
        picker.dataset.is = wanted;
        picker.replaceChildren(...(isLost ? [option("", "Choose a film", { disabled: true })] : []),
          ...jobs.map((job) => option(job.id, job.title)), ...(state.olderJobs ? [option(OLDER, "Older films …")] : []));
      }
      picker.hidden = !jobs.length;
      picker.classList.toggle("is-only", picker.options.length < 2);
      if (state.jobId) picker.value = isLost ? "" : state.jobId;
    }
    picker.addEventListener("change", async () => {
      if (picker.value !== OLDER) return clipbot.open(picker.value);
      picker.disabled = true;
      try { await readOlder(); } catch (error) { clipbot.toast(error.message, "bad"); }
      picker.disabled = false;
      draw();
      picker.focus();
      try { picker.showPicker?.(); } catch { /* it is opened by hand then */ }
    });

    async function notes(job) {
      const problems = job?.problems ?? (job ? (await clipbot.read.job(job.id).catch(() => null))?.problems : null) ?? [];
      if (job?.id !== state.job?.id) return;
      odd.hidden = !problems.length;
      if (odd.hidden) return panel.matches(":popover-open") && panel.hidePopover();
      text(odd.querySelector("b"), String(problems.length));
      odd.setAttribute("aria-label", `${clipbot.count(problems.length, "thing")} odd about this film`);
      panel.replaceChildren(el("h3", { text: "What is odd about this film" }), el("ul", {}, ...problems.map((each) => el("li", { text: each, dir: "auto" }))),
        el("p.faint", { text: "It was stored like this; it is shown and edited as far as it can be read." }));
    }
    panel.addEventListener("beforetoggle", () => {
      const { left } = odd.getBoundingClientRect();
      panel.style.inset = `calc(var(--cb-bar) + 6px) auto auto ${Math.round(Math.max(10, Math.min(left, innerWidth - 350)))}px`;
    });
    for (const topic of ["jobs", "olderJobs", "job", "trouble", "jobId"]) clipbot.watch(topic, draw);
    clipbot.watch("job", notes);
  };
})(window.clipbot);
