/* One tab of this browser does something for all of them, and tells the others.
 *
 * Whoever holds the Web Lock leads, and talks on a BroadcastChannel of the same name; when
 * its tab is closed the next one in the queue takes over. A tab can also be put to sleep
 * with the lock in its hand: who is looked at and hears nothing for long takes it away, and
 * the sleeper queues again when it wakes. Without these two, every tab leads itself. */
((clipbot) => {
  const SILENCE = 60_000, LOOK = 5_000;

  /** Take part. `lead(term)` works until it is done or `term.holds` no more; `hear(message)` gets
   * what others say; `ask()` is what is said by one that came, or woke up. */
  clipbot.relay = (name, { lead, hear, ask }) => {
    const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
    let stopped = false, leading = null, bid = 0, waiting = null, heardAt = Date.now();

    const say = (message) => { if (!stopped) channel?.postMessage(message); };
    if (channel) {
      channel.onmessage = ({ data }) => { heardAt = Date.now(); hear(data); };
      say(ask());
    }

    async function work(term) {
      leading = term;
      try { await lead(term); } finally { if (leading === term) leading = null; }
    }

    async function campaign(steals = false) {
      const mine = ++bid, term = { holds: true, end: () => {} };
      waiting?.abort();
      waiting = new AbortController();
      const options = steals ? { steal: true } : { signal: waiting.signal };
      try { await navigator.locks.request(name, options, () => work(term)); }
      catch (error) { if (error.name !== "AbortError") console.error("clipbot: relay", error); }
      term.holds = false;
      term.end(); // taken away while it slept
      heardAt = Date.now();
      if (!stopped && mine === bid) return campaign();
    }

    function look() {
      if (stopped || leading || document.hidden || Date.now() - heardAt < SILENCE) return;
      heardAt = Date.now();
      campaign(true);
    }
    function wake() {
      if (document.hidden || leading) return;
      heardAt = Date.now();
      say(ask());
    }
    const timer = navigator.locks && channel ? setInterval(look, LOOK) : 0;
    document.addEventListener("visibilitychange", wake);
    document.addEventListener("resume", wake);
    if (navigator.locks) campaign();
    else work({ holds: true, end: () => {} });

    return {
      say,
      leads: () => leading !== null,
      stop: () => {
        stopped = true;
        clearInterval(timer);
        document.removeEventListener("visibilitychange", wake);
        document.removeEventListener("resume", wake);
        if (leading) { leading.holds = false; leading.end(); }
        waiting?.abort();
        channel?.close();
      },
    };
  };
})(window.clipbot);
