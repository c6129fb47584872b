/* Comparing: two versions of a clip or two films, in one room, in four modes.
 *
 * `clipbot.emit("compare", {index, a, b})` opens it for versions, "compare-films" for films.
 * What is on the stage stays as it is; closing brings it back. */
((clipbot) => {
  const { el, state, text, clock, icon } = clipbot;
  const MODES = ["side", "split", "fade", "difference"], SPEEDS = [0.25, 0.5, 1, 1.5, 2];

  clipbot.part("compare", (root) => {
    const dialog = root.querySelector("dialog"), at = (name) => dialog.querySelector(name);
    const view = at(".view"), room = at(".room"), divider = at(".divider"), song = at("audio");
    const sides = ["a", "b"].map((name) => {
      const look = at(`.look.${name}`);
      return { name, look, video: look.querySelector("video"), caption: look.querySelector("figcaption"), absent: look.querySelector(".absent"), pick: at(`.of-${name}`) };
    });
    const subject = at(".subject"), line = at(".compare-line input"), here = at(".here"), held = at(".held"), cutoff = at(".cutoff");
    let what = null;   // {kind: "clip", index, a, b} or {kind: "films", a, b}
    let choices = [];  // what the pickers offer: {number, label, url, gone}
    let mode = "side", ratio = 16 / 9, playedBefore = false, begun = 0;

    const twin = clipbot.twin(sides.map((side) => side.video), song, heard);
    const lens = clipbot.lens(view, divider, { clicked: () => twin.toggle(), zoomed: (zoom) => text(at(".zoom"), `${Math.round(100 * zoom)} %`) });
    const difference = clipbot.difference(dialog, {
      known: (found) => { twin.rate = Math.max(found.a.rate, found.b.rate); tick(); },
      chosen: (each) => open({ kind: "clip", ...each }),
    });
    clipbot.compareDrift = twin.drift;
    clipbot.comparing = twin;

    function heard(name, video) {
      if (name === "error") trouble(sides.find((side) => side.video === video));
      if (name === "loadeddata" && video === sides[0].video && video.videoWidth) { ratio = video.videoWidth / video.videoHeight; fit(); }
      if (name === "durationchange") lengths();
      if (name === "play" || name === "pause" || name === "ended" || name === "silent") buttons();
      tick();
    }

    /* What to show. */
    async function open(next) {
      const isNew = !dialog.open;
      if (isNew) {
        performance.mark("clipbot-compare-begin");
        playedBefore = Boolean(clipbot.film?.isPlaying);
        clipbot.film?.pause();
        dialog.showModal();
        at(".go").focus({ preventScroll: true });
        twin.audible = clipbot.film?.volume !== 0;
        song.volume = clipbot.film?.volume || 1;
      }
      busy(true);
      const turn = ++begun, moment = isNew ? place(next) : twin.time, plays = isNew ? playedBefore : twin.isPlaying;
      choices = clipbot.pairs.seen(next);
      what = choices.length ? clipbot.pairs.filled(choices, next) : next;
      subjects();
      // What is known already is shown before the list is read.
      const early = what.kind === "clip" && what.a && what.b ? `${what.a} ${what.b}` : "", shown = early ? show(what, moment, plays) : null;
      let found;
      try { found = await clipbot.pairs.choices(next); } catch (error) { return turn === begun ? empty(error.message) : undefined; }
      if (turn !== begun) return;
      choices = found;
      what = clipbot.pairs.filled(choices, next);
      pickers();
      if (!what.a) return empty(next.kind === "films" ? "The film is not put together yet." : "This clip has no versions.");
      const asKnown = `${what.a} ${what.b}` === early && sides.every((side) => choices.find((one) => one.number === what[side.name])?.url === side.video.getAttribute("src"));
      if (asKnown) label();
      if (!(asKnown ? await shown : await show(what, moment, plays))) return;
      busy(false);
      measure();
    }
    const origin = (index) => (clipbot.clip(index)?.start ?? 0) - clipbot.origin();
    const place = ({ kind, index }) => (kind === "films" ? clipbot.film?.time ?? 0 : state.playing === index ? Math.max(0, clipbot.film.time - origin(index)) : 0);
    const address = (next, number) => choices.find((one) => one.number === number)?.url
      ?? (next.kind === "clip" ? `${clipbot.jobPath(state.jobId)}/clips/${next.index}/versions/${number}/footage.mp4` : null);

    function show(next, moment, plays) {
      at(".nothing").hidden = true;
      view.hidden = false;
      fit();
      label(next);
      for (const side of sides) {
        side.look.classList.add("is-loading");
        absent(side, choices.find((one) => one.number === next[side.name])?.gone ? gone(side) : "");
      }
      busy(true);
      twin.rate = next.kind === "films" ? Math.max(...choices.map((one) => one.rate)) : state.job?.film?.rate ?? 24;
      const film = state.job?.film, sung = next.kind === "films" ? { url: address(next, next.b), from: 0 } : film ? { url: film.url, from: origin(next.index) } : null;
      buttons();
      return twin.load(sides.map((side) => (choices.find((one) => one.number === next[side.name])?.gone ? null : address(next, next[side.name]))), { at: moment, play: plays, song: sung }).then((isShown) => {
        if (!isShown) return false;
        for (const side of sides) side.look.classList.remove("is-loading");
        performance.mark("clipbot-compare-ready");
        lengths();
        buttons();
        return true;
      });
    }
    function label(next = what) {
      for (const side of sides) {
        const chosen = choices.find((one) => one.number === next[side.name]);
        text(side.caption, chosen?.name ?? `${next.kind === "clip" ? "Version" : "Film"} ${next[side.name]}`);
        for (const named of [side.look, side.video]) named.setAttribute("aria-label", `${side.name.toUpperCase()}: ${side.caption.textContent}`);
      }
    }
    const busy = (is) => room.setAttribute("aria-busy", String(is));
    const gone = (side) => `The footage of ${side.caption.textContent.toLowerCase()} is gone; what is known of it is kept.`;
    function absent(side, words, again = null) {
      side.absent.hidden = !words;
      text(side.absent.querySelector("p"), words);
      Object.assign(side.absent.querySelector("button"), { hidden: !again, onclick: again });
    }
    /** A picture that cannot be loaded: gone, or only away. */
    async function trouble(side) {
      const url = side.video.getAttribute("src");
      side.look.classList.remove("is-loading");
      const status = await fetch(url, { method: "HEAD", credentials: "same-origin" }).then((answer) => answer.status, () => 0);
      if (side.video.getAttribute("src") !== url) return;
      if (status === 404 || status === 410) return absent(side, gone(side));
      absent(side, `${side.caption.textContent} cannot be played right now.`, () => {
        side.video.removeAttribute("src");
        open(what);
      });
    }
    function empty(words) {
      busy(false);
      twin.empty();
      view.hidden = true;
      at(".nothing").hidden = false;
      text(at(".nothing p"), words);
      difference.clear();
      lengths();
    }
    function measure() {
      if (choices.some((one) => one.gone && (one.number === what.a || one.number === what.b))) return difference.clear();
      if (what.kind === "clip") difference.clips(what.index, what.a, what.b);
      else difference.films(what.a, what.b);
    }

    /* What can be chosen. */
    function subjects() {
      const clips = (state.clips ?? []).map((clip) => el("option", { value: clip.index, text: ["Clip " + clip.number, clipbot.sectionName(clip)].filter(Boolean).join(" · ") }));
      subject.replaceChildren(...clips, el("option", { value: "films", text: "Whole films" }));
      subject.value = what.kind === "films" ? "films" : String(what.index);
      line.setAttribute("aria-label", what.kind === "films" ? "Place in the film" : "Place in the clip");
    }
    function pickers() {
      for (const side of sides) {
        side.pick.replaceChildren(...choices.map((one) => el("option", { value: one.number, text: one.label })));
        side.pick.value = String(what[side.name]);
        side.pick.title = side.pick.selectedOptions[0]?.textContent ?? "";
        side.pick.setAttribute("aria-label", `${side.name.toUpperCase()}: ${what.kind === "clip" ? "version" : "film"}`);
      }
      at(".swap").disabled = what.a === what.b;
    }
    subject.addEventListener("change", () => open(subject.value === "films" ? { kind: "films" } : { kind: "clip", index: Number(subject.value) }));
    for (const side of sides) side.pick.addEventListener("change", () => choose({ ...what, [side.name]: Number(side.pick.value) }));
    const swap = () => choose({ ...what, a: what.b, b: what.a });
    async function choose(next) {
      begun += 1;
      what = next;
      pickers();
      if (!(await show(next, twin.time, twin.isPlaying))) return;
      busy(false);
      measure();
    }

    /* How it is shown. */
    function into(next) {
      mode = next;
      view.dataset.mode = next;
      divider.hidden = next !== "split";
      for (const button of dialog.querySelectorAll(".modes button")) button.setAttribute("aria-pressed", String(button.dataset.mode === next));
      for (const only of dialog.querySelectorAll(".only")) only.hidden = !only.classList.contains(next);
      at(".heat-lens").hidden = next !== "difference" || at(".show-heat").getAttribute("aria-pressed") !== "true";
      fit();
    }
    /** The largest pictures that fit: beside each other or one above the other, by their shape. */
    function fit() {
      const width = room.clientWidth, height = room.clientHeight, gap = 8;
      if (!width || !height) return;
      const inside = (w, h) => Math.floor(Math.min(w, h * ratio));
      const beside = inside((width - gap) / 2, height), above = inside(width, (height - gap) / 2);
      const isColumn = mode === "side" && above > beside;
      const wide = mode === "side" ? Math.max(beside, above) : inside(width, height);
      view.classList.toggle("is-column", isColumn);
      view.style.setProperty("--wide", `${wide}px`);
      view.style.setProperty("--ratio", String(ratio));
    }
    new ResizeObserver(fit).observe(room);
    const shade = () => { view.style.setProperty("--mix", String(at(".mix").value / 100)); view.style.setProperty("--gain", at(".gain").value); };
    for (const control of [at(".mix"), at(".gain")]) control.addEventListener("input", shade);
    const where = () => { const button = at(".show-heat"); button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true")); into(mode); };

    /* Where it is. */
    function lengths() {
      const [a, b] = sides.map((side) => (side.video.hasAttribute("src") && !side.video.error ? twin.length(side.video) : 0));
      const whole = Math.max(a, b), short = a && b && Math.abs(a - b) > 0.5 / twin.rate ? (a < b ? sides[0] : sides[1]) : null;
      line.max = String(whole || 1);
      line.disabled = !whole;
      held.hidden = !short;
      if (short) held.style.left = `${(100 * Math.min(a, b)) / whole}%`;
      text(at(".ends"), short ? `${short.caption.textContent} ends at ${clock(Math.min(a, b))} and holds its last picture` : "");
      const clip = what?.kind === "clip" ? clipbot.clip(what.index) : null, used = clip && whole - clip.duration > 0.05 ? clip.duration : 0;
      cutoff.hidden = !used;
      if (used) cutoff.style.left = `${(100 * used) / whole}%`;
      tick();
    }
    function tick() {
      const now = twin.time, whole = twin.whole, frames = Math.round(whole * twin.rate);
      text(at(".now"), clock(now));
      text(at(".whole"), clock(whole));
      text(at(".frame"), whole ? `frame ${Math.min(frames, Math.floor(now * twin.rate + 0.02) + 1)} of ${frames}` : "");
      here.style.left = `${(100 * now) / (whole || 1)}%`;
      if (document.activeElement !== line || twin.isPlaying) line.value = String(now);
      line.setAttribute("aria-valuetext", `${clock(now)} of ${clock(whole)}`);
    }
    line.addEventListener("input", () => twin.seek(Number(line.value)));
    function buttons() {
      const playing = twin.isPlaying, go = at(".go"), hush = at(".hush");
      named(go, playing ? "Pause" : "Play", "Space", playing ? "pause" : "play");
      const sounds = twin.audible;
      hush.disabled = what?.kind === "clip" && !state.job?.film;
      named(hush, hush.disabled ? "There is no film yet, so no sound" : sounds ? "Turn the sound off" : "Turn the sound on", "M", sounds ? "sound" : "mute");
      at(".loop").setAttribute("aria-pressed", String(twin.loops));
    }
    function named(button, name, key, drawing) {
      if (button.dataset.is === name) return;
      button.dataset.is = name;
      button.replaceChildren(icon(drawing));
      button.setAttribute("aria-label", name);
      button.title = `${name} (${key})`;
    }

    /* What people do. */
    const loop = () => { twin.loops = !twin.loops; buttons(); };
    const hush = () => { twin.audible = !twin.audible; buttons(); };
    function pace(by) {
      const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(twin.speed) + by))];
      twin.speed = next;
      at(".speed select").value = String(next);
    }
    const ACTS = { ".back": () => twin.step(-1), ".on": () => twin.step(1), ".go": () => twin.toggle(), ".loop": loop, ".swap": swap, ".zoom": lens.reset, ".hush": hush, ".show-heat": where, ".leave": () => dialog.close() };
    for (const [name, act] of Object.entries(ACTS)) at(name).addEventListener("click", act);
    at(".speed select").addEventListener("change", (event) => { twin.speed = Number(event.target.value); });
    for (const button of dialog.querySelectorAll(".modes button")) button.addEventListener("click", () => into(button.dataset.mode));
    const ARROWS = { ArrowLeft: [0.1, 0], ArrowRight: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };
    dialog.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { key, target } = event, isChoosing = target.matches("select, input[type=range]");
      if (ARROWS[key] && !isChoosing && lens.zoom > 1) lens.pan(...ARROWS[key]);
      else if (ARROWS[key] && !isChoosing && mode === "split") lens.cut(lens.split + (key === "ArrowLeft" ? -2 : key === "ArrowRight" ? 2 : 0));
      else if (target.matches("select") && /^( |[a-z]|Arrow.*|Enter|Home|End)$/i.test(key)) return; // its own
      else if (key === " " && target.closest("button")) return;
      else if (key === " " || key.toLowerCase() === "k") twin.toggle();
      else if (MODES[Number(key) - 1]) into(MODES[Number(key) - 1]);
      else if (key === "," || key === ".") twin.step(key === "," ? -1 : 1);
      else if (key === "<" || key === ">") pace(key === "<" ? -1 : 1);
      else if (key === "+" || key === "=") lens.closer();
      else if (key === "-") lens.further();
      else if (key === "0") lens.reset();
      else if (key.toLowerCase() === "r") loop();
      else if (key.toLowerCase() === "x") swap();
      else if (key.toLowerCase() === "m") hush();
      else if (key.toLowerCase() === "h" && mode === "difference") where();
      else if (key === "?") clipbot.help();
      else return;
      event.preventDefault();
    });
    dialog.addEventListener("close", () => {
      begun += 1;
      twin.empty();
      difference.clear();
      lens.reset();
      if (playedBefore) clipbot.film?.play();
    });

    clipbot.on("compare", ({ index, a, b }) => open({ kind: "clip", index, a: a ?? null, b: b ?? null }));
    clipbot.on("compare-films", ({ a, b } = {}) => open({ kind: "films", a: a ?? null, b: b ?? null }));
    /** The selected clip, else the one that is played, else the whole film. */
    clipbot.compare = () => {
      const index = state.active ?? state.playing;
      if (!state.clips?.length || dialog.open) return;
      if (index === null) clipbot.emit("compare-films", {});
      else clipbot.emit("compare", { index });
    };
    /* A version that is finished meanwhile can be chosen; what is looked at stays. */
    clipbot.on("clips", async () => {
      if (!dialog.open || !what?.a) return;
      const turn = begun, found = await clipbot.pairs.choices(what).catch(() => null);
      if (!found || turn !== begun || document.activeElement?.matches(".pick")) return;
      choices = found;
      pickers();
    });
    clipbot.on("jobId", () => { if (dialog.open) dialog.close(); });
    shade();
    into("side");
    buttons();
  });
})(window.clipbot);
