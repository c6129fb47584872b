/* Where the person writes: what it is for, ready-made wishes, the text, and sending. */
((clipbot) => {
  const { el, icon, state, text } = clipbot;
  const LIMIT = 2000, NEAR = 1800, TALLEST = 168;

  clipbot.composer = (root, host, send) => {
    const box = root.querySelector("textarea"), button = root.querySelector(".send"), counter = root.querySelector(".counter");
    const target = root.querySelector(".target");
    let busy = false, template = null;

    function size() {
      box.style.height = "auto";
      box.style.height = `${Math.min(TALLEST, box.scrollHeight)}px`;
      const length = box.value.length;
      counter.hidden = length < NEAR;
      text(counter, `${length.toLocaleString("en-US")} of ${LIMIT.toLocaleString("en-US")} characters`);
      counter.classList.toggle("is-over", length > LIMIT);
      box.setAttribute("aria-invalid", String(length > LIMIT));
      allow();
    }
    function allow() {
      button.disabled = busy || !box.value.trim() || box.value.length > LIMIT || !state.clips?.length;
    }
    function keep() {
      try { sessionStorage.setItem(`clipbot-draft-${state.jobId}`, box.value); } catch { /* private windows may refuse */ }
    }
    function put(value) {
      box.value = value;
      keep();
      size();
    }

    async function submit() {
      const wish = box.value.trim();
      if (busy || !wish || wish.length > LIMIT) return;
      put("");
      const isTaken = await send(wish, template?.instruction === wish ? template.id : null);
      if (!isTaken && !box.value) put(wish);
    }

    box.addEventListener("input", () => { keep(); size(); });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    });
    root.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });

    function aim() {
      const chosen = state.selected.map(clipbot.clip).filter(Boolean);
      const numbers = chosen.map((clip) => clip.number);
      box.placeholder = chosen.length
        ? `What should change in ${clipbot.clipNames(numbers).toLowerCase()}?`
        : "Say what should change, and in which clip";
      target.classList.toggle("is-empty", !chosen.length);
      if (!chosen.length) return target.replaceChildren(el("span", { text: "No clip selected" }));
      target.replaceChildren(el("span", { text: "Editing" }),
        ...chosen.slice(0, 5).map((clip) => el("span.token", {},
          clip.thumbnail ? el("img", { alt: "", src: clip.thumbnail, decoding: "async" }) : null,
          el("b", { text: `Clip ${clip.number}` }),
          chosen.length > 1 ? el("button", { type: "button", "aria-label": `Leave out clip ${clip.number}`, title: "Leave out",
            onclick: () => clipbot.select(state.selected.filter((index) => index !== clip.index)) }, icon("close")) : null)),
        el("span", { text: chosen.length > 5 ? `and ${chosen.length - 5} more` : "" }));
    }

    /** With a clip selected a template asks for its price at once; otherwise it waits in the box. */
    function use(chosen) {
      if (busy) return;
      if (state.selected.length) return void send(chosen.instruction, chosen.id);
      fill(chosen);
    }
    function fill(chosen) {
      template = chosen;
      put(chosen.instruction);
      box.focus();
    }
    clipbot.templates(root.querySelector(".ideas"), host, use);

    clipbot.watch("selected", aim);
    clipbot.watch("clips", () => { aim(); allow(); });
    clipbot.watch("jobId", () => {
      try { box.value = sessionStorage.getItem(`clipbot-draft-${state.jobId}`) ?? ""; } catch { box.value = ""; }
      size();
    });
    return {
      put,
      fill,
      focus: (how) => box.focus(how),
      set busy(value) { busy = value; root.classList.toggle("is-busy", value); allow(); },
      get busy() { return busy; },
    };
  };
})(window.clipbot);
