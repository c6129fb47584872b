/* What the page knows, in one place, and who wants to hear of changes.
 *
 * `put` announces only what changed; `watch` also tells a latecomer what is known already,
 * because Gradio may mount a component after the data came in. */
((clipbot) => {
  const state = {
    jobId: null, job: null, jobs: [], olderJobs: null, clips: null, trouble: null, network: "ok", evenness: null,
    selected: [], active: null, cue: null, playing: null, runs: new Map(),
  };
  const listeners = new Map();

  clipbot.state = state;

  clipbot.on = (topic, listener) => {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic).add(listener);
  };

  clipbot.emit = (topic, value) => {
    for (const listener of listeners.get(topic) ?? []) {
      try { listener(value); } catch (error) { console.error(`clipbot: ${topic}`, error); }
    }
  };

  /** Whether anybody would hear of it: what nobody does is not offered. */
  clipbot.listens = (topic) => Boolean(listeners.get(topic)?.size);

  clipbot.watch = (topic, listener) => {
    clipbot.on(topic, listener);
    if (state[topic] !== null && state[topic] !== undefined) listener(state[topic]);
  };

  clipbot.put = (changes) => {
    const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
    Object.assign(state, changes);
    for (const key of changed) clipbot.emit(key, state[key]);
  };

  clipbot.clip = (index) => state.clips?.find((clip) => clip.index === index) ?? null;

  /** Select clips by index; `active` is the one whose versions are shown. */
  clipbot.select = (indexes, active = indexes.at(-1) ?? null) => {
    const known = (state.clips ?? []).map((clip) => clip.index);
    const chosen = known.filter((index) => indexes.includes(index));
    clipbot.put({ selected: chosen, active: known.includes(active) ? active : null });
    remember();
  };

  /** Let the stage show a clip's first moments; one that is not there yet does so when it is. */
  clipbot.cue = (index) => clipbot.put({ cue: { index } });

  /** The address always leads back to what is on the screen. */
  function remember() {
    const address = new URL(window.location.href);
    if (state.jobId) address.searchParams.set("job", state.jobId);
    if (state.active === null) address.searchParams.delete("clip");
    else address.searchParams.set("clip", String(state.active + 1));
    if (address.href !== window.location.href) window.history.replaceState(null, "", address);
  }
  clipbot.remember = remember;

  /** Time in the film (seconds from its first frame) of a time in the song, and back. */
  clipbot.origin = () => state.clips?.[0]?.start ?? 0;
  clipbot.clipAt = (filmSeconds) => {
    const time = filmSeconds + clipbot.origin() + 1e-3;
    const clips = state.clips ?? [];
    let found = clips[0] ?? null;
    for (const clip of clips) if (clip.start <= time) found = clip;
    return found;
  };
})(window.clipbot);
