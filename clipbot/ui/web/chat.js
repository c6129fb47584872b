/* The conversation: history from the server, edits under way, and one turn at a time. */
((clipbot) => {
  const { el, icon, state } = clipbot;

  /** For as long as nothing was said of a film: how it goes. */
  const intro = el("div.intro", {}, el("ol", {}, ...[
    ["Pick a clip", "or several."],
    ["Say what should change,", "or take an idea from below."],
    ["See price and preview.", "Nothing is made or spent without your yes."],
  ].map(([step, more]) => el("li", {}, el("b", { text: step }), ` ${more}`))),
  el("p", { text: "Only that clip changes. Every version is kept, and each step can be undone." }));

  clipbot.part("chat", (root, host) => {
    const list = root.querySelector(".messages");
    const messages = new Map(), lines = new Map(), cards = new Map();
    const greeting = el("div.message.assistant.greeting", { hidden: true }, el("p"));
    const composer = clipbot.composer(root.querySelector(".composer"), host, send);
    const scope = clipbot.chatScope(root.querySelector(".scope"), messages, () => { sift(); history(); });
    const plans = clipbot.planCards({ put: (node) => { add(node); toEnd(); }, line, cancel, again });
    const attention = clipbot.attentionCards({ put: attend, look, close });
    clipbot.whisper(root.querySelector(".chat"));
    clipbot.say = send;
    clipbot.compose = { focus: composer.focus, put: (words) => { composer.put(words); composer.focus(); }, template: composer.fill };
    let open = null, isReady = false, questioned = null; // by which template, and with which choices

    const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
    function add(node) {
      const follow = isAtEnd();
      list.insertBefore(node, greeting.isConnected ? greeting : null);
      if (follow) toEnd();
    }
    function toEnd() { list.scrollTop = list.scrollHeight; }

    function line(message) {
      return clipbot.messageNode(message, { sentence: message.readings?.length ? said(message.id) : null, send, keep: () => keep(message.regeneration, "") });
    }
    /** Put a line where it belongs; older ones may come later, with a clip's own history. */
    function show(message) {
      if (messages.has(message.id)) return;
      messages.set(message.id, message);
      const follow = isAtEnd();
      if (plans.tells(message)) return follow ? toEnd() : undefined;
      const node = line(message);
      lines.set(message.id, node);
      node.hidden = !scope.shows(message);
      const card = cards.get(message.regeneration), run = state.runs.get(message.regeneration);
      if (card && run?.isOpen === false) {
        card.node.replaceWith(node);
        cards.delete(run.id);
        after(node, run);
        toEnd();
      } else {
        const later = [...lines.keys()].filter((id) => id > message.id);
        if (later.length) lines.get(Math.min(...later)).before(node);
        else add(node);
      }
    }
    /** What the person had said last, before a line. */
    function said(id) {
      const before = [...messages.values()].filter((message) => message.role === "user" && message.id < id);
      return before.reduce((last, message) => (!last || message.id > last.id ? message : last), null)?.content;
    }
    const keep = (regeneration, instruction) => clipbot.keepButton(host, regeneration, instruction);
    const settle = () => clipbot.settleChoices(list);
    function sift() {
      for (const [id, node] of lines) node.hidden = !scope.shows(messages.get(id));
      toEnd();
    }

    /** What one wants to do right after an edit; only the last one's can be taken back. */
    function after(node, run) {
      list.querySelectorAll(".passing-act").forEach((button) => button.remove());
      clipbot.afterEdit(node, run, { again: () => again(run), keep: keep(run.id, run.instruction) });
    }
    function again(run) {
      if (clipbot.clip(run.index)) clipbot.select([run.index]);
      send(run.instruction);
    }

    function note(words, kind = "bad", options = []) {
      const node = el(`div.message.system.${kind}`, { role: kind.startsWith("bad") ? "alert" : "status" }, el("p", { text: words }));
      if (options.length) node.append(clipbot.choices(options, send));
      add(node);
      toEnd();
      return node;
    }

    /** Put a card where the chat says that its edit is over: it says the same, and what can be done. */
    function attend(card, run) {
      const told = [...messages.values()].filter((message) => message.role === "system" && message.regeneration === run.id && lines.has(message.id)).at(-1);
      if (told) {
        lines.get(told.id).classList.add("is-told");
        lines.get(told.id).after(card);
      } else add(card);
      toEnd();
    }

    /** One turn. Returns whether the server took the words; if not, they stay in the box. */
    async function send(wish, template = questioned?.choices.includes(wish) ? questioned.template : null) {
      if (composer.busy || !state.jobId) return false;
      const job = state.jobId;
      const asked = { job, text: wish, selected: state.selected.map((index) => index + 1), template };
      composer.busy = true;
      greeting.hidden = true;
      const mine = el("div.message.user.is-sending", {}, el("p", { text: wish }));
      const waiting = el("div.message.assistant.is-thinking", { role: "status", "aria-label": "Reading" }, el("i"), el("i"), el("i"));
      list.querySelectorAll(".message.system.passing").forEach((node) => node.remove());
      add(mine);
      add(waiting);
      toEnd();
      const wasAnswer = list.contains(document.activeElement);
      settle();
      if (wasAnswer) (clipbot.isPhone() ? list : composer).focus({ preventScroll: true });
      try {
        const turn = await clipbot.call(host.server.say, asked);
        if (job !== state.jobId) return true;
        mine.remove();
        waiting.remove();
        turn.messages.forEach(show);
        questioned = turn.act === "ask" ? { template, choices: turn.messages.at(-1).choices } : null;
        if (turn.quoted) quoted(turn, asked);
        // Not awaited: whoever has read the answer may say the next thing.
        if (turn.changed) clipbot.reload().catch((error) => note(error.message, "bad.passing"));
        toEnd();
        return turn.act !== "edit" || Boolean(turn.quoted || turn.changed);
      } catch (error) {
        mine.remove();
        waiting.remove();
        note(error.message, "bad.passing", error.choices ?? []);
        return false;
      } finally { composer.busy = false; settle(); }
    }

    /** A price to decide on: a card for several clips; else the dialog opens, and the reply
     * keeps a way back to it. */
    function quoted(turn, asked) {
      if (plans.offer(turn.quoted, turn.messages.at(-1)?.id)) return;
      const ask = () => clipbot.emit("quoted", { quoted: turn.quoted, asked });
      const reply = [...lines.values()].filter((node) => node.classList.contains("assistant")).at(-1);
      const review = el("button.quiet.review", { type: "button", onclick: ask }, icon("compare"),
        `Preview and price · ${!Number(turn.quoted.ceiling) ? "free" : `${turn.quoted.estimate === turn.quoted.ceiling ? "" : "up to "}${clipbot.money(turn.quoted.ceiling)}`}`);
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
      plans.take(runs);
      for (const run of runs.values()) if (run.isOpen) attention.over(run.id);
      for (const [id, card] of cards) {
        const run = runs.get(id);
        const isTold = run?.isOpen === false && [...messages.values()].some((message) => message.regeneration === id);
        if (run && !run.batch && !isTold) card.update(run);
        else { card.node.remove(); cards.delete(id); }
      }
      for (const run of runs.values()) {
        if (cards.has(run.id) || run.batch || !run.isOpen) continue;
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
      if (run.ending === "attention") attention.show(run);
      else attention.over(run.id);
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

    const trouble = (asking) => asking.then(() => null, (error) => error);
    function look(run) {
      return trouble(clipbot.call(host.server.look, { job: state.jobId, regeneration: run.id }));
    }
    function close(run, charged) {
      return trouble(clipbot.call(host.server.close_edit, { job: state.jobId, regeneration: run.id, charged }));
    }

    async function history(clip = scope.clip()) {
      const job = state.jobId;
      if (!job) return;
      try {
        const answer = await clipbot.call(host.server.history, { job, clip });
        if (job !== state.jobId) return;
        answer.messages.forEach(show);
        settle();
      } catch (error) { if (error instanceof clipbot.Refusal && state.clips?.length) note(error.message, "bad.passing"); }
    }
    clipbot.refreshChat = () => history();

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
      for (const known of [messages, lines, cards, attention]) known.clear();
      list.replaceChildren(intro, greeting);
      greeting.hidden = true;
      await plans.read(job);
      await history(null);
      if (open !== job) return;
      if (scope.clip() !== null) history();
      plans.settle(messages, lines);
      plans.unsettled().forEach(attention.show);
      scope.begin();
      sift();
      isReady = true;
      underWay(state.runs);
      greet();
      toEnd();
    }
    list.append(intro, greeting);
    clipbot.watch("jobId", begin);
    clipbot.on("opened", greet);
    clipbot.on("selected", greet);
  });
})(window.clipbot);
