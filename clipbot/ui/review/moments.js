/* The moment of a clip that a note is about: taken where a comparison stands, shown as a button. */
((clipbot) => {
  const { el, icon } = clipbot;
  const places = new Map(); // seconds, by edit: where its comparison stood last
  const END = 0.05; // players and files differ that much about where a clip ends
  const words = (seconds) => `at ${clipbot.clock(seconds)}`;

  const moments = clipbot.moments = {
    /** Where the comparison of an edit stood last; undefined before it was played. */
    place: (id) => places.get(id),
    /** A comparison moved: from now on a note can be about that moment. */
    stood(id, clock) {
      if (!clock?.duration) return;
      const place = Math.max(0, Math.min(clock.currentTime, clock.duration - END));
      places.set(id, place);
      const here = document.querySelector(`.row[data-edit="${id}"] .here`);
      if (!here) return;
      clipbot.text(here, words(place));
      here.hidden = here.textContent === here.dataset.own;
    },
    /** A moment as a button that takes both videos there. */
    button: (edit, seconds) => el("button.moment", { type: "button", title: "Show both versions there", onclick: () => clipbot.compareEdit(edit, seconds) }, icon("play"), clipbot.clock(seconds)),
    /** The moment of one's own note, and what takes and removes it. */
    control(edit, acts) {
      const own = edit.mark?.moment_seconds ?? null, place = places.get(edit.regeneration_id);
      const here = el("button.here", { type: "button", title: "The note is about this moment (m)", text: words(place ?? 0), onclick: () => acts.moment(places.get(edit.regeneration_id)) });
      if (own !== null) here.dataset.own = words(own);
      here.hidden = place === undefined || here.textContent === here.dataset.own;
      const kept = own === null ? [] : [moments.button(edit, own), el("button.unset", { type: "button", "aria-label": `Remove the moment ${clipbot.clock(own)}`, onclick: () => acts.moment(null) }, icon("close"))];
      return el("div.moments", {}, ...kept, here);
    },
  };
})(window.clipbot);
