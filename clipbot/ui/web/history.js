/* Undo, redo, and the list of all that was changed: a click leads back, or on, to any of it. */
((clipbot) => {
  const { el, state } = clipbot;
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

  clipbot.history = (root, host) => {
    const at = (name) => root.querySelector(name);
    const undo = at(".undo"), redo = at(".redo"), past = at(".past"), panel = at(".history"), list = at(".history ol");
    let moving = false;

    /** Move along the history, and show what came of it. */
    async function move(call, words) {
      if (moving) return;
      moving = true;
      draw();
      try {
        await call();
        clipbot.toast(words);
      } catch (error) { clipbot.toast(error.message, "bad"); }
      // Also after a refusal: of several changes some may have been taken back.
      await clipbot.reload().catch((error) => clipbot.toast(error.message, "bad"));
      clipbot.refreshChat?.();
      moving = false;
      draw();
    }
    /* Disabled with a reason rather than refused. */
    const step = (name, word) => () => {
      if (!state.job) return;
      const label = state.job[name];
      if (!label) return clipbot.toast(`There is nothing to ${name}.`);
      return move(() => clipbot.call(host.server[name], { job: state.jobId }), `${word}: ${label}`);
    };
    clipbot.undo = step("undo", "Undone");
    clipbot.redo = step("redo", "Redone");
    undo.addEventListener("click", clipbot.undo);
    redo.addEventListener("click", clipbot.redo);

    const isBusy = () => [...state.runs.values()].some((run) => run.isOpen);
    function draw() {
      for (const [button, name, word, keys] of [[undo, "undo", "Undo", "Ctrl+Z"], [redo, "redo", "Redo", "Ctrl+Shift+Z"]]) {
        const label = state.job?.[name];
        const why = isBusy() ? "an edit is running" : label ?? "nothing yet";
        button.disabled = moving || isBusy() || !label;
        button.setAttribute("aria-label", label ? `${word}: ${label}` : word);
        button.title = `${word}: ${why} (${keys})`;
      }
      past.disabled = !state.job?.undo && !state.job?.redo;
      for (const each of list.querySelectorAll("button")) each.disabled = moving || isBusy();
    }

    const load = clipbot.coalesced(async () => {
      const job = state.jobId;
      if (!job) return;
      try {
        const found = await clipbot.read.history(job);
        if (job === state.jobId) show(found);
      } catch (error) { list.replaceChildren(el("li.hollow", { text: error.message })); }
    });
    function show({ position, entries }) {
      const first = { position: 0, label: "As it came", clips: [], isDone: true, madeAt: null };
      list.replaceChildren(...[...entries].reverse().concat(first).map((each) => row(each, each.position === position)));
      draw();
    }
    function row(each, isHere) {
      const facts = [clipbot.count(each.clips.length, "clip"), each.madeAt ? day.format(each.madeAt) : null, each.isDone ? null : "taken back"];
      const shown = each.clips.length ? facts.filter(Boolean).join(" · ") : "";
      const button = el("button", { type: "button", onclick: () => go(each) }, el("b", { text: each.label }), shown ? el("span", { text: shown }) : null);
      if (isHere) button.setAttribute("aria-current", "step");
      return el(`li${each.isDone ? "" : ".is-back"}`, {}, button);
    }
    const go = (each) => move(() => clipbot.call(host.server.go_to, { job: state.jobId, position: each.position }), each.position ? `The film is as it was after: ${each.label}` : "The film is as it came.");

    panel.addEventListener("toggle", (event) => { if (event.newState === "open") load(); });
    clipbot.watch("job", () => { draw(); if (panel.matches(":popover-open")) load(); });
    clipbot.on("runs", draw);
    draw();
  };
})(window.clipbot);
