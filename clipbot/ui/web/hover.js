/* Hovering over a picture: the mouse is a place in the clip, and resting plays on from there.
 *
 * One silent video for all pictures of a list, moved to where it is wanted; it loads the clip's
 * footage once per visit, and seeks within it do not pile up. Mouse only: fingers and keys
 * have the player for it. Where motion is unwanted, it only shows the moment. */
((clipbot) => {
  const SETTLE = 150, REST = 450, NEAR_END = 0.05;

  const clipOf = (card) => clipbot.clip(Number(card.dataset.index));

  /** `addressOf` a node's footage; `lengthOf` what of it is shown, in seconds, if not all. */
  clipbot.hoverCards = (list, kind = ".card", addressOf = (card) => clipOf(card)?.footage, lengthOf = (card) => clipOf(card)?.duration ?? Infinity) => {
    const video = clipbot.el("video.hover", { muted: true, playsinline: true, preload: "none", tabindex: "-1", "aria-hidden": "true" });
    const line = clipbot.el("i.scrub", { "aria-hidden": "true" });
    const seeker = clipbot.seeker(video);
    video.muted = true;
    let loading = 0, resting = 0, frame = 0, over = null, share = null;

    const length = () => Math.min(lengthOf(over), Number.isFinite(video.duration) ? video.duration : Infinity);
    const isReady = () => over && video.readyState >= 1 && Number.isFinite(length());

    function leave() {
      clearTimeout(loading);
      clearTimeout(resting);
      cancelAnimationFrame(frame);
      over = share = null;
      video.classList.remove("is-on");
      video.pause();
      if (video.hasAttribute("src")) { video.removeAttribute("src"); video.load(); }
      video.remove();
      line.remove();
    }
    function enter(node) {
      leave();
      over = node;
      if (navigator.connection?.saveData) return;
      loading = setTimeout(() => {
        const address = addressOf(node);
        if (!address || over !== node) return;
        video.preload = "auto";
        video.src = address;
        node.querySelector(".blank").before(video, line);
        line.hidden = true;
      }, SETTLE);
    }

    /** The moment at the mouse; over the words below the picture it is the beginning. */
    function point() {
      if (!isReady()) return;
      draw(share ?? 0);
      seeker.to(Math.max(0, Math.min((share ?? 0) * length(), length() - NEAR_END)));
    }
    function draw(part) {
      line.hidden = false;
      line.style.left = `${100 * Math.max(0, Math.min(1, part))}%`;
    }
    function rest() {
      clearTimeout(resting);
      if (clipbot.calm()) return;
      resting = setTimeout(() => { if (isReady()) video.play().catch(() => {}); }, REST);
    }
    function follow() {
      cancelAnimationFrame(frame);
      const look = () => {
        if (!over || video.paused) return;
        if (seeker.time >= length()) seeker.to(0);
        draw(seeker.time / length());
        frame = requestAnimationFrame(look);
      };
      frame = requestAnimationFrame(look);
    }
    const show = () => { if (over && video.readyState >= 2 && !video.seeking) video.classList.add("is-on"); };

    video.addEventListener("loadedmetadata", () => { point(); rest(); });
    for (const name of ["loadeddata", "seeked", "playing"]) video.addEventListener(name, show);
    video.addEventListener("playing", follow);
    video.addEventListener("ended", () => { if (over) { seeker.to(0); video.play().catch(() => {}); } });

    function move(event) {
      const shot = over && event.target.closest(".shot");
      if (!shot || !over.contains(shot)) return;
      const box = shot.getBoundingClientRect();
      const next = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
      if (next === share) return;
      share = next;
      video.pause();
      point();
      rest();
    }
    list.addEventListener("pointerover", (event) => {
      const node = event.pointerType === "mouse" ? event.target.closest(kind) : null;
      if (node && node !== over) { enter(node); move(event); }
    });
    list.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") move(event); });
    list.addEventListener("pointerout", (event) => {
      if (over && !over.contains(event.relatedTarget)) leave();
    });
  };
})(window.clipbot);
