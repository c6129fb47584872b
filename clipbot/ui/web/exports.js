/* Export: the film as it is, at once; in another size or rate once that is made. */
((clipbot) => {
  const { el, state, text } = clipbot;
  const LOOK_MS = 1000;

  const even = (number) => 2 * Math.round(number / 2);
  const shape = (film) => `${film.width} × ${film.height}, ${film.rate} fps`;
  const weight = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

  clipbot.exporting = (root, host) => {
    const at = (name) => root.querySelector(name);
    const button = at(".export"), panel = at(".exports"), whole = at(".exports .as-is"), shown = at(".exports .shape");
    const form = at(".exports form"), list = at(".exports .made");
    let timer = null;

    function draw(job) {
      const film = job?.film;
      button.toggleAttribute("hidden", !film);
      if (!film) return;
      whole.href = film.url;
      whole.download = `${job.title.replace(/[^\p{L}\p{N} _-]+/gu, "").trim() || "film"}.mp4`;
      text(shown, shape(film));
      offer(form.elements.size, "as the film", Object.entries(host.props.sizes).map(([name, side]) => {
        const scale = side / Math.min(film.width, film.height);
        return [name, `${name} · ${even(film.width * scale)} × ${even(film.height * scale)}`];
      }));
      offer(form.elements.rate, "as the film", host.props.rates.map((rate) => [rate, `${rate} fps`]));
    }

    /** Fill a choice, and keep what was chosen. */
    function offer(select, none, options) {
      const chosen = select.value;
      select.replaceChildren(el("option", { value: "", text: none }), ...options.map(([value, label]) => el("option", { value, text: label })));
      select.value = chosen;
    }

    const load = clipbot.coalesced(async () => {
      const job = state.jobId;
      clearTimeout(timer);
      if (!job) return;
      let found = [];
      try { found = await clipbot.read.exports(job); } catch { found = null; }
      if (job !== state.jobId) return;
      if (found) list.replaceChildren(...found.map(line));
      const isGoing = found === null || found.some((each) => each.isOpen);
      if (isGoing && panel.matches(":popover-open")) timer = setTimeout(load, LOOK_MS);
    });

    function line(made) {
      const older = made.composition === state.job?.film?.number ? "" : " · an earlier film";
      const about = el("span.about", {}, el("b", { text: shape(made) }), el("span", { text: told(made) + older }));
      const act = made.url
        ? el("a.quiet", { href: made.url, download: `${made.width}x${made.height} ${whole.download}`, text: "Download" })
        : made.isOpen ? el("button.quiet", { type: "button", text: "Stop", onclick: (event) => stop(made, event.currentTarget) }) : null;
      const bar = made.isOpen ? el("div.bar", {}, el("i")) : null;
      if (bar) bar.firstChild.style.transform = `scaleX(${made.progress / 100})`;
      return el("li", {}, about, act, bar);
    }
    function told(made) {
      if (made.status === "ready") return weight(made.bytes);
      if (made.status === "encoding") return `being made, ${made.progress} %`;
      return { waiting: "waits for its turn", cancelled: "stopped" }[made.status] ?? made.error ?? "could not be made";
    }

    async function stop(made, pressed) {
      pressed.disabled = true;
      try { await clipbot.call(host.server.cancel_export, { job: state.jobId, export: made.id }); } catch (error) { clipbot.toast(error.message, "bad"); }
      load();
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { size, rate } = form.elements, pressed = form.querySelector("button");
      pressed.disabled = true;
      try {
        await clipbot.call(host.server.begin_export, { job: state.jobId, size: size.value || null, rate: Number(rate.value) || null });
      } catch (error) { clipbot.toast(error.message, "bad"); }
      pressed.disabled = false;
      load();
    });
    panel.addEventListener("toggle", (event) => { if (event.newState === "open") load(); });
    clipbot.watch("job", draw);
    clipbot.on("job", (job) => { if (!job) draw(null); });
    clipbot.on("clips", () => { if (panel.matches(":popover-open")) load(); });
  };
})(window.clipbot);
