/* Two videos in one place: one plays, the other gets the next film ready.
 *
 * When a new film replaces the old one under a running player, the new one is loaded
 * out of sight and brought to a moment a little ahead; when the old one gets there, they
 * change places: no jump, no black, nothing twice. A new one that cannot be loaded leaves
 * the old one where it is. */
((clipbot) => {
  const READY = 3, PATIENCE = 8000, LEAD = 0.25, MOST_LEAD = 4, NEAR = 0.1;

  /** Seeks that do not pile up: while one is under way, only the newest waits for its end. */
  clipbot.seeker = (video) => {
    let next = null;
    video.addEventListener("seeked", () => {
      const moment = next;
      next = null;
      if (moment !== null) video.currentTime = moment;
    });
    for (const name of ["emptied", "error"]) video.addEventListener(name, () => { next = null; });
    return {
      to(seconds) {
        next = video.seeking && !video.error ? seconds : null;
        if (next === null) video.currentTime = seconds;
      },
      /** Where the video is, or will be as soon as it can. */
      get time() { return next ?? video.currentTime; },
    };
  };

  clipbot.player = (first, second, say) => {
    const seekers = new Map([first, second].map((video) => [video, clipbot.seeker(video)]));
    const time = () => seekers.get(front).time;
    let front = first, back = second, loading = 0;

    for (const video of [first, second]) {
      for (const name of ["play", "pause", "seeked", "durationchange", "loadeddata", "volumechange", "waiting", "playing", "ended"]) {
        video.addEventListener(name, () => { if (video === front) say(name); });
      }
      video.addEventListener("error", () => { if (video === front && video.hasAttribute("src")) say("error"); });
    }

    /** Show `address`; with `keep`, at the same moment and in the same state as now.
     *  Resolves to false where the new film cannot be loaded and the old one stays. */
    async function show(address, { keep = false, at = 0, play = false } = {}) {
      const turn = ++loading;
      if (!front.hasAttribute("src")) {
        front.src = address;
        front.currentTime = at;
        if (play) await start();
        return true;
      }
      back.muted = front.muted;
      back.volume = front.volume;
      back.preload = "auto";
      back.src = address;
      back.currentTime = keep ? time() : at;
      await ready(back, turn);
      if (keep && turn === loading && !back.error) await meet(turn);
      if (turn !== loading) return true;
      if (keep && back.error && !front.error) {
        empty(back);
        return false;
      }
      if (keep ? isPlaying() : play) back.play().catch(() => {});
      const old = front;
      [front, back] = [back, front];
      front.classList.add("is-front");
      old.classList.remove("is-front");
      old.pause();
      empty(old);
      say("swapped");
      return true;
    }

    /** Bring `back` to where `front` is; while that plays, to where it will be in a moment. */
    async function meet(turn) {
      for (let lead = LEAD; lead <= MOST_LEAD; lead *= 2) {
        back.currentTime = time() + (isPlaying() ? lead : 0);
        await ready(back, turn);
        if (turn !== loading || back.error) return;
        while (turn === loading && isPlaying() && ahead() > 0 && ahead() <= lead) await soon(8);
        if (Math.abs(ahead()) < NEAR) return;
      }
    }

    const ahead = () => back.currentTime - time();
    const isPlaying = () => !front.paused && !front.ended;
    const soon = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

    function empty(video) {
      video.removeAttribute("src");
      video.load();
    }

    function ready(video, turn) {
      return new Promise((resolve) => {
        const until = Date.now() + PATIENCE;
        const look = () => {
          if (turn !== loading || video.error || Date.now() > until) return resolve();
          if (video.readyState >= READY && !video.seeking) return resolve();
          setTimeout(look, 30);
        };
        look();
      });
    }

    async function start() {
      try { await front.play(); } catch (error) {
        if (error.name !== "AbortError") say("refused");
      }
    }

    return {
      show,
      get video() { return front; },
      get time() { return time(); },
      get length() { return Number.isFinite(front.duration) ? front.duration : 0; },
      get isPlaying() { return isPlaying(); },
      seek(seconds) { seekers.get(front).to(Math.max(0, seconds)); },
      play: start,
      pause() { front.pause(); },
      toggle() { return front.paused || front.ended ? start() : front.pause(); },
      set volume(value) {
        for (const video of [first, second]) { video.volume = value; video.muted = value === 0; }
      },
      get volume() { return front.muted ? 0 : front.volume; },
      again() { const address = front.getAttribute("src"); front.src = address; },
    };
  };
})(window.clipbot);
