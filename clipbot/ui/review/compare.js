/* Before and after, large: one over the other with a split, or side by side; in step always. */
((clipbot) => {
  const { el, icon } = clipbot;
  const dialog = document.querySelector("dialog.compare"), view = dialog.querySelector(".view"), title = dialog.querySelector("h2"), trouble = dialog.querySelector(".trouble");
  const play = dialog.querySelector(".play"), time = dialog.querySelector(".time input"), split = dialog.querySelector(".split input"), beside = dialog.querySelector(".beside");
  let films = null, shown = null;

  function draw() {
    const isOn = films?.isPlaying, label = isOn ? "Pause" : "Play";
    if (play.getAttribute("aria-label") !== label) {
      play.replaceChildren(icon(isOn ? "pause" : "play"));
      play.setAttribute("aria-label", label);
    }
    const clock = films?.lead();
    clipbot.moments.stood(shown, clock);
    if (clock?.duration && document.activeElement !== time) time.value = String(clock.currentTime / clock.duration);
  }
  const cut = () => { view.style.setProperty("--split", `${split.value}%`); split.setAttribute("aria-valuetext", `${Math.round(split.value)} % before`); };
  const toggle = () => (films.isPlaying ? films.pause() : films.play().catch(complain));
  const complain = (error) => { trouble.hidden = false; clipbot.text(trouble, error.message); };

  /** Open large: playing, or standing at a moment. */
  clipbot.compareEdit = (edit, moment = null) => {
    const sides = [["Before", edit.before], ["After", edit.after]].filter(([, side]) => side?.footage_url);
    if (!sides.length) return clipbot.toast("There is no footage to compare.", "bad");
    clipbot.text(title, `Clip ${edit.clip_index + 1}: ${edit.instruction}`);
    trouble.hidden = true;
    shown = edit.regeneration_id;
    const mine = films = clipbot.pair(...sides.map(([, side]) => side.footage_url));
    view.replaceChildren(...sides.map(([word, side], place) => el(`figure.side.is-${word.toLowerCase()}`, {}, films.videos[place], el("figcaption", { text: `${word} \u00b7 v${side.version_number}` }))), el("span.line", { "aria-hidden": "true" }));
    dialog.classList.toggle("is-single", sides.length < 2);
    split.value = "50";
    cut();
    films.onmove(draw);
    draw();
    dialog.showModal();
    play.focus();
    if (moment === null) return mine.play().catch(complain);
    return mine.ready().then(() => { if (films === mine) mine.seek(moment); }).catch(complain);
  };

  play.addEventListener("click", toggle);
  time.addEventListener("input", () => { const clock = films.lead(); if (clock.duration) films.seek(time.value * clock.duration); });
  split.addEventListener("input", cut);
  view.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && !event.buttons) return;
    const box = view.getBoundingClientRect();
    split.value = String(100 * (event.clientX - box.left) / box.width);
    cut();
  });
  beside.addEventListener("click", () => {
    const isBeside = dialog.classList.toggle("is-beside");
    beside.setAttribute("aria-pressed", String(isBeside));
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.target.closest("button")) return;
    event.preventDefault();
    toggle();
  });
  dialog.addEventListener("close", () => { films?.close(); films = null; view.replaceChildren(); });
})(window.clipbot);
