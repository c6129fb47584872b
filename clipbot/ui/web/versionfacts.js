/* What is known of one version, and what can be done with it. */
((clipbot) => {
  const { el, icon, state, text } = clipbot;
  const MEASURES = { luma: "brightness", saturation: "colour", warmth: "warmth", motion: "motion" };
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

  clipbot.versionWords = (version) => version.instruction || (version.number === 1 ? "The original" : "Made elsewhere, without words");

  clipbot.weight = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`);

  /** What stands beside a version's number, as [kind, words]. */
  clipbot.versionBadges = (version, count) => [
    version.isCurrent && count > 1 ? ["current", "in the film"] : null,
    version.isOffered ? ["offered", "offered"] : null,
    version.footage ? null : ["missing", version.footageState === "deleted" ? "footage deleted" : "footage is gone"],
    version.footage && version.footageState === "archived" ? ["archived", "smaller copy"] : null,
  ].filter(Boolean);

  const named = (number) => `version ${number}`;
  const seconds = (value) => (value < 90 ? `${value < 10 ? value.toFixed(1) : Math.round(value)} s` : `${Math.round(value / 60)} min`);

  /** "brightness −29 %, colour +3 %, warmth 0.12 → 0.05, motion ±0 %". */
  function moved(shift) {
    const name = MEASURES[shift.measure] ?? shift.measure;
    if (shift.share === null) return `${name} ${[shift.before, shift.after].map((value) => value.toFixed(2).replace("-", "−")).join(" → ")}`;
    const percent = Math.round(100 * shift.share);
    return `${name} ${percent > 0 ? "+" : percent < 0 ? "−" : "±"}${Math.abs(percent)} %`;
  }

  /** Name a file after its job, clip and version, in letters that every disk takes. */
  clipbot.versionFile = (index, version) => {
    const title = (state.job?.title ?? "").replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "film";
    return `${title} - clip ${index + 1} - version ${version.number}.mp4`;
  };

  /** Return the panel of one version; `acts` are what its buttons do. */
  clipbot.versionFacts = (index, version, { host, count, choose, restore, remove, other }) => {
    const words = clipbot.versionWords(version);
    const title = el("div.line", {}, el("h3", { text: `Version ${version.number}` }),
      ...clipbot.versionBadges(version, count).map(([kind, what]) => el(`span.badge.${kind}`, { text: what })));
    const judged = version.verdict === "passed" || version.verdict === "failed" ? version.finding : null;
    const said = [version.isLate ? version.finding : judged, version.change?.sentence].filter(Boolean);
    const measured = el("div.measured", {},
      ...(said.length ? [el(`p.finding${version.isOffered ? ".is-short" : ""}`, { text: clipbot.tied(said[0]) })] : []),
      version.change ? el("p.shifts", { text: clipbot.tied(`Against version ${version.change.against}: ${version.change.shifts.map(moved).join(", ")}`) }) : null);
    const origin = version.parent ? el("button.origin", { type: "button", text: named(version.parent), "aria-label": `Came from ${named(version.parent)}`, onclick: () => choose(version.parent) })
      : version.number === 1 ? null : "not known";
    const fact = (name, value, hint = null) => (value === null || value === undefined || value === "" ? null
      : el("div", { title: hint }, el("dt", { text: name }), el("dd", { dir: "auto" }, value)));
    const facts = el("dl.facts", {},
      fact("Came from", origin),
      fact("Price", version.number === 1 && !version.cost ? null : clipbot.money(version.cost)),
      fact("Made by", version.maker, version.model),
      fact("Seed", version.seed === null ? null : String(version.seed)),
      fact("Temperature", version.temperature === null ? null : String(version.temperature), "0 keeps nearly everything, 1 starts afresh"),
      fact("Took", version.seconds === null ? null : seconds(version.seconds)),
      fact("Made", version.madeAt ? day.format(version.madeAt) : null),
      fact("Size", version.bytes === null ? null : clipbot.weight(version.bytes)));
    return [title, el("p.what", { text: words, dir: "auto", title: words.length > 120 ? words : null }),
      measured.childElementCount ? measured : null,
      buttons(index, version, { host, restore, remove, other }), facts.childElementCount ? facts : null,
      count === 1 ? el("p.hollow", { text: "Each change adds a version here. None is ever overwritten." }) : null].filter(Boolean);
  };

  function buttons(index, version, { host, restore, remove, other }) {
    const label = version.isOffered ? "Accept" : "Restore";
    const act = (kind, name, words, spoken, onclick, isOff = false) => el(`button.${kind}`, { type: "button", disabled: isOff, "aria-label": spoken, onclick }, name ? icon(name) : null, words);
    const row = el("div.acts", {},
      act("quiet.play", "play", "Play", `Play ${named(version.number)}`, () => clipbot.emit("play-version", { index, version }), !version.footage),
      version.isCurrent ? null : act(version.isOffered ? "primary" : "quiet", null, label, `${label} ${named(version.number)}`, (event) => restore(index, version, event.currentTarget), !version.footage),
      version.isOffered ? act("quiet", null, "Drop", `Drop ${named(version.number)}`, (event) => clipbot.dropVersion(index, version, event.currentTarget)) : null,
      other && version.footage && clipbot.listens("compare")
        ? act("quiet.compare", "compare", "Compare", `Compare ${named(version.number)} with ${named(other)}`, () => clipbot.emit("compare", { index, a: other, b: version.number })) : null,
      clipbot.moreButton(index, version),
      version.footage ? el("a.quiet", { href: version.footage, download: clipbot.versionFile(index, version), "aria-label": `Download ${named(version.number)}` }, icon("download"), "Download") : null,
      version.instruction ? clipbot.keepButton(host, version.regeneration, version.instruction) : null,
      version.canDelete ? act("quiet.delete", null, "Delete", `Delete the footage of ${named(version.number)}`, () => ask()) : null);
    /** Asks in its own place; what has the focus then keeps. */
    function ask() {
      const keep = el("button.quiet", { type: "button", text: "Keep", onclick: leave });
      const sure = el("div.acts.sure", { role: "group", "aria-label": "Delete its footage?" },
        el("span", { text: "Delete its footage?" }),
        el("button.quiet.delete.is-sure", { type: "button", text: "Delete", onclick: (event) => remove(index, version, event.currentTarget) }), keep);
      sure.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        leave();
      });
      row.replaceWith(sure);
      keep.focus();
      function leave() {
        sure.replaceWith(row);
        row.querySelector(".delete").focus();
      }
    }
    return row;
  }
})(window.clipbot);
