/* Reading from the REST API, and turning its answers into the page's own shapes.
 *
 * This file alone knows the field names of `/api/v1`. */
((clipbot) => {
  const PATIENCE = 20_000; // milliseconds for an answer to begin and to end

  /** Something that the server said no to, in a sentence for the person. */
  class Refusal extends Error {
    constructor(body, status) {
      super(body?.detail ?? `The server answered with an error (${status}).`);
      this.code = body?.code ?? `http_${status}`;
      this.status = status;
      this.choices = body?.choices ?? [];
    }
  }
  /** The server could not be reached. */
  class Lost extends Error {}
  clipbot.Refusal = Refusal;
  clipbot.Lost = Lost;

  const jobPath = (jobId) => `/api/v1/jobs/${encodeURIComponent(jobId)}`;
  clipbot.jobPath = jobPath;

  async function read(path) {
    let response;
    try {
      response = await fetch(path, {
        headers: { Accept: "application/json" }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE),
      });
    } catch (error) {
      throw new Lost("The server cannot be reached.", { cause: error });
    }
    const body = await response.json().catch(() => null);
    if (response.status === 401) clipbot.emit("signed-out");
    if (!response.ok) throw new Refusal(body, response.status);
    if (body === null) throw new Lost("The server's answer broke off.");
    return body;
  }

  const ENDINGS = { completed: "complete", failed: "failed", cancelled: "cancelled", needs_attention: "attention" };
  const run = (raw) => ({
    id: raw.regeneration_id,
    batch: raw.batch_id ?? null,
    index: raw.clip_index,
    take: raw.take ?? null,
    instruction: raw.instruction ?? "",
    status: raw.status,
    progress: raw.progress ?? 0,
    message: raw.message ?? "",
    seconds: Number(raw.estimated_time ?? 0),
    createdAt: Date.parse(raw.created_at ?? "") || Date.now(),
    startedAt: Date.parse(raw.started_at ?? raw.created_at ?? "") || Date.now(),
    isCancelling: Boolean(raw.is_cancel_requested),
  });
  clipbot.readRun = run;

  const film = (raw) => raw && {
    number: raw.number, url: raw.url, seconds: raw.seconds, width: raw.width, height: raw.height, rate: raw.rate,
  };

  const job = (raw) => ({
    id: raw.id, title: raw.title || "Untitled", status: raw.status, progress: raw.progress ?? 0,
    error: raw.error ?? null, clipCount: raw.clip_count ?? null, aspect: raw.aspect_ratio ?? "16:9",
    used: Number(raw.spent) + Number(raw.reserved), reserved: Number(raw.reserved), budget: Number(raw.budget),
    isEditable: raw.is_editable, undo: raw.undo_label, redo: raw.redo_label,
    film: film(raw.film), filmTrouble: raw.film_trouble ?? null, lastEvent: raw.last_event_id ?? 0, offersFirst: Boolean(raw.offers_first),
    running: (raw.running ?? []).map(run), problems: raw.problems ?? null, // lists do not tell
  });

  const clip = (raw) => ({
    index: raw.clip_index, number: raw.clip_index + 1, status: raw.status,
    start: Number(raw.timestamp_start), end: Number(raw.timestamp_end), duration: Number(raw.duration),
    lyrics: (raw.lyrics_preview ?? "").trim(), section: raw.section ?? null,
    sectionNumber: raw.section_number ?? null, isRegenerated: Boolean(raw.is_regenerated),
    versions: raw.version_count ?? 1, version: raw.current_version ?? 1, hasOffer: Boolean(raw.has_offer),
    thumbnail: raw.thumbnail_url ?? null, footage: raw.footage_url ?? null,
    progress: raw.progress ?? null, error: raw.error ?? null, missing: raw.missing ?? null,
    filling: raw.filling ?? "freeze", warnings: raw.warnings ?? [],
    meets: raw.transition ? { kind: raw.transition.type, seconds: Number(raw.transition.shown_duration), isChosen: raw.transition.is_chosen } : null,
  });

  const version = (raw) => ({
    id: raw.id, number: raw.version_number, isCurrent: raw.is_current,
    isOffered: raw.is_offered, instruction: raw.instruction ?? null,
    cost: Number(raw.cost ?? 0), maker: raw.renderer_label ?? null, model: raw.model ?? null,
    seed: raw.seed ?? null, temperature: raw.temperature ?? null, seconds: raw.seconds ?? null,
    madeAt: raw.created_at ? new Date(raw.created_at) : null,
    parent: raw.parent ?? null, bytes: raw.size_bytes ?? null, regeneration: raw.regeneration_id ?? null,
    finding: raw.verdict?.sentence ?? null, verdict: raw.verdict?.outcome ?? null, isLate: Boolean(raw.verdict?.is_late),
    change: raw.change ?? null, footageState: raw.footage_state ?? "kept", canDelete: raw.can_delete ?? false,
    thumbnail: raw.thumbnail_url ?? null, footage: raw.footage_url ?? null,
  });

  const comparison = (raw) => ({
    sentence: raw.sentence, similarity: raw.difference.similarity, columns: raw.difference.columns, cells: raw.difference.cells,
    moments: raw.difference.moments, changes: raw.changes,
    a: { rate: raw.a.rate, seconds: raw.a.seconds }, b: { rate: raw.b.rate, seconds: raw.b.seconds },
  });

  const composed = (raw) => ({ ...film(raw), isCurrent: raw.is_current, madeAt: raw.created_at ? new Date(raw.created_at) : null });

  const ended = (raw) => {
    const ending = ENDINGS[raw.status] ?? null;
    return { ...run(raw), isOpen: !ending, ending, versionNumber: raw.version_number ?? null, error: raw.error?.detail ?? null };
  };

  /** Several versions at once; a take that was never made has no version. */
  const takes = (raw) => ({
    batch: raw.batch_id, like: raw.like, isOpen: raw.is_open, isDecided: raw.is_decided,
    takes: raw.takes.map((take) => ({ number: take.number, strength: take.strength, seed: take.regeneration.seed, edit: ended(take.regeneration),
      cost: Number(take.regeneration.cost ?? 0), version: take.version ? version(take.version) : null })),
  });

  const entry = (raw) => ({
    position: raw.position, label: raw.label, isDone: raw.is_done, clips: raw.clips,
    madeAt: raw.created_at ? new Date(raw.created_at) : null,
  });

  const made = (raw) => ({
    id: raw.id, status: raw.status, isOpen: raw.status === "waiting" || raw.status === "encoding", progress: raw.progress,
    url: raw.url, composition: raw.composition, width: raw.width, height: raw.height, rate: raw.rate, bytes: raw.size_bytes, error: raw.error,
  });

  const evenness = (raw) => ({
    score: raw.score, sentence: raw.sentence, isPending: raw.pending.length > 0,
    cuts: raw.cuts.map((cut) => ({ index: cut.clip_index, size: cut.size, share: cut.share, sentence: cut.sentence })),
    odd: new Map(raw.clips.filter((clip) => clip.is_outlier).map((clip) => [clip.clip_index,
      { index: clip.clip_index, sentence: clip.sentence, note: clip.note, canMatch: clip.can_match }])),
  });

  const person = (raw) => ({ email: raw.email, canSignOut: raw.can_sign_out });

  let seen = null;
  clipbot.read = {
    me: async () => person(await read("/api/v1/me")),
    jobs: async (offset = 0) => {
      const page = await read(`/api/v1/jobs${offset ? `?offset=${offset}` : ""}`);
      return { jobs: (page.jobs ?? []).map(job), next: page.next_offset ?? null };
    },
    job: async (id) => job(await read(jobPath(id))),
    clips: async (id) => (await read(`${jobPath(id)}/clips`)).clips.map(clip),
    versions: async (id, index) => {
      const found = (await read(`${jobPath(id)}/clips/${index}/versions?limit=500`)).versions.map(version);
      seen = { id, index, found };
      return found;
    },
    /** What was read last, if it was the versions of this clip: to begin with, while they are read again. */
    seenVersions: (id, index) => (seen?.id === id && seen.index === index ? seen.found : []),
    compare: async (id, index, a, b) => comparison(await read(`${jobPath(id)}/clips/${index}/compare?a=${a}&b=${b}`)),
    films: async (id) => (await read(`${jobPath(id)}/films`)).films.map(composed),
    /** The clips in which two films show different versions. */
    compareFilms: async (id, a, b) => (await read(`${jobPath(id)}/films/compare?a=${a}&b=${b}`)).clips.map((each) => ({ index: each.clip_index, a: each.a, b: each.b })),
    takes: async (id, index) => (await read(`${jobPath(id)}/clips/${index}/takes`)).batches.map(takes),
    /** Edits, newest first; those that are over say how they ended. */
    regenerations: async (id, limit) => (await read(`${jobPath(id)}/regenerations?limit=${limit}`)).regenerations.map(ended),
    history: async (id) => {
      const raw = await read(`${jobPath(id)}/history`);
      return { position: raw.position, entries: raw.entries.map(entry) };
    },
    /** How loud the song is in each tenth of a second of the film, 0..255. */
    wave: async (id) => (await read(`${jobPath(id)}/wave`)).levels,
    evenness: async (id) => evenness(await read(`${jobPath(id)}/consistency`)),
    exports: async (id) => (await read(`${jobPath(id)}/exports`)).exports.map(made),
    events: async (id, after) => (await read(`${jobPath(id)}/events?after=${after}`)).events,
  };

  /** Call one of the page's Python handlers; it answers `{ok}` or `{ok: false, code, detail}`. */
  clipbot.call = async (handler, data) => {
    let body = null, cause = null;
    try { body = await handler(data); } catch (error) { cause = error; }
    if (typeof body?.ok !== "boolean") {
      // No handler answered. Gradio does not say why; a session that ended is told by any reading.
      await read("/api/v1/me").catch((why) => { if (why instanceof Refusal) throw why; });
      throw new Lost("The server cannot be reached; nothing was sent.", { cause });
    }
    if (!body?.ok) throw new Refusal(body, 200);
    return body;
  };
})(window.clipbot);
