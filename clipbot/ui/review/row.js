/* One edit as a row: both versions, what was asked and written, what was measured, the mark. */
((clipbot) => {
  const { el, icon, reviewParts: parts } = clipbot;
  const WORDS = { accept: "Accepted", reject: "Rejected", none: "Not marked" };

  /* Why one side is empty. Which version an edit of the pipeline made, it did not always say. */
  function absent(edit, word) {
    if (edit.is_by_pipeline && (word === "Before" || edit.status !== "failed")) return "Not known";
    return word === "Before" ? "Never began" : "No version";
  }
  function shot(edit, word) {
    const side = edit[word.toLowerCase()];
    const box = el(`span.shot${side?.thumbnail_url ? "" : ".is-empty"}`, {},
      el("span.blank", {}, icon("image"), el("span", { text: side ? "Footage is gone" : absent(edit, word) })));
    if (side?.thumbnail_url) {
      const picture = el("img", { alt: "", loading: "lazy", decoding: "async", src: side.thumbnail_url });
      picture.addEventListener("error", () => box.classList.add("is-empty"));
      box.append(picture);
    }
    box.append(el("span.tag", { text: side ? `${word} \u00b7 v${side.version_number}` : word }));
    return box;
  }

  /* The two play together while somebody points at them, or by the space key. */
  function player(pair, edit) {
    const places = [...pair.querySelectorAll(".shot")];
    let films = null;
    const stop = () => { films?.close(); films = null; pair.classList.remove("is-playing"); };
    const start = async () => {
      if (films) return;
      const sides = [edit.before?.footage_url, edit.after?.footage_url];
      if (!sides.some(Boolean)) return;
      const mine = films = clipbot.pair(...sides);
      mine.onmove(() => clipbot.moments.stood(edit.regeneration_id, mine.lead()));
      places.filter((_, place) => sides[place]).forEach((place, at) => place.append(mine.videos[at]));
      try {
        await mine.play();
        if (films === mine) pair.classList.add("is-playing");
      } catch { if (films === mine) stop(); }
    };
    return { start, stop, toggle: () => (films ? stop() : start()), get films() { return films; } };
  }

  function marking(edit, acts) {
    const own = edit.mark?.mark ?? "none";
    const choice = (mark, name, key) => el(`button.choice.is-${mark}`, { type: "button", "aria-pressed": String(own === mark), title: `${WORDS[mark]} (${key})`, onclick: () => acts.mark(own === mark ? "none" : mark) }, icon(mark === "accept" ? "check" : "close"), name);
    const note = el("textarea.note", { rows: "2", maxlength: "2000", dir: "auto", "aria-label": `Note on edit of clip ${edit.clip_index + 1}`, placeholder: "Note (n)" });
    note.value = edit.mark?.note ?? "";
    note.addEventListener("change", () => acts.note(note.value));
    note.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) { event.stopPropagation(); note.blur(); acts.focus(); }
    });
    return [el("div.choices", { role: "group", "aria-label": "Mark" }, choice("accept", "Accept", "a"), choice("reject", "Reject", "r")), note, clipbot.moments.control(edit, acts)];
  }

  const said = (edit, mark, isShared) => el("p.said", {}, el("b", { text: mark.is_own ? "You" : mark.reviewer || (isShared ? "Reviewer" : "Another reviewer") }), ` ${mark.mark === "none" ? "noted" : WORDS[mark.mark].toLowerCase()}, ${parts.when(mark.made_at)}`,
    mark.moment_seconds === null ? null : clipbot.moments.button(edit, mark.moment_seconds), mark.note ? el("q", { dir: "auto", text: mark.note }) : null);

  function findings(edit) {
    const isJudged = !edit.is_by_pipeline && (edit.status === "completed" || edit.verdict !== "none");
    const chips = el("div.chips", {}, parts.status(edit), isJudged ? parts.verdict(edit.verdict) : null,
      edit.is_by_pipeline ? el("span.chip.is-pipeline", { text: "Made by the pipeline" }) : null,
      edit.is_in_film ? el("span.chip.is-film", {}, icon("film"), "In the film") : null, edit.is_offered ? el("span.chip.is-offered", { text: "Offered" }) : null);
    const words = edit.gate?.sentence ?? edit.error ?? "";
    return [chips, words ? el("p.finding", { dir: "auto", text: clipbot.tied(words) }) : null, parts.measures(edit)];
  }

  /** Return a row; `acts` are what can be done with it. */
  clipbot.reviewRow = (edit, { labels, canMark, jobId, acts }) => {
    const name = `Clip ${edit.clip_index + 1}`;
    const pair = el("button.pair", { type: "button", "aria-label": `Compare before and after of ${name.toLowerCase()}, \u201c${edit.instruction}\u201d`, onclick: () => { films.stop(); acts.compare(); } }, shot(edit, "Before"), shot(edit, "After"));
    const films = player(pair, edit);
    pair.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse" && !clipbot.calm()) films.start(); });
    pair.addEventListener("pointerleave", () => films.stop());
    const where = clipbot.review.isShared ? el("span.clip", { text: name }) : el("a.clip", { href: `/?job=${encodeURIComponent(jobId)}&clip=${edit.clip_index + 1}`, text: name });
    const node = el("li.row", { tabindex: "-1", "data-edit": edit.regeneration_id }, pair,
      el("div.what", {}, el("h2", {}, where, el("span.asked", { dir: "auto", text: edit.instruction })), parts.prompt(edit)),
      el("div.found", {}, ...findings(edit)), parts.facts(edit, labels),
      el("div.marked", {}, ...(canMark ? marking(edit, acts) : [edit.mark ? said(edit, edit.mark, true) : el("p.said", { text: "Not marked" })]), ...edit.other_marks.map((mark) => said(edit, mark, !canMark))));
    node.classList.add(`is-${edit.mark?.mark ?? "none"}`);
    return { node, films };
  };
})(window.clipbot);
