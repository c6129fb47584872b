/* The question before anything is spent: what, what it looks like, who makes it, what it may cost.
 *
 * Confirming sends the quote's id and nothing else; the server holds the price. */
((clipbot) => {
  const { el, icon, state, text, money } = clipbot;
  const GONE = new Set(["quote_expired", "quote_not_found"]);

  clipbot.part("dialog", (root, host) => {
    const dialog = root.querySelector("dialog"), at = (name) => dialog.querySelector(name);
    const yes = at(".yes"), no = at(".no"), complaint = at(".complaint"), box = at(".retries input");
    const preview = clipbot.preview(at(".preview"), at(".preview-note"));
    let quoted = null, asked = null, back = null, busy = false;
    let turn = 0; // which question, and which price of it: an answer to an older one is dropped

    clipbot.on("quoted", (question) => {
      turn += 1;
      back = document.activeElement;
      asked = question.asked;
      busy = false;
      fill(question.quoted);
      complain("");
      if (!dialog.open) dialog.showModal();
      at(".columns").scrollTop = 0;
      no.focus();
    });

    function fill(next) {
      quoted = next;
      const blocked = next.rows.filter((row) => row.reason), able = next.rows.filter((row) => !row.reason);
      const numbers = able.map((row) => row.clip);
      const { takes } = next.plan;
      text(at("h2"), takes && numbers.length ? `Make ${clipbot.count(numbers.length, "take")} of clip ${numbers[0]}?` : numbers.length ? `Change ${clipbot.clipNames(numbers).replace(/^C/, "c")}?` : "Make this change?");
      at(".edits").replaceChildren(...next.edits.map((edit) => el("li", {},
        next.edits.length > 1 ? el("b", { text: clipbot.clipNames(edit.clips) }) : null,
        el("span.wish", { text: edit.instruction || next.instruction, dir: "auto" }),
        kept(edit, next).length ? el("span.keep", { text: `keeps ${kept(edit, next).join(", ")}` }) : null)));
      const warnings = [...new Set(blocked.map((row) => `Clip ${row.clip}: ${row.reason}`)), ...next.warnings];
      at(".warnings").replaceChildren(...warnings.map((words) => el("li", {}, icon("warn"), el("span", { text: words, dir: "auto" }))));
      at(".notes").replaceChildren(...notes(able).map((words) => el("li", { text: words, dir: "auto" })));
      dialog.classList.toggle("is-wide", next.renderers.length > 1);
      renderers(next);
      retries(next);
      sums(next);
      hold(busy);
      preview.show(asked.job, next);
    }

    /** What stays as it is, unless the wish says so in the same words. */
    const kept = (edit, next) => edit.keep.filter((words) => !(edit.instruction || next.instruction).includes(words));

    /** What one should know; where it is not about all clips, about which. */
    function notes(rows) {
      const about = new Map();
      for (const row of rows) for (const words of [...row.notes, row.hint].filter(Boolean)) about.set(words, [...about.get(words) ?? [], row.clip]);
      return [...about].map(([words, clips]) => (clips.length < rows.length ? `${clipbot.clipNames(clips)}: ${words}` : words));
    }

    /* What it may cost: line by line, usually and at most where these differ. */
    const isOpen = (next) => next.estimate !== next.ceiling;
    function sums(next) {
      const amounts = (usual, most) => (isOpen(next)
        ? [el("dd", {}, el("span.aside", { text: "usually " }), money(usual)), el("dd", {}, el("span.aside", { text: "at most " }), money(most))]
        : [el("dd", { text: money(most) })]);
      const head = el("div.head", { "aria-hidden": "true" }, el("dt"), el("dd", { text: "usually" }), el("dd", { text: "at most" }));
      at(".lines").replaceChildren(...(isOpen(next) ? [head] : []),
        ...next.lines.map((line) => el("div", {}, el("dt", { text: line.label }), ...amounts(line.estimate, line.ceiling))),
        el("div.total", {}, el("dt", { text: "Total" }), ...amounts(next.estimate, next.ceiling)));
      const isFree = !Number(next.ceiling), until = new Date(next.expires_at);
      const facts = [[next.plan.takes ? "Ready in" : "Takes", clipbot.wait(next.seconds)], ["Budget left", money(next.left)],
        isFree ? null : ["Price holds until", until.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })]].filter(Boolean);
      at(".facts").replaceChildren(...facts.map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", { text: value }))));
      const price = isFree ? "free" : isOpen(next) ? `up to ${money(next.ceiling)}` : money(next.ceiling);
      text(yes.querySelector("span"), `Make ${next.plan.takes > 1 ? "them" : "it"} · ${price}`);
      text(at(".promise span"), next.plan.takes ? "The film stays as it is until you choose one." : "The version you have now is kept. Undo brings it back.");
      text(at(".price-words"), isFree ? "This costs nothing." : isOpen(next)
        ? `Usually ${money(next.estimate)}, never more than ${money(next.ceiling)}.` : `It never costs more than ${money(next.ceiling)}.`);
    }

    /** Who could make it: what each costs, how long it takes, what it keeps, what it cannot do. */
    function renderers(next) {
      const field = at(".renderers"), hadFocus = field.contains(document.activeElement);
      const rank = (way) => (way.refusal || way.extent === "nothing" ? 2 : way.extent === "whole" ? 0 : 1);
      const ways = [...next.renderers].sort((one, other) => rank(one) - rank(other) || Number(one.estimate) - Number(other.estimate));
      if (next.renderer === "auto") {
        const names = [...new Set(next.rows.filter((row) => !row.reason).map((row) => row.maker))];
        ways.unshift({ key: "auto", label: "Best for each clip", extent: "whole", estimate: next.estimate, ceiling: next.ceiling, seconds: next.seconds, keeps: [], leftover: [], notes: [], told: names.join(" and ") });
      }
      field.replaceChildren(el("legend", { text: "Made by" }), ...ways.map((way) => choice(way, next)));
      field.hidden = !ways.length;
      if (hadFocus) field.querySelector(":checked")?.focus();
    }
    function choice(way, next) {
      const isOut = way.extent === "nothing" || Boolean(way.refusal);
      const input = el("input", { type: "radio", name: "clipbot-renderer", value: way.key, disabled: isOut });
      input.checked = way.key === next.renderer;
      input.addEventListener("change", () => requote({ renderer: way.key }));
      const isFree = !Number(way.ceiling), worth = !isOut && way.extent === "whole";
      const most = worth && !isFree && way.ceiling !== way.estimate ? `up to ${money(way.ceiling)}` : "";
      return el("label", { title: way.notes.join(" ") || null }, input,
        el("span.way", {}, el("span.name", { text: way.label }), " ", el("span.limits", { text: limits(way), dir: "auto" })), " ",
        worth ? el("span.takes", { text: clipbot.wait(way.seconds) }) : null, " ",
        worth ? el("span.price", {}, isFree ? "free" : money(way.estimate), most ? el("small", { text: ` ${most}` }) : null) : null);
    }
    function limits(way) {
      if (way.refusal) return `not now: ${way.refusal}`;
      if (way.leftover.length) return `cannot do ${way.leftover.join(", ")}`;
      const isKnown = way.accuracy !== null && way.accuracy !== undefined && way.past;
      return [way.told, way.made_film ? "made this film" : "", way.keeps.length ? `keeps ${way.keeps.join(", ")}` : "",
        isKnown ? `estimates within ${Math.round(way.accuracy * 100)} % (${clipbot.count(way.past, "edit")})` : ""].filter(Boolean).join(" · ");
    }

    /** What may be tried where a model refuses what it would show; it is part of the price. */
    function retries(next) {
      at(".retries").hidden = !next.can_retry;
      box.checked = next.with_retries;
      text(at("#cb-retries-note"), next.with_retries ? "Only what is really charged is booked; a refusal usually costs nothing." : "Raises what it can cost at most. Without it, the edit ends there.");
    }
    box.addEventListener("change", () => requote({ retries: box.checked }));

    function hold(value) {
      busy = value;
      yes.disabled = value || quoted.rows.some((row) => row.reason);
      dialog.classList.toggle("is-busy", value);
      dialog.setAttribute("aria-busy", String(value));
    }
    /** Say what went wrong; choices are complete wishes to say instead. */
    function complain(words, choices = []) {
      complaint.hidden = !words;
      complaint.replaceChildren(...(words ? [el("p", { text: words, dir: "auto" })] : []),
        ...(choices.length ? [clipbot.choices(choices, (wish) => { dialog.close(); clipbot.say(wish); })] : []));
    }

    /** Ask for the price again: another renderer, or a quote that is not good any more. */
    async function requote({ renderer = quoted.renderer, retries: isRetrying = quoted.with_retries, words = "" } = {}) {
      const mine = ++turn;
      hold(true);
      try {
        const answer = await clipbot.call(host.server.quote, { ...asked, plan: quoted.plan, renderer, retries: isRetrying });
        if (mine !== turn) return;
        fill(answer.quoted);
        complain(words);
      } catch (error) {
        if (mine !== turn) return;
        fill(quoted);
        complain(error.message, error.choices);
      } finally { if (mine === turn) hold(false); }
    }

    async function confirm() {
      if (busy) return;
      const mine = ++turn;
      hold(true);
      complain("");
      const before = state.job?.lastEvent ?? 0;
      try {
        const answer = await clipbot.call(host.server.confirm, { job: asked.job, quote: quoted.quote_id });
        if (mine === turn) dialog.close("made");
        clipbot.emit("confirmed", { runs: answer.runs.map(clipbot.readRun), after: before });
        clipbot.reload();
      } catch (error) {
        if (mine !== turn) return;
        if (GONE.has(error.code)) return requote({ words: "That price was not good any more, so nothing was started. This is the price now." });
        if (error.code === "quote_spent") {
          clipbot.reload();
          return requote({ words: "You agreed to that already, and it was started once; the chat tells of it. The price below would be for a second time." });
        }
        // A broken line may have broken on the way back; the quote is good for one time only.
        complain(error instanceof clipbot.Lost ? "The server does not answer. If it was started, the chat will tell; trying again cannot start it twice." : error.message, error.choices);
      } finally { if (mine === turn) hold(false); }
    }

    /** For the plan cards: what is left of a plan, and an end to all that runs together. */
    clipbot.revise = (wanted) => clipbot.call(host.server.revise, wanted);
    clipbot.cancelBatch = (wanted) => clipbot.call(host.server.cancel_batch, wanted);

    yes.addEventListener("click", confirm);
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => {
      preview.stop();
      if (back?.isConnected && back !== document.body) clipbot.focusAgain(back);
      else clipbot.compose?.focus();
    });
  });

  clipbot.part("help", (root) => {
    const sheet = root.querySelector("dialog"), { keys, shown } = clipbot.commands;
    root.querySelector(".keys.page").replaceChildren(...keys().map((row) =>
      el("div", {}, el("dt", { text: row.keys.map(shown).join(", ") }), el("dd", { text: row.what }))));
    clipbot.help = () => (sheet.open ? sheet.close() : sheet.showModal());
    sheet.addEventListener("click", (event) => { if (event.target === sheet || event.target.closest(".no")) sheet.close(); });
  });
})(window.clipbot);
