/* Edits that are under way: a card each, in the chat, updated in place. */
((clipbot) => {
  const { el, icon, state, text } = clipbot;
  const BLIND = 10; // where the prompt is written and nothing of the footage is there yet
  const ENDINGS = {
    complete: "Done", offered: "Offered, not yet in the film", failed: "Failed", attention: "Needs attention", cancelled: "Cancelled", ended: "Finished",
  };

  clipbot.runCard = (run, cancel) => {
    const picture = el("img", { alt: "", decoding: "async" });
    const name = el("b"), wish = el("span.wish"), percent = el("span.percent"), message = el("span.message");
    const bar = el("div.bar", { role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, el("i"));
    const time = el("span.elapsed"), stop = el("button.stop", { type: "button", text: "Cancel" });
    const node = el("div.run", { "data-run": run.id }, picture,
      el("div.run-body", {}, el("div.line", {}, name, wish, stop), bar, el("div.line.small", {}, percent, message, time)));
    let now = run;

    stop.addEventListener("click", async () => {
      stop.disabled = true;
      text(stop, "Cancelling…");
      if (!(await cancel(now))) { stop.disabled = false; text(stop, "Cancel"); }
    });

    function update(next) {
      now = next;
      const clip = clipbot.clip(now.index);
      const isWaiting = now.isOpen && now.status === "queued" && !now.progress;
      text(name, `Clip ${(now.index ?? 0) + 1}`);
      text(wish, now.instruction);
      if (clip?.thumbnail && picture.getAttribute("src") !== clip.thumbnail) picture.src = clip.thumbnail;
      const share = now.isOpen ? now.progress : 100;
      bar.firstChild.style.transform = `scaleX(${share / 100})`;
      bar.setAttribute("aria-valuenow", String(Math.round(share)));
      bar.setAttribute("aria-label", `Edit of clip ${(now.index ?? 0) + 1}`);
      text(percent, now.isOpen ? (isWaiting ? "Waiting" : `${Math.round(now.progress)} %`) : ENDINGS[now.ending] ?? "Finished");
      text(message, !now.isOpen ? now.error ?? "" : isWaiting ? "" : now.message || "Starting");
      // A model does not say how far it is: the bar shows that something goes on.
      node.classList.toggle("is-blind", now.isOpen && !isWaiting && now.progress === BLIND);
      node.dataset.ending = now.isOpen ? "" : now.ending ?? "ended";
      if (now.isCancelling && now.isOpen) { stop.disabled = true; text(stop, "Cancelling…"); }
      stop.hidden = !now.isOpen;
      clock();
    }
    function clock() {
      if (!now.isOpen) return text(time, "");
      const elapsed = Math.max(0, (Date.now() - now.startedAt) / 1000);
      const of = now.seconds >= 1 ? ` of ${clipbot.wait(now.seconds).replace("about ", "~")}` : "";
      text(time, `${clipbot.clock(elapsed, false)}${of}`);
    }
    update(run);
    return { node, update, clock };
  };

  /** Tell a handler's trouble from a finished edit, in one sentence. */
  clipbot.endingOf = (run) => {
    const clip = `Clip ${(run.index ?? 0) + 1}`;
    if (run.ending === "complete") return `${clip} is done and in the film.`;
    if (run.ending === "offered") return `${clip} has a new version to look at.`;
    if (run.ending === "cancelled") return `The edit of clip ${(run.index ?? 0) + 1} was cancelled; the film is as before.`;
    return run.error || `The edit of clip ${(run.index ?? 0) + 1} failed; the film is as before.`;
  };
  setInterval(() => { if ([...state.runs.values()].some((run) => run.isOpen)) clipbot.emit("second", null); }, 1000);
})(window.clipbot);
