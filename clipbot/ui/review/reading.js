/* Whose review this is, by the address, and what is read of it and written. */
((clipbot) => {
  const [, kind, id] = window.location.pathname.split("/");
  const isShared = kind === "shared";
  const base = `/api/v1/${isShared ? "shared" : "jobs"}/${encodeURIComponent(id ?? "")}`;
  const LOST = "The server does not answer; please try again.";

  async function ask(path, { method = "GET", body, headers = {} } = {}) {
    let answer;
    try {
      answer = await fetch(base + path, {
        method, credentials: "same-origin", referrerPolicy: "no-referrer",
        headers: body ? { "Content-Type": "application/json", ...headers } : headers,
        body: body && JSON.stringify(body),
      });
    } catch { throw Object.assign(new Error(LOST), { code: "lost" }); }
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(said.detail ?? LOST), { code: said.code, status: answer.status });
    return said;
  }

  /** Take a link's token out of the address, and have it kept where no script sees it again. */
  async function enter() {
    if (!isShared) return null;
    const token = window.location.hash.slice(1);
    if (!token) return null;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    return ask("/session", { method: "PUT", headers: { Authorization: `Bearer ${token}` } });
  }

  clipbot.review = {
    id, isShared, base, enter,
    page: (query) => ask(`/review${query ? `?${query}` : ""}`),
    mark: (edit, mark, note, moment) => ask(`/review/${edit}`, { method: "PUT", body: { mark, note, moment_seconds: moment } }),
    shares: async () => (await ask("/shares")).shares,
    share: (days, label) => ask("/shares", { method: "POST", body: { days, label } }),
    revoke: (share) => ask(`/shares/${share}`, { method: "DELETE" }),
  };

  const toasts = document.querySelector(".toasts");
  clipbot.toast = (words, kind = "good") => {
    const node = clipbot.el(`div.toast.${kind}`, { text: words });
    toasts.replaceChildren(node);
    setTimeout(() => node.remove(), kind === "bad" ? 7000 : 3500);
  };
})(window.clipbot);
