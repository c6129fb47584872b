/* The plan cards of a job: the one that is proposed, and those that were agreed to.
 *
 * A reload loses none of it: what was agreed to are edits of the server, what is proposed is
 * its last line with a plan, and what was struck out or reworded is kept in the tab. */
((clipbot) => {
  const { state } = clipbot;
  const MOST = 200;

  /** `put` adds a node to the chat; `line` builds the chat's own line of a message. */
  clipbot.planCards = ({ put, line, cancel, again }) => {
    const batches = new Map();
    let proposed = null, edits = [];

    const place = (message) => `clipbot-plan-${state.jobId}-${message}`;
    function kept(message) {
      try { return JSON.parse(sessionStorage.getItem(place(message))); } catch { return null; }
    }
    function keep(message, value) {
      try { sessionStorage.setItem(place(message), JSON.stringify(value)); } catch { /* then a reload brings all rows back */ }
    }
    async function cancelAll(batch) {
      try {
        await clipbot.cancelBatch({ job: state.jobId, batch });
        const all = [...state.runs].map(([id, run]) => [id, run.batch === batch && run.isOpen ? { ...run, isCancelling: true } : run]);
        clipbot.put({ runs: new Map(all) });
        return true;
      } catch (error) {
        clipbot.toast(error.message, "bad");
        return false;
      }
    }

    /** Show a plan of several clips instead of the dialog; returns whether it is one. */
    function offer(quoted, message) {
      drop();
      if (quoted.rows.length < 2 || quoted.plan.takes) return false;
      const card = clipbot.planCard({ quoted, job: state.jobId, kept: kept(message), keep: (value) => keep(message, value) });
      proposed = { card, message };
      put(card.node);
      return true;
    }
    function drop() {
      proposed?.card.node.remove();
      proposed = null;
    }

    function batch({ batch: id, take }) {
      if (!batches.has(id)) batches.set(id, (take ? clipbot.takesCard : clipbot.batchCard)(id, { cancel, again, cancelAll }));
      return batches.get(id);
    }
    /** Make the cards equal to the edits that the page knows. */
    function take(runs) {
      for (const run of runs.values()) {
        if (!run.batch || !(run.isOpen || batches.get(run.batch)?.has(run.id))) continue;
        const card = batch(run);
        card.update(run);
        if (!card.node.isConnected) put(card.node);
      }
    }
    /** Whether a line is told by a card's row; then it is no line of its own. */
    function tells(message) {
      const card = message.regeneration && [...batches.values()].find((one) => one.has(message.regeneration));
      if (!card) return false;
      card.tell(message.regeneration, message, line(message).querySelector(".change"));
      return true;
    }
    clipbot.on("confirmed", ({ runs }) => {
      if (runs[0]?.batch) {
        const card = batch(runs[0]);
        for (const run of runs) card.update({ ...run, isOpen: true });
        // What the plan became may be told first; the card comes after that, as after a reload.
        clipbot.refreshChat?.().then(() => { if (batches.get(runs[0].batch) === card) put(card.node); });
        if (proposed?.card.node.isConnected) proposed.card.node.replaceWith(card.node);
        else put(card.node);
      }
      drop();
    });
    clipbot.on("clips", () => {
      proposed?.card.draw();
      batches.forEach((card) => card.redraw());
    });

    /** After a reload, before the chat's lines are there: the edits that were agreed to together. */
    async function read(job) {
      drop();
      batches.clear();
      edits = [];
      const found = await clipbot.read.regenerations(job, MOST).catch(() => []);
      if (job !== state.jobId) return;
      edits = found;
      for (const run of edits) if (run.batch) batch(run).update(run);
    }
    /** Once the lines are there: each card before the first line that is younger. */
    function settle(messages, lines) {
      const said = [...messages.values()].sort((one, other) => one.id - other.id);
      for (const [id, card] of batches) {
        const began = Math.min(...edits.filter((run) => run.batch === id).map((run) => run.createdAt));
        const later = said.find((message) => Date.parse(message.created_at) > began && lines.has(message.id));
        const isOld = later && later === said[0] && !card.isOpen() && !card.isTold();
        if (isOld) batches.delete(id);
        else if (later) lines.get(later.id).before(card.node);
        else put(card.node);
      }
      return reopen(said.filter((message) => message.plan).at(-1));
    }
    /** The last line with a plan is a proposal as long as nothing came of it. */
    async function reopen(message) {
      const job = state.jobId;
      const numbers = [...new Set(message?.plan.edits.flatMap((edit) => edit.clips))];
      if (numbers.length < 2 || edits.some((run) => run.createdAt >= Date.parse(message.created_at))) return;
      try {
        const { quoted } = await clipbot.revise({ job, plan: message.plan, rows: numbers.map((clip) => ({ clip, text: null })) });
        if (job === state.jobId && !proposed) offer(quoted, message.id);
      } catch { /* the line still says what was meant, and can be said again */ }
    }
    /** Edits that nobody could end, as they were read. */
    const unsettled = () => edits.filter((run) => run.ending === "attention");
    return { offer, take, tells, read, settle, unsettled };
  };
})(window.clipbot);
