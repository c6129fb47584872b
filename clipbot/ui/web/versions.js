/* The versions of the active clip: what was asked, what it cost, what it measurably did. */
((clipbot) => {
  const { el, icon, state, text } = clipbot;
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

  clipbot.part("versions", (root, host) => {
    const list = root.querySelector(".version-list"), title = root.querySelector(".pane-title"), note = root.querySelector(".pane-note");
    let shown = null, versions = [];

    const load = clipbot.coalesced(async () => {
      const index = state.active, job = state.jobId;
      if (index === null || !job) return draw(null, []);
      if (shown !== index) skeleton(index);
      try {
        const found = await clipbot.read.versions(job, index);
        if (index === state.active && job === state.jobId) draw(index, found);
      } catch (error) {
        if (index === state.active) complain(index, error);
      }
    });

    function header(index) {
      text(title, index === null ? "Versions" : `Versions of clip ${index + 1}`);
    }
    function skeleton(index) {
      header(index);
      text(note, "");
      list.replaceChildren(el("div.version.skeleton"), el("div.version.skeleton"));
    }
    function complain(index, error) {
      header(index);
      shown = null;
      list.replaceChildren(el("p.hollow", {}, error.message, " ", el("button.quiet", { type: "button", text: "Try again", onclick: load })));
    }

    function draw(index, found) {
      shown = index;
      versions = found;
      header(index);
      text(note, index === null ? "" : found.length > 1 ? `${found.length}, newest first` : "Each change adds one; none is ever overwritten");
      if (index === null) return list.replaceChildren(el("p.hollow", { text: "Select a clip to see its versions." }));
      list.replaceChildren(...found.map((version) => card(index, version, found.length)));
    }

    function card(index, version, count) {
      const picture = el("img", { alt: "", loading: "lazy", decoding: "async", src: version.thumbnail });
      const shot = el("div.shot", {}, picture, el("span.blank", {}, icon("image")), el("span.number", { text: `v${version.number}` }));
      shot.classList.toggle("no-picture", !version.thumbnail);
      picture.addEventListener("load", () => shot.classList.add("has-picture"));
      picture.addEventListener("error", () => shot.classList.add("no-picture"));
      const what = version.instruction || (version.number === 1 ? "Original" : "Without words");
      const facts = [version.cost || version.number > 1 ? clipbot.money(version.cost) : null,
        version.renderer ? host.props.renderers?.[version.renderer] ?? version.renderer : null,
        version.madeAt ? day.format(version.madeAt) : null].filter(Boolean);
      const play = el("button.quiet", { type: "button", disabled: !version.footage, "aria-label": `Play version ${version.number}`,
        onclick: () => clipbot.emit("play-version", { index, version }) }, icon("play"), "Play");
      const label = version.isOffered ? "Accept" : "Restore";
      const put = version.isCurrent ? null : el(`button.${version.isOffered ? "primary" : "quiet"}`, { type: "button",
        disabled: !version.footage, "aria-label": `${label} version ${version.number}`, text: label,
        onclick: (event) => restore(index, version, event.currentTarget) });
      return el(`div.version${version.isCurrent ? ".is-current" : ""}${version.isOffered ? ".is-offered" : ""}`,
        { role: "listitem", "data-version": version.number }, shot,
        el("div.about", {},
          el("div.line", {}, version.isCurrent && count > 1 ? el("span.badge.current", { text: "in the film" }) : null,
            version.isOffered ? el("span.badge.offered", { text: "offered" }) : null,
            version.footage ? null : el("span.badge.missing", { text: "footage is gone" })),
          el("p.what", { text: what, title: what }),
          version.finding ? el("p.finding", { text: clipbot.tied(version.finding) }) : null,
          facts.length ? el("p.facts", { text: facts.join(" · ") }) : null),
        el("div.acts", {}, play, put));
    }

    async function restore(index, version, button) {
      button.disabled = true;
      try {
        await clipbot.call(host.server.restore, { job: state.jobId, clip: index, version: version.number });
        clipbot.toast(`Clip ${index + 1} shows version ${version.number} now.`);
        clipbot.refreshChat?.();
        await clipbot.reload();
      } catch (error) {
        button.disabled = false;
        clipbot.toast(error.message, "bad");
      }
    }
    clipbot.useVersion = restore;

    clipbot.watch("active", load);
    clipbot.on("clips", (clips) => {
      if (!clips?.length) return draw(null, []);
      const clip = clipbot.clip(shown ?? -1), current = versions.find((version) => version.isCurrent);
      if (!clip || clip.versions !== versions.length || clip.version !== current?.number || clip.hasOffer !== versions.some((version) => version.isOffered)) load();
    });
  });
})(window.clipbot);
