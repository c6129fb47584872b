/* Whoever is signed in: their address and the way out, and what to do when a session has ended.
 *
 * Signing in again happens on a page of its own and leads back here; what was typed stays in
 * this tab's storage. The form that signs out is a real one: it works without this script. */
((clipbot) => {
  const { text } = clipbot;
  let isOut = false;

  clipbot.account = (root) => {
    const form = root.querySelector(".account"), ended = root.querySelector(".banner.ended");
    const again = ended.querySelector("a");

    const show = (person) => {
      form.hidden = !person.canSignOut;
      text(form.querySelector(".who"), person.email ?? "");
      form.querySelector("button").title = person.email ? `Sign out (${person.email})` : "Sign out";
    };
    clipbot.read.me().then(show, () => { /* the film's own reading says what is wrong */ });

    const draw = () => {
      ended.hidden = !isOut;
      const here = window.location.pathname + window.location.search;
      again.href = `/login?next=${encodeURIComponent(here)}`;
    };
    clipbot.on("signed-out", () => { isOut = true; draw(); });
    // Signed in again, in another tab: the next reading succeeds.
    clipbot.on("job", (job) => { if (job && isOut) { isOut = false; draw(); } });
    again.addEventListener("click", draw);
    draw();
  };
})(window.clipbot);
