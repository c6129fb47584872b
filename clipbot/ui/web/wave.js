/* The song below the clips: how loud it is, and how far it was played.
 *
 * Asked for once a job, when its film is there and the page is quiet. */
((clipbot) => {
  const { state } = clipbot;
  const QUIET = 1200; // milliseconds without news: what people look at first comes first
  const BARS = 300; // most of them; more are finer than the strip is wide
  const FLOOR = 3; // hundredths that silence is drawn with
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));

  /** One closed shape, mirrored at the middle: 1000 wide, 100 high. */
  function shape(levels) {
    const count = Math.min(BARS, levels.length), tops = [];
    for (let bar = 0; bar < count; bar += 1) {
      const from = Math.floor((bar * levels.length) / count), to = Math.ceil(((bar + 1) * levels.length) / count);
      const half = Math.max(FLOOR, Math.max(...levels.slice(from, to)) / 5.1);
      tops.push([(1000 * bar) / count, half], [(1000 * (bar + 0.7)) / count, half]);
    }
    const bars = [];
    for (let at = 0; at < tops.length; at += 2) {
      const [left, half] = tops[at], right = tops[at + 1][0];
      bars.push(`M${left.toFixed(1)} ${(50 - half).toFixed(1)}H${right.toFixed(1)}V${(50 + half).toFixed(1)}H${left.toFixed(1)}Z`);
    }
    return bars.join("");
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
