/* The clips: a card each, kept by key, so that 120 of them stay as cheap as 6. */
((clipbot) => {
  const { el, icon, state } = clipbot;

  clipbot.part("grid", (root) => {
    const list = root.querySelector(".cards"), head = root.querySelector(".pane-head");
    const cards = new Map();
    const title = head.querySelector(".pane-title"), note = head.querySelector(".picked");
    const all = head.querySelector(".all"), none = head.querySelector(".none");
    const empty = root.querySelector(".hollow"), toChat = root.querySelector(".to-chat"), invitation = toChat.querySelector("span");

    function make(clip) {
      const picture = el("img", { alt: "", loading: "lazy", decoding: "async", draggable: "false" });
      picture.addEventListener("load", () => card.node.classList.add("has-picture"));
      picture.addEventListener("error", () => card.node.classList.add("no-picture"));
      const card = {
        picture,
        number: el("span.number"), length: el("span.length"), time: el("span.time"),
        section: el("span.section"), lyrics: el("p.lyrics"), badges: el("span.badges"),
        bar: el("span.bar", {}, el("i")), place: el("p.place"),
      };
      const shot = el("div.shot", {}, picture, el("span.blank", {}, icon("image")), card.badges,
        card.number, el("span.tick", { "aria-hidden": "true" }, icon("check")), card.length, card.bar,
        el("span.here", { "aria-hidden": "true" }));
      card.shot = shot;
      card.node = el("div.card", { role: "option", tabindex: "-1", "data-index": clip.index }, shot,
        el("div.line", {}, card.time, card.section), card.lyrics, card.place);
      cards.set(clip.index, card);
      return card;
    }

    function paint(clip) {
      const card = cards.get(clip.index) ?? make(clip);
      const { node, picture } = card;
      if (clip.thumbnail && picture.getAttribute("src") !== clip.thumbnail) {
        node.classList.remove("no-picture");
        picture.src = clip.thumbnail;
      }
      node.classList.toggle("no-picture", !clip.thumbnail);
      clipbot.text(card.number, String(clip.number));
      clipbot.text(card.length, `${clip.duration.toFixed(1)} s`);
      clipbot.text(card.time, `${clipbot.clock(clip.start)} – ${clipbot.clock(clip.end)}`);
      clipbot.text(card.section, clipbot.sectionName(clip));
      clipbot.text(card.lyrics, clip.lyrics || "Instrumental");
      card.lyrics.classList.toggle("no-words", !clip.lyrics);
      clipbot.text(card.place, placeOf(clip));
      card.place.hidden = !card.place.textContent;
      clipbot.paintSection(node, clip.section);
      mark(clip, card);
      return node;
    }

    /** How a clip goes on where its footage is too short, and how it meets the next one. */
    function placeOf(clip) {
      const filled = { loop: "Plays again to fill its place", ping_pong: "Plays back and forth to fill its place" }[clip.filling];
      const { kind, seconds, isChosen } = clip.meets ?? { kind: "cut" };
      const length = seconds ? ` ${Number(seconds.toFixed(2))} s` : "";
      const met = kind !== "cut" || isChosen ? `${kind[0].toUpperCase()}${kind.slice(1)}${length} into clip ${clip.number + 1}` : null;
      return [filled, met].filter(Boolean).join(" · ");
    }

    /** Badges say what is special: at most two, the most urgent first. */
    function mark(clip, card) {
      const run = [...state.runs.values()].find((one) => one.isOpen && one.index === clip.index);
      const badges = [];
      if (run) badges.push(["running", run.status === "queued" && !run.progress ? "queued" : `${Math.round(run.progress)} %`]);
      else if (clip.status === "missing") badges.push(["missing", "missing"]);
      else if (clip.error) badges.push(["failed", "failed"]);
      if (!run && clip.hasOffer) badges.push(["offered", "offered"]);
      if (clip.isRegenerated && badges.length < 2) badges.push(["changed", `v${clip.version}`]);
      if (!run && clip.warnings.length && badges.length < 2) badges.push(["warned", "look here"]);
      const odd = state.evenness?.odd.get(clip.index);
      if (!run && odd && badges.length < 2) badges.push(["odd", "stands out"]);
      const wanted = badges.map((badge) => badge.join()).join(";");
      if (card.badges.dataset.is !== wanted) {
        card.badges.dataset.is = wanted;
        card.badges.replaceChildren(...badges.map(([kind, words]) => el(`span.badge.${kind}`, { text: words })));
      }
      card.node.classList.toggle("is-running", Boolean(run));
      card.bar.firstChild.style.transform = `scaleX(${(run?.progress ?? 0) / 100})`;
      const spoken = [`Clip ${clip.number}`, card.time.textContent, clipbot.sectionName(clip),
        clip.lyrics || "instrumental", card.place.textContent, ...clip.warnings, odd?.sentence, ...badges.filter(([kind]) => kind !== "warned" && kind !== "odd").map(([kind, words]) => (kind === "changed" ? `version ${clip.version}` : kind === "running" ? `running ${words}` : words))];
      clipbot.attribute(card.node, "aria-label", spoken.filter(Boolean).join(", "));
      const trouble = run ? null : clip.missing ?? clip.error ?? [...clip.warnings, odd?.sentence, odd?.note].filter(Boolean).join(" ");
      if (trouble) clipbot.attribute(card.node, "title", trouble);
      else card.node.removeAttribute("title");
    }

    /** Null: of another film, and on their way. */
    function draw(found) {
      const clips = found ?? [];
      root.querySelector(".skeletons")?.remove();
      const kept = new Set(clips.map((clip) => clip.index));
      for (const [index, card] of cards) if (!kept.has(index)) { card.node.remove(); cards.delete(index); }
      clips.forEach((clip, place) => {
        const node = paint(clip);
        if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
      });
      clipbot.text(title, clips.length ? clipbot.count(clips.length, "clip") : "Clips");
      root.querySelector(".grid").classList.toggle("is-empty", !clips.length);
      empty.hidden = Boolean(clips.length) || !found;
      choose();
      playing();
      if (clips.length) performance.mark("clipbot-clips-drawn");
    }

    function choose() {
      const chosen = new Set(state.selected);
      for (const [index, { node }] of cards) {
        clipbot.attribute(node, "aria-selected", String(chosen.has(index)));
        node.classList.toggle("is-active", index === state.active);
      }
      const stop = cards.get(state.active) ?? cards.values().next().value;
      if (!list.contains(document.activeElement)) {
        for (const { node } of cards.values()) node.tabIndex = node === stop?.node ? 0 : -1;
      }
      clipbot.text(note, chosen.size > 1 ? `${chosen.size} selected` : "");
      const numbers = [...chosen].map((index) => index + 1).sort((one, other) => one - other);
      clipbot.text(invitation, numbers.length ? `Change ${clipbot.clipNames(numbers).replace("C", "c")}` : "Say what should change");
      all.disabled = !cards.size || chosen.size === cards.size;
      none.disabled = !chosen.size;
    }

    function playing(index = state.playing) {
      for (const [key, { node }] of cards) node.classList.toggle("is-playing", key === index);
    }

    clipbot.watch("clips", draw);
    clipbot.on("selected", choose);
    clipbot.on("active", choose);
    const markAll = () => state.clips?.forEach((clip) => cards.has(clip.index) && mark(clip, cards.get(clip.index)));
    clipbot.on("runs", markAll);
    clipbot.on("evenness", markAll);
    clipbot.evenness(head);
    clipbot.on("playing", (index) => {
      playing(index);
      if (index !== null && clipbot.followsPlayback?.()) cards.get(index)?.node.scrollIntoView({ block: "nearest", behavior: clipbot.calm() ? "auto" : "smooth" });
    });
    /* The playing card carries a playhead of its own. */
    clipbot.on("tick", ({ clip, time }) => {
      const card = clip && cards.get(clip.index);
      if (card) card.node.style.setProperty("--here", String(Math.min(1, Math.max(0, (time + clipbot.origin() - clip.start) / clip.duration))));
    });
    clipbot.on("shown", (index) => cards.get(index)?.node.scrollIntoView({ block: "nearest" }));
    all.addEventListener("click", () => clipbot.select([...cards.keys()], state.active ?? cards.keys().next().value));
    none.addEventListener("click", () => clipbot.select([]));
    toChat.addEventListener("click", () => clipbot.tab("chat"));
    clipbot.pickCards(list, cards);
    clipbot.hoverCards(list);
  });
})(window.clipbot);
