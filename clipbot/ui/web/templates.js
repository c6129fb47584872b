/* Ready-made wishes: four groups of ours, the person's own, and what others here share. */
((clipbot) => {
  const { el, icon, state, text } = clipbot;
  const MINE = "Mine", SHARED = "Shared", LONGEST_NAME = 60;
  const EMPTY = {
    [MINE]: "None yet. After an edit, “Save as template” keeps it here.",
    [SHARED]: "Nobody here has shared a template yet.",
  };

  /** Fill the groups and chips above the composer; `use` is told which template was chosen. */
  clipbot.templates = (root, host, use) => {
    const groups = root.querySelector(".groups"), chips = root.querySelector(".chips");
    const ours = host.props.templates ?? [];
    const names = [...new Set(ours.map((template) => template.group)), MINE, SHARED];
    let open = names[0], own = null, edited = null;

    const load = clipbot.coalesced(async () => {
      try {
        own = (await clipbot.call(host.server.templates, {})).templates;
        if (isOwn()) draw();
        clipbot.emit("templates");
      } catch (error) { complain(error); }
    });
    function complain(error) {
      if (isOwn()) chips.replaceChildren(el("p.hollow", {}, error.message, " ", el("button.quiet", { type: "button", text: "Try again", onclick: load })));
    }
    const isOwn = () => open === MINE || open === SHARED;

    function offer(name) {
      open = name;
      edited = null;
      draw();
      if (isOwn()) load();
    }
    function draw() {
      for (const tab of groups.children) tab.setAttribute("aria-pressed", String(tab.textContent === open));
      chips.setAttribute("aria-label", `${open} templates`);
      root.querySelector(".own-edit")?.remove();
      if (!isOwn()) return chips.replaceChildren(...ours.filter((template) => template.group === open).map(chip));
      if (!own) return chips.replaceChildren(el("p.hollow", { text: "…" }));
      const found = own.filter((template) => template.is_own === (open === MINE));
      chips.replaceChildren(...(found.length ? found.map(open === MINE ? ownChip : chip) : [el("p.hollow", { text: EMPTY[open] })]));
      const now = found.find((template) => template.id === edited);
      if (now) chips.after(editor(now));
    }
    const used = ({ uses }) => `used ${uses === 1 ? "once" : uses ? `${uses} times` : "never"}`;
    const chip = (template) => el("button.chip", { type: "button", title: "uses" in template ? `${template.instruction} · ${used(template)}` : template.instruction, text: template.title, dir: "auto",
      onclick: () => use(template) });
    const ownChip = (template) => el(`span.own-chip${template.id === edited ? ".is-edited" : ""}`, {}, chip(template),
      el("button.chip-more", { type: "button", "aria-label": `Change template ${template.title}`, title: "Change, share, delete",
        "aria-expanded": String(template.id === edited), onclick: () => edit(template.id === edited ? null : template.id) }, icon("more")));
    function edit(id) {
      const left = edited;
      edited = id;
      draw();
      if (id) root.querySelector(".own-edit input").focus();
      else chips.children[own.filter((template) => template.is_own).findIndex((template) => template.id === left)]?.querySelector(".chip-more").focus();
    }

    /** Other words, another name, sharing, deleting; that asks once. */
    function editor(template) {
      const name = el("input.name", { type: "text", "aria-label": "Name of the template", maxlength: LONGEST_NAME, dir: "auto", autocomplete: "off" });
      name.value = template.title;
      const words = el("textarea.words", { rows: 2, maxlength: 2000, "aria-label": "What the template says", dir: "auto" });
      words.value = template.instruction;
      const share = el("input", { type: "checkbox", role: "switch" });
      share.checked = template.is_shared;
      const trouble = el("p.trouble", { role: "alert", hidden: true });
      const send = async (act, data) => {
        try {
          await clipbot.call(act, { template: template.id, ...data });
          await load();
          return true;
        } catch (error) {
          text(trouble, error.message);
          trouble.hidden = false;
          return false;
        }
      };
      const remove = el("button.quiet.delete", { type: "button", text: "Delete", onclick: async () => {
        if (!remove.classList.contains("is-sure")) {
          remove.classList.add("is-sure");
          return text(remove, "Delete for good?");
        }
        if (await send(host.server.delete_template, {})) groups.lastElementChild.previousElementSibling.focus();
      } });
      remove.addEventListener("blur", () => { remove.classList.remove("is-sure"); text(remove, "Delete"); });
      share.addEventListener("change", async () => {
        if (!(await send(host.server.share_template, { shared: share.checked }))) share.checked = template.is_shared;
        else root.querySelector(".own-edit [role=switch]")?.focus();
      });
      const form = el("form.own-edit", { "aria-label": `Template ${template.title}` },
        name, words,
        el("div.line", {}, el("label.switch", {}, share, el("span", { text: "Share with everybody here" })),
          el("span.uses", { text: used(template) })),
        el("div.line", {}, remove, el("span.space"), el("button.quiet", { type: "button", text: "Close", onclick: () => edit(null) }),
          el("button.primary", { type: "submit", text: "Save" })),
        trouble);
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (await send(host.server.change_template, { name: name.value, text: words.value })) edit(null);
      });
      form.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        edit(null);
      });
      return form;
    }

    groups.replaceChildren(...names.map((name) => el("button", { type: "button", text: name, onclick: () => offer(name) })));
    offer(open);
    root.hidden = false;
    clipbot.templatesChanged = () => { if (isOwn() || own) load(); };
    /** All whose names are known; the person's own and the shared ones have to be asked for. */
    clipbot.knownTemplates = () => [...ours, ...(own ?? [])];
    clipbot.askTemplates = () => { if (!own) load(); };
  };

  /** A button that asks for a name in its own place, and keeps a finished edit under it. */
  clipbot.keepButton = (host, regeneration, instruction) => {
    const button = el("button.quiet.keep", { type: "button", onclick: ask }, icon("bookmark"), "Save as template");
    function ask() {
      const name = el("input.name", { type: "text", "aria-label": "Name of the template", placeholder: "Name", maxlength: LONGEST_NAME, dir: "auto", autocomplete: "off" });
      name.value = instruction.slice(0, LONGEST_NAME);
      const save = el("button.primary", { type: "submit", text: "Save" });
      const trouble = el("span.trouble", { role: "alert" });
      const form = el("form.keep-form", { "aria-label": "Save as template" }, name, save,
        el("button.quiet", { type: "button", text: "Not now", onclick: leave }), trouble);
      function leave() {
        form.replaceWith(button);
        button.focus();
      }
      form.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        leave();
      });
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        if (!name.value.trim()) return name.focus();
        save.disabled = true;
        try {
          const { template } = await clipbot.call(host.server.save_template, { job: state.jobId, regeneration, text: instruction, name: name.value.trim() });
          const kept = el("span.kept", { role: "status", tabindex: "-1" }, icon("check"), `Saved as “${template.title}”, under Mine`);
          form.replaceWith(kept);
          kept.focus();
          clipbot.templatesChanged?.();
        } catch (error) {
          save.disabled = false;
          text(trouble, error.message);
        }
      });
      button.replaceWith(form);
      name.focus();
      name.select();
    }
    return button;
  };
})(window.clipbot);
