/* Takes: several versions of a clip at once. Ask for more like one; how far they are, in the chat. */
((clipbot) => {
  const { el, icon, text } = clipbot;
  const USUAL = 3;
  const OVER = { complete: "ready", offered: "ready", ended: "ready", failed: "failed", attention: "needs attention", cancelled: "cancelled" };

  /** Ask what more versions like this one would cost; the dialog shows it. */
  clipbot.moreLikeThis = async (index, version, takes = USUAL) => {
    const job = clipbot.state.jobId;
    try {
      const { quoted } = await clipbot.askForTakes({ job, clip: index, version: version.number, takes });
      if (job === clipbot.state.jobId) clipbot.emit("quoted", { quoted, asked: { job } });
    } catch (error) { clipbot.toast(error.message, "bad"); }
  };

  /** The button on a version. Without footage, or a model, some have nothing that could be repeated. */
  clipbot.moreButton = (index, version) => (!version.instruction && !clipbot.makesAnew ? null : el("button.quiet.three-more", { type: "button", disabled: !version.footage,
    "aria-label": `Three more like version ${version.number}`, title: "Three more like this, to choose from",
    onclick: async (event) => {
      const button = event.currentTarget;
      button.disabled = true;
      await clipbot.moreLikeThis(index, version);
      button.disabled = false;
    } }, icon("clips"), "Three more"));

  /** What was agreed to, as one line in the chat with a part for each take. */
  clipbot.takesCard = (batch, acts) => {
    const title = el("h3"), note = el("span.plan-note"), stop = el("button.stop", { type: "button", text: "Cancel all" });
    const line = el("ol.take-line"), look = el("button.plan-go", { type: "button", hidden: true }, icon("compare"), el("span"));
    const foot = el("div.plan-foot", {}, look);
    const node = el("section.plan.is-batch.is-takes", { "data-batch": batch, "aria-label": "Takes" }, el("header", {}, title, note, stop), line, foot);
    const parts = new Map();
    let wasOpen = false, isTold = false;
    const runs = () => [...parts.values()].map((part) => part.run).sort((one, other) => one.take - other.take);
    const isOpen = () => runs().some((run) => run.isOpen);

    stop.addEventListener("click", async () => {
      stop.disabled = true;
      text(stop, "Cancelling…");
      if (!(await acts.cancelAll(batch))) { stop.disabled = false; text(stop, "Cancel all"); }
    });
    look.addEventListener("click", () => clipbot.chooseTakes(runs()[0].index, batch));

    function part(run) {
      const bar = el("div.bar", { role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": `Take ${run.take}` }, el("i"));
      const cancel = el("button.stop", { type: "button", "aria-label": `Cancel take ${run.take}`, title: "Cancel this one" }, icon("close"));
      const said = el("span.state");
      const item = el("li.take-part", { "data-take": run.take }, bar, el("span.name", {}, el("b", { text: `Take ${run.take}` }), said, cancel));
      const made = { run, item, bar, said, cancel };
      cancel.addEventListener("click", async () => {
        cancel.disabled = true;
        text(said, "cancelling…");
        if (!(await acts.cancel(made.run))) cancel.disabled = false;
      });
      return made;
    }
    function update(run) {
      // An event tells of an edit before the server's list says which take it is.
      const known = parts.get(run.id);
      const next = { ...run, take: run.take ?? known?.run.take ?? parts.size + 1 };
      if (known) known.run = next;
      else {
        parts.set(run.id, part(next));
        line.replaceChildren(...[...parts.values()].sort((one, other) => one.run.take - other.run.take).map((each) => each.item));
      }
      draw();
    }
    function draw() {
      for (const { run, item, bar, said, cancel } of parts.values()) {
        const share = run.isOpen ? run.progress : 100;
        bar.firstChild.style.transform = `scaleX(${share / 100})`;
        bar.setAttribute("aria-valuenow", String(Math.round(share)));
        item.dataset.ending = run.isOpen ? "" : run.ending ?? "ended";
        item.title = run.error ?? "";
        text(said, run.isOpen ? (run.isCancelling ? "cancelling…" : run.progress ? `${Math.round(run.progress)} %` : "waiting") : OVER[run.ending] ?? "ready");
        cancel.hidden = !run.isOpen;
      }
      const all = runs(), open = all.filter((run) => run.isOpen), ready = all.filter((run) => !run.isOpen && run.versionNumber);
      const clip = clipbot.clip(all[0].index), kept = ready.find((run) => run.versionNumber === clip?.version);
      const name = `clip ${all[0].index + 1}`;
      const waits = !open.length && !kept && clip?.hasOffer && ready.some((run) => run.versionNumber > clip.version);
      text(title, open.length ? `${clipbot.count(all.length, "take")} of ${name}` : kept ? `Take ${kept.take} of ${name} is in the film`
        : ready.length ? `${ready.length} of ${clipbot.count(all.length, "take")} of ${name} ready` : `No take of ${name} was made`);
      const left = open.reduce((sum, run) => sum + run.seconds * (1 - run.progress / 100), 0);
      text(note, open.length ? `${ready.length} of ${all.length} ready${left >= 1 ? ` · ${clipbot.wait(left)}` : ""}` : "");
      stop.hidden = !open.length;
      look.hidden = foot.hidden = !ready.length;
      look.classList.toggle("primary", waits);
      look.classList.toggle("quiet", !waits);
      text(look.querySelector("span"), waits ? "Choose one" : "Look at them side by side");
      node.setAttribute("aria-label", `Takes of ${name}`);
      node.classList.toggle("is-over", !open.length);
      if (wasOpen && !open.length) over(all[0].index, ready.length);
      wasOpen = open.length > 0;
    }
    /** All are over: the tray opens by itself, unless somebody is at something else. */
    function over(index, count) {
      clipbot.emit("announce", count ? `${clipbot.count(count, "take")} of clip ${index + 1} to choose from` : `No take of clip ${index + 1} was made`);
      const isBusy = document.querySelector("dialog[open]") || document.activeElement?.matches("textarea, input, select") && document.activeElement.value;
      if (count && !isBusy && !document.hidden) clipbot.chooseTakes(index, batch);
    }
    return { node, update, isOpen, has: (id) => parts.has(id), isTold: () => isTold, tell: () => { isTold = true; }, redraw: draw };
  };
})(window.clipbot);
