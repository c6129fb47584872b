/* Every command of the page, once: what it is called, its keys, what it does, and why not now.
 *
 * Keys (keys.js), the sheet of help (dialog.js) and the palette (palette.js) read this table.
 * A row without `run` only tells of keys that belong to a part of the page. A row whose `why`
 * has something to say cannot run now, for that reason. */
((clipbot) => {
  const { state } = clipbot;
  const isMac = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? "");
  const find = (selector) => document.querySelector(`#clipbot ${selector}`);

  const noFilm = () => (state.job?.film ? null : "There is no film yet");
  const noClips = () => (state.clips?.length ? null : "There are no clips yet");
  const active = () => clipbot.clip(state.active);
  const isBusy = () => [...state.runs.values()].some((run) => run.isOpen);
  const change = (name) => () => (isBusy() ? "An edit is running" : state.job?.[name] ? null : `There is nothing to ${name}`);
  const step = (by) => () => clipbot.film?.seek(clipbot.film.time + by);
  const open = (panel) => () => find(panel).showPopover();

  function stepClip(by) {
    const clips = state.clips ?? [], place = clips.findIndex((clip) => clip.index === state.active);
    const next = clips[Math.max(0, Math.min(clips.length - 1, place + by))];
    if (next) show(next);
  }
  function show(clip) {
    clipbot.select([clip.index]);
    clipbot.cue(clip.index);
    clipbot.emit("shown", clip.index);
  }
  /** From the palette the keyboard goes along, to the clip's card. */
  function goTo(clip) {
    clipbot.tab("clips");
    show(clip);
    find(`.card[data-index="${clip.index}"]`)?.focus({ preventScroll: true });
  }
  function write() {
    clipbot.tab("chat");
    clipbot.compose?.focus();
  }

  const ROWS = [
    { id: "play", name: () => (clipbot.film?.isPlaying ? "Pause" : "Play"), help: "Play or pause", words: "play pause stop", keys: ["Space", "K"], why: noFilm, run: () => clipbot.playOrPause?.() },
    { id: "back", name: "Five seconds back", words: "rewind seek", keys: ["J"], why: noFilm, run: step(-5) },
    { id: "on", name: "Five seconds on", words: "forward seek", keys: ["L"], why: noFilm, run: step(5) },
    { id: "previous", name: "Previous clip", words: "go step", keys: ["["], why: noClips, run: () => stepClip(-1) },
    { id: "next", name: "Next clip", words: "go step", keys: ["]"], why: noClips, run: () => stepClip(1) },
    { id: "full", name: "Full screen", words: "fullscreen large", keys: ["F"], why: () => (document.fullscreenEnabled ? noFilm() : "This browser does not allow it"), run: () => { clipbot.tab("stage"); clipbot.fullscreen?.(); } },
    { id: "write", name: "Write in the chat", words: "say edit change compose", keys: ["/"], run: write },
    { id: "undo", name: () => (state.job?.undo ? `Undo: ${state.job.undo}` : "Undo"), help: "Undo", words: "take back", keys: ["Ctrl Z"], why: change("undo"), run: () => clipbot.undo?.() },
    { id: "redo", name: () => (state.job?.redo ? `Redo: ${state.job.redo}` : "Redo"), help: "Redo", words: "again", keys: ["Ctrl Shift Z", "Ctrl Y"], why: change("redo"), run: () => clipbot.redo?.() },
    { id: "history", name: "History", words: "changes log back steps", why: () => (find(".past").disabled ? "Nothing was changed yet" : null), run: open("#cb-history") },
    { id: "compare", name: "Compare versions", words: "before after split difference side", keys: ["C"], why: noClips, run: () => clipbot.compare?.() },
    { id: "more", name: () => (active() ? `Three more like clip ${active().number}` : "Three more like this"), words: "takes this alternatives versions seeds",
      why: () => (!active() ? "Select a clip first" : !active().footage ? "This clip has no footage" : active().version === 1 && !clipbot.makesAnew ? "Change it first, or set up a model" : null), run: () => clipbot.moreLikeThis(active().index, { number: active().version }) },
    { id: "place", name: () => (active() ? `Place of clip ${active().number} in the film` : "Place in the film"), words: "slot crossfade fade cut transition loop freeze hold back forth", why: () => (!active() ? "Select a clip first" : find(".slot-open").disabled ? "This film cannot be changed" : null), run: () => { clipbot.tab("stage"); clipbot.placing(); } },
    { id: "all", name: "Select all clips", words: "everything", keys: ["Ctrl A"], isOfPart: true, why: noClips, run: () => clipbot.select(state.clips.map((clip) => clip.index), state.active ?? state.clips[0].index) },
    { id: "none", name: "Select no clip", words: "nothing clear deselect", why: () => (state.selected.length ? null : "No clip is selected"), run: () => clipbot.select([]) },
    { id: "first", name: () => (state.job?.offersFirst ? "Ask me first: turn off" : "Ask me first: turn on"), words: "offer new version waits accept", why: () => (find(".ask-first input").disabled ? "This film cannot be changed" : null), run: () => find(".ask-first input").click() },
    { id: "export", name: "Export the film", words: "download save size mp4", why: noFilm, run: open("#cb-exports") },
    { id: "review", name: "Review of all edits", words: "qa accept reject share", why: () => (state.job ? null : "There is no film yet"), run: () => window.location.assign(find(".reviewing").href) },
    { id: "theme", name: () => `${isDark() ? "Light" : "Dark"} theme`, words: "dark light colours mode appearance", run: () => clipbot.theme(isDark() ? "light" : "dark") },
    { id: "palette", name: "All commands", keys: ["Ctrl K"], isEverywhere: true, isHidden: true, run: () => clipbot.palette?.() },
    { id: "help", name: "Help and keys", help: "This sheet", words: "how keyboard shortcuts", keys: ["?"], run: () => clipbot.help?.() },
    { help: "Move through clips, or versions", keys: ["Arrows"] },
    { help: "Add the clip to the selection", keys: ["Space on a clip"] },
    { help: "Play the film from there", keys: ["Enter on a clip"] },
    { help: "Play the version", keys: ["Enter on a version"] },
  ];
  const isDark = () => document.documentElement.dataset.theme === "dark";

  const own = new Map();
  for (const row of ROWS) for (const keys of row.run && !row.isOfPart ? row.keys ?? [] : []) own.set(keys, row);

  /** "Ctrl Shift Z", "K", "?": what was pressed, in the table's words; null for what is nobody's. */
  function chordOf(event) {
    const isTyped = event.getModifierState?.("AltGraph"); // where [ and / need it
    const withControl = (event.ctrlKey || event.metaKey) && !isTyped;
    if (event.altKey && !isTyped) return null;
    const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return [withControl ? "Ctrl" : null, withControl && event.shiftKey ? "Shift" : null, key].filter(Boolean).join(" ");
  }

  const named = (what) => (typeof what === "function" ? what() : what);
  const asRow = (row) => ({ id: row.id, name: named(row.name), words: row.words ?? "", keys: row.keys ?? [], why: row.why?.() ?? null, run: row.run, kind: "" });

  /** One of the clips that stand out, brought to the others; said why not where there is none. */
  function matches() {
    const odd = [...(state.evenness?.odd.values() ?? [])].filter((each) => each.canMatch);
    if (!odd.length) return [{ id: "match", name: "Match to neighbours", words: "evenness colours light", keys: [], why: "No clip stands out", kind: "" }];
    return odd.map(({ index }) => ({ id: `match-${index}`, name: `Match clip ${index + 1} to its neighbours`, words: "evenness colours light", keys: [], why: null, kind: "",
      run: () => clipbot.say(`match clip ${index + 1} to its neighbours`) }));
  }
  const templates = () => clipbot.knownTemplates?.().map((template) => ({ id: `template-${template.id}`, name: template.title, words: template.instruction, detail: template.instruction, keys: [], why: null, kind: "Template",
    run: () => { clipbot.tab("chat"); clipbot.compose.template(template); } })) ?? [];
  const clips = () => (state.clips ?? []).map((clip) => ({ id: `clip-${clip.index}`, name: `Clip ${clip.number}`, words: `go to ${clip.number} ${clipbot.sectionName(clip)} ${clip.lyrics ?? ""}`, keys: [], why: null, kind: "Clip",
    detail: [clipbot.sectionName(clip), clip.lyrics || "Instrumental"].filter(Boolean).join(" · "), run: () => goTo(clip) }));
  const films = () => state.jobs.filter((job) => job.id !== state.jobId).map((job) => ({ id: `film-${job.id}`, name: job.title, words: "open film", keys: [], why: null, kind: "Film", run: () => clipbot.open(job.id) }));

  clipbot.commands = {
    /** What can be chosen now; clips, templates and films are asked for by name only. */
    all: () => [...ROWS.filter((row) => row.run && !row.isHidden).map(asRow), ...matches()],
    named: () => [...clips(), ...templates(), ...films()],
    /** What the keys of the page are, for the sheet of help. */
    keys: () => ROWS.filter((row) => row.keys).map((row) => ({ keys: row.keys, what: row.help ?? named(row.name) })),
    /** Keys as this machine writes them. */
    shown: (keys) => (isMac ? keys.replace("Ctrl", "⌘").replace("Shift", "⇧") : keys),
    pressed: (event) => own.get(chordOf(event)) ?? null,
  };
})(window.clipbot);
