/* A job's events, as they happen: one connection for all tabs of this browser.
 *
 * A browser allows six connections, and media need them; so one tab reads the server's
 * stream and tells the others (relay). Ids rise by one: whoever sees one too many, or hears
 * of a later one than the last it saw, asks for what it missed. Whoever takes over goes on
 * from the id it saw last. Where streams are refused, held back or cut off again and again,
 * the same rows are polled, and the stream is tried again later. */
((clipbot) => {
  const FIRST_RETRY = 800, LAST_RETRY = 8000, POLL = 1500, POLLS_UNTIL_STREAM = 20;
  const FIRST_WORD = 8000, QUIET = 45000; // the server says hello at once, and something every 15 s
  const SHORT = 5000, CUTS = 3; // streams in a row that did not last
  let current = null, isLive = false;

  clipbot.follow = (jobId, after) => {
    current?.stop();
    current = start(jobId, after);
  };
  /** Whether events come in by themselves, here or through the tab that reads for all. */
  clipbot.isLive = () => isLive;
  clipbot.retryNow = () => current?.wake();

  function start(jobId, after) {
    let last = after, stopped = false, wake = () => {}, inFlight = null;
    isLive = false;

    function take(event) {
      if (stopped || event.id <= last) return;
      last = event.id;
      clipbot.emit("event", event);
    }
    const catchUp = clipbot.coalesced(async () => {
      try {
        for (let missed = [null]; missed.length && !stopped;) {
          missed = await clipbot.read.events(jobId, last);
          missed.forEach(take);
        }
      } catch { /* the next word of the tab that reads leads here again */ }
    });
    const relay = clipbot.relay(`clipbot-${jobId}`, {
      lead: run,
      ask: () => ({ isAsking: true }),
      hear: (message) => {
        if (message.isAsking) { if (relay.leads()) tell(); }
        else if ("isLive" in message) {
          isLive = message.isLive;
          if (message.last > last) catchUp();
        }
        else if (message.id > last + 1) catchUp();
        else take(message);
      },
    });
    const tell = () => relay.say({ isLive, last });
    function share(event) {
      take(event);
      relay.say(event);
    }
    function live(streams) {
      isLive = streams;
      tell();
      if (!stopped && clipbot.state.network === "lost") clipbot.reload();
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
          const messages = (kept + value.replaceAll("\r", "")).split("\n\n");
          kept = messages.pop();
          messages.map(parsed).filter(Boolean).forEach(share);
          if (!isLive) live(true);
          else tell();
        }
      } finally { clearTimeout(patience); }
    }

    async function poll() {
      (await clipbot.read.events(jobId, last)).forEach(share);
      live(false);
      await pause(POLL);
    }

    async function run(term) {
      let failures = 0, polls = 0, cuts = 0;
      isLive = false; // what the tab before said holds no more
      const goesOn = () => !stopped && term.holds;
      term.end = () => { inFlight?.abort(); wake(); };
      while (goesOn()) {
        const began = Date.now();
        try {
          if (polls) { polls -= 1; await poll(); }
          else {
            await stream();
            if (!goesOn()) return;
            isLive = false;
            cuts = Date.now() - began < SHORT ? cuts + 1 : 0;
            await pause(FIRST_RETRY);
          }
          failures = 0;
        } catch (error) {
          if (!goesOn()) return;
          if (isLive) { failures = 0; cuts = Date.now() - began < SHORT ? cuts + 1 : 0; }
          isLive = false;
          failures += 1;
          tell();
          // The server answers, but its stream does not reach us: ask for the rows instead.
          if (error instanceof clipbot.Refusal || error.name === "AbortError") polls = POLLS_UNTIL_STREAM;
          if (failures > 1) clipbot.reload();
          await pause(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (failures - 1)));
        }
        if (cuts >= CUTS) { polls = POLLS_UNTIL_STREAM; cuts = 0; }
      }
    }

    return {
      wake: () => wake(),
      stop: () => { stopped = true; relay.stop(); inFlight?.abort(); wake(); },
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
