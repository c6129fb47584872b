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
    number: raw.number, url: raw.url, seconds: raw.seconds, width: raw.width, height: raw.height,
  };

  const job = (raw) => ({
    id: raw.id, title: raw.title || "Untitled", status: raw.status, progress: raw.progress ?? 0,
    error: raw.error ?? null, clipCount: raw.clip_count ?? null, aspect: raw.aspect_ratio ?? "16:9",
    used: Number(raw.spent) + Number(raw.reserved), reserved: Number(raw.reserved), budget: Number(raw.budget),
    isEditable: raw.is_editable, undo: raw.undo_label, redo: raw.redo_label,
    film: film(raw.film), filmTrouble: raw.film_trouble ?? null, lastEvent: raw.last_event_id ?? 0,
    running: (raw.running ?? []).map(run), problems: raw.problems ?? [],
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
    cost: Number(raw.cost ?? 0), renderer: raw.renderer ?? null,
    madeAt: raw.created_at ? new Date(raw.created_at) : null,
    finding: raw.verdict?.sentence ?? null,
    thumbnail: raw.thumbnail_url ?? null, footage: raw.footage_url ?? null,
  });

  const ended = (raw) => {
    const ending = ENDINGS[raw.status] ?? null;
    return { ...run(raw), isOpen: !ending, ending, versionNumber: raw.version_number ?? null, error: raw.error?.detail ?? null };
  };

  const person = (raw) => ({ email: raw.email, canSignOut: raw.can_sign_out });

  clipbot.read = {
    me: async () => person(await read("/api/v1/me")),
    jobs: async () => ((await read("/api/v1/jobs")).jobs ?? []).map(job),
    job: async (id) => job(await read(jobPath(id))),
    clips: async (id) => (await read(`${jobPath(id)}/clips`)).clips.map(clip),
    versions: async (id, index) => (await read(`${jobPath(id)}/clips/${index}/versions`)).versions.map(version),
    /** Edits, newest first; those that are over say how they ended. */
    regenerations: async (id, limit) => (await read(`${jobPath(id)}/regenerations?limit=${limit}`)).regenerations.map(ended),
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
