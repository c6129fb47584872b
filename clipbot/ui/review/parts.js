/* The parts of a row: prompts word by word, measures as bars, what the gate said, times. */
((clipbot) => {
  const { el, icon } = clipbot;
  const parts = clipbot.reviewParts = {};
  const moment = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const hour = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
  const SHORT = 90, HEAD = 28, TAIL = 44, LONG = 700;

  parts.when = (text) => (text ? moment.format(new Date(text)) : "");
  /** The time alone, where the day is that of another moment. */
  parts.then = (text, before) => (new Date(text).toDateString() === new Date(before).toDateString() ? hour : moment).format(new Date(text));
  parts.seconds = (value) => {
    if (value === null || value === undefined) return "";
    if (value < 60) return `${value < 10 ? value.toFixed(1) : Math.round(value)}\u00a0s`;
    return `${Math.floor(value / 60)}\u00a0min ${Math.round(value % 60)}\u00a0s`;
  };

  const VERDICTS = { passed: ["check", "Gate passed"], failed: ["warn", "Gate failed"], no_claim: ["more", "No claim"], none: ["image", "No version"] };
  parts.verdict = (verdict) => {
    const [name, words] = VERDICTS[verdict] ?? VERDICTS.none;
    return el(`span.chip.is-${verdict}`, {}, icon(name), words);
  };
  const STATES = { queued: "Waiting", processing: "Running", failed: "Failed", cancelled: "Cancelled", needs_attention: "Needs attention" };
  parts.status = (edit) => {
    if (edit.status === null) return el("span.chip", { text: "State not known" });
    if (!STATES[edit.status]) return null;
    const far = edit.status === "processing" && !edit.is_by_pipeline ? ` ${edit.progress}\u00a0%` : "";
    return el(`span.chip.is-${edit.status}`, { text: STATES[edit.status] + far });
  };

  /* A long stretch that stayed is cut in its middle; what changed never is. */
  const cut = (text) => (text.length > SHORT ? `${text.slice(0, HEAD).replace(/\s\S*$/u, "")} \u2026 ${text.slice(-TAIL).replace(/^\S*\s/u, "")}` : text);
  const TAGS = { same: "span", out: "del", in: "ins" };
  parts.prompt = (edit) => {
    const runs = edit.prompt_runs;
    const isHigh = runs.reduce((sum, run) => sum + (run.kind === "same" ? cut(run.text) : run.text).length, 0) > LONG;
    const isLong = isHigh || runs.some((run) => run.kind === "same" && run.text.length > SHORT);
    const body = el("p.prompt", { dir: "auto" });
    const draw = (isWhole) => body.replaceChildren(...runs.flatMap((run) => {
      const [space] = run.text.match(/^\s*/), words = run.text.slice(space.length);
      return [space, el(TAGS[run.kind], { text: run.kind === "same" && !isWhole ? cut(words) : words })];
    }));
    body.classList.toggle("is-cut", isHigh);
    draw(false);
    if (!runs.length) body.append(el("span.nothing", { text: "No prompt is known." }));
    const isSame = runs.length && edit.prompt_after !== null && runs.every((run) => run.kind === "same");
    const note = edit.prompt_after === null ? "no new one was written" : isSame ? "unchanged" : "";
    const toggle = isLong ? el("button.link", { type: "button", "aria-expanded": "false", text: "Whole prompt", onclick: (event) => {
      const isWhole = event.currentTarget.getAttribute("aria-expanded") !== "true";
      event.currentTarget.setAttribute("aria-expanded", String(isWhole));
      clipbot.text(event.currentTarget, isWhole ? "Less" : "Whole prompt");
      body.classList.toggle("is-cut", isHigh && !isWhole);
      draw(isWhole);
    } }) : null;
    return el("div.prompts", {}, el("div.label", {}, "Prompt", note ? el("span", { text: `, ${note}` }) : null, toggle), body);
  };

  /* Where a measure lies between its ends, and how it is said. */
  const MEASURES = [
    ["luma", "Light", (value) => value, (value) => `${Math.round(value * 100)}`],
    ["saturation", "Colour", (value) => value, (value) => `${Math.round(value * 100)}`],
    ["warmth", "Warmth", (value) => value + 0.5, (value) => `${value > 0 ? "+" : value < 0 ? "\u2212" : ""}${Math.abs(Math.round(value * 100))}`],
    ["motion", "Motion", (value) => Math.sqrt(value), (value) => (value * 100).toFixed(1)],
  ];
  parts.measures = (edit) => {
    const before = edit.before?.measures, after = edit.after?.measures;
    if (!before && !after) return null;
    return el("dl.measures", {}, ...MEASURES.map(([name, label, place, said]) => {
      const marks = [["was", before], ["is", after]].filter(([, found]) => found).map(([what, found]) => {
        const node = el(`i.${what}`);
        node.style.left = `${100 * Math.max(0, Math.min(1, place(found[name])))}%`;
        return node;
      });
      const values = [before, after].filter(Boolean).map((found) => said(found[name]));
      return el("div", {}, el("dt", { text: label }), el("dd", {}, el("span.track", { "aria-hidden": "true" }, ...marks), el("span.values", { text: values.join(" \u2192 ") })));
    }));
  };

  const agreed = (edit) => {
    if (edit.is_by_pipeline) return "";
    return Number(edit.ceiling) ? `about ${clipbot.money(edit.estimate)}, at most ${clipbot.money(edit.ceiling)} agreed` : "free";
  };
  parts.facts = (edit, labels) => {
    const cost = el("span.cost", {}, el("b", { text: edit.cost === null ? "\u2013" : clipbot.money(edit.cost) }));
    const asked = edit.is_by_pipeline ? "Noted" : "Asked";
    const made = edit.is_by_pipeline ? "The pipeline" : labels.get(edit.renderer) ?? edit.renderer;
    const ways = [edit.language_model ? `words by ${edit.language_model}` : "", edit.temperature === null ? "" : `freedom ${edit.temperature}`, edit.seed === null ? "" : `seed\u00a0${edit.seed}`];
    const lines = [
      ["Cost", cost, agreed(edit)],
      ["Took", parts.seconds(edit.seconds) || "\u2013", edit.waited === null ? "" : `waited ${parts.seconds(edit.waited)}`],
      [asked, parts.when(edit.queued_at) || "\u2013", edit.finished_at ? `done ${parts.then(edit.finished_at, edit.queued_at)}` : ""],
      ["Made by", made, ways.filter(Boolean).join(" \u00b7 ")],
    ];
    return el("dl.facts", {}, ...lines.map(([name, value, more]) => el("div", {}, el("dt", { text: name }), el("dd", {}, value, more ? el("small", { text: more }) : null))));
  };
})(window.clipbot);
