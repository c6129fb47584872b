/* The question before anything is spent: what, what it looks like, what it may cost.
 *
 * Confirming sends the quote's id and nothing else; the server holds the price. */
((clipbot) => {
  const { el, icon, state, text, money } = clipbot;

  clipbot.part("dialog", (root, host) => {
    const dialog = root.querySelector("dialog"), at = (name) => dialog.querySelector(name);
    const yes = at(".yes"), no = at(".no"), complaint = at(".complaint");
    const preview = clipbot.preview(at(".preview"));
    let quoted = null, asked = null, back = null, busy = false;

    clipbot.on("quoted", (question) => {
      back = document.activeElement;
      asked = question.asked;
      fill(question.quoted);
      complain("");
      if (!dialog.open) dialog.showModal();
      no.focus();
    });

    function fill(next) {
      quoted = next;
      const blocked = next.rows.filter((row) => row.reason);
      const numbers = next.rows.filter((row) => !row.reason).map((row) => row.clip);
      text(at("h2"), numbers.length ? `Change ${clipbot.clipNames(numbers).replace(/^C/, "c")}?` : "Make this change?");
      at(".edits").replaceChildren(...next.edits.map((edit) => el("li", {},
        next.edits.length > 1 ? el("b", { text: clipbot.clipNames(edit.clips) }) : null,
        el("span.wish", { text: edit.instruction || next.instruction }),
        kept(edit, next).length ? el("span.keep", { text: `keeps ${kept(edit, next).join(", ")}` }) : null)));
      at(".lines").replaceChildren(...next.lines.map((line) => el("div", {}, el("dt", { text: line.label }), el("dd", { text: money(line.estimate) }))),
        el("div.total", {}, el("dt", { text: "Total" }), el("dd", { text: money(next.estimate) })));
      const facts = [
        ["At most", money(next.ceiling)],
        ["Takes", clipbot.wait(next.seconds)],
        ["Budget left", money(next.left)],
      ];
      at(".facts").replaceChildren(...facts.map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", { text: value }))));
      const warnings = [...blocked.map((row) => `Clip ${row.clip}: ${row.reason}`), ...next.warnings];
      at(".warnings").replaceChildren(...warnings.map((words) => el("li", {}, icon("warn"), el("span", { text: words }))));
      const told = [...new Set(next.rows.flatMap((row) => (row.reason ? [] : [...row.notes, row.hint])).filter(Boolean))];
      at(".notes").replaceChildren(...told.map((words) => el("li", { text: words, dir: "auto" })));
      renderers(next);
      retries(next);
      hold(busy);
      text(yes.querySelector("span"), `Make it · ${money(next.ceiling)}`);
      preview.show(asked.job, next);
    }

    /** What stays as it is, unless the wish says so in the same words. */
    const kept = (edit, next) => edit.keep.filter((words) => !(edit.instruction || next.instruction).includes(words));

    /** Who could make it: what each costs, how long it takes, what it keeps, what it cannot do. */
    function renderers(next) {
      const field = at(".renderers"), ways = [...next.renderers];
      if (next.renderer === "auto") {
        const names = [...new Set(next.rows.filter((row) => !row.reason).map((row) => row.maker))];
        ways.unshift({ key: "auto", label: "Best for each clip", extent: "whole", estimate: next.estimate, ceiling: next.ceiling, seconds: next.seconds, keeps: [], leftover: [], notes: [names.join(" and ")] });
      }
      field.replaceChildren(el("legend", { text: "Made by" }), ...ways.map((way) => choice(way, next)));
      field.hidden = !ways.length;
    }
    function choice(way, next) {
      const isOut = way.extent === "nothing" || Boolean(way.refusal);
      const input = el("input", { type: "radio", name: "clipbot-renderer", value: way.key, disabled: isOut });
      input.checked = way.key === next.renderer;
      input.addEventListener("change", () => requote(way.key));
      const isFree = !Number(way.ceiling), worth = !isOut && way.extent === "whole";
      return el("label", { title: way.notes.join(" ") || null }, input,
        el("span.way", {}, el("span.name", { text: way.label }), el("span.limits", { text: limits(way), dir: "auto" })),
        el("span.cost", {},
          el("span.price", { text: !worth ? "" : isFree ? "free" : money(way.estimate) }),
          el("span.most", { text: worth ? [isFree || way.ceiling === way.estimate ? "" : `up to ${money(way.ceiling)}`, clipbot.wait(way.seconds)].filter(Boolean).join(" · ") : "" })));
    }
    function limits(way) {
      if (way.refusal) return `Not now: ${way.refusal}`;
      if (way.leftover.length) return `Cannot do: ${way.leftover.join(", ")}`;
      const past = way.accuracy === null || way.accuracy === undefined ? "" : `estimates were within ${Math.round(way.accuracy * 100)} % (last ${way.past})`;
      return [way.keeps.length ? `keeps ${way.keeps.join(", ")}` : "", past, way.key === "auto" ? way.notes[0] : ""].filter(Boolean).join(" · ");
    }

    /** What may be tried where a model minds what it would show; it is part of the price. */
    function retries(next) {
      const box = at(".retries");
      box.hidden = !next.can_retry;
      box.querySelector("input").checked = next.with_retries;
    }
    at(".retries input").addEventListener("change", ({ target }) => requote(quoted.renderer, "", target.checked));

    function hold(value) {
      busy = value;
      yes.disabled = value || quoted.rows.some((row) => row.reason);
      dialog.classList.toggle("is-busy", value);
    }
    function complain(words) {
      complaint.hidden = !words;
      text(complaint, words);
    }

    /** Ask for the price again: another renderer, or a quote that is not good any more. */
    async function requote(renderer = quoted.renderer, words = "", isRetrying = quoted.with_retries) {
      hold(true);
      try {
        const answer = await clipbot.call(host.server.quote, { ...asked, plan: quoted.plan, renderer, retries: isRetrying });
        fill(answer.quoted);
        complain(words);
      } catch (error) {
        fill(quoted);
        complain(error.message);
      } finally { hold(false); }
    }

    async function confirm() {
      if (busy) return;
      hold(true);
      complain("");
      const before = state.job?.lastEvent ?? 0;
      try {
        const answer = await clipbot.call(host.server.confirm, { job: asked.job, quote: quoted.quote_id });
        dialog.close("made");
        clipbot.emit("confirmed", { runs: answer.runs.map(clipbot.readRun), after: before });
        clipbot.reload();
      } catch (error) {
        hold(false);
        if (["quote_expired", "quote_spent", "quote_not_found"].includes(error.code)) {
          await requote(quoted.renderer, `${error.message} This is the price now.`);
        } else complain(error.message);
      } finally { hold(false); }
    }

    /** For the plan cards: what is left of a plan, and an end to all that runs together. */
    clipbot.revise = (asked) => clipbot.call(host.server.revise, asked);
    clipbot.cancelBatch = (asked) => clipbot.call(host.server.cancel_batch, asked);

    yes.addEventListener("click", confirm);
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => {
      preview.stop();
      if (back?.isConnected && back !== document.body) back.focus();
      else clipbot.compose?.focus();
    });
  });

  clipbot.part("help", (root) => {
    const sheet = root.querySelector("dialog");
    clipbot.help = () => (sheet.open ? sheet.close() : sheet.showModal());
    sheet.addEventListener("click", (event) => { if (event.target === sheet || event.target.closest(".no")) sheet.close(); });
  });
})(window.clipbot);
