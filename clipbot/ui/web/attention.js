/* Edits whose provider does not say what became of them: their money is still set aside.
 *
 * The server looks again by itself; here one can ask it to look now, or close the edit by
 * what the provider's bill says. */
((clipbot) => {
  const { el, icon, text } = clipbot;

  /** `acts`: look(run) and close(run, dollars), which return the trouble, if there is any. */
  clipbot.attentionCard = (run, acts) => {
    const words = el("p", { text: run.error || "The provider does not say what became of this edit.", dir: "auto" });
    const complaint = el("p.reason", { role: "alert", hidden: true });
    const amount = el("input", { type: "text", inputmode: "decimal", placeholder: "0.00", required: true, autocomplete: "off", size: "7", "aria-label": "Charged, in US dollars" });
    const look = el("button.quiet", { type: "button", onclick: () => act(acts.look(run), "It is still not known. I go on looking.") }, icon("retry"), "Look again");
    const open = el("button.quiet", { type: "button", text: "Close it by the bill…", onclick: () => fold(true) });
    const form = el("form.bill", { hidden: true },
      el("label", {}, "The provider's bill says $", amount),
      el("div.acts", {}, el("button.quiet", { type: "button", text: "Back", onclick: () => fold(false) }), el("button.primary", { type: "submit", text: "Close the edit" })));
    const node = el("div.message.system.attention", { "data-run": run.id, role: "group", "aria-label": `Clip ${run.index + 1} needs attention` }, el("p.lead", {}, icon("warn"), el("b", { text: `Clip ${run.index + 1} needs attention` })), words, el("div.acts", {}, look, open), form, complaint);

    function fold(isOpen) {
      form.hidden = !isOpen;
      open.parentElement.hidden = isOpen;
      (isOpen ? amount : open).focus();
      node.scrollIntoView({ block: "nearest" });
    }
    async function act(asking, nothing = "") {
      node.classList.add("is-busy");
      const trouble = await asking;
      node.classList.remove("is-busy");
      text(complaint, trouble?.message ?? nothing);
      complaint.hidden = !complaint.textContent;
      if (node.isConnected) node.scrollIntoView({ block: "nearest" });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act(acts.close(run, amount.value));
    });
    return node;
  };

  /** All such cards of a job. `put` adds a node to the chat. */
  clipbot.attentionCards = ({ put, look, close }) => {
    const cards = new Map();
    function show(run) {
      if (cards.has(run.id)) return;
      const card = clipbot.attentionCard(run, { look, close });
      cards.set(run.id, card);
      put(card, run);
    }
    return {
      show,
      over: (id) => { cards.get(id)?.remove(); cards.delete(id); },
      clear: () => cards.clear(),
    };
  };
})(window.clipbot);
