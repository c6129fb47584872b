/* What can be compared with what: the versions of a clip, or the films of a job. */
((clipbot) => {
  const { state } = clipbot;
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const joined = (...words) => words.filter(Boolean).join(" · ");

  const version = (each) => ({
    number: each.number, url: each.footage, isCurrent: each.isCurrent, parent: each.parent ?? null, gone: !each.footage, name: `Version ${each.number}`,
    label: joined(`Version ${each.number}`, each.instruction || (each.number === 1 ? "original" : null),
      each.isCurrent ? "in the film" : each.isOffered ? "offered" : null, each.footage ? null : "footage is gone"),
  });
  const film = (each) => ({
    number: each.number, url: each.url, isCurrent: each.isCurrent, parent: each.number - 1, rate: each.rate, gone: false, name: `Film ${each.number}`,
    label: joined(`Film ${each.number}`, each.madeAt ? day.format(each.madeAt) : null, each.isCurrent ? "as it is" : null),
  });

  clipbot.pairs = {
    /** What the pickers offer, newest first. */
    async choices({ kind, index }) {
      return kind === "clip" ? (await clipbot.read.versions(state.jobId, index)).map(version) : (await clipbot.read.films(state.jobId)).map(film);
    },
    /** The same, as far as it is known without asking. */
    seen: ({ kind, index }) => (kind === "clip" ? clipbot.read.seenVersions(state.jobId, index).map(version) : []),
    /** What was not said: the current one, and what that came from. */
    filled(choices, { kind, index, a, b }) {
      const known = (number) => choices.find((one) => one.number === number)?.number ?? null;
      const first = choices.at(-1)?.number ?? null;
      let right = b ?? choices.find((one) => one.isCurrent)?.number ?? first;
      const left = a ?? known(choices.find((one) => one.number === right)?.parent) ?? first;
      if (!a && !b && left === right) right = choices.find((one) => one.number !== left && !one.gone)?.number ?? right;
      return { kind, index, a: left, b: right };
    },
  };
})(window.clipbot);
