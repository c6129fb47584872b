/* One clip of a plan card: first what would happen to it, then how far it is. */
((clipbot) => {
  const { el, icon, text } = clipbot;
  const LIMIT = 2000;

  /** `row` is the server's; `change` is told what the person did: strike, restore, reword. */
  clipbot.planRow = (row, change) => {
    const number = row.clip;
    const picture = el("img", { alt: "", decoding: "async" });
    const name = el("b", { text: `Clip ${number}` }), price = el("span.price"), what = el("p.what"), reason = el("p.reason", { role: "status", hidden: true });
    const wish = el("button.wish", { type: "button", title: "Say it in other words", onclick: () => edit() }, el("span", { dir: "auto" }), icon("edit"));
    const strike = el("button.strike", { type: "button", onclick: () => change.strike(number, !isStruck) });
    const box = el("textarea", { rows: "1", maxlength: LIMIT, "aria-label": `What should change in clip ${number}` });
    const options = el("div.choices", { hidden: true });
    const form = el("form.reword", { hidden: true }, box, el("div.acts", {},
      el("button.quiet", { type: "button", text: "Cancel", onclick: () => close() }),
      el("button.primary", { type: "submit", text: "Use these words" })));
    const node = el("li.plan-row", { "data-clip": number, "aria-label": `Clip ${number}` }, picture,
      el("div.plan-body", {}, el("div.line", {}, name, price, strike), wish, form, what, reason, options));
    let isStruck = false, now = row;

    function edit() {
      box.value = now.instruction;
      show(true);
      size();
      box.focus();
      box.select();
    }
    function show(isOpen) {
      form.hidden = !isOpen;
      wish.hidden = isOpen;
      node.classList.toggle("is-open", isOpen);
    }
    function close() {
      show(false);
      complain(now.reason ?? "");
      wish.focus();
    }
    function size() {
      box.style.height = "auto";
      box.style.height = `${Math.min(140, box.scrollHeight + 2)}px`;
    }
    async function reword(words) {
      if (!words.trim()) return complain("Please say what should change.");
      node.classList.add("is-busy");
      const trouble = await change.reword(number, words.trim());
      node.classList.remove("is-busy");
      if (!trouble) return close();
      if (form.hidden) edit();
      box.value = words;
      size();
      complain(trouble.message, trouble.choices ?? []);
      box.focus();
    }
    function complain(words, choices = []) {
      text(reason, words);
      reason.hidden = !words;
      options.hidden = !choices.length;
      options.replaceChildren(...choices.map((choice) => el("button.choice", { type: "button", text: choice, dir: "auto", onclick: () => reword(choice) })));
    }
    form.addEventListener("submit", (event) => { event.preventDefault(); reword(box.value); });
    box.addEventListener("input", size);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) reword(box.value);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });

    /** Show the row as the server has it now, struck out or not. */
    function update(next, struck) {
      now = next;
      isStruck = struck;
      const clip = clipbot.clip(number - 1);
      if (clip?.thumbnail && picture.getAttribute("src") !== clip.thumbnail) picture.src = clip.thumbnail;
      text(wish.firstChild, now.instruction || now.changes);
      wish.setAttribute("aria-label", `${now.instruction || now.changes}, say it in other words`);
      wish.disabled = isStruck;
      text(price, isStruck ? "left out" : now.reason ? "not possible" : now.is_free ? "free" : clipbot.money(now.ceiling));
      const changes = now.instruction.includes(now.changes) ? "" : now.changes;
      const keeps = now.keeps.filter((words) => !now.instruction.includes(words));
      text(what, now.reason ? "" : [changes, now.maker, keeps.length ? `keeps ${keeps.join(", ")}` : ""].filter(Boolean).join(" · "));
      what.hidden = isStruck || !what.textContent;
      if (form.hidden) complain(isStruck ? "" : now.reason ?? "");
      node.classList.toggle("is-struck", isStruck);
      node.classList.toggle("is-blocked", Boolean(now.reason) && !isStruck);
      const label = isStruck ? `Put clip ${number} back` : `Strike out clip ${number}`;
      if (strike.getAttribute("aria-label") !== label) {
        strike.replaceChildren(icon(isStruck ? "undo" : "close"));
        strike.setAttribute("aria-label", label);
        strike.title = isStruck ? "Put back" : "Strike out";
      }
    }
    update(row, false);
    return { node, update, number, get row() { return now; } };
  };

  const STATES = { complete: "Done", offered: "Offered, not in the film", failed: "Failed", attention: "Needs attention", cancelled: "Cancelled", ended: "Over" };

  /** The same clip once it is agreed to: `run` is its edit. `acts`: cancel, again. */
  clipbot.batchRow = (run, acts) => {
    const picture = el("img", { alt: "", decoding: "async" }), mark = el("span.mark"), status = el("span.state");
    const bar = el("div.bar", { role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": `Edit of clip ${run.index + 1}` }, el("i"));
    const stop = el("button.stop", { type: "button", "aria-label": `Cancel clip ${run.index + 1}`, text: "Cancel" });
    const wish = el("p.wish", { dir: "auto" }), told = el("p.what", { dir: "auto" }), more = el("div.more.message"), buttons = el("div.acts", { hidden: true });
    const node = el("li.plan-row", { "data-clip": run.index + 1, "data-run": run.id, "aria-label": `Clip ${run.index + 1}` }, picture,
      el("div.plan-body", {}, el("div.line", {}, mark, el("b", { text: `Clip ${run.index + 1}` }), status, stop), wish, bar, told, more, buttons));
    let now = run, said = null, offered = "";

    stop.addEventListener("click", async () => {
      stopping();
      if (!(await acts.cancel(now))) { stop.disabled = false; text(stop, "Cancel"); }
    });
    function stopping() {
      stop.disabled = true;
      text(stop, "Cancelling…");
    }

    function update(next) {
      now = next;
      const clip = clipbot.clip(now.index);
      if (clip?.thumbnail && picture.getAttribute("src") !== clip.thumbnail) picture.src = clip.thumbnail;
      const ending = now.isOpen ? "" : now.ending ?? "ended";
      const isWaiting = now.isOpen && now.status === "queued" && !now.progress;
      node.dataset.ending = ending;
      node.classList.toggle("is-waiting", isWaiting);
      text(wish, now.instruction);
      const version = ending === "complete" && now.versionNumber ? ` · v${now.versionNumber}` : "";
      text(status, now.isOpen ? (isWaiting ? "Waiting" : `${Math.round(now.progress)} %`) : `${STATES[ending] ?? "Over"}${version}`);
      bar.hidden = !now.isOpen || isWaiting;
      bar.firstChild.style.transform = `scaleX(${now.progress / 100})`;
      bar.setAttribute("aria-valuenow", String(Math.round(now.progress)));
      const words = ending === "failed" || ending === "attention" ? now.error : now.isOpen ? (isWaiting ? "" : now.message) : finding();
      text(told, clipbot.tied(words ?? ""));
      told.hidden = !told.textContent;
      stop.hidden = !now.isOpen;
      if (now.isOpen && now.isCancelling) stopping();
      offer(ending);
    }
    /** What was measured: the chat's own line, without what the row says already. */
    function finding() {
      const words = said?.content ?? "";
      const leads = [`Clip ${now.index + 1} is done: ${now.instruction}. `, "The edit was cancelled; the film is as before."];
      const lead = leads.find((one) => words.startsWith(one));
      return lead ? words.slice(lead.length).trim() : words;
    }
    function offer(ending) {
      if (offered === `${ending} ${now.versionNumber}`) return;
      offered = `${ending} ${now.versionNumber}`;
      const act = (name, words, onclick) => el("button.quiet", { type: "button", onclick }, icon(name), words);
      const version = { number: now.versionNumber, footage: `${clipbot.jobPath(clipbot.state.jobId)}/clips/${now.index}/versions/${now.versionNumber}/footage.mp4` };
      const shown = [];
      if (ending === "complete") shown.push(act("play", "Play", () => clipbot.emit("seek-clip", now.index)));
      if (ending === "offered" && now.versionNumber) {
        shown.push(act("play", `Play version ${now.versionNumber}`, () => clipbot.emit("play-version", { index: now.index, version })),
          act("check", "Use it", (event) => clipbot.useVersion(now.index, version, event.currentTarget)),
          act("retry", "Try again", () => acts.again(now)),
          act("close", "Drop", (event) => clipbot.dropVersion(now.index, version, event.currentTarget)));
      }
      if (ending === "failed") shown.push(act("retry", "Try again", () => acts.again(now)));
      buttons.replaceChildren(...shown);
      buttons.hidden = !shown.length;
    }
    /** The line of the chat that tells how it ended; what became of the prompt comes with it. */
    function tell(message, details) {
      said = message;
      if (details) more.replaceChildren(details);
      update(now);
    }
    update(run);
    return { node, update, tell, get run() { return now; } };
  };
})(window.clipbot);
