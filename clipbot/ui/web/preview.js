/* The free preview in the cost dialog: before | after with a divider, then four seconds of it. */
((clipbot) => {
  const { el, icon, text } = clipbot;

  clipbot.preview = (root) => {
    const before = root.querySelector(".before"), after = root.querySelector(".after");
    const slider = root.querySelector("input"), video = root.querySelector("video");
    const button = root.querySelector(".preview-play"), veil = root.querySelector(".preview-veil");
    const tabs = root.parentElement.querySelector(".preview-tabs");
    let address = null, loaded = 0, failed = false;

    slider.addEventListener("input", () => root.style.setProperty("--split", `${slider.value}%`));
    for (const picture of [before, after]) {
      picture.addEventListener("load", () => { loaded += 1; look(); });
      picture.addEventListener("error", () => { if (picture.hasAttribute("src")) { failed = true; look(); } });
    }

    function look() {
      root.classList.toggle("is-ready", loaded >= 2 && !failed);
      veil.hidden = loaded >= 2 && !failed;
      text(veil, failed ? "No preview for this one." : "Making a free preview…");
      button.hidden = failed || loaded < 2;
      slider.disabled = failed || loaded < 2;
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

    let query = "";
    function point(job, index, quoteId) {
      address = `${clipbot.jobPath(job)}/clips/${index}/`;
      query = `?quote_id=${encodeURIComponent(quoteId)}`;
      loaded = 0;
      failed = false;
      still();
      look();
      slider.value = "50";
      root.style.setProperty("--split", "50%");
      before.src = `${address}preview/before.jpg${query}`;
      after.src = `${address}preview/after.jpg${query}`;
    }

    return {
      /** Show the preview of a quote; with several clips, one tab each. */
      show(job, quoted) {
        const indexes = [...new Set(quoted.edits.flatMap((edit) => edit.clips))].map((number) => number - 1);
        const { film } = clipbot.state.job ?? {};
        root.style.setProperty("--ratio", film?.width ? `${film.width} / ${film.height}` : "16 / 9");
        root.classList.toggle("is-tall", Boolean(film && film.height > film.width));
        tabs.hidden = indexes.length < 2;
        tabs.replaceChildren(...(indexes.length < 2 ? [] : indexes.slice(0, 8).map((index) =>
          el("button.chip", { type: "button", text: `Clip ${index + 1}`, "aria-pressed": String(index === indexes[0]),
            onclick: (event) => {
              for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab === event.currentTarget));
              point(job, index, quoted.quote_id);
            } }))));
        if (indexes.length) point(job, indexes[0], quoted.quote_id);
      },
      stop() {
        still();
        for (const picture of [before, after]) picture.removeAttribute("src");
      },
    };
  };
})(window.clipbot);
