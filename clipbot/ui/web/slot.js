/* A clip's slot: how it goes on where its footage is too short, and how it meets the next one.
 *
 * Each choice is said in the chat, as a person could say it: that is answered, free, and undone there. */
((clipbot) => {
  const { el, state } = clipbot;
  const FILLINGS = { freeze: ["Hold", "hold the last frame of clip"], ping_pong: ["Back and forth", "play clip", " back and forth"], loop: ["Again", "loop clip"] };
  const MEETINGS = { cut: "Cut", crossfade: "Crossfade", fade: "Fade" };
  const SHORTEST = 0.1, USUAL = 0.5, LONGEST = 10; // seconds

  clipbot.slot = (root) => {
    const button = root.querySelector(".slot-open"), panel = root.querySelector("#cb-slot");
    const say = (words) => { panel.hidePopover(); clipbot.say(words); };
    const choice = (name, isSo, act) => el("button", { type: "button", text: name, "aria-pressed": String(isSo), onclick: act });
    const row = (name, ...nodes) => el("div.slot-row", { role: "group", "aria-label": name }, el("p", { text: name }), el("div", {}, ...nodes));

    const filling = (at) => row("Where its footage is too short", el("div.scope", {},
      ...Object.entries(FILLINGS).map(([kind, [name, words, rest = ""]]) => choice(name, at.filling === kind, () => say(`${words} ${at.number}${rest}`)))));

    function meeting(at) {
      const { kind, seconds } = at.meets, next = at.number + 1;
      const length = el("input", { type: "number", min: SHORTEST, max: LONGEST, step: SHORTEST, value: seconds || USUAL, "aria-label": "Seconds of a crossfade or fade" });
      const act = (wanted) => () => {
        if (wanted === "cut") say(`cut between clips ${at.number} and ${next}`);
        else if (length.reportValidity()) say(`${wanted} of ${length.value} s between clips ${at.number} and ${next}`);
      };
      return row(`Into clip ${next}`, el("div.scope", {}, ...Object.entries(MEETINGS).map(([wanted, name]) => choice(name, kind === wanted, act(wanted)))),
        el("label.seconds", {}, length, " s"));
    }

    function draw() {
      const at = clipbot.clip(state.active);
      button.disabled = !at || !state.job?.isEditable;
      if (button.disabled) { if (panel.matches(":popover-open")) panel.hidePopover(); return; }
      panel.replaceChildren(el("h3", { text: `Clip ${at.number} in the film` }), filling(at), ...[
        at.meets ? meeting(at) : null,
        at.warnings.length ? el("p.slot-note", { text: at.warnings.join(" ") }) : null,
        el("p.faint", { text: "Free, and undone like everything else." }),
      ].filter(Boolean));
    }
    /** Above its button, as far as the window has room. */
    function place() {
      const { left, top } = button.getBoundingClientRect(), wide = Math.min(330, innerWidth - 20);
      panel.style.inset = `auto auto ${Math.round(innerHeight - top + 6)}px ${Math.round(Math.max(10, Math.min(left, innerWidth - wide - 10)))}px`;
    }
    panel.addEventListener("beforetoggle", (event) => { if (event.newState === "open") { draw(); place(); } });
    for (const topic of ["active", "clips", "job"]) clipbot.on(topic, () => (panel.matches(":popover-open") ? null : draw()));
    clipbot.placing = () => panel.showPopover();
    draw();
  };
})(window.clipbot);
