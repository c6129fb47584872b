/* The list: reads it page by page, keeps it fresh, moves through it by keys. */
((clipbot) => {
  const { el, icon, review, filters } = clipbot;
  const at = (name) => document.querySelector(name);
  const list = at(".rows"), tally = at(".tally"), state = at(".state"), more = at(".more"), back = at(".back"), share = at(".share"), theme = at(".theme");
  const FRESH_MS = 4000, SIZE = 50;
  let rows = [], next = null, active = null, labels = new Map(), canMark = false, counts = null, turn = 0, isReading = false;

  const entry = (id) => rows.find((row) => row.edit.regeneration_id === id);
  function build(edit) {
    const id = edit.regeneration_id;
    const acts = {
      compare: () => { choose(id); clipbot.compareEdit(edit); },
      mark: (mark) => { choose(id); say(id, { mark }); },
      note: (note) => say(id, { note }),
      moment: (moment) => say(id, { moment }),
      focus: () => choose(id),
    };
    return { edit, said: JSON.stringify(edit), ...clipbot.reviewRow(edit, { labels, canMark, jobId: review.id, acts }) };
  }

  /* What one says of an edit: one after another, so that the last word counts. */
  let saying = Promise.resolve();
  function say(id, change) {
    saying = saying.then(async () => {
      const { edit } = entry(id) ?? {};
      if (!edit || !canMark) return;
      const mark = change.mark ?? edit.mark?.mark ?? "none", note = change.note ?? entry(id).node.querySelector(".note").value;
      try {
        const moment = change.moment === undefined ? edit.mark?.moment_seconds ?? null : change.moment;
        replace(await review.mark(id, mark, note, moment));
        await count();
      } catch (error) { clipbot.toast(error.message, "bad"); }
    });
    return saying;
  }
  function replace(edit) {
    const place = rows.findIndex((row) => row.edit.regeneration_id === edit.regeneration_id);
    if (place < 0 || rows[place].said === JSON.stringify(edit)) return;
    const old = rows[place], fresh = build(edit), typed = old.node.querySelector(".note"), hasFocus = old.node.contains(document.activeElement);
    const isTyping = typed && document.activeElement === typed;
    if (isTyping) fresh.node.querySelector(".note").value = typed.value;
    old.films.stop();
    rows[place] = fresh;
    old.node.replaceWith(fresh.node);
    if (active === edit.regeneration_id) fresh.node.setAttribute("aria-current", "true");
    if (isTyping) fresh.node.querySelector(".note").focus();
    else if (hasFocus) fresh.node.focus({ preventScroll: true });
  }

  /* Of the whole film; before it, how many of its edits are looked for. */
  function sum() {
    const marks = counts.marks, some = filters.isAny() ? `${rows.length}${next ? "+" : ""} of ` : "";
    const words = [some + clipbot.count(counts.total, "edit"), counts.verdicts.passed ? `${counts.verdicts.passed} passed the gate` : null, counts.verdicts.failed ? `${counts.verdicts.failed} failed it` : null,
      marks.accept ? `${marks.accept} accepted` : null, marks.reject ? `${marks.reject} rejected` : null, marks.none && counts.total ? `${marks.none} not marked` : null, clipbot.money(counts.cost)];
    clipbot.text(tally, counts.total ? words.filter(Boolean).join(" \u00b7 ") : "");
  }
  function describe(page) {
    counts = page.counts;
    clipbot.text(at("h1 .film"), page.title);
    document.title = `Review: ${page.title} \u00b7 clipbot`;
    labels = new Map(counts.renderers.map(({ key, label }) => [key, label]));
    canMark = page.can_mark;
    filters.fill(page);
    share.hidden = !canMark;
    for (const node of document.querySelectorAll(".for-reviewers")) node.hidden = !canMark;
  }
  async function count() {
    const page = await review.page("limit=1").catch(() => null);
    if (!page) return;
    describe(page);
    sum();
  }

  function tell(title, words, ...acts) {
    state.hidden = false;
    clipbot.text(state.querySelector("h2"), title);
    clipbot.text(state.querySelector("p"), words);
    state.querySelector(".acts").replaceChildren(...acts);
  }
  const button = (text, onclick) => el("button.quiet", { type: "button", text, onclick });
  function complain(error) {
    rows = [];
    list.replaceChildren();
    more.hidden = true;
    clipbot.text(tally, "");
    if (error.status === 401) return tell("Please sign in", error.message, el("a.quiet", { text: "Sign in", href: `/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}` }));
    return tell(review.isShared ? "This link opens nothing" : "This review cannot be shown", error.message, error.status === 404 || error.status === 403 ? el("span") : button("Try again", load));
  }
  function empty(page) {
    if (!page.counts.total) return tell("Nothing to review yet", "Every edit of this film will be listed here, with what was before and after.");
    return tell("Nothing like that", "No edit of this film is what you look for.", button("Clear filters", filters.clear));
  }

  function address(before) {
    const query = filters.query();
    query.set("limit", String(SIZE));
    if (before) query.set("before", before);
    return query.toString();
  }
  async function load() {
    const mine = ++turn;
    list.setAttribute("aria-busy", "true");
    if (!rows.length) { state.hidden = true; list.replaceChildren(...Array.from({ length: 4 }, () => el("li.row.skeleton", { "aria-hidden": "true" }))); }
    const query = filters.query().toString();
    for (const [name, ending] of [[".csv", "csv"], [".json", "json"]]) at(name).href = `${review.base}/review.${ending}${query ? `?${query}` : ""}`;
    try {
      const page = await review.page(address());
      if (mine !== turn) return;
      describe(page);
      for (const row of rows) row.films.stop();
      rows = page.regenerations.map(build);
      next = page.next_before;
      state.hidden = true;
      list.replaceChildren(...rows.map((row) => row.node));
      if (!entry(active)) active = null;
      sum();
      if (!rows.length) empty(page);
      more.hidden = !next;
    } catch (error) { if (mine === turn) complain(error); }
    if (mine === turn) list.setAttribute("aria-busy", "false");
  }
  async function append() {
    if (!next || isReading) return;
    isReading = true;
    const mine = turn;
    try {
      const page = await review.page(address(next));
      if (mine === turn) {
        const fresh = page.regenerations.map(build);
        rows.push(...fresh);
        list.append(...fresh.map((row) => row.node));
        next = page.next_before;
        more.hidden = !next;
        sum();
      }
    } catch (error) { clipbot.toast(error.message, "bad"); }
    isReading = false;
  }

  /* Edits that run change by themselves, and new ones may come on top. */
  const refresh = clipbot.coalesced(async () => {
    const mine = turn, page = await review.page(address()).catch(() => null);
    if (!page || mine !== turn) return;
    const isSame = page.regenerations.every((edit, place) => rows[place]?.edit.regeneration_id === edit.regeneration_id);
    if (!isSame && !document.activeElement?.closest(".note")) return load();
    describe(page);
    for (const edit of page.regenerations) replace(edit);
    sum();
  });
  setInterval(() => {
    const isOpen = rows.some(({ edit }) => !edit.is_by_pipeline && (edit.status === "queued" || edit.status === "processing"));
    if (isOpen && !document.hidden) refresh();
  }, FRESH_MS);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && rows.length) refresh(); });

  function choose(id) {
    for (const row of rows) clipbot.attribute(row.node, "aria-current", row.edit.regeneration_id === id ? "true" : null);
    if (active !== id) entry(active)?.films.stop();
    active = id;
    const row = entry(id);
    if (!row.node.contains(document.activeElement)) row.node.focus({ preventScroll: true });
  }
  async function step(by) {
    if (!rows.length) return;
    const place = rows.findIndex((row) => row.edit.regeneration_id === active);
    if (by > 0 && place >= rows.length - 3) await append();
    const row = rows[Math.max(0, Math.min(rows.length - 1, place < 0 ? 0 : place + by))];
    row.node.focus({ preventScroll: true });
    choose(row.edit.regeneration_id);
    row.node.scrollIntoView({ block: "nearest", behavior: clipbot.calm() ? "auto" : "smooth" });
  }
  const toggled = (mark) => say(active, { mark: entry(active).edit.mark?.mark === mark ? "none" : mark });
  const KEYS = {
    j: () => step(1), k: () => step(-1), "/": filters.focus, "?": () => at("dialog.keys").showModal(),
    " ": () => entry(active)?.films.toggle(), Enter: () => entry(active) && clipbot.compareEdit(entry(active).edit),
    a: () => entry(active) && canMark && toggled("accept"), r: () => entry(active) && canMark && toggled("reject"),
    m: () => { if (canMark && clipbot.moments.place(active) !== undefined) say(active, { moment: clipbot.moments.place(active) }); },
    n: () => entry(active)?.node.querySelector(".note")?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || at("dialog[open]")) return;
    if (event.target.closest?.("input, select, textarea")) { if (event.key === "Escape") event.target.blur(); return; }
    if ((event.key === " " || event.key === "Enter") && event.target.closest?.("button, a")) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  list.addEventListener("focusin", (event) => { const id = event.target.closest(".row")?.dataset.edit; if (id && id !== active) choose(id); });

  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector(".close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
  clipbot.draw(document);
  function shade() {
    const isDark = document.documentElement.dataset.theme === "dark", label = isDark ? "Light theme" : "Dark theme";
    theme.replaceChildren(icon(isDark ? "sun" : "moon"));
    theme.title = label;
    theme.setAttribute("aria-label", label);
  }
  theme.addEventListener("click", () => {
    const chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("clipbot-theme", chosen); } catch { /* then only until the page is closed */ }
    document.documentElement.dataset.theme = chosen;
    shade();
  });
  shade();
  at(".help").addEventListener("click", KEYS["?"]);
  share.addEventListener("click", clipbot.openSharing);
  more.querySelector("button").addEventListener("click", append);
  new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) append(); }, { rootMargin: "600px" }).observe(more);
  filters.onchange(load);
  if (!review.isShared) { back.hidden = false; back.href = `/?job=${encodeURIComponent(review.id)}`; }

  review.enter().then((opened) => {
    if (opened) { at(".until").hidden = false; clipbot.text(at(".until"), `Shared with you until ${clipbot.reviewParts.when(opened.expires_at)}`); }
    return load();
  }).catch(complain);
})(window.clipbot);
