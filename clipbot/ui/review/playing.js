/* Two pieces of footage that play as one: the second follows the first. */
((clipbot) => {
  const { el } = clipbot;
  const DRIFT = 0.03; // less than a frame at 30 a second

  const film = (address) => el("video", { muted: true, playsinline: true, preload: "auto", "aria-hidden": "true", tabindex: "-1", src: address });
  const isReady = (video) => video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  const ready = (video) => isReady(video) ? Promise.resolve() : new Promise((done, fail) => {
    video.addEventListener("loadeddata", done, { once: true });
    video.addEventListener("error", () => fail(new Error("This footage cannot be played.")), { once: true });
  });

  /** Return the two as videos with one clock; the longer one waits for nobody, the shorter freezes. */
  clipbot.pair = (before, after) => {
    const videos = [before, after].filter(Boolean).map(film);
    for (const video of videos) video.muted = true; // the attribute alone does not count where it is set late
    let wanted = false, frame = 0, tell = () => {};
    const lead = () => videos.reduce((one, two) => ((two.duration || 0) > (one.duration || 0) ? two : one));

    function follow() {
      cancelAnimationFrame(frame);
      if (!wanted) return;
      const clock = lead();
      for (const video of videos) {
        if (video === clock || video.seeking) continue;
        const place = Math.min(clock.currentTime, video.duration || 0), isOver = clock.currentTime >= (video.duration || 0);
        if (isOver) video.pause();
        else if (video.paused) video.play().catch(() => {});
        if (!isOver && Math.abs(video.currentTime - place) > DRIFT) video.currentTime = place;
      }
      if (clock.ended) for (const video of videos) { video.currentTime = 0; video.play().catch(() => {}); }
      tell();
      frame = requestAnimationFrame(follow);
    }
    return {
      videos, lead, ready: () => Promise.all(videos.map(ready)),
      get isPlaying() { return wanted; },
      onmove(run) { tell = run; },
      async play() {
        wanted = true;
        await Promise.all(videos.map(ready));
        if (!wanted) return;
        await Promise.all(videos.map((video) => video.play().catch(() => {})));
        follow();
      },
      pause() { wanted = false; for (const video of videos) video.pause(); tell(); },
      seek(seconds) { for (const video of videos) video.currentTime = Math.min(seconds, video.duration || seconds); tell(); },
      close() { this.pause(); cancelAnimationFrame(frame); for (const video of videos) { video.removeAttribute("src"); video.load(); video.remove(); } },
    };
  };
})(window.clipbot);
