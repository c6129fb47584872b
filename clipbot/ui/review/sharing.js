/* Links by which others may look: make one, copy it, see which hold, take one back. */
((clipbot) => {
  const { el, review, reviewParts: parts } = clipbot;
  const dialog = document.querySelector("dialog.sharing"), form = dialog.querySelector("form"), made = dialog.querySelector(".made"), url = dialog.querySelector(".url");
  const copy = dialog.querySelector(".copy"), list = dialog.querySelector(".shares"), trouble = dialog.querySelector(".trouble"), submit = form.querySelector("[type=submit]");
  const complain = (error) => { trouble.hidden = !error; if (error) clipbot.text(trouble, error.message); };

  async function load() {
    const shares = await review.shares();
    list.replaceChildren(...shares.map(line));
    if (!shares.length) list.append(el("li.nothing", { text: "Nobody has a link yet." }));
  }
  function line(share) {
    const until = share.revoked_at ? `taken back ${parts.when(share.revoked_at)}` : share.is_held ? `until ${parts.when(share.expires_at)}` : `ended ${parts.when(share.expires_at)}`;
    const name = share.label || "Without a name";
    const button = share.is_held ? el("button.quiet", { type: "button", text: "Take back", "aria-label": `Take back the link: ${name}`, onclick: () => revoke(share) }) : null;
    return el(`li${share.is_held ? "" : ".is-over"}`, {}, el("span.about", {}, el("b", { dir: "auto", text: name }), el("small", { text: until })), button);
  }
  async function revoke(share) {
    complain(null);
    try { await review.revoke(share.id); made.hidden = true; await load(); } catch (error) { complain(error); }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    complain(null);
    submit.disabled = true;
    try {
      const share = await review.share(Number(form.elements.namedItem("days").value), form.elements.namedItem("label").value);
      url.value = new URL(share.url, window.location.href).href;
      made.hidden = false;
      form.reset();
      url.focus();
      url.select();
      await load();
    } catch (error) { complain(error); }
    submit.disabled = false;
  });
  copy.addEventListener("click", async () => {
    url.select();
    try { await navigator.clipboard.writeText(url.value); clipbot.text(copy, "Copied"); } catch { clipbot.text(copy, "Press Ctrl+C"); }
    setTimeout(() => clipbot.text(copy, "Copy"), 2500);
  });
  dialog.addEventListener("close", () => { url.value = ""; made.hidden = true; });

  clipbot.openSharing = () => {
    complain(null);
    dialog.showModal();
    return load().catch(complain);
  };
})(window.clipbot);
