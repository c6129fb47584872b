/* Two videos in one place: one plays, the other gets the next film ready.
 *
 * When a new film replaces the old one under a running player, the new one is loaded
 * out of sight, brought to the same moment, and only then shown: no jump, no black. */
((clipbot) => {
  const READY = 3, PATIENCE = 8000;

  clipbot.player = (first, second, say) => {
    let front = first, back = second, loading = 0;

    for (const video of [first, second]) {
      for (const name of ["play", "pause", "seeked", "durationchange", "loadeddata", "volumechange", "waiting", "playing", "ended"]) {
        video.addEventListener(name, () => { if (video === front) say(name); });
      }
      video.addEventListener("error", () => { if (video === front && video.hasAttribute("src")) say("error"); });
    }

    /** Show `address`; with `keep`, at the same moment and in the same state as now. */
    async function show(address, { keep = false, at = 0, play = false } = {}) {
      const turn = ++loading;
      const plays = keep ? !front.paused && !front.ended : play;
      const moment = () => (keep ? front.currentTime : at);
      if (!front.hasAttribute("src")) {
        front.src = address;
        front.currentTime = at;
        if (plays) await start();
        return;
      }
      back.muted = front.muted;
      back.volume = front.volume;
      back.preload = "auto";
      back.src = address;
      back.currentTime = moment();
      await ready(back, turn);
      if (turn !== loading) return;
      if (plays) {
        back.currentTime = moment();
        await ready(back, turn);
        if (turn !== loading) return;
        back.play().catch(() => {});
      }
      const old = front;
      [front, back] = [back, front];
      front.classList.add("is-front");
      old.classList.remove("is-front");
      old.pause();
      old.removeAttribute("src");
      old.load();
      say("swapped");
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
      get time() { return front.currentTime; },
      get length() { return Number.isFinite(front.duration) ? front.duration : 0; },
      get isPlaying() { return !front.paused && !front.ended; },
      seek(seconds) { front.currentTime = Math.max(0, seconds); },
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
