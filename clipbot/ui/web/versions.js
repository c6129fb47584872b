/* The versions of the active clip: a strip or a tree of them, and all about the chosen one. */
((clipbot) => {
  const { el, icon, state, text } = clipbot;
  const KEPT = "clipbot-versions";
  const BACK = { ArrowLeft: -1, ArrowUp: -1 }, ON = { ArrowRight: 1, ArrowDown: 1 };

  clipbot.part("versions", (root, host) => {
    const at = (name) => root.querySelector(name);
    const list = at(".version-list"), detail = at(".version-detail"), title = at(".pane-title"), note = at(".pane-note"), views = [...root.querySelectorAll("[data-view]")];
    let shown = null, versions = [], chosen = null, view = "strip", rows = [], drawn = new Map(), told = "";
    try { view = localStorage.getItem(KEPT) === "tree" ? "tree" : "strip"; } catch { /* then it is the strip */ }
    clipbot.offers(root, host);
    clipbot.slot(root);

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

    const header = (index) => text(title, index === null ? "Versions" : `Versions of clip ${index + 1}`);
    function empty(...nodes) {
      for (const name of ["role", "aria-orientation", "aria-label"]) list.removeAttribute(name);
      list.replaceChildren(...nodes);
      detail.replaceChildren();
      drawn = new Map();
      told = "";
    }
    function skeleton(index) {
      header(index);
      text(note, "");
      empty(el("div.version.skeleton"), el("div.version.skeleton"));
    }
    function complain(index, error) {
      header(index);
      shown = null;
      empty(el("p.hollow", {}, error.message, " ", el("button.quiet", { type: "button", text: "Try again", onclick: load })));
    }

    function draw(index, found) {
      const before = index === shown ? versions : [];
      [shown, versions] = [index, found];
      header(index);
      text(note, found.length > 1 ? `${found.length} in all` : "");
      root.classList.toggle("has-several", found.length > 1);
      if (index === null) return empty(el("p.hollow", { text: "Select a clip to see its versions." }));
      chosen = toChoose(before, found);
      layOut();
    }
    /** What is new is shown: what waits for a yes, what the film shows now; else what was. */
    function toChoose(before, found) {
      const now = current(found) ?? found[0];
      const isNew = (version) => !before.some((old) => old.number === version.number);
      const offered = found.find((version) => version.isOffered && isNew(version));
      if (offered) return offered.number;
      return now.number === current(before)?.number && versionOf(chosen) ? chosen : now.number;
    }
    const current = (all) => all.find((version) => version.isCurrent);
    const versionOf = (number) => versions.find((version) => version.number === number) ?? null;

    /** Draw what changed of the list, and keep the focus where it was. */
    function layOut() {
      const isTree = view === "tree", hadFocus = list.contains(document.activeElement);
      for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === view));
      root.dataset.view = view;
      list.setAttribute("role", isTree ? "tree" : "listbox");
      clipbot.attribute(list, "aria-orientation", isTree ? null : "horizontal");
      list.setAttribute("aria-label", `Versions of clip ${shown + 1}`);
      rows = isTree ? clipbot.versionRows(versions) : versions.toSorted((a, b) => a.number - b.number).map((version) => ({ version }));
      const lanes = isTree ? 1 + Math.max(...rows.map((row) => row.lane)) : 1, next = new Map();
      for (const row of rows) {
        const sign = JSON.stringify([view, lanes, row, versions.length]), old = drawn.get(row.version.number);
        next.set(row.version.number, old?.sign === sign ? old : { sign, node: isTree ? branch(row, lanes) : still(row.version) });
      }
      drawn = next;
      const nodes = rows.map((row) => drawn.get(row.version.number).node);
      if (nodes.some((node, place) => list.children[place] !== node) || list.childElementCount !== nodes.length) list.replaceChildren(...nodes);
      mark(hadFocus);
    }

    /** Show which one is chosen, and all about it. */
    function mark(withFocus = false) {
      for (const [number, { node }] of drawn) {
        node.setAttribute("aria-selected", String(number === chosen));
        node.tabIndex = number === chosen ? 0 : -1;
      }
      const node = drawn.get(chosen)?.node;
      if (withFocus) node?.focus({ preventScroll: true });
      bring(node);
      tell();
    }
    /** Into view within its own list; nothing else on the page moves. */
    function bring(node) {
      if (!node) return;
      const [frame, box] = [list.getBoundingClientRect(), node.getBoundingClientRect()];
      const by = (start, stop, from, to) => (start < from ? start - from : stop > to ? stop - to : 0);
      list.scrollLeft += by(box.left - 24, box.right + 24, frame.left, frame.right);
      list.scrollTop += by(box.top - 8, box.bottom + 8, frame.top, frame.bottom);
    }
    function tell() {
      const version = versionOf(chosen);
      const other = version.isCurrent ? version.parent ?? rowBefore()?.version.number ?? null : current(versions)?.number ?? null;
      const sign = JSON.stringify([shown, state.jobId, version, versions.length, other, clipbot.listens("compare")]);
      if (sign === told) return; // Whoever is typing a template's name goes on with that.
      told = sign;
      detail.setAttribute("aria-label", `Version ${version.number}`);
      detail.replaceChildren(...clipbot.versionFacts(shown, version, { host, count: versions.length, choose, restore, remove, other }));
      detail.scrollTop = 0;
    }
    const placeOf = (number) => rows.findIndex((row) => row.version.number === number);
    const rowBefore = () => rows[placeOf(chosen) - 1];

    function choose(number, withFocus = true) {
      if (!versionOf(number)) return;
      chosen = number;
      mark(withFocus);
    }

    function shot(version) {
      const picture = el("img", { alt: "", loading: "lazy", decoding: "async", draggable: "false", src: version.thumbnail });
      const node = el("div.shot", {}, picture, el("span.blank", {}, icon("image")));
      node.classList.toggle("no-picture", !version.thumbnail);
      picture.addEventListener("load", () => node.classList.add("has-picture"));
      picture.addEventListener("error", () => node.classList.add("no-picture"));
      return node;
    }
    function named(version, role, props, ...children) {
      const words = [`Version ${version.number}`, ...clipbot.versionBadges(version, versions.length).map(([, what]) => what), clipbot.versionWords(version)];
      if (view === "tree" && version.parent) words.push(`from version ${version.parent}`);
      return el(`div.version${version.isCurrent ? ".is-current" : ""}${version.isOffered ? ".is-offered" : ""}${version.footage ? "" : ".is-gone"}`,
        { role, "data-version": version.number, "aria-label": words.join(", "), "aria-current": version.isCurrent ? "true" : null, ...props }, ...children);
    }
    function still(version) {
      const picture = shot(version), badge = clipbot.versionBadges(version, versions.length)[0];
      picture.append(el("span.number", { text: `v${version.number}` }));
      if (badge) picture.append(el("span.badges", {}, el(`span.badge.${badge[0]}`, { text: badge[1] })));
      if (version.parent && version.parent !== version.number - 1) picture.append(el("span.from", { text: `from v${version.parent}` }));
      return named(version, "option", {}, picture, el("p.what", { text: clipbot.versionWords(version), dir: "auto" }));
    }
    function branch(row, lanes) {
      const { version } = row, badges = clipbot.versionBadges(version, versions.length);
      return named(version, "treeitem", { "aria-level": row.level }, clipbot.versionLanes(row, lanes), shot(version),
        el("span.number", { text: `v${version.number}` }), el("p.what", { text: clipbot.versionWords(version), dir: "auto" }),
        ...badges.slice(0, 1).map(([kind, what]) => el(`span.badge.${kind}`, { text: what })),
        version.cost ? el("span.price", { text: clipbot.money(version.cost) }) : null);
    }

    list.addEventListener("click", (event) => {
      const node = event.target.closest(".version[data-version]");
      if (node) choose(Number(node.dataset.version));
    });
    list.addEventListener("dblclick", (event) => { if (event.target.closest(".version[data-version]")) play(); });
    list.addEventListener("keydown", (event) => {
      if (!event.target.closest(".version[data-version]") || event.altKey || event.ctrlKey || event.metaKey) return;
      const next = towards(event.key);
      if (next) choose(next.version.number);
      else if (event.key === "Enter") play();
      else if (!(event.key in BACK) && !(event.key in ON)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    function towards(key) {
      const place = placeOf(chosen);
      if (key === "Home") return rows[0];
      if (key === "End") return rows.at(-1);
      if (view === "tree" && key === "ArrowLeft") return rows[placeOf(versionOf(chosen).parent)];
      if (view === "tree" && key === "ArrowRight") return rows[place + 1]?.version.parent === chosen ? rows[place + 1] : rows.find((row) => row.version.parent === chosen);
      return rows[place + (BACK[key] ?? ON[key] ?? Infinity)];
    }
    function play() {
      const version = versionOf(chosen);
      if (version?.footage) clipbot.emit("play-version", { index: shown, version });
    }
    for (const button of views) button.addEventListener("click", () => {
      view = button.dataset.view;
      try { localStorage.setItem(KEPT, view); } catch { /* then only until the page is closed */ }
      if (versions.length) layOut();
    });

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

    async function remove(index, version, button) {
      button.disabled = true;
      try {
        await clipbot.call(host.server.delete_version, { job: state.jobId, clip: index, version: version.number });
        clipbot.toast(`The footage of version ${version.number} is deleted.`);
        await load();
        drawn.get(chosen)?.node.focus({ preventScroll: true });
      } catch (error) {
        button.disabled = false;
        clipbot.toast(error.message, "bad");
      }
    }

    clipbot.hoverCards(list, ".version[data-version]", (node) => versionOf(Number(node.dataset.version))?.footage);
    clipbot.watch("active", load);
    clipbot.on("clips", (clips) => {
      if (!clips?.length) return draw(null, []);
      const clip = clipbot.clip(shown ?? -1), now = current(versions);
      if (!clip || clip.versions !== versions.length || clip.version !== now?.number || clip.hasOffer !== versions.some((version) => version.isOffered)) load();
    });
  });
})(window.clipbot);
