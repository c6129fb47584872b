/* What was measured of the difference of two versions: sentence, measures, bars over time, a
 * map over the picture. Asked for once the pictures are there; the first time it takes a while. */
((clipbot) => {
  const { el, state, text } = clipbot;
  const NAMES = { luma: "Brightness", saturation: "Colour", warmth: "Warmth", motion: "Motion" };
  const SEEN = 0.015, PAUSE = 120, REMEMBERED = 60;

  clipbot.difference = (root, { known, chosen }) => {
    const at = (name) => root.querySelector(name);
    const facts = at(".compare-facts"), bars = at(".compare-line .bars"), heat = at(".heat");
    const answers = new Map();
    let wanted = null;

    function clear(words = "") {
      wanted = null;
      bars.replaceChildren();
      heat.getContext("2d").clearRect(0, 0, heat.width, heat.height);
      facts.replaceChildren(...(words ? [el("p", { text: words })] : []));
    }

    const ask = clipbot.settled(async (name, read, show) => {
      if (name !== wanted) return;
      try {
        const found = answers.get(name) ?? await read();
        answers.set(name, found);
        if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value);
        if (name === wanted) show(found);
      } catch (error) {
        if (name !== wanted) return;
        facts.replaceChildren(el("p", { text: error.message }),
          el("button.quiet", { type: "button", text: "Measure again", onclick: () => ask(name, read, show) }));
      }
    }, PAUSE);

    function look(name, words, read, show) {
      clear(words);
      wanted = name;
      if (answers.has(name)) show(answers.get(name));
      else ask(name, read, show);
    }

    /** Measure two versions of a clip. */
    function clips(index, a, b) {
      const job = state.jobId;
      if (a === b) return clear("Both sides show the same version.");
      look(`${job} ${index} ${a} ${b}`, "Measuring the difference…", () => clipbot.read.compare(job, index, a, b), (found) => {
        known(found);
        const lines = found.changes.map((change) => el("span", {},
          el("b", { text: NAMES[change.measure] ?? change.measure }), ` ${number(change.before)} → ${number(change.after)}`,
          change.words ? el("i", { text: clipbot.tied(change.words) }) : null));
        facts.replaceChildren(el("p", { text: clipbot.tied(found.sentence) }), el("div.measured", {}, ...lines,
          el("span", { title: "How alike the shapes are (SSIM), 1: the same" }, el("b", { text: "Structure" }), ` ${number(found.similarity)}`)));
        paint(found);
        heat.setAttribute("aria-label", found.sentence);
        spread(found);
      });
    }
    const number = (value) => value.toFixed(2).replace("-", "\u2212");

    /** The coarse grid, drawn small; the style sheet makes it large and soft. */
    function paint({ columns, cells }) {
      const most = Math.max(SEEN, ...cells), least = Math.min(...cells), pen = heat.getContext("2d");
      heat.width = columns;
      heat.height = cells.length / columns;
      // What changed everywhere alike is no place: only what stands out is drawn.
      cells.forEach((value, place) => {
        pen.fillStyle = `rgba(255, 122, 40, ${(value < SEEN ? 0 : (0.65 * (value - least)) / most).toFixed(3)})`;
        pen.fillRect(place % columns, Math.floor(place / columns), 1, 1);
      });
    }

    function spread({ moments, a, b }) {
      const most = Math.max(SEEN, ...moments.map((each) => each.difference));
      const whole = Math.max(a.seconds, b.seconds), step = (moments[1]?.seconds ?? whole) - (moments[0]?.seconds ?? 0);
      bars.replaceChildren(...moments.map((each) => {
        const bar = el("i");
        bar.style.left = `${(100 * each.seconds) / whole}%`;
        bar.style.width = `${Math.max(0, Math.min(100 * step, 100 * (whole - each.seconds)) / whole)}%`;
        bar.style.height = `${Math.max(6, (100 * each.difference) / most)}%`;
        return bar;
      }));
    }

    /** Say in which clips two films differ; each leads to its clip. */
    function films(a, b) {
      const job = state.jobId;
      if (a === b) return clear("Both sides show the same film.");
      look(`${job} films ${a} ${b}`, "Looking for what differs…", () => clipbot.read.compareFilms(job, a, b), (found) => {
        if (!found.length) return facts.replaceChildren(el("p", { text: "Both films show the same versions; how clips meet or fill their slots may differ." }));
        facts.replaceChildren(el("p", { text: `The films show ${found.length === 1 ? "one clip" : `${found.length} clips`} in different versions.` }),
          el("div.measured", {}, ...found.map((each) => el("button.quiet", { type: "button", disabled: !each.a || !each.b,
            text: `Clip ${each.index + 1}: version ${each.a ?? "none"} → ${each.b ?? "none"}`, onclick: () => chosen(each) }))));
      });
    }

    return { clear, clips, films };
  };
})(window.clipbot);
