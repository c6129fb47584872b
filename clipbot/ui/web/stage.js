/* The stage: the film, its controls, and what to say while there is nothing to play. */
((clipbot) => {
  const { state, text, clock, icon } = clipbot;
  const GLANCE = 1;

  clipbot.part("stage", (root) => {
    const at = (name) => root.querySelector(name);
    const box = at(".screen"), veil = at(".veil"), tag = at(".tag"), toggle = at(".toggle");
    const now = at(".now"), whole = at(".whole"), where = at(".where"), volume = at(".volume input"), mute = at(".mute");
    const videos = [...root.querySelectorAll(".screen video")];
    let showing = null; // {kind: "film", number} or {kind: "version", index, number}
    let frame = 0, lastVolume = 1, follows = false, cued = null;
    const player = clipbot.player(videos[0], videos[1], heard);
    clipbot.film = player;
    clipbot.jumps(at(".jumps"), at(".odd-note"));
    clipbot.followsPlayback = () => follows && player.isPlaying && showing?.kind === "film";

    function heard(name) {
      if (name === "play" || name === "playing") { follows = true; run(); }
      if (name === "error") return trouble();
      if (name === "refused") player.pause();
      box.classList.toggle("is-waiting", name === "waiting");
      if (name === "loadeddata" || name === "swapped" || name === "playing") veil.hidden = true;
      buttons();
      tick();
    }

    function trouble() {
      say("This video cannot be played right now.", "Try again", () => { veil.hidden = true; player.again(); });
    }

    /** Words over the screen, where there is no picture to show. */
    function say(words, action = "", act = null, progress = null) {
      veil.hidden = false;
      still();
      text(veil.querySelector("p"), words);
      const button = veil.querySelector("button"), bar = veil.querySelector(".bar");
      button.hidden = !action;
      text(button, action);
      button.onclick = act;
      bar.hidden = progress === null;
      bar.firstElementChild.style.transform = `scaleX(${(progress ?? 0) / 100})`;
    }

    /** Behind the words, dimmed: the still of the selected clip. */
    function still() {
      const picture = veil.querySelector("img"), address = clipbot.clip(state.active)?.thumbnail ?? null;
      picture.hidden = !address;
      clipbot.attribute(picture, "src", address);
    }

    function buttons() {
      const playing = player.isPlaying;
      const name = playing ? "Pause" : "Play";
      if (toggle.dataset.is !== name) {
        toggle.dataset.is = name;
        toggle.replaceChildren(icon(playing ? "pause" : "play"));
        toggle.setAttribute("aria-label", name);
        toggle.title = `${name} (Space)`;
      }
      box.classList.toggle("is-playing", playing);
      const silent = player.volume === 0;
      if (mute.dataset.is !== String(silent)) {
        mute.dataset.is = String(silent);
        mute.replaceChildren(icon(silent ? "mute" : "sound"));
        mute.setAttribute("aria-label", silent ? "Turn the sound on" : "Turn the sound off");
        mute.title = mute.getAttribute("aria-label");
      }
      volume.value = String(player.volume);
      volume.style.setProperty("--value", String(player.volume));
    }

    function tick() {
      const time = player.time, length = showing?.kind === "film" ? state.job?.film?.seconds || player.length : player.length;
      const clip = showing?.kind === "film" ? clipbot.clipAt(time) : clipbot.clip(showing?.index ?? -1);
      text(now, clock(time));
      text(whole, clock(length));
      text(where, clip ? [`Clip ${clip.number}`, clipbot.sectionName(clip)].filter(Boolean).join(" · ") : "");
      const playing = showing?.kind === "film" && clip ? clip.index : null;
      if (playing !== state.playing) {
        clipbot.put({ playing });
        if (playing === null) clipbot.emit("playing", null);
      }
      clipbot.emit("tick", { time, length, clip: showing?.kind === "film" ? clip : null, kind: showing?.kind });
    }
    function run() {
      cancelAnimationFrame(frame);
      const step = () => { tick(); if (player.isPlaying) frame = requestAnimationFrame(step); };
      frame = requestAnimationFrame(step);
    }

    function showFilm({ at: moment = null, play = false } = {}) {
      const film = state.job?.film;
      if (!film) return;
      const keep = moment === null && showing?.kind === "film";
      if (showing?.kind === "film" && showing.number === film.number) {
        if (moment !== null) player.seek(moment);
        if (play) player.play();
        return;
      }
      const isFirst = !showing, before = showing;
      showing = { kind: "film", number: film.number };
      tag.hidden = true;
      veil.hidden = true;
      player.show(film.url, keep ? { keep: true } : { at: moment ?? (isFirst ? startOf(state.active) : 0), play }).then((isShown) => {
        // The old film plays on; the next word of the job tries again.
        if (!isShown && showing?.number === film.number) showing = before;
        tick();
      });
    }
    const startOf = (index) => {
      const clip = clipbot.clip(index);
      return clip ? Math.max(0, clip.start - clipbot.origin()) + 0.001 : 0;
    };

    clipbot.on("play-version", ({ index, version }) => {
      if (!version.footage) return;
      showing = { kind: "version", index, number: version.number };
      text(tag.querySelector("span"), `Clip ${index + 1}, version ${version.number}${version.isCurrent ? "" : " · not in the film"}`);
      tag.hidden = false;
      veil.hidden = true;
      player.show(version.footage, { at: 0, play: true }).then(tick);
      clipbot.tab("stage");
    });
    tag.querySelector("button").addEventListener("click", () => {
      if (state.job?.film) return showFilm({ at: startOf(showing?.index) });
      showing = null;
      player.pause();
      clipbot.emit("job", state.job);
    });

    clipbot.on("seek-clip", (index) => {
      const clip = clipbot.clip(index);
      clipbot.tab("stage");
      if (state.job?.film) showFilm({ at: startOf(index), play: true });
      else if (clip?.footage) clipbot.emit("play-version", { index, version: { number: clip.version, footage: clip.footage, isCurrent: true } });
    });
    /* A selected clip is shown by a frame past its transition, and played from its start. */
    clipbot.on("cue", (cue) => {
      const index = cue?.index, clip = clipbot.clip(index);
      if (player.isPlaying || !state.job?.film || !clip) return;
      cued = { shown: startOf(index) + Math.min(GLANCE, clip.duration / 4), start: startOf(index) };
      showFilm({ at: cued.shown });
    });
    function playOrPause() {
      if (!showing) return;
      if (cued && showing.kind === "film" && Math.abs(player.time - cued.shown) < 0.02) player.seek(cued.start);
      cued = null;
      player.toggle();
    }
    clipbot.playOrPause = playOrPause;
    clipbot.on("seek", (seconds) => {
      if (!showing) return;
      player.seek(seconds);
      tick(); // the words follow at once, the picture as soon as it can
    });

    clipbot.on("job", (job) => {
      if (!job) {
        showing = null;
        player.pause();
        for (const video of videos) { video.removeAttribute("src"); video.load(); }
        tag.hidden = true;
        return say("Opening…");
      }
      const [width, height] = job.film?.width ? [job.film.width, job.film.height] : job.aspect.split(":").map(Number);
      box.style.setProperty("--ratio", `${width || 16} / ${height || 9}`);
      box.classList.toggle("is-tall", height > width);
      if (job.film) { if (!showing || showing.kind === "film") showFilm(); return; }
      if (job.status === "failed") return say(job.error || "This film could not be made.");
      if (showing) return;
      if (job.filmTrouble) return say(job.filmTrouble, "Try again", clipbot.reload);
      const isMade = job.status === "completed" || job.status === "regenerating";
      say(isMade ? "Putting the film together. Single clips can be played and changed already." : `The film is still being made: ${job.progress} %`, "", null, isMade ? null : job.progress);
    });
    clipbot.on("active", () => { if (!veil.hidden) still(); });
    clipbot.on("trouble", (trouble) => { if (trouble && !state.job?.film) say(trouble.message, "Try again", clipbot.retry); });

    toggle.addEventListener("click", playOrPause);
    box.addEventListener("click", (event) => { if (event.target.closest("video")) playOrPause(); });
    box.addEventListener("dblclick", (event) => { if (event.target.closest("video")) fullscreen(); });
    at(".full").addEventListener("click", fullscreen);
    at(".versus").addEventListener("click", () => clipbot.compare());
    volume.addEventListener("input", () => { player.volume = Number(volume.value); buttons(); });
    mute.addEventListener("click", () => {
      if (player.volume) { lastVolume = player.volume; player.volume = 0; } else player.volume = lastVolume || 1;
      buttons();
    });
    function fullscreen() {
      if (document.fullscreenElement) document.exitFullscreen();
      else box.requestFullscreen?.().catch(() => {});
    }
    clipbot.fullscreen = fullscreen;
    buttons();
    clipbot.timeline(root.querySelector(".timeline"));
    clipbot.wave(root.querySelector(".timeline"));
    if (state.job) {
      clipbot.emit("job", state.job);
      clipbot.emit("cue", state.cue);
    } else if (state.trouble) say(state.trouble.message);
  });
})(window.clipbot);
