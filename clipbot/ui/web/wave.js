/* The song below the clips: how loud it is, and how far it was played.
 *
 * Asked for once a job, when its film is there and the page is quiet. */
((clipbot) => {
  const { state } = clipbot;
  const QUIET = 1200; // milliseconds without news: what people look at first comes first
  const BARS = 300; // most of them; more are finer than the strip is wide
  const FLOOR = 3; // hundredths that silence is drawn with
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));

  /** A bar for each stretch of the song, mirrored at the middle: 1000 wide, 100 high in all. */
  function shape(levels) {
    const count = Math.min(BARS, levels.length), wide = 1000 / count;
    return Array.from({ length: count }, (_, bar) => {
      const from = Math.floor((bar * levels.length) / count), to = Math.ceil(((bar + 1) * levels.length) / count);
      const half = Math.max(FLOOR, Math.max(...levels.slice(from, to)) / 5.1), left = bar * wide;
      return `M${left.toFixed(1)} ${(50 - half).toFixed(1)}H${(left + 0.7 * wide).toFixed(1)}V${(50 + half).toFixed(1)}H${left.toFixed(1)}Z`;
    }).join("");
  }

  clipbot.wave = (root) => {
    const picture = root.querySelector(".wave"), path = picture.querySelector("path"), stops = picture.querySelectorAll("stop");
    let known = null;

    const load = clipbot.coalesced(async () => {
      const job = state.jobId;
      if (!job || job === known || !state.job?.film || document.hidden) return;
      const levels = await clipbot.read.wave(job).catch(() => null);
      if (!levels || job !== state.jobId) return;
      known = job;
      path.setAttribute("d", shape(levels));
      root.classList.toggle("is-silent", !levels.length);
    });
    const ask = clipbot.settled(() => idle(load), QUIET);
    clipbot.on("jobId", () => { known = null; path.removeAttribute("d"); root.classList.remove("is-silent"); });
    clipbot.watch("job", ask);
    document.addEventListener("visibilitychange", ask);
    clipbot.on("tick", ({ time, kind }) => {
      const share = kind === "film" && state.job?.film?.seconds ? Math.min(1, time / state.job.film.seconds) : 0;
      for (const stop of stops) stop.setAttribute("offset", share.toFixed(4));
    });
  };
})(window.clipbot);
