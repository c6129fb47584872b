/* The free preview in the cost dialog: before | after with a divider, then four seconds of it.
 *
 * The local looks draw it, also of what a model will make in its own way; what only a model
 * can show has none, and the clip is shown as it is. */
((clipbot) => {
  const { el, icon, text } = clipbot;
  const NOTES = {
    exact: () => "",
    rough: (maker) => `This is how the free local look would do it. ${maker} makes it anew, in its own way.`,
    part: (maker) => `This shows only what a local look can do of it. ${maker} makes all of it.`,
    nothing: (maker) => `The clip as it is now. What ${maker} makes of it is seen once it is made.`,
  };

  clipbot.preview = (root, note) => {
    const before = root.querySelector(".before"), after = root.querySelector(".after");
    const left = root.querySelector(".left"), right = root.querySelector(".right");
    const slider = root.querySelector("input"), video = root.querySelector("video");
    const button = root.querySelector(".preview-play"), veil = root.querySelector(".preview-veil");
    const tabs = root.parentElement.querySelector(".preview-tabs");
    let address = null, query = "", loaded = 0, failed = false, mode = "exact", shown = null;

    slider.addEventListener("input", () => root.style.setProperty("--split", `${slider.value}%`));
    for (const picture of [before, after]) {
      picture.addEventListener("load", () => { loaded += 1; look(); });
      picture.addEventListener("error", () => { if (picture.hasAttribute("src")) { failed = true; look(); } });
    }

    function look() {
      const isStill = mode === "nothing", isReady = loaded >= (isStill ? 1 : 2) && !failed;
      root.classList.toggle("is-ready", isReady);
      root.classList.toggle("is-still", isStill);
      veil.hidden = isReady;
      text(veil, failed ? "There is no picture of this one." : isStill ? "" : "Making a free preview…");
      button.hidden = isStill || !isReady;
      slider.disabled = isStill || !isReady;
    }

    function still() {
      video.pause();
      video.removeAttribute("src");
      video.load();
      video.hidden = true;
      root.classList.remove("is-moving", "is-loading");
      button.replaceChildren(icon("play"), "Play 4 seconds");
    }
    button.addEventListener("click", () => {
      if (!video.hidden) return still();
      video.hidden = false;
      root.classList.add("is-loading");
      video.src = `${address}preview.mp4${query}`;
      video.play().catch(() => {});
      button.replaceChildren(icon("back"), "Back to before | after");
    });
    video.addEventListener("playing", () => { root.classList.remove("is-loading"); root.classList.add("is-moving"); });
    video.addEventListener("error", () => {
      if (!video.hasAttribute("src")) return;
      still();
      clipbot.toast("The moving preview could not be made.", "bad");
    });

    const hasPictures = (row) => !row?.reason && row?.preview !== "nothing";
    /** Say what the pictures are, for the maker that is chosen now. */
    function name(row) {
      mode = row?.reason ? "nothing" : row?.preview ?? "exact";
      text(left, mode === "nothing" ? "Now" : "Before");
      text(right, mode === "exact" ? "After" : mode === "part" ? "After, in part" : "As a local look");
      const words = row && !row.reason ? NOTES[mode](row.maker) : "";
      text(note, words);
      note.hidden = !words;
    }
    function point(job, row, index, quoteId) {
      address = `${clipbot.jobPath(job)}/clips/${index}/`;
      query = `?quote_id=${encodeURIComponent(quoteId)}`;
      loaded = 0;
      failed = false;
      still();
      name(row);
      slider.value = "50";
      root.style.setProperty("--split", mode === "nothing" ? "100%" : "50%");
      if (mode === "nothing") {
        after.removeAttribute("src");
        const { thumbnail } = clipbot.clip(index) ?? {};
        if (thumbnail) before.src = thumbnail;
        else failed = true;
      } else {
        before.src = `${address}preview/before.jpg${query}`;
        after.src = `${address}preview/after.jpg${query}`;
      }
      look();
    }

    return {
      /** Show the preview of a quote; with several clips, one tab each. What is shown already
       * stays: another price of the same change looks the same. */
      show(job, quoted) {
        const indexes = [...new Set(quoted.edits.flatMap((edit) => edit.clips))].sort((one, other) => one - other).map((number) => number - 1);
        const row = (index) => quoted.rows.find((one) => one.clip === index + 1);
        const { film } = clipbot.state.job ?? {};
        const subject = JSON.stringify([job, quoted.edits, indexes.map((index) => hasPictures(row(index)))]);
        const isSame = shown?.subject === subject;
        shown = { subject, index: isSame ? shown.index : indexes[0] };
        root.style.setProperty("--ratio", film?.width ? `${film.width} / ${film.height}` : "16 / 9");
        root.classList.toggle("is-tall", Boolean(film && film.height > film.width));
        tabs.hidden = indexes.length < 2;
        tabs.replaceChildren(...(indexes.length < 2 ? [] : indexes.slice(0, 8).map((index) =>
          el("button.chip", { type: "button", text: `Clip ${index + 1}`, "aria-pressed": String(index === shown.index),
            onclick: (event) => {
              for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab === event.currentTarget));
              shown.index = index;
              point(job, row(index), index, quoted.quote_id);
            } }))));
        if (isSame) return name(row(shown.index));
        if (indexes.length) point(job, row(indexes[0]), indexes[0], quoted.quote_id);
      },
      stop() {
        still();
        shown = null;
        for (const picture of [before, after]) picture.removeAttribute("src");
      },
    };
  };
})(window.clipbot);
