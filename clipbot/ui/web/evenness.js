/* How evenly the clips go together: a mark at each cut, a word in the head of the clips, and
 * a way to match the ones that stand out.
 *
 * Asked for when the page is quiet: after clips and film are there and while nothing runs. A
 * server that has to measure first tells more with each answer. */
((clipbot) => {
  const { el, state, text } = clipbot;
  const QUIET = 900; // milliseconds without news
  const LEAD = 1; // seconds before a cut from which it is watched
  const MANY = 60; // cuts from which on their marks have to be thin

  const subject = () => state.jobId && state.clips?.length > 1 ? JSON.stringify([state.jobId, state.clips.map((clip) => [clip.version, clip.status])]) : null;
  const isMaking = () => state.job && !state.job.film && !state.job.filmTrouble && state.job.status !== "failed";
  const isBusy = () => document.hidden || isMaking() || [...state.runs.values()].some((run) => run.isOpen);
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
  let known = null;

  const load = clipbot.coalesced(async () => {
    const wanted = subject(), job = state.jobId;
    if (!wanted || wanted === known || isBusy()) return;
    const found = await clipbot.read.evenness(job).catch(() => null);
    if (wanted !== subject()) return ask();
    if (found && !found.isPending) known = wanted;
    if (found) clipbot.put({ evenness: found });
    if (found?.isPending) ask();
  });
  const ask = clipbot.settled(() => idle(load), QUIET);
  clipbot.on("jobId", () => { known = null; clipbot.put({ evenness: null }); });
  clipbot.on("clips", ask);
  clipbot.on("job", ask);
  clipbot.on("runs", ask);
  document.addEventListener("visibilitychange", ask);

  const match = ({ index }) => el("button.quiet.match", { type: "button", text: "Match to neighbours", title: "Bring its light and colours to those of the clips it belongs to: free, with a preview first",
    onclick: (event) => { event.currentTarget.closest("[popover]")?.hidePopover(); clipbot.say(`match clip ${index + 1} to its neighbours`); } });
  const words = (odd) => el("p", {}, el("span", { text: odd.sentence }), odd.note ? el("small", { text: odd.note }) : null);

  /** In the head of the clips: the score; behind it, which clips stand out, and how. */
  clipbot.evenness = (head) => {
    const button = head.querySelector(".even"), panel = document.querySelector("#cb-even");
    const draw = () => {
      const { evenness } = state;
      button.hidden = !evenness || evenness.score === null;
      if (button.hidden) return panel.matches(":popover-open") && panel.hidePopover();
      text(button.querySelector("b"), String(evenness.score));
      button.classList.toggle("is-odd", evenness.odd.size > 0);
      button.title = evenness.sentence;
      button.setAttribute("aria-label", `Evenness ${evenness.score} of 100. ${evenness.sentence}`);
      const waits = evenness.isPending ? el("p.faint", { text: "Some clips are still being measured." }) : null;
      panel.replaceChildren(...[
        el("h3", {}, `Evenness ${evenness.score}`, el("span", { text: " of 100" })), el("p", { text: evenness.sentence }),
        evenness.odd.size ? el("ul", {}, ...[...evenness.odd.values()].map((odd) => el("li", {}, words(odd), odd.canMatch ? match(odd) : null))) : null,
        el("p.faint", { text: "How far light, colour and motion jump at the cuts, and how far each clip lies from the others of its section." }), waits,
      ].filter(Boolean));
    };
    clipbot.on("evenness", draw);
    draw();
  };

  /** Below the film's strip: a mark at each cut, larger and of another shape for larger jumps. */
  clipbot.jumps = (strip, note) => {
    let said = null;
    const hint = el("span.jump-hint", { "aria-hidden": "true", hidden: true });
    const marks = () => [...strip.querySelectorAll("button")];

    function draw() {
      const cuts = state.evenness?.cuts ?? [], clips = state.clips ?? [];
      const held = marks().indexOf(document.activeElement);
      strip.hidden = !cuts.length || !clips.length;
      strip.classList.toggle("is-dense", cuts.length > MANY);
      if (strip.hidden) return strip.replaceChildren();
      const origin = clipbot.origin(), length = state.job?.film?.seconds || clips.at(-1).end - origin;
      strip.replaceChildren(...cuts.filter((cut) => clipbot.clip(cut.index + 1)).map((cut) => {
        const moment = clipbot.clip(cut.index + 1).start - origin;
        const mark = el(`button.jump.is-${cut.size}`, { type: "button", tabindex: "-1", "aria-label": cut.sentence, onclick: () => clipbot.emit("seek", Math.max(0, moment - LEAD)) }, el("i"));
        mark.style.left = `${(100 * moment) / (length || 1)}%`;
        mark.style.setProperty("--share", String(Math.min(1, 0.2 + cut.share / 2)));
        for (const name of ["pointerenter", "focus"]) mark.addEventListener(name, () => tell(cut, mark));
        for (const name of ["pointerleave", "blur"]) mark.addEventListener(name, () => { hint.hidden = true; });
        return mark;
      }), hint);
      const stop = marks()[Math.max(0, held)];
      if (stop) stop.tabIndex = 0;
      if (held >= 0) stop?.focus();
    }
    function tell(cut, mark) {
      text(hint, cut.sentence);
      hint.hidden = false;
      const box = strip.getBoundingClientRect(), half = hint.offsetWidth / 2;
      const middle = mark.getBoundingClientRect().left + mark.offsetWidth / 2 - box.left;
      hint.style.left = `${Math.max(half, Math.min(box.width - half, middle))}px`;
    }
    strip.addEventListener("keydown", (event) => {
      const all = marks(), here = all.indexOf(event.target);
      const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
      if (next === undefined || here < 0) return;
      event.preventDefault();
      event.stopPropagation();
      const mark = all[Math.max(0, Math.min(all.length - 1, next))];
      for (const each of all) each.tabIndex = each === mark ? 0 : -1;
      mark.focus();
    });

    /** Of the clip that is looked at: how it stands out, and the way to change that. */
    function remark() {
      const odd = state.evenness?.odd.get(state.active) ?? null;
      const wanted = odd && JSON.stringify(odd);
      if (wanted === said) return;
      said = wanted;
      note.hidden = !odd;
      note.replaceChildren(...(odd ? [clipbot.icon("warn"), words(odd), ...(odd.canMatch ? [match(odd)] : [])] : []));
    }
    clipbot.on("evenness", () => { draw(); remark(); });
    clipbot.on("clips", draw);
    clipbot.on("job", draw);
    clipbot.on("active", remark);
    draw();
    remark();
  };
})(window.clipbot);
