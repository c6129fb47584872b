/* A job's events, as they happen: one connection for all tabs of this browser.
 *
 * Whoever holds the Web Lock reads the server's stream and tells the others by
 * BroadcastChannel; a browser allows six connections, and media need them. Every tab
 * keeps the id it saw last, so whoever takes over misses nothing. Where a proxy holds
 * streams back, the same rows are polled. */
((clipbot) => {
  const FIRST_RETRY = 800, LAST_RETRY = 8000, POLL = 1500, POLLS_UNTIL_STREAM = 20;
  const FIRST_WORD = 8000, QUIET = 45000; // the server says hello at once, and something every 15 s
  let current = null, isLive = false;

  clipbot.follow = (jobId, after) => {
    current?.stop();
    current = start(jobId, after);
  };
  /** Whether events come in by themselves, here or through the tab that reads for all. */
  clipbot.isLive = () => isLive;
  clipbot.retryNow = () => current?.wake();

  function start(jobId, after) {
    let last = after, leads = false, stopped = false, wake = () => {}, inFlight = null;
    const channel = "BroadcastChannel" in window ? new BroadcastChannel(`clipbot-${jobId}`) : null;
    isLive = false;

    function take(event) {
      if (event.id <= last) return;
      last = event.id;
      clipbot.emit("event", event);
    }
    function share(event) {
      take(event);
      channel?.postMessage(event);
    }
    function live(streams) {
      isLive = streams;
      channel?.postMessage({ isLive });
      if (!stopped && clipbot.state.network === "lost") clipbot.reload();
    }
    if (channel) {
      channel.onmessage = ({ data }) => {
        if (data.isAsking) { if (leads) channel.postMessage({ isLive }); }
        else if ("isLive" in data) isLive = data.isLive;
        else take(data);
      };
      channel.postMessage({ isAsking: true });
    }
    const pause = (milliseconds) => new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => { clearTimeout(timer); resolve(); };
    });

    async function stream() {
      inFlight = new AbortController();
      let patience = setTimeout(() => inFlight.abort(), FIRST_WORD);
      try {
        const response = await fetch(`${clipbot.jobPath(jobId)}/events`, {
          headers: { Accept: "text/event-stream", "Last-Event-ID": String(last) },
          credentials: "same-origin", cache: "no-store", signal: inFlight.signal,
        });
        if (!response.ok || !response.body) throw new clipbot.Refusal(null, response.status);
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        let kept = "";
        for (;;) {
          const { value, done } = await reader.read();
          if (done) return;
          clearTimeout(patience);
          patience = setTimeout(() => inFlight.abort(), QUIET);
          if (!isLive) live(true);
          const messages = (kept + value.replaceAll("\r", "")).split("\n\n");
          kept = messages.pop();
          messages.map(parsed).filter(Boolean).forEach(share);
        }
      } finally { clearTimeout(patience); }
    }

    async function poll() {
      (await clipbot.read.events(jobId, last)).forEach(share);
      live(false);
      await pause(POLL);
    }

    async function run() {
      let failures = 0, polls = 0;
      leads = true;
      while (!stopped) {
        try {
          if (polls) { polls -= 1; await poll(); }
          else { await stream(); isLive = false; await pause(FIRST_RETRY); }
          failures = 0;
        } catch (error) {
          if (stopped) return;
          isLive = false;
          failures += 1;
          // The server answers, but its stream does not reach us: ask for the rows instead.
          if (error instanceof clipbot.Refusal || error.name === "AbortError") polls = POLLS_UNTIL_STREAM;
          if (failures > 1) clipbot.reload();
          await pause(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (failures - 1)));
        }
      }
    }

    const waiting = new AbortController();
    const lead = navigator.locks
      ? navigator.locks.request(`clipbot-${jobId}`, { signal: waiting.signal }, () => run())
      : run();
    lead.catch((error) => {
      if (error.name !== "AbortError") console.error("clipbot: events", error);
    });
    return {
      wake: () => wake(),
      stop: () => { stopped = true; waiting.abort(); inFlight?.abort(); channel?.close(); wake(); },
    };
  }

  /** Read one message of a stream; comments and keep-alives have no data. */
  function parsed(message) {
    let name = "message", id = 0;
    const data = [];
    for (const line of message.split("\n")) {
      const [field, ...rest] = line.split(":");
      const value = rest.join(":").replace(/^ /, "");
      if (field === "event") name = value;
      else if (field === "id") id = Number(value);
      else if (field === "data") data.push(value);
    }
    if (!data.length) return null;
    try {
      const body = JSON.parse(data.join("\n"));
      return { ...body, event: body.event ?? name, id: id || body.id };
    } catch { return null; }
  }
})(window.clipbot);
