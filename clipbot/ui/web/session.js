/* Opening a job and keeping the page true to the server.
 *
 * Events say that something happened; what is so now is always read from the server, and
 * whether it can be reached is found out by that reading alone.
 * Reading starts as soon as this script runs, before Gradio has drawn anything. */
((clipbot) => {
  const FILM_POLL = 1500, STALE = 12000;
  const OVER = new Set(["regeneration_complete", "regeneration_failed", "regeneration_cancelled", "version_offered"]);
  const { state, put, read } = clipbot;

  let known = null; // a job that was just listed need not be asked for again

  const reload = clipbot.coalesced(async () => {
    const id = state.jobId;
    if (!id) return;
    try {
      const job = known?.id === id ? known : await read.job(id);
      known = null;
      const clips = job.clipCount ? await read.clips(id) : [];
      if (id !== state.jobId) return;
      if (state.trouble) put({ trouble: null });
      put({ job, clips, network: "ok" });
      take(job);
    } catch (error) { fail(error); }
  });
  clipbot.reload = reload;

  function fail(error) {
    if (error instanceof clipbot.Lost) put({ network: "lost" });
    else put({ trouble: error, clips: state.clips ?? [] });
    clipbot.emit("unreadable", error);
  }

  /** What has ended does not begin again, whatever an answer says that was asked for before. */
  const isOver = (id) => state.runs.get(id)?.isOpen === false && !["ended", "attention"].includes(state.runs.get(id).ending);

  /** Make the list of open edits equal to the server's. */
  function take(job) {
    const open = new Map(job.running.filter((run) => !isOver(run.id)).map((run) => [run.id, { ...state.runs.get(run.id), ...run }]));
    const ended = [...state.runs.values()].filter((run) => run.isOpen !== false && !open.has(run.id));
    for (const run of open.values()) Object.assign(run, { isOpen: true, seenAt: Date.now() });
    const runs = new Map([...state.runs].filter(([, run]) => run.isOpen === false));
    for (const run of ended) runs.set(run.id, { ...run, isOpen: false, ending: run.ending ?? "ended" });
    for (const [id, run] of open) runs.set(id, run);
    put({ runs });
  }

  /** Edits that were just confirmed, before the server's first event. */
  clipbot.began = (runs) => {
    const all = new Map(state.runs);
    for (const run of runs) if (!isOver(run.id)) all.set(run.id, { ...run, isOpen: true, seenAt: Date.now() });
    put({ runs: all });
  };

  clipbot.on("event", (event) => {
    const id = event.regeneration_id;
    if (id) {
      const before = state.runs.get(id) ?? { id, index: event.clip_index, instruction: "", seconds: 0, startedAt: Date.now() };
      const run = { ...before, isOpen: before.isOpen ?? true, seenAt: Date.now() };
      run.progress = Math.max(run.progress ?? 0, event.progress ?? 0);
      if (event.message) run.message = event.message;
      if (OVER.has(event.event)) {
        const ending = event.status === "needs_attention" ? "attention" : event.event.replace(/^(regeneration|version)_/, "");
        Object.assign(run, { isOpen: false, ending,
          versionNumber: event.version_number ?? null, error: event.error ?? null, code: event.code ?? null });
      }
      else if (run.ending === "attention") Object.assign(run, { isOpen: true, ending: null }); // it was found again
      put({ runs: new Map(state.runs).set(id, run) });
      if (OVER.has(event.event)) clipbot.emit("over", run);
    }
    if (OVER.has(event.event) || event.event === "regeneration_started" || !id) reload();
  });

  /** Show another job. */
  clipbot.open = async (jobId, clipNumber = null) => {
    put({ jobId, job: null, clips: null, trouble: null, selected: [], active: null, cue: null, playing: null, runs: new Map() });
    await reload();
    if (jobId !== state.jobId) return;
    if (state.job) clipbot.follow(jobId, state.job.lastEvent);
    const wanted = clipNumber ? clipNumber - 1 : state.clips?.[0]?.index;
    if (state.clips?.length) clipbot.select(clipbot.clip(wanted) ? [wanted] : [state.clips[0].index]);
    else clipbot.remember();
    if (clipNumber && state.active !== null) clipbot.cue(state.active);
    clipbot.emit("opened", jobId);
  };

  /* Which of several jobs is opened without being named is the server's to say; it is asked
   * through a handler, which is there as soon as Gradio has drawn the bar. */
  const asker = new Promise((resolve) => { clipbot.answersNewest = resolve; });
  clipbot.newest = async (jobs) => {
    const ask = await asker;
    return (await ask().catch(() => null)) ?? jobs[0].id;
  };

  async function begin() {
    const address = new URLSearchParams(window.location.search);
    const clip = Number.parseInt(address.get("clip") ?? "", 10) || null;
    let jobId = address.get("job");
    try {
      const listed = read.jobs().then(({ jobs, next }) => { put({ jobs, olderJobs: next }); return jobs; });
      listed.catch(() => {});
      if (!jobId) {
        const jobs = await listed;
        jobId = jobs.length > 1 ? await clipbot.newest(jobs) : jobs[0]?.id ?? null;
        known = jobs.find((job) => job.id === jobId) ?? null;
      }
    } catch (error) { return fail(error); }
    if (jobId) return clipbot.open(jobId, clip);
    put({ clips: [], trouble: Object.assign(new Error("There is no film here yet."), { code: "no_jobs" }) });
  }
  clipbot.begin = begin;

  /* A film that is still being put together has no events: look again until it is there.
   * An edit that has been silent for long is looked up, too. */
  setInterval(() => {
    if (document.hidden || !state.jobId) return;
    const stuck = [...state.runs.values()].some((run) => run.isOpen && Date.now() - run.seenAt > STALE);
    const unfinished = state.job && !state.job.film && !state.job.filmTrouble && state.job.status !== "failed";
    if (stuck || unfinished || state.network === "lost") reload();
  }, FILM_POLL);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && state.jobId) reload(); });
  window.addEventListener("online", () => clipbot.retry());
  // A server on this very machine is there without a network: look before saying that it is lost.
  window.addEventListener("offline", () => clipbot.retry());

  clipbot.retry = () => {
    clipbot.retryNow();
    return state.jobId ? reload() : begin();
  };
})(window.clipbot);
