/* The command palette: type a few letters of what you want, Enter does it.
 *
 * A combobox over a listbox: the focus stays in the box, `aria-activedescendant` says which
 * row is meant. Words are found by their beginnings, in any order. */
((clipbot) => {
  const { el, text } = clipbot;
  const KEPT = "clipbot-recent", MOST_RECENT = 5, MOST = 40, PAGE = 6;

  /** The words of a text as they are compared: small, without accents. */
  const wordsOf = (value) => value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /** How well a row fits: 0 if a typed word begins none of its words; its name counts for more. */
  function fit(row, typed) {
    const name = wordsOf(row.name), other = wordsOf(`${row.words} ${row.kind}`);
    let sum = 0;
    for (const [place, word] of typed.entries()) {
      const best = Math.max(0, ...name.map((each, at) => (each === word ? 6 : each.startsWith(word) ? 4 : 0) + (each.startsWith(word) && at === place ? 1 : 0)),
        ...other.map((each) => (each === word ? 2 : each.startsWith(word) ? 1 : 0)));
      if (!best) return 0;
      sum += best;
    }
    return sum / typed.length - (row.why ? 0.5 : 0); // what can be done goes before what cannot
  }

  const recent = () => { try { return JSON.parse(localStorage.getItem(KEPT)) ?? []; } catch { return []; } };
  function remember(id) {
    const ids = [id, ...recent().filter((each) => each !== id)].slice(0, MOST_RECENT);
    try { localStorage.setItem(KEPT, JSON.stringify(ids)); } catch { /* then nothing is recent */ }
  }

  clipbot.part("palette", (root) => {
    const at = (name) => root.querySelector(name);
    const dialog = at("dialog"), box = at("input"), list = at(".palette-list"), note = at(".palette-note"), said = at(".palette-said");
    let rows = [], place = 0, opener = null;

    function found(query) {
      const typed = wordsOf(query), ids = recent(), age = (row) => (ids.includes(row.id) ? ids.indexOf(row.id) : Infinity);
      const all = clipbot.commands.all(), named = clipbot.commands.named();
      if (!typed.length) {
        const last = ids.map((id) => [...all, ...named].find((row) => row.id === id)).filter(Boolean);
        return [["Recent", last], ["Commands", all.filter((row) => !last.includes(row))]];
      }
      const fitting = [...all, ...named].map((row) => ({ row, fit: fit(row, typed) })).filter((each) => each.fit)
        .sort((one, other) => other.fit - one.fit || (age(one.row) === age(other.row) ? 0 : age(one.row) - age(other.row)));
      return [["", fitting.map((each) => each.row)]];
    }

    function draw(keep = false) {
      const held = keep ? rows[place]?.id : null, groups = found(box.value), isEmpty = !box.value.trim();
      const all = groups.flatMap(([, each]) => each);
      rows = all.slice(0, isEmpty ? all.length : MOST);
      let number = 0;
      list.replaceChildren(...groups.filter(([, each]) => each.length).map(([title, each]) => {
        const nodes = each.slice(0, rows.length - number).map((row) => option(row, number++));
        return title ? el("div.palette-group", { role: "group", "aria-label": title }, el("p", { text: title, "aria-hidden": "true" }), ...nodes) : nodes;
      }).flat());
      list.hidden = !rows.length;
      box.setAttribute("aria-expanded", String(Boolean(rows.length)));
      const more = all.length - rows.length;
      const count = rows.length ? clipbot.count(all.length, "command") : "Nothing fits these words";
      text(note, !rows.length ? "Nothing fits these words. Enter puts them into the chat." : isEmpty ? "Type a number or words of a clip to go to it, or the name of a template" : more ? `and ${more} more: type on` : "");
      note.hidden = !note.textContent;
      text(said, isEmpty ? "" : count);
      mark(Math.max(0, held ? rows.findIndex((row) => row.id === held) : 0));
      if (!keep) list.scrollTop = 0;
    }

    function option(row, number) {
      const keys = row.keys.map((each) => el("kbd", { text: clipbot.commands.shown(each) }));
      const detail = row.why ?? row.detail;
      return el("div.palette-row", { role: "option", id: `cb-palette-${number}`, "data-place": number, "aria-selected": "false", "aria-disabled": row.why ? "true" : null },
        el("span.name", { text: row.name, dir: "auto" }), detail ? el(row.why ? "span.why" : "span.detail", { text: detail, dir: "auto" }) : null,
        row.kind ? el("span.kind", { text: row.kind }) : null, ...keys);
    }
    const nodeAt = (number) => list.querySelector(`[data-place="${number}"]`);
    function mark(number) {
      nodeAt(place)?.setAttribute("aria-selected", "false");
      place = number;
      const node = nodeAt(place);
      node?.setAttribute("aria-selected", "true");
      clipbot.attribute(box, "aria-activedescendant", node?.id ?? null);
      node?.scrollIntoView({ block: "nearest" });
      if (place === 0) list.scrollTop = 0;
    }

    function run() {
      const row = rows[place];
      if (!row) return say();
      if (row.why) return text(said, `${row.name}: ${row.why}`);
      remember(row.id);
      close();
      row.run();
    }
    /** What is no command may be a wish. */
    function say() {
      const words = box.value.trim();
      if (!words) return;
      close();
      clipbot.tab("chat");
      clipbot.compose.put(words);
    }
    function close() {
      dialog.close();
      // The browser gives the focus back; where what had it is gone, it is not lost altogether.
      if (opener?.isConnected && opener !== document.body) clipbot.focusAgain(opener);
    }

    clipbot.palette = () => {
      if (dialog.open) return close();
      if (document.querySelector("dialog[open]")) return;
      for (const panel of document.querySelectorAll("#clipbot .panel:popover-open")) panel.hidePopover();
      opener = document.activeElement;
      clipbot.askTemplates?.();
      box.value = "";
      dialog.showModal();
      draw();
      box.focus();
    };
    box.addEventListener("input", () => draw());
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey) return;
      const last = rows.length - 1;
      const next = { ArrowDown: place === last ? 0 : place + 1, ArrowUp: place === 0 ? last : place - 1, PageDown: Math.min(last, place + PAGE), PageUp: Math.max(0, place - PAGE) }[event.key];
      if (next !== undefined && rows.length) mark(next);
      else if (event.key === "Enter" && event.target === box) run();
      else if (!clipbot.commands.pressed(event)?.isEverywhere) return;
      else if (!event.repeat) close();
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
    list.addEventListener("pointermove", (event) => {
      const node = event.pointerType === "mouse" && event.target.closest("[data-place]");
      if (node && Number(node.dataset.place) !== place) mark(Number(node.dataset.place));
    });
    list.addEventListener("click", (event) => {
      const node = event.target.closest("[data-place]");
      if (!node) return;
      mark(Number(node.dataset.place));
      run();
    });
    at(".leave").addEventListener("click", close);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
    for (const topic of ["clips", "job", "runs", "jobs", "templates", "evenness"]) clipbot.on(topic, () => { if (dialog.open) draw(true); });
  });
})(window.clipbot);
