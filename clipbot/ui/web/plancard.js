/* A plan of several clips, as a card in the chat: a row each, to be reworded or struck out,
 * then one price for all; and while they are made, how far each of them is. */
((clipbot) => {
  const { el, icon, state, text, money } = clipbot;

  /** What is proposed. `plan` is the server's first one; every change asks it for the price anew. */
  clipbot.planCard = ({ quoted, job, kept, keep }) => {
    const list = el("ol.plan-rows"), title = el("h3"), note = el("span.plan-note", { role: "status" });
    const sums = el("dl.plan-sums"), complaint = el("p.reason", { role: "alert", hidden: true });
    const go = el("button.primary.plan-go", { type: "button", onclick: () => ask() }, icon("compare"), el("span"));
    const node = el("section.plan", { "aria-label": "Plan" }, el("header", {}, title, note), list, sums, complaint, el("div.plan-foot", {}, go));
    const plan = quoted.plan;
    const struck = new Set(kept?.struck ?? []), typed = new Map(kept?.typed ?? []), rows = new Map();
    let price = quoted, isStale = quoted.rows.some((row) => row.reason);

    const staying = () => [...rows.values()].filter(({ number, row }) => !struck.has(number) && !row.reason);
    const wanted = (numbers) => numbers.map((clip) => ({ clip, text: typed.get(clip) ?? null }));

    function draw() {
      for (const row of price.rows) {
        if (!rows.has(row.clip)) rows.set(row.clip, clipbot.planRow(row, { strike, reword }));
        rows.get(row.clip).update(row, struck.has(row.clip));
      }
      for (const each of rows.values()) each.update(each.row, struck.has(each.number));
      const sorted = [...rows.values()].sort((one, other) => one.number - other.number);
      sorted.forEach(({ node: row }, place) => { if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null); });
      const count = staying().length, off = price.lines.find((line) => Number(line.estimate) < 0 || line.label.includes("−"));
      text(title, `Plan for ${clipbot.count(rows.size, "clip")}`);
      text(note, count < rows.size ? `${count} of ${rows.size} stay` : "");
      const usual = count && price.estimate !== price.ceiling ? [["Usually", money(price.estimate)]] : [];
      const lines = [...(off && count ? [[off.label, money(off.ceiling)]] : []), ...usual, ["At most", count ? money(price.ceiling) : money(0)]];
      sums.replaceChildren(...lines.map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", { text: value }))));
      text(go.querySelector("span"), !count ? "Every clip is struck out" : count < rows.size ? `Preview and price for ${clipbot.count(count, "clip")}` : "Preview and price for all");
      go.disabled = !count;
      node.dataset.count = String(count);
    }
    function hold(isBusy) {
      node.classList.toggle("is-busy", isBusy);
      node.setAttribute("aria-busy", String(isBusy));
    }
    function complain(words) {
      text(complaint, words);
      complaint.hidden = !words;
    }

    /** Ask for the price of what stays; returns what the server refused, if it did. */
    async function reprice(numbers = staying().map((row) => row.number)) {
      complain("");
      draw();
      if (!numbers.length) return null;
      hold(true);
      try {
        price = (await clipbot.revise({ job, plan, rows: wanted(numbers) })).quoted;
        isStale = price.rows.some((row) => row.reason);
        draw();
        return null;
      } catch (error) { return error; }
      finally { hold(false); keep({ struck: [...struck], typed: [...typed] }); }
    }
    /* One at a time, so that the last word counts. */
    const settled = clipbot.coalesced(async () => { const trouble = await reprice(); if (trouble) complain(trouble.message); });

    function strike(number, isOut) {
      if (isOut) struck.add(number);
      else struck.delete(number);
      isStale = true;
      draw();
      settled();
    }
    async function reword(number, words) {
      const before = typed.get(number);
      typed.set(number, words);
      const trouble = await reprice([...new Set([...staying().map((row) => row.number), number])]);
      if (!trouble) return null;
      if (before === undefined) typed.delete(number);
      else typed.set(number, before);
      return trouble;
    }
    async function ask() {
      if (isStale) {
        const trouble = await reprice();
        if (trouble) return complain(trouble.message);
      }
      clipbot.emit("quoted", { quoted: price, asked: { job } });
    }
    draw();
    if (kept && (struck.size || typed.size)) settled();
    return { node, draw };
  };

  const OVER = { complete: "done", offered: "offered", failed: "failed", attention: "needs attention", cancelled: "cancelled" };

  /** What was agreed to: `runs` are the edits of one batch. */
  clipbot.batchCard = (batch, acts) => {
    const list = el("ol.plan-rows"), title = el("h3"), note = el("span.plan-note");
    const bar = el("div.bar.whole", { role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": "All clips of this plan" }, el("i"));
    const stop = el("button.stop", { type: "button", text: "Cancel all" });
    const node = el("section.plan.is-batch", { "data-batch": batch, "aria-label": "Edits under way" }, el("header", {}, title, note, stop), bar, list);
    const rows = new Map();
    let wasOpen = false, isTold = false;
    const isOpen = () => [...rows.values()].some((row) => row.run.isOpen);

    stop.addEventListener("click", async () => {
      stop.disabled = true;
      text(stop, "Cancelling…");
      if (!(await acts.cancelAll(batch))) { stop.disabled = false; text(stop, "Cancel all"); }
    });

    /** A version that is only offered is no part of the film, until somebody takes it. */
    function seen(run) {
      const clip = clipbot.clip(run.index);
      if (run.ending === "complete" && clip?.hasOffer && run.versionNumber > clip.version) return { ...run, ending: "offered" };
      if (run.ending === "offered" && clip?.version === run.versionNumber) return { ...run, ending: "complete" };
      return run;
    }
    function update(next) {
      const run = seen(next);
      if (rows.has(run.id)) rows.get(run.id).update(run);
      else {
        const row = clipbot.batchRow(run, acts);
        rows.set(run.id, row);
        list.replaceChildren(...[...rows.values()].sort((one, other) => one.run.index - other.run.index).map((one) => one.node));
      }
      draw();
    }
    function draw() {
      const runs = [...rows.values()].map((row) => row.run), open = runs.filter((run) => run.isOpen);
      const share = runs.reduce((sum, run) => sum + (run.isOpen ? run.progress : 100), 0) / runs.length;
      const done = runs.filter((run) => run.ending === "complete");
      bar.hidden = !open.length;
      bar.firstChild.style.transform = `scaleX(${share / 100})`;
      bar.setAttribute("aria-valuenow", String(Math.round(share)));
      stop.hidden = !open.length;
      text(title, open.length ? `${done.length} of ${clipbot.count(runs.length, "clip")} done` : clipbot.batchEnding(runs));
      const left = open.reduce((sum, run) => sum + run.seconds * (1 - run.progress / 100), 0);
      text(note, open.length ? clipbot.tied(`${Math.round(share)} %${left >= 1 ? ` · ${clipbot.wait(left)}` : ""}`) : "");
      node.setAttribute("aria-label", open.length ? "Edits under way" : "Edits that are over");
      node.classList.toggle("is-over", !open.length);
      if (wasOpen && !open.length) clipbot.emit("announce", clipbot.batchEnding(runs));
      wasOpen = open.length > 0;
    }
    return {
      node, update, isOpen, has: (id) => rows.has(id), isTold: () => isTold,
      tell: (id, message, details) => { isTold = true; rows.get(id)?.tell(message, details); },
      redraw: () => [...rows.values()].forEach((row) => update(row.run)),
    };
  };

  /** How a batch ended, in one sentence: what is in the film, and what is not. */
  clipbot.batchEnding = (runs) => {
    const by = (ending) => runs.filter((run) => run.ending === ending).map((run) => run.index + 1).sort((one, other) => one - other);
    const done = by("complete");
    if (done.length === runs.length) return `${clipbot.clipNames(done)} ${done.length === 1 ? "is" : "are"} done`;
    const rest = Object.keys(OVER).filter((ending) => ending !== "complete" && by(ending).length)
      .map((ending) => `${clipbot.clipNames(by(ending)).replace(/^C/, "c")} ${OVER[ending]}`);
    if (rest.length === 1 && by("cancelled").length === runs.length) return "Cancelled; the film is as before";
    return [`${done.length} of ${clipbot.count(runs.length, "clip")} done`, ...rest].join(" · ");
  };
})(window.clipbot);
