/* What is looked for: fields on top, kept in the page's address, sent along with every reading. */
((clipbot) => {
  const { el } = clipbot;
  const form = document.querySelector(".filters"), clear = form.querySelector("[type=reset]");
  const NAMES = ["text", "clip", "verdict", "mark", "status", "renderer", "from", "to"];
  const fields = Object.fromEntries(NAMES.map((name) => [name, form.elements.namedItem(name)]));
  let changed = () => {};

  /* Choices that come with the first answer; one that the address names is there before. */
  function offer(field, choices) {
    const kept = field.value, first = field.options[0];
    const known = choices.some(([value]) => value === kept) || !kept ? choices : [...choices, [kept, kept]];
    const said = JSON.stringify(known);
    if (field.dataset.said === said) return;
    field.dataset.said = said;
    field.replaceChildren(first, ...known.map(([value, label]) => el("option", { value, text: label })));
    field.value = kept;
  }

  function take() {
    const query = new URLSearchParams(window.location.search);
    for (const name of NAMES) {
      const value = query.get(name) ?? "", field = fields[name];
      const isNew = field.tagName === "SELECT" && ["clip", "renderer"].includes(name) && value;
      if (isNew && ![...field.options].some((option) => option.value === value) && (name !== "clip" || /^[1-9]\d{0,8}$/.test(value))) field.append(el("option", { value, text: value }));
      field.value = value;
      if (field.value !== value) field.value = "";
    }
  }
  const given = () => NAMES.map((name) => [name, fields[name].value.trim()]).filter(([, value]) => value);
  function keep() {
    const query = new URLSearchParams(given()).toString();
    window.history.replaceState(null, "", window.location.pathname + (query ? `?${query}` : ""));
    clear.hidden = !query;
  }

  /* A day begins and ends where the reviewer is. */
  const day = (text, later) => {
    const [year, month, date] = text.split("-").map(Number);
    return new Date(year, month - 1, date + later).toISOString();
  };
  /** What REST is asked with. */
  const query = () => {
    const found = new URLSearchParams(given());
    if (found.get("from")) found.set("from", day(found.get("from"), 0));
    if (found.get("to")) found.set("to", day(found.get("to"), 1));
    return found;
  };

  const unfold = form.querySelector(".unfold");
  unfold.addEventListener("click", () => unfold.setAttribute("aria-expanded", String(form.classList.toggle("is-open"))));

  const settle = clipbot.settled(() => { keep(); changed(); }, 200);
  form.addEventListener("input", settle);
  form.addEventListener("submit", (event) => { event.preventDefault(); keep(); changed(); });
  form.addEventListener("reset", (event) => { event.preventDefault(); for (const name of NAMES) fields[name].value = ""; keep(); changed(); });

  clipbot.filters = {
    query, isAny: () => given().length > 0,
    onchange(run) { changed = run; },
    clear() { form.reset(); },
    focus() { fields.text.focus(); },
    fill({ clip_count: clips, counts }) {
      offer(fields.clip, Array.from({ length: clips }, (_, index) => [String(index + 1), String(index + 1)]));
      offer(fields.renderer, counts.renderers.map(({ key, label, count }) => [key, `${label} (${count})`]));
    },
  };
  take();
  clear.hidden = !given().length;
  // On a phone most fields are folded away, but never one that leaves something out.
  if (given().some(([name]) => name !== "text")) unfold.click();
})(window.clipbot);
