/* The conversation: history from the server, edits under way, and one turn at a time. */
((clipbot) => {
  const { el, icon, state } = clipbot;

  clipbot.part("chat", (root, host) => {
    const list = root.querySelector(".messages");
    const messages = new Map(), cards = new Map();
    const greeting = el("div.message.assistant.greeting", { hidden: true }, el("p"));
    const composer = clipbot.composer(root.querySelector(".composer"), host.props.templates ?? [], send);
    clipbot.compose = { focus: composer.focus, put: (words) => { composer.put(words); composer.focus(); } };
    let open = null, isReady = false;

    const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    function add(node) {
      const follow = isAtEnd();
      list.insertBefore(node, greeting.isConnected ? greeting : null);
      if (follow) toEnd();
    }
    function toEnd() { list.scrollTop = list.scrollHeight; }

    function show(message) {
      if (messages.has(message.id)) return;
      const node = el(`div.message.${message.role}`, { "data-message": message.id }, el("p", { text: message.role === "user" ? message.content : clipbot.tied(message.content) }));
      messages.set(message.id, node);
      if (message.choices?.length) node.append(choices(message.choices));
      const run = message.regeneration ?? null;
      const isEnd = run && cards.has(run) && state.runs.get(run)?.isOpen === false;
      if (isEnd) {
        cards.get(run).node.replaceWith(node);
        cards.delete(run);
        after(node, state.runs.get(run));
        toEnd();
      } else add(node);
    }

    /** What one wants to do right after an edit. */
    function after(node, run) {
      list.querySelectorAll(".passing-act").forEach((button) => button.remove());
      const act = (kind, name, words, onclick) => el(`button.quiet.${kind}`, { type: "button", onclick }, icon(name), words);
      const version = { number: run.versionNumber, footage: `${clipbot.jobPath(state.jobId)}/clips/${run.index}/versions/${run.versionNumber}/footage.mp4` };
      const acts = [];
      if (run.ending === "complete") {
        acts.push(act("stays", "play", `Play clip ${run.index + 1}`, () => clipbot.emit("seek-clip", run.index)),
          act("passing-act", "undo", "Undo", (event) => { event.currentTarget.remove(); clipbot.undo(); }));
      } else if (run.ending === "offered" && run.versionNumber) {
        acts.push(act("stays", "play", `Play version ${run.versionNumber}`, () => clipbot.emit("play-version", { index: run.index, version })),
          act("passing-act", "check", "Use it anyway", (event) => clipbot.useVersion(run.index, version, event.currentTarget)));
      } else if (run.instruction) acts.push(act("passing-act", "retry", "Try again", () => again(run)));
      if (acts.length) node.append(el("div.acts", {}, ...acts));
    }
    function again(run) {
      if (clipbot.clip(run.index)) clipbot.select([run.index]);
      send(run.instruction);
    }

    const choices = (options) => el("div.choices", {}, ...options.map((option) =>
      el("button.choice", { type: "button", text: option, onclick: () => send(option) })));

    function note(words, kind = "bad", options = []) {
      const node = el(`div.message.system.${kind}`, { role: kind.startsWith("bad") ? "alert" : "status" }, el("p", { text: words }));
      if (options.length) node.append(choices(options));
      add(node);
      toEnd();
      return node;
    }

    /** One turn. Returns whether the server took the words; if not, they stay in the box. */
    async function send(wish) {
      if (composer.busy || !state.jobId) return false;
      const job = state.jobId;
      const asked = { job, text: wish, selected: state.selected.map((index) => index + 1) };
      composer.busy = true;
      greeting.hidden = true;
      const mine = el("div.message.user.is-sending", {}, el("p", { text: wish }));
      const waiting = el("div.message.assistant.is-thinking", { role: "status", "aria-label": "Reading" }, el("i"), el("i"), el("i"));
      list.querySelectorAll(".message.system.passing").forEach((node) => node.remove());
      add(mine);
      add(waiting);
      toEnd();
      try {
        const turn = await clipbot.call(host.server.say, asked);
        if (job !== state.jobId) return true;
        mine.remove();
        waiting.remove();
        turn.messages.forEach(show);
        if (turn.quoted) quoted(turn, asked);
        if (turn.changed) await clipbot.reload();
        toEnd();
        return turn.act !== "edit" || Boolean(turn.quoted);
      } catch (error) {
        mine.remove();
        waiting.remove();
        note(error.message, "bad.passing", error.choices ?? []);
        return false;
      } finally { composer.busy = false; }
    }

    /** A price to decide on: the dialog opens, and the reply keeps a way back to it. */
    function quoted(turn, asked) {
      const ask = () => clipbot.emit("quoted", { quoted: turn.quoted, asked });
      const reply = [...messages.values()].filter((node) => node.classList.contains("assistant")).at(-1);
      const review = el("button.quiet.review", { type: "button", onclick: ask }, icon("compare"),
        `Preview and price · ${clipbot.money(turn.quoted.ceiling)}`);
      list.querySelectorAll(".review").forEach((node) => node.parentElement.remove());
      reply?.append(el("div.acts", {}, review));
      ask();
    }
    clipbot.on("confirmed", ({ runs, after: eventId }) => {
      list.querySelectorAll(".review").forEach((node) => node.parentElement.remove());
      clipbot.began(runs);
      toEnd();
      // The job's event stream tells all of it; Gradio's own channel stands in where there is none.
      if (!clipbot.isLive()) host.trigger("follow", { job: state.jobId, regenerations: runs.map((run) => run.id), after: eventId });
    });
    host.watch("patch", () => {
      const events = host.props.patch ?? [];
      for (const event of events) if (event.job_id === state.jobId) clipbot.emit("event", event);
    });

    function underWay(runs) {
      if (!isReady) return;
      for (const [id, card] of cards) {
        if (runs.has(id)) card.update(runs.get(id));
        else { card.node.remove(); cards.delete(id); }
      }
      for (const run of runs.values()) {
        if (cards.has(run.id) || !run.isOpen) continue;
        const card = clipbot.runCard(run, cancel);
        cards.set(run.id, card);
        add(card.node);
      }
    }
    clipbot.watch("runs", underWay);
    clipbot.on("clips", () => underWay(state.runs));
    clipbot.on("second", () => cards.forEach((card) => card.clock()));
    clipbot.on("over", async (run) => {
      clipbot.emit("announce", clipbot.endingOf(run));
      await history();
      if (cards.has(run.id)) after(cards.get(run.id).node.querySelector(".run-body"), run);
    });

    async function cancel(run) {
      try {
        await clipbot.call(host.server.cancel, { job: state.jobId, regeneration: run.id });
        return true;
      } catch (error) {
        clipbot.toast(error.message, "bad");
        return false;
      }
    }

    async function history() {
      const job = state.jobId;
      if (!job) return;
      try {
        const answer = await clipbot.call(host.server.history, { job });
        if (job === state.jobId) answer.messages.forEach(show);
      } catch (error) { if (error instanceof clipbot.Refusal && state.clips?.length) note(error.message, "bad.passing"); }
    }
    clipbot.refreshChat = history;

    const greet = clipbot.settled(async () => {
      const job = state.jobId;
      if (!job || !state.clips?.length) return;
      try {
        const answer = await clipbot.call(host.server.greeting, { job, selected: state.selected.map((index) => index + 1) });
        if (job !== state.jobId || composer.busy) return;
        const follow = isAtEnd();
        clipbot.text(greeting.firstChild, answer.greeting);
        greeting.hidden = false;
        if (follow) toEnd();
      } catch { greeting.hidden = true; }
    }, 120);

    async function begin(job) {
      if (open === job) return;
      open = job;
      isReady = false;
      messages.clear();
      cards.clear();
      list.replaceChildren(greeting);
      greeting.hidden = true;
      await history();
      if (open !== job) return;
      isReady = true;
      underWay(state.runs);
      greet();
      toEnd();
    }
    list.append(greeting);
    clipbot.watch("jobId", begin);
    clipbot.on("opened", greet);
    clipbot.on("selected", greet);
  });
})(window.clipbot);
