/* The film as a strip: sections above, clips below, a playhead over both.
 *
 * An invisible range input lies on top, so dragging, arrow keys and screen readers
 * work as people know them. */
((clipbot) => {
  const { el, state, clock } = clipbot;
  const MANY = 60; // clips from which on there is no room between them

  clipbot.timeline = (root) => {
    const sections = root.querySelector(".sections"), strip = root.querySelector(".strip");
    const slider = root.querySelector("input"), head = root.querySelector(".playhead"), hint = root.querySelector(".hint");
    const pieces = new Map();
    let length = 0, dragged = false;

    const total = () => state.job?.film?.seconds || (state.clips?.length ? state.clips.at(-1).end - clipbot.origin() : 0);
    const share = (seconds) => `${(100 * seconds) / (length || 1)}%`;

    function draw() {
      const clips = state.clips ?? [];
      length = total();
      root.classList.toggle("is-empty", !clips.length);
      slider.max = String(length);
      slider.disabled = !state.job?.film;
      sections.replaceChildren(...stretches(clips).map(({ first, last }) => {
        const node = el("span.stretch", { title: clipbot.sectionName(first) }, el("b", { text: clipbot.sectionName(first) }));
        node.style.left = share(first.start - clipbot.origin());
        node.style.width = share(last.end - first.start);
        clipbot.paintSection(node, first.section);
        return node;
      }));
      const known = new Set(clips.map((clip) => clip.index));
      for (const [index, node] of pieces) if (!known.has(index)) { node.remove(); pieces.delete(index); }
      strip.classList.toggle("is-dense", clips.length > MANY);
      for (const clip of clips) strip.append(piece(clip));
      choose();
    }

    function piece(clip) {
      let node = pieces.get(clip.index);
      if (!node) {
        node = el("span.piece", {}, el("img", { alt: "", loading: "lazy", decoding: "async" }), el("b"));
        node.firstChild.addEventListener("error", () => { node.firstChild.hidden = true; });
        pieces.set(clip.index, node);
      }
      const picture = node.firstChild;
      if (!clip.thumbnail) picture.hidden = true;
      if (clip.thumbnail && picture.getAttribute("src") !== clip.thumbnail) {
        picture.hidden = false;
        picture.src = clip.thumbnail;
      }
      clipbot.text(node.lastChild, String(clip.number));
      clipbot.paintSection(node, clip.section);
      node.style.left = share(clip.start - clipbot.origin());
      node.style.width = share(clip.duration);
      node.classList.toggle("is-narrow", clip.duration / (length || 1) < 0.03);
      return node;
    }

    /** Neighbouring clips of the same section are one stretch. */
    function stretches(clips) {
      const found = [];
      for (const clip of clips) {
        const open = found.at(-1);
        if (open && open.first.section === clip.section && open.first.sectionNumber === clip.sectionNumber) open.last = clip;
        else found.push({ first: clip, last: clip });
      }
      return found;
    }

    function choose() {
      for (const [index, node] of pieces) {
        node.classList.toggle("is-selected", state.selected.includes(index));
        node.classList.toggle("is-playing", index === state.playing);
      }
    }

    clipbot.watch("clips", draw);
    clipbot.on("job", draw);
    clipbot.on("selected", choose);
    clipbot.on("playing", choose);
    clipbot.on("tick", ({ time, kind }) => {
      root.classList.toggle("is-away", kind !== "film");
      if (kind !== "film") return;
      if (!dragged) {
        head.style.left = share(Math.min(time, length));
        slider.value = String(time);
      }
      slider.setAttribute("aria-valuetext", `${clock(time)} of ${clock(length)}`);
    });
    slider.addEventListener("input", () => {
      dragged = true;
      head.style.left = share(Number(slider.value));
      clipbot.emit("seek", Number(slider.value));
    });
    // A drag that ends where it began is no change.
    for (const name of ["change", "pointerup", "pointercancel", "blur"]) slider.addEventListener(name, () => { dragged = false; });
    slider.addEventListener("pointermove", (event) => {
      const box = slider.getBoundingClientRect();
      const time = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * length;
      const clip = clipbot.clipAt(time);
      hint.hidden = !clip;
      clipbot.text(hint, `${clock(time)}${clip ? `  Clip ${clip.number}` : ""}`);
      hint.style.left = `${Math.max(44, Math.min(box.width - 44, event.clientX - box.left))}px`;
    });
    slider.addEventListener("pointerleave", () => { hint.hidden = true; });
    slider.addEventListener("dblclick", () => {
      const clip = clipbot.clipAt(Number(slider.value));
      if (clip) { clipbot.select([clip.index]); clipbot.emit("shown", clip.index); }
    });
  };
})(window.clipbot);
