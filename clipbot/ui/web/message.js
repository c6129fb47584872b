/* One line of the chat, and what hangs below it: the clips of an answer, which words gave
 * what, what became of the prompt, choices. */
((clipbot) => {
  const { el, icon } = clipbot;
  const LONG = 110; // characters; a longer sentence is folded away
  const MOST_CLIPS = 12, MOST_PHRASES = 6, MOST_LETTERS = 48;

  const aside = (words) => el("span.aside", { text: words });
  const shortened = (words) => (words.length > MOST_LETTERS ? `${words.slice(0, MOST_LETTERS).trimEnd()}…` : words);

  /** Return the line.
   *
   * `sentence` is what the person said before it, `send` says something for them, and
   * `keep` returns the button that keeps a finished edit as a template. */
  clipbot.messageNode = (message, { sentence, send, keep }) => {
    const words = message.role === "user" ? message.content : clipbot.tied(message.content);
    return el(`div.message.${message.role}${message.status === "failed" && !message.change ? ".bad" : ""}`, { "data-message": message.id },
      el("p", { dir: "auto" }, ending(message), words),
      message.answer_clips?.length ? clipChips(message.answer_clips) : null,
      message.readings?.length ? reading(message.readings, sentence) : null,
      message.unread?.length ? unread(message.unread) : null,
      message.slots?.length ? slots(message.slots) : null,
      message.change ? change(message.change, keep(message)) : null,
      message.choices?.length ? clipbot.choices(message.choices, send) : null);
  };

  /** What a wish about slots is about: it is free and done at once, so there is nothing to confirm. */
  const slots = (rows) => el("section.plan", { "aria-label": "How clips meet and fill their places" },
    el("header", {}, el("h3", { text: `Wanted for ${clipbot.count(rows.length, "place")}` }), el("span.plan-note", { text: "Free: $0.00" })),
    el("ol.plan-rows", {}, ...rows.map((row) => el("li.plan-row", {}, el("div.plan-body", {}, el("b", { text: `Clip ${row.clip}` }), ` ${row.what}`)))));

  /** Which clip a line about an edit without a new version is about. */
  function ending(message) {
    if (message.role !== "system" || !message.regeneration || message.clips?.length !== 1) return null;
    return el("b.lead", { text: `Clip ${message.clips[0]}${message.status === "failed" ? " failed" : ""} · ` });
  }

  /** Complete instructions to choose from; `clipbot.settleChoices` closes older questions. */
  clipbot.choices = (options, send) => el("div.choices", { role: "group", "aria-label": "Answers to choose from" },
    ...options.map((option) => el("button.choice", { type: "button", text: option, title: option.length > 160 ? option : null, dir: "auto", onclick: () => send(option) })));

  /** Only the latest question can be answered; whatever was said later closes the others. */
  clipbot.settleChoices = (list) => {
    const lines = [...list.querySelectorAll(".message:not(.greeting)")];
    const said = lines.findLastIndex((line) => line.matches(".user"));
    lines.forEach((line, place) => {
      for (const button of line.querySelectorAll(".choice")) button.disabled = place < said;
    });
  };

  /* The clips of an answer: hovering shows where they are, a click goes there. */
  function clipChips(numbers) {
    const clips = numbers.map((number) => clipbot.clip(number - 1)).filter(Boolean);
    const chips = clips.map(clipChip);
    const box = el("div.clip-chips", { role: "group", "aria-label": "Clips of this answer" }, ...chips.slice(0, MOST_CLIPS));
    if (chips.length > MOST_CLIPS) {
      const more = el("button.quiet", { type: "button", text: `${chips.length - MOST_CLIPS} more`, onclick: () => {
        more.replaceWith(...chips.slice(MOST_CLIPS));
        chips[MOST_CLIPS].focus();
      } });
      box.append(more);
    }
    if (clips.length > 1) {
      box.append(el("button.quiet", { type: "button", text: `Select ${clips.length === 2 ? "both" : `all ${clips.length}`}`,
        onclick: () => clipbot.select(clips.map((clip) => clip.index)) }));
    }
    return box;
  }
  function clipChip(clip) {
    const chip = el("button.clip-chip", { type: "button", title: `Go to clip ${clip.number}` },
      clip.thumbnail ? el("img", { alt: "", src: clip.thumbnail, loading: "lazy", decoding: "async" }) : null, `Clip ${clip.number}`);
    const point = (isOn) => () => {
      const piece = document.querySelectorAll("#clipbot .piece")[clipbot.state.clips.findIndex((one) => one.index === clip.index)];
      for (const node of [document.querySelector(`#clipbot .card[data-index="${clip.index}"]`), piece]) node?.classList.toggle("is-pointed", isOn);
    };
    for (const name of ["pointerenter", "focus"]) chip.addEventListener(name, point(true));
    for (const name of ["pointerleave", "blur"]) chip.addEventListener(name, point(false));
    chip.addEventListener("click", () => {
      clipbot.select([clip.index]);
      clipbot.cue(clip.index);
      clipbot.emit("shown", clip.index);
      clipbot.tab("stage");
    });
    return chip;
  }

  /* Which words gave what. The places count characters as Python does: an emoji is one. */
  function reading(readings, sentence) {
    const letters = Array.from(sentence ?? "");
    const fits = (one) => letters.slice(one.start, one.stop).join("") === one.words;
    const marked = sentence && readings.every(fits) ? marks(letters, readings) : null;
    const list = el("dl", {}, ...readings.map((one) => el("div", {},
      el("dt", { text: `“${shortened(one.words)}”`, dir: "auto" }), el("dd", { text: one.means, dir: "auto" }))));
    const isShort = marked && letters.length <= LONG;
    return el("details.reading", {},
      el("summary", {}, icon("chevron"), isShort ? aside("How I read it: ") : null,
        isShort ? marked : el("span", { text: "How I read it" })),
      marked && !isShort ? marked : null, list);
  }
  function marks(letters, readings) {
    const line = el("span.sentence", { dir: "auto" });
    let at = 0;
    for (const one of [...readings].sort((a, b) => a.start - b.start)) {
      if (one.start < at || one.stop <= one.start) continue;
      line.append(letters.slice(at, one.start).join(""), el("span.word", { text: one.words, "data-means": `→ ${one.means}` }));
      at = one.stop;
    }
    line.append(letters.slice(at).join(""));
    return line;
  }
  const unread = (words) => el("p.unread", {}, icon("help"),
    el("span", { text: `Not understood: ${words.slice(0, MOST_PHRASES).map((each) => `“${shortened(each)}”`).join(", ")}${words.length > MOST_PHRASES ? " …" : ""}`, dir: "auto" }));

  /** What a mark means, beside it: one note for all of them, kept inside the pane. */
  clipbot.whisper = (pane) => {
    const note = el("div.whisper", { "aria-hidden": "true", hidden: true });
    pane.append(note);
    const show = ({ target }) => {
      const mark = target.closest?.("[data-means]");
      note.hidden = !mark;
      if (!mark) return;
      note.textContent = mark.dataset.means;
      const frame = pane.getBoundingClientRect(), place = mark.getClientRects()[0], size = note.getBoundingClientRect();
      const left = Math.min(place.left - frame.left, frame.width - size.width - 10);
      note.style.left = `${Math.max(10, left)}px`;
      note.style.top = `${place.top - frame.top - size.height - 4}px`;
    };
    pane.addEventListener("pointerover", show);
    pane.addEventListener("pointerleave", show);
    pane.addEventListener("scroll", () => { note.hidden = true; }, true);
  };

  /* What became of the prompt: signs and words tell, not colour alone. */
  function change(one, keep) {
    const phrases = (tag, sign, spoken, all) => all.slice(0, MOST_PHRASES).map((words) =>
      el(tag, { dir: "auto" }, el("b", { text: sign, "aria-hidden": "true" }), aside(`${spoken} `), el("span", { text: `\u2060${shortened(words)}` })));
    const rest = Math.max(0, one.removed.length - MOST_PHRASES) + Math.max(0, one.added.length - MOST_PHRASES);
    const isSame = !one.removed.length && !one.added.length;
    const author = one.model ? `Written by ${one.model}.` : "Written without a language model.";
    const seed = one.is_seed_kept ? "Same seed as before" : one.is_seed_kept === false ? "New seed" : "Seed";
    return el("details.change", {},
      el("summary", {}, icon("chevron"), el("span.lead", { text: "Prompt: " }), isSame ? "as it was" : null,
        ...phrases("del", "−", "removed", one.removed), ...phrases("ins", "+", "added", one.added),
        rest ? `and ${rest} more` : null,
        el("span.how", { text: `How much may change: ${one.band} (${one.temperature})` })),
      el("p.whole", { text: one.prompt || "There is no prompt.", dir: "auto" }),
      el("p.facts", { text: `${seed}: ${one.seed}. ${author}` }),
      el("div.acts", {}, keep));
  }

  /** What one wants to do right after an edit. */
  clipbot.afterEdit = (node, run, { again, keep }) => {
    const act = (kind, name, words, onclick) => el(`button.quiet.${kind}`, { type: "button", onclick }, icon(name), words);
    const version = { number: run.versionNumber, footage: `${clipbot.jobPath(clipbot.state.jobId)}/clips/${run.index}/versions/${run.versionNumber}/footage.mp4` };
    const acts = [];
    if (run.ending === "complete") {
      node.querySelector(".change .acts")?.remove();
      acts.push(act("stays", "play", `Play clip ${run.index + 1}`, () => clipbot.emit("seek-clip", run.index)),
        act("passing-act", "undo", "Undo", (event) => { event.currentTarget.remove(); clipbot.undo(); }), keep);
    } else if (run.ending === "offered" && run.versionNumber) {
      acts.push(act("stays", "play", `Play version ${run.versionNumber}`, () => clipbot.emit("play-version", { index: run.index, version })),
        act("passing-act", "check", "Use it", (event) => clipbot.useVersion(run.index, version, event.currentTarget)));
      if (run.instruction) acts.push(act("passing-act", "retry", "Try again", again));
      acts.push(act("passing-act", "close", "Drop", (event) => clipbot.dropVersion(run.index, version, event.currentTarget)));
    } else if (run.instruction && run.ending !== "attention") acts.push(act("passing-act", "retry", "Try again", again));
    if (acts.length) node.append(el("div.acts", {}, ...acts));
  };
})(window.clipbot);
