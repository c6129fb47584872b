/* Two pictures and a song that run as one.
 *
 * The longer picture leads. While they play, the other one is kept beside it by small changes
 * of its rate, and by a seek where it is far off; whoever has to wait stops all of them. The
 * song is audible, so it is nudged less and later. A picture that is over holds its last frame. */
((clipbot) => {
  const PATIENCE = 8000, FAR = 0.2, TIGHT = 0.003, FIRM = 4, MOST = 0.2, LAST = 0.01;
  const SONG_TIGHT = 0.03, SONG_FAR = 0.3, SONG_MOST = 0.04;

  clipbot.twin = (pictures, song, say) => {
    const meter = clipbot.meter(pictures), painted = new Map();
    let speed = 1, loops = true, wants = false, rate = 24, from = null, audible = true, turn = 0, ticking = 0, isMoving = false;

    const there = () => pictures.filter((video) => video.hasAttribute("src") && !video.error);
    const length = (video) => (Number.isFinite(video.duration) ? video.duration : 0);
    const last = (video) => Math.max(0, length(video) - LAST);
    const leader = () => there().reduce((best, video) => (best && length(best) >= length(video) - LAST ? best : video), null);
    const time = () => leader()?.currentTime ?? 0;
    const whole = () => Math.max(0, ...there().map(length));
    const isOver = (video) => video.ended || video.currentTime >= last(video);
    const clamp = (value, most) => Math.max(-most, Math.min(most, value));

    for (const video of pictures) {
      for (const name of ["durationchange", "seeked", "loadeddata"]) video.addEventListener(name, () => say(name, video));
      video.addEventListener("error", () => { if (video.hasAttribute("src")) { say("error", video); if (wants) again(); } });
      video.addEventListener("waiting", () => { if (wants && !isMoving && !isOver(video)) again(); });
      video.addEventListener("ended", () => { if (video === leader() && wants && !isMoving) ended(); });
    }
    const again = () => move(time());
    document.addEventListener("visibilitychange", () => { if (!document.hidden && wants) again(); });
    function ended() {
      if (loops) return move(0);
      pause();
      say("ended");
    }

    function hold() {
      meter.end();
      for (const one of [...pictures, song]) one.pause();
    }

    /** Bring all to a moment, and let them go on together if they were to play. */
    async function move(seconds) {
      const mine = ++turn;
      isMoving = true;
      hold();
      const place = Math.max(0, whole() ? Math.min(seconds, whole() - LAST) : seconds);
      for (const video of there()) {
        const wanted = length(video) ? Math.min(place, last(video)) : place;
        if (Math.abs(video.currentTime - wanted) > 1e-4 || video.ended) video.currentTime = wanted;
      }
      if (from !== null && song.hasAttribute("src")) song.currentTime = from + place;
      await ready(mine);
      if (mine !== turn) return;
      isMoving = false;
      if (wants) start();
      say("moved");
    }

    function ready(mine) {
      return new Promise((resolve) => {
        const until = Date.now() + PATIENCE;
        const look = () => {
          const isReady = there().every((video) => !video.seeking && video.readyState >= (isOver(video) ? 2 : 3));
          if (mine !== turn || isReady || Date.now() > until) return resolve();
          setTimeout(look, 8);
        };
        look();
      });
    }

    function start() {
      meter.begin(speed);
      for (const video of there()) {
        video.playbackRate = speed;
        if (!isOver(video)) video.play().catch(() => {});
      }
      sing();
      cancelAnimationFrame(ticking);
      const tick = () => { keep(); say("tick"); if (wants && !isMoving) ticking = requestAnimationFrame(tick); };
      ticking = requestAnimationFrame(tick);
    }

    function sing() {
      if (from === null || !audible || !song.hasAttribute("src")) return song.pause();
      song.playbackRate = speed;
      song.currentTime = from + time();
      song.play().catch((error) => { if (error.name === "NotAllowedError") { audible = false; say("silent"); } });
    }

    /** Keep the others beside the leader. */
    function keep() {
      const first = leader();
      if (!first || isMoving) return;
      const now = first.currentTime;
      for (const video of there()) {
        if (video === first || isOver(video)) continue;
        const off = video.currentTime - now;
        if (Math.abs(off) > FAR) return again();
        rates(video, Math.abs(off) < TIGHT ? speed : speed * (1 - clamp(off * FIRM, MOST)));
      }
      if (song.paused || from === null) return;
      const off = song.currentTime - from - now;
      if (Math.abs(off) > SONG_FAR) song.currentTime = from + now;
      else rates(song, Math.abs(off) < SONG_TIGHT ? speed : speed * (1 - clamp(off, SONG_MOST)));
    }
    function rates(media, value) {
      if (Math.abs(media.playbackRate - value) > 0.004 || (value === speed && media.playbackRate !== speed)) media.playbackRate = value;
    }

    function pause() {
      wants = false;
      hold();
      say("pause");
    }
    function play() {
      if (!there().length) return;
      wants = true;
      say("play");
      move(isOver(leader()) ? 0 : time());
    }

    /** Show two addresses (null: nothing there) at a moment; resolves when both are painted. */
    async function load(addresses, { at = 0, play: plays = false, song: sung = null } = {}) {
      turn += 1;
      hold();
      meter.forget();
      const both = pictures.map((video, side) => show(video, addresses[side], at));
      from = sung?.from ?? null;
      wants = plays;
      const mine = turn;
      await Promise.all(both);
      if (mine !== turn) return false;
      if (sung) { if (song.getAttribute("src") !== sung.url) song.src = sung.url; song.preload = "auto"; }
      else song.removeAttribute("src");
      await move(at);
      return true;
    }

    /** Resolves when a new address has its first picture on the screen, or none will come. */
    function show(video, address, at) {
      if (!address) {
        video.removeAttribute("src");
        video.load();
        return null;
      }
      if (video.getAttribute("src") === address && !video.error) return painted.get(video);
      painted.set(video, new Promise((resolve) => {
        const done = () => { video.removeEventListener("error", done); resolve(); };
        video.addEventListener("error", done);
        setTimeout(done, PATIENCE); // a page out of sight paints nothing
        if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(done);
        else video.addEventListener("loadeddata", done, { once: true });
        video.src = address;
        if (at > 0) video.currentTime = at;
      }));
      return painted.get(video);
    }

    function empty() {
      turn += 1;
      wants = false;
      hold();
      for (const one of [...pictures, song]) { one.removeAttribute("src"); one.load(); }
    }

    return {
      load, play, pause, empty, length,
      seek: move,
      toggle() { return wants ? pause() : play(); },
      /** Stop, and show the frame that is so many frames away. */
      step(by) {
        if (wants) pause();
        const frame = Math.floor(time() * rate + 0.02) + by, most = Math.ceil(whole() * rate - 0.02) - 1;
        return move((Math.max(0, Math.min(most, frame)) + 0.5) / rate);
      },
      get time() { return Math.min(time(), whole() || time()); },
      get whole() { return whole(); },
      get isPlaying() { return wants; },
      set rate(value) { rate = value; },
      get rate() { return rate; },
      set loops(value) { loops = value; },
      get loops() { return loops; },
      get speed() { return speed; },
      set speed(value) {
        speed = value;
        for (const one of [...pictures, song]) one.playbackRate = value;
        if (wants && !isMoving) { meter.begin(value); meter.forget(); }
      },
      get audible() { return audible && from !== null; },
      set audible(value) { audible = value; if (value && wants && !isMoving) sing(); else song.pause(); },
      drift: () => ({ frame: 1 / rate, ...meter.read() }),
      forget: meter.forget,
    };
  };
})(window.clipbot);
