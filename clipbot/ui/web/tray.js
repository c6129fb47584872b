/* The tray: takes side by side, playing together without sound, until one is kept or none. */
((clipbot) => {
  const { el, icon, state, text } = clipbot;
  const APART = 0.03; // seconds; more than that is put right
  const STATES = { failed: "It failed", cancelled: "Cancelled", attention: "It needs attention; see the chat" };

  clipbot.part("takes", (root, host) => {
    clipbot.makesAnew = host.props.models;
    const dialog = root.querySelector("dialog"), at = (name) => dialog.querySelector(name);
    const cells = at(".tray-cells"), keep = at(".keep"), none = at(".none"), play = at(".play"), slider = at(".tray-time input"), complaint = at(".complaint");
    let shown = null, chosen = null, back = null, busy = false, isPlaying = false, turn = 0;

    clipbot.askForTakes = (wanted) => clipbot.call(host.server.more_takes, wanted);

    /** Open the takes of a clip: those of a batch, else the newest. */
    clipbot.chooseTakes = async (index, batch = null) => {
      const job = state.jobId, mine = ++turn;
      try {
        const [batches, versions] = await Promise.all([clipbot.read.takes(job, index), clipbot.read.versions(job, index)]);
        const found = batches.find((each) => !batch || each.batch === batch);
        if (mine !== turn || job !== state.jobId || !found) return;
        fill(index, found, versions.find((version) => version.isCurrent));
        if (!dialog.open) { back = document.activeElement; dialog.showModal(); }
        focus();
      } catch (error) { clipbot.toast(error.message, "bad"); }
    };

    function fill(index, found, current) {
      shown = { index, ...found };
      busy = false;
      complain("");
      text(at("h2"), `Takes of clip ${index + 1}`);
      text(at(".tray-note"), noteOf(found));
      const { film } = state.job ?? {};
      dialog.style.setProperty("--ratio", film?.width ? `${film.width} / ${film.height}` : "16 / 9");
      dialog.classList.toggle("is-tall", Boolean(film && film.height > film.width));
      dialog.style.setProperty("--cells", String(found.takes.length + 1));
      const isTake = found.takes.some((take) => take.version?.number === current?.number);
      cells.replaceChildren(...(isTake || !current ? [] : [filmCell(current)]), ...found.takes.map(takeCell));
      dialog.style.setProperty("--cells", String(cells.children.length));
      const first = found.takes.find((take) => take.version?.isCurrent) ?? found.takes.find((take) => take.version?.footage);
      choose(first?.number ?? null);
      const last = found.takes.length, keys = last > 1 ? `1 ${last > 2 ? "to" : "and"} ${last} choose` : "1 chooses";
      text(at(".tray-keys"), `${keys} · Enter keeps · Esc later`);
      at(".against").hidden = !clipbot.listens("compare");
      none.hidden = found.isDecided || !found.takes.some((take) => take.version?.isOffered);
      start();
    }
    function noteOf(found) {
      const open = found.takes.filter((take) => take.edit.isOpen).length;
      if (open) return `${open} of ${found.takes.length} still being made; choose when all are there.`;
      const like = found.like ? `Like version ${found.like}, in` : "In", seeds = found.like ? `Like version ${found.like}, with` : "With";
      return found.takes.some((take) => take.strength) ? `${like} other strengths: a look gives the same for any seed.` : `${seeds} other seeds.`;
    }

    function picture(version, label) {
      const video = el("video", { muted: true, playsinline: true, preload: "auto", "aria-label": label, poster: version.thumbnail, src: version.footage });
      video.muted = true;
      video.addEventListener("error", () => video.closest(".tray-cell").classList.add("is-gone"));
      return el("div.tray-picture", {}, video, el("p.tray-veil", { text: version.footage ? "This cannot be played now." : "The footage is gone." }));
    }
    function filmCell(version) {
      return el("figure.tray-cell.is-film", {}, picture(version, "What is in the film"), el("figcaption", {},
        el("div.line", {}, el("b", { text: "In the film" }), el("span.seed", { text: `v${version.number}` })),
        el("p.finding", { text: version.instruction ?? "Original", dir: "auto" })));
    }
    function takeCell(take) {
      const { version, edit } = take, name = `Take ${take.number}`;
      const finding = version?.finding ?? edit.error ?? STATES[edit.ending] ?? (edit.isOpen ? "Being made" : "It was not made");
      // Where a look gives the same for any seed, the seed would only be noise.
      const facts = [version ? `v${version.number}` : null, take.strength ? null : `seed ${take.seed}`, version ? (take.cost ? clipbot.money(take.cost) : "free") : null].filter(Boolean);
      const cell = el(`div.tray-cell${version?.footage ? "" : ".is-none"}`, { role: "radio", "aria-checked": "false", tabindex: "-1", "data-take": take.number,
        "aria-disabled": version?.footage ? null : "true", "aria-label": [name, take.strength, finding].filter(Boolean).join(", ") },
      version ? picture(version, name) : el("div.tray-picture", {}, el("p.tray-veil", { text: edit.isOpen ? "Being made…" : STATES[edit.ending] ?? "Not made" })),
      el("div.tray-about", {},
        el("div.line", {}, el("kbd", { text: String(take.number) }), el("b", { text: name }), take.strength ? el("span.badge", { text: take.strength }) : null,
          version?.isCurrent ? el("span.badge.current", { text: "in the film" }) : null),
        el("p.finding", { text: clipbot.tied(finding), dir: "auto" }), el("p.seed", { text: facts.join(" · ") })));
      cell.classList.toggle("is-gone", Boolean(version && !version.footage));
      cell.addEventListener("click", () => { choose(take.number); cell.focus(); });
      return cell;
    }

    const radios = () => [...cells.querySelectorAll("[role=radio]:not([aria-disabled])")];
    function choose(number) {
      chosen = shown.takes.find((take) => take.number === number && take.version?.footage) ?? null;
      for (const cell of cells.querySelectorAll("[role=radio]")) {
        const is = Number(cell.dataset.take) === chosen?.number;
        cell.setAttribute("aria-checked", String(is));
        cell.tabIndex = is ? 0 : -1;
      }
      ready();
    }
    function ready() {
      const isOpen = shown.takes.some((take) => take.edit.isOpen);
      keep.disabled = busy || isOpen || !chosen || chosen.version.isCurrent;
      none.disabled = busy || isOpen;
      at(".against").disabled = busy || !chosen || chosen.version.isCurrent;
      text(keep, chosen ? (chosen.version.isCurrent ? `Take ${chosen.number} is in the film` : `Keep take ${chosen.number}`) : "Keep this one");
      dialog.setAttribute("aria-busy", String(busy));
    }
    /* On a phone one take fills the screen: what is in the middle is what would be kept. */
    cells.addEventListener("scroll", clipbot.settled(() => {
      if (!dialog.open || !clipbot.isPhone()) return;
      const middle = (node) => { const box = node.getBoundingClientRect(); return box.left + box.width / 2; };
      const apart = (cell) => Math.abs(middle(cell) - middle(cells));
      const nearest = [...cells.children].sort((one, other) => apart(one) - apart(other))[0];
      if (radios().includes(nearest) && Number(nearest.dataset.take) !== chosen?.number) choose(Number(nearest.dataset.take));
    }, 120));
    function focus() { (cells.querySelector("[aria-checked=true]") ?? cells).focus({ preventScroll: true }); }
    function complain(words) { complaint.hidden = !words; text(complaint, words); }

    async function decide(version) {
      if (busy) return;
      busy = true;
      ready();
      complain("");
      const { index, batch } = shown, take = chosen?.number;
      try {
        await clipbot.call(host.server.keep_take, { job: state.jobId, clip: index, batch, version });
        busy = false;
        dialog.setAttribute("aria-busy", "false");
        dialog.close();
        clipbot.toast(version === null ? `Clip ${index + 1} stays as it is; the takes are among its versions.` : `Clip ${index + 1} shows take ${take} now. Undo brings back what was there.`);
        clipbot.refreshChat?.();
        await clipbot.reload();
      } catch (error) {
        busy = false;
        ready();
        complain(error instanceof clipbot.Lost ? "The server cannot be reached; nothing was changed. Please try again." : error.message);
      }
    }
    keep.addEventListener("click", () => chosen && decide(chosen.version.number));
    none.addEventListener("click", () => decide(null));
    at(".against").addEventListener("click", () => {
      if (!chosen) return;
      const { index } = shown, b = chosen.version.number;
      dialog.close();
      clipbot.emit("compare", { index, a: clipbot.clip(index)?.version ?? 1, b });
    });
    at(".later").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isControl = event.target.matches("button, input"), way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (/^[1-4]$/.test(event.key)) { choose(Number(event.key)); focus(); }
      else if (event.key === "Enter" && !isControl) keep.click();
      else if (event.key === " " && !isControl) play.click();
      else if (way && !isControl && chosen) {
        const all = radios(), place = all.findIndex((cell) => Number(cell.dataset.take) === chosen.number);
        choose(Number(all[(place + way + all.length) % all.length].dataset.take));
        focus();
      } else return;
      event.preventDefault();
    });

    /* All of them at the same place: the longest leads, the others follow. */
    const videos = () => [...cells.querySelectorAll("video[src]")].filter((video) => !video.error);
    const leader = () => videos().reduce((longest, video) => ((video.duration || 0) > (longest?.duration || 0) ? video : longest), null);
    const place = (video, seconds) => Math.max(0, Math.min(seconds, (video.duration || 0) - 0.05));
    function start() {
      isPlaying = false;
      slider.value = "0";
      run(!clipbot.calm());
    }
    function run(value) {
      isPlaying = value;
      play.replaceChildren(icon(value ? "pause" : "play"));
      play.setAttribute("aria-label", value ? "Pause" : "Play");
      for (const video of videos()) { if (value) video.play().catch(() => {}); else video.pause(); }
      if (value) requestAnimationFrame(follow);
    }
    function follow() {
      if (!dialog.open && isPlaying) return void requestAnimationFrame(() => dialog.open && follow());
      const lead = leader();
      if (!isPlaying || !lead) return isPlaying && requestAnimationFrame(follow);
      const all = videos(), isOver = lead.ended || lead.duration - lead.currentTime < 0.01;
      for (const video of all) {
        const wanted = isOver ? 0 : place(video, lead.currentTime);
        if (isOver || (video !== lead && !video.seeking && Math.abs(video.currentTime - wanted) > APART)) video.currentTime = wanted;
        if (video.paused && video.readyState > 2) video.play().catch(() => {});
      }
      slider.value = String(Math.round(1000 * (lead.currentTime / lead.duration || 0)));
      requestAnimationFrame(follow);
    }
    play.addEventListener("click", () => run(!isPlaying));
    slider.addEventListener("input", () => {
      run(false);
      const seconds = (leader()?.duration || 0) * (Number(slider.value) / 1000);
      for (const video of videos()) video.currentTime = place(video, seconds);
    });
    dialog.addEventListener("close", () => {
      run(false);
      for (const video of cells.querySelectorAll("video")) { video.removeAttribute("src"); video.load(); }
      if (back?.isConnected && back !== document.body) clipbot.focusAgain(back);
    });
    /* While it is open: what is done elsewhere, or has just been made, shows here too. */
    clipbot.on("clips", () => { if (dialog.open && !busy && shown.takes.some((take) => take.edit.isOpen)) clipbot.chooseTakes(shown.index, shown.batch); });
    clipbot.on("jobId", () => dialog.open && dialog.close());
  });
})(window.clipbot);
