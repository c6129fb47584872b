/* The page's own small library: elements, icons, words for times and money.
 *
 * Whatever people or models wrote reaches the page through `textContent` alone.
 * Nothing in this folder uses innerHTML or a template with a value in it. */
((clipbot) => {
  performance.mark("clipbot-script");
  const parts = new Map();
  const parser = new DOMParser();
  const drawn = new Map();

  /** Build an element: `el("button.primary", {type: "button"}, "Send")`. */
  clipbot.el = (what, props = {}, ...children) => {
    const [tag, ...classes] = what.split(".");
    const node = document.createElement(tag);
    if (classes.length) node.className = classes.join(" ");
    for (const [name, value] of Object.entries(props)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") node.textContent = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };

  /** Return a fresh copy of one of our own drawings (assets/icons). */
  clipbot.icon = (name) => {
    if (!drawn.has(name)) {
      const source = clipbot.icons[name] ?? "<svg xmlns='http://www.w3.org/2000/svg'/>";
      const svg = parser.parseFromString(source, "image/svg+xml").documentElement;
      svg.setAttribute("aria-hidden", "true");
      svg.classList.add("icon");
      drawn.set(name, svg);
    }
    return document.importNode(drawn.get(name), true);
  };

  /** Put icons into the places that a static template marked with `data-icon`. */
  clipbot.draw = (root) => {
    for (const place of root.querySelectorAll("[data-icon]")) {
      place.prepend(clipbot.icon(place.dataset.icon));
    }
  };

  /** A button with an icon, whose name is its label for screen readers and its tooltip. */
  clipbot.iconButton = (icon, label, onclick) =>
    clipbot.el("button.tool", { type: "button", "aria-label": label, title: label, onclick },
      clipbot.icon(icon));

  clipbot.text = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };

  /** Give the focus back after a dialog. Chromium may have done so already, but where the button that
   * had it was disabled meanwhile, what is typed is lost until the focus has been away. */
  clipbot.focusAgain = (node) => {
    node.blur();
    node.focus({ preventScroll: true });
  };

  clipbot.attribute = (node, name, value) => {
    if (value === null) node.removeAttribute(name);
    else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  };

  /** 75.32 -> "1:15.3"; without `tenths` -> "1:15". */
  clipbot.clock = (seconds, tenths = true) => {
    const units = Math.max(0, tenths ? Math.floor(seconds * 10 + 1e-6) / 10 : Math.floor(seconds + 1e-6));
    const rest = units % 60;
    const shown = tenths ? rest.toFixed(1).padStart(4, "0") : String(rest).padStart(2, "0");
    return `${Math.floor(units / 60)}:${shown}`;
  };

  /** A length of waiting, no more exact than it is known (and as in domain/wording.py):
   * "under a second", "about 8 s", "about 1½ min", "about 3 min". */
  clipbot.wait = (seconds) => {
    if (seconds < 1) return "under a second";
    if (seconds < 20) return `about ${Math.round(seconds)} s`;
    if (seconds < 55) return `about ${5 * Math.round(seconds / 5)} s`;
    const halves = Math.round(seconds / 30);
    if (halves % 2 && halves < 10) return `about ${Math.floor(halves / 2)}½ min`;
    return `about ${Math.round(seconds / 60)} min`;
  };

  clipbot.money = (dollars) => {
    const amount = Number(dollars) || 0;
    // Parts of a cent are shown where there are some: the lines of a price add up to its total.
    return amount.toLocaleString("en-US", {
      style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4,
    }).replace("-", "\u2212");
  };

  /** Keep a number and its unit on one line: "68 %", "7 s". */
  clipbot.tied = (words) => words.replace(/([\d½]) (?=(?:%|s|min)(?![\p{L}\d]))/gu, "$1\u00a0");

  clipbot.count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  /** "Clip 2", "Clips 2 and 5", "Clips 1, 2 and 5", "6 clips". */
  clipbot.clipNames = (numbers) => {
    if (numbers.length === 1) return `Clip ${numbers[0]}`;
    if (numbers.length > 4) return `${numbers.length} clips`;
    return `Clips ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
  };

  clipbot.sectionName = (clip) => {
    if (!clip?.section) return "";
    const words = clip.section.replace(/[_-]+/g, " ");
    const name = words.charAt(0).toUpperCase() + words.slice(1);
    return clip.sectionNumber && /verse|chorus/i.test(words) ? `${name} ${clip.sectionNumber}` : name;
  };

  const HUES = [[/pre.?chorus/, 300], [/post.?chorus/, 10], [/chorus|hook|refrain/, 350], [/verse/, 245],
    [/bridge/, 70], [/solo|drop|build|break/, 115], [/intro/, 200], [/outro/, 280]];
  /** The colour of a section, as a hue for CSS; `none` is grey. */
  clipbot.sectionHue = (section) => {
    const found = section && HUES.find(([pattern]) => pattern.test(section.toLowerCase()));
    return found ? String(found[1]) : "none";
  };
  clipbot.paintSection = (node, section) => {
    const hue = clipbot.sectionHue(section);
    node.style.setProperty("--hue", hue === "none" ? "250" : hue);
    node.style.setProperty("--chroma", hue === "none" ? "0.012" : "0.115");
  };

  clipbot.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  clipbot.isPhone = () => window.matchMedia("(max-width: 860px)").matches;

  /** Register what a component does once Gradio has put its static markup on the page. */
  clipbot.part = (name, start) => parts.set(name, start);
  clipbot.mount = (name, host) => {
    clipbot.draw(host.element);
    parts.get(name)(host.element, host);
    performance.mark(`clipbot-${name}`);
  };

  /** Return `run`, made to run at most once at a time; calls meanwhile cause one more run. */
  clipbot.coalesced = (run) => {
    let running = null, again = false;
    const start = async () => {
      try {
        do { again = false; await run(); } while (again);
      } finally { running = null; }
    };
    return () => {
      if (running) again = true;
      else running = start();
      return running;
    };
  };

  clipbot.settled = (run, milliseconds) => {
    let timer = 0;
    return (...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => run(...values), milliseconds);
    };
  };
})(window.clipbot);
